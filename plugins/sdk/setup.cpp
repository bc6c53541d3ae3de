#include "plugins/sdk/setup.hpp"

#include <string>

namespace cdss::sdk {

std::string_view Setup::knowledge_path(std::size_t index) const {
  const cdss_text& path = setup_->knowledge[index].path;
  return {path.bytes, path.length};
}

Result<View> Setup::knowledge(std::string_view path) const {
  for (std::size_t i = 0; i < knowledge_count(); ++i) {
    if (knowledge_path(i) == path) {
      return knowledge(i);
    }
  }
  return Error{Errc::missing, std::string{path}, "is not in the package"};
}

}  // namespace cdss::sdk
