#pragma once

#include <string>
#include <vector>

namespace cdss::http {

/// The certificate that a client showed, having proved in the handshake that it has the key.
struct ClientCertificate {
  std::string sha256;  ///< Fingerprint of its DER form, lower-case hex.
  /// Its subject alternative names of type DNS and URI, as written. Empty unless an authority in
  /// Tls::client_authorities vouches for them: anyone can make up a name.
  std::vector<std::string> names = {};

  bool operator==(const ClientCertificate&) const = default;
};

}  // namespace cdss::http
