#pragma once

#include "core/base/log.hpp"
#include "core/config/client.hpp"
#include "core/http/server/request.hpp"
#include "core/http/server/response.hpp"
#include "core/server/service_registry.hpp"

namespace cdss::server {

/// Checks, counts and acknowledges feedback, all of a call or nothing. Nothing is kept of it: cards
/// are not remembered, so the uuid of any card is accepted. Thread-safe.
class FeedbackHandler {
 public:
  /// @param log  outlives the handler.
  explicit FeedbackHandler(Log& log) : log_{log} {}

  /// Answers feedback whose caller may give it: 200 without a body, or 400 or 415 with an
  /// OperationOutcome.
  ///
  /// @param request  its body is taken.
  http::Response handle(const HostedService& service, const config::Client& client,
                        http::Request& request) const;

 private:
  Log& log_;
};

}  // namespace cdss::server
