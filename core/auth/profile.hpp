#pragma once

#include <memory>

#include "core/auth/jose/algorithm.hpp"
#include "core/auth/jose/jwk_set.hpp"
#include "core/base/errors/result.hpp"
#include "core/config/client.hpp"

namespace cdss::auth {

/// A client profile with what its checks need decoded once. Constant once made. Thread-safe.
struct Profile {
  config::Client client;
  Algorithms algorithms;                    ///< those of client.algorithms
  std::shared_ptr<const JwkSet> file_keys;  ///< of client.jwks_file; null without one

  /// Reads the key file and the names of algorithms.
  ///
  /// Errors: Errc::unsupported for an algorithm that does not exist here; those of read_file and
  /// JwkSet::parse, with the path; Errc::missing, with the path, for a set without a usable key.
  static Result<Profile> of(config::Client client);
};

}  // namespace cdss::auth
