#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/base/url.hpp"
#include "core/http/client/client.hpp"
#include "core/http/client/client_pool.hpp"

namespace cdss::http {

/// Text that is wiped from memory when it goes. It is made at its final length, so that no copy of
/// it stays behind.
class SecretText {
 public:
  explicit SecretText(std::initializer_list<std::string_view> parts);
  ~SecretText();
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;

  std::string_view view() const { return text_; }

 private:
  std::string text_;
};

/// One question, read and checked: what the client's thread needs of a Question.
struct ClientRequest {
  Url url;
  Origin origin;
  std::shared_ptr<const SecretText> message;  ///< the request as it is sent
  std::chrono::steady_clock::time_point deadline;
  std::size_t body_bytes;

  /// Reads `ask` and wipes its authorization.
  ///
  /// Errors: those of Client::Done that need no network.
  static Result<ClientRequest> make(Client::Question ask, const ClientSettings& settings);
};

}  // namespace cdss::http
