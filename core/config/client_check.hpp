#pragma once

#include <vector>

#include "core/base/errors/result.hpp"
#include "core/config/client.hpp"

namespace cdss::config {

/// Appends every fault of a client profile, with its element: see Client::read.
void check_client(const Client& client, std::vector<Error>& faults);

/// What keeps a file from being a JWK Set of public keys: the errors of read_json_file, and
/// Errc::unsupported for one with a private or symmetric key, which must not stand here.
/// Source: RFC 7517, section 5; RFC 7518, sections 6.2.2, 6.3.2 and 6.4.
void check_jwks_file(const std::string& path, std::vector<Error>& faults);

}  // namespace cdss::config
