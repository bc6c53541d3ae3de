#include "plugins/sdk/plugin.hpp"

namespace cdss::sdk::detail {

std::string sentence(const Error& error) {
  return error.where.empty() ? error.message : error.where + ' ' + error.message;
}

}  // namespace cdss::sdk::detail
