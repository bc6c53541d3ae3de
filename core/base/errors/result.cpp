#include "core/base/errors/result.hpp"

namespace cdss {

Error within(std::string_view prefix, Error error) {
  std::string where{prefix};
  if (!error.where.empty()) {
    if (error.where.front() != '[') {
      where += ": ";
    }
    where += error.where;
  }
  error.where = std::move(where);
  return error;
}

}  // namespace cdss
