#pragma once

#include <string>
#include <vector>

namespace cdss::http {

/// The certificate of a client that has proved in the handshake that it holds the key.
struct ClientCertificate {
  std::string sha256;  ///< Fingerprint of its DER form, lower-case hex.
  /// Its subject alternative names of type DNS and URI, as written. Empty unless an authority in
  /// Tls::client_authorities has signed it: anyone can make up a name.
  std::vector<std::string> names = {};

  bool operator==(const ClientCertificate&) const = default;
};

}  // namespace cdss::http
