#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "tests/core/auth/signer.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {

/// A client that a profile is shipped for (config/clients), filled in with made-up keys and with
/// what tests/data/clients says of its JWT, and a server that knows it and nobody else.
class ShippedClient {
 public:
  /// @param name  of the profile, e.g. "epic"
  explicit ShippedClient(const std::string& name);

  /// Calls a service as this client does: with a JWT of its own where it sends one. A client of
  /// which it is known that it uses one JWT for several calls does so.
  HttpAnswer call(const std::string& service, std::string_view body);
  HttpAnswer get(std::string_view path) { return http_->get(path); }

  const RunningServer& server() const { return *server_; }

 private:
  std::string token_for(const std::string& service);

  const std::string name_;
  bool signs_ = false;
  auth::Signer signer_;
  TemporaryFolder folder_;
  std::map<std::string, std::string> tokens_;  // by service, of a client that uses them again
  std::unique_ptr<RunningServer> server_;
  std::unique_ptr<HttpClient> http_;
};

}  // namespace cdss::test
