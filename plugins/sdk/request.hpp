#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/abi/request.h"
#include "core/json/view.hpp"

namespace cdss::sdk {

/// What is known of a need. Only present and empty are knowledge: never read the other two as
/// "there is none".
enum class KeyState : std::uint8_t {
  present,      ///< there is a resource, or a Bundle with entries
  empty,        ///< searched, and there is nothing
  unavailable,  ///< not sent and not fetched, or refused
  truncated,    ///< some of it is here, and there is more
};

/// One need of the service and what the host found for it. Borrowed from the Request.
struct Key {
  KeyState state = KeyState::unavailable;
  std::string_view reason;    ///< for people, never patient data; empty when present or empty
  std::optional<View> value;  ///< a resource or a Bundle; there when present or truncated

  /// Has all that there is been seen?
  bool is_known() const { return state == KeyState::present || state == KeyState::empty; }
};

/// One call of a service, as a plugin sees it. Borrows the host's memory: it and every View from it
/// are valid until evaluate returns. Thread-safe.
class Request {
 public:
  explicit Request(const cdss_request& request) : request_{&request} {}

  /// The day the request arrived, in the site's time zone. A plugin has no other clock.
  std::chrono::sys_days today() const;

  /// Id of the service that is called.
  std::string_view service() const;

  /// May the caller see the assessment? Write none otherwise.
  bool explain() const { return request_->explain != 0; }

  /// The body of the call, as the client sent it (access token blanked).
  View body() const;

  /// Name of the hook; empty when the body has none.
  std::string_view hook() const { return body().text_or_empty("hook"); }

  /// The body's `context`; none when it has none.
  std::optional<View> context() const { return body().find("context"); }

  /// What is known of the need with that key. A key that the service does not declare is
  /// unavailable.
  Key key(std::string_view name) const;

 private:
  const cdss_request* request_;
};

}  // namespace cdss::sdk
