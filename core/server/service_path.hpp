#pragma once

#include <string_view>

namespace cdss::server {

/// What a path below /cds-services/ names: a service, or where feedback about its cards goes.
/// Source: CDS Hooks, sections "Calling a CDS Service" and "Feedback".
struct ServicePath {
  std::string_view service;  ///< an id, as sent
  bool is_feedback = false;

  /// @param rest  of the path, e.g. "hip-replacement/feedback"; borrowed. A service may be called
  ///              "feedback" too.
  static constexpr ServicePath of(std::string_view rest) {
    constexpr std::string_view kFeedback = "/feedback";
    const bool is_feedback = rest.ends_with(kFeedback);
    return {rest.substr(0, rest.size() - (is_feedback ? kFeedback.size() : 0)), is_feedback};
  }
};

}  // namespace cdss::server
