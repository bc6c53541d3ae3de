#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/config/client.hpp"
#include "tests/core/config/folder.hpp"

namespace cdss::config {

/// Reads profiles from a file of their own.
class ClientFile : public ::testing::Test {
 protected:
  /// A profile with id x and these members.
  Client read(const std::string& members, std::vector<Error>& faults) const {
    return Client::read(
        folder_.write("client.json",
                      R"({"id": "x")" + (members.empty() ? "" : ", " + members) + "}"),
        faults);
  }

  /// The same with a JWT that can be verified.
  Client read_jwt(const std::string& members, std::vector<Error>& faults) const {
    return read(
        R"("authentication": "jwt", "issuers": ["https://ehr"], "jwks_urls": ["https://ehr/jwks"])" +
            (members.empty() ? "" : ", " + members),
        faults);
  }

  Folder folder_;
};

}  // namespace cdss::config
