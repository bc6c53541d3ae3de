#pragma once

#include <memory>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/config/client.hpp"
#include "core/hooks/feedback/feedback_store.hpp"
#include "core/http/server/request.hpp"
#include "core/http/server/server.hpp"
#include "core/server/service_registry.hpp"

namespace cdss::server {

/// Takes the feedback of clients on cards, and keeps it. Thread-safe.
class FeedbackHandler {
 public:
  /// @param store, clock, log  borrowed: they outlive it.
  FeedbackHandler(hooks::FeedbackStore& store, const Clock& clock, Log& log)
      : store_{store}, clock_{clock}, log_{log} {}

  /// Answers a call with feedback whose caller may make it: 200 once all of it is kept; 400 for
  /// what is no feedback, 415 for what is no JSON, 503 when it cannot be kept.
  ///
  /// @param request  its body is taken.
  /// @param respond  called once, before this returns or later.
  void handle(const HostedService& service, const std::shared_ptr<const config::Client>& client,
              http::Request& request, const http::Respond& respond) const;

 private:
  void keep(const HostedService& service, const config::Client& client, std::string body,
            const http::Respond& respond) const;

  hooks::FeedbackStore& store_;
  const Clock& clock_;
  Log& log_;
};

}  // namespace cdss::server
