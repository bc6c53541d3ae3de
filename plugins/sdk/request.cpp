#include "plugins/sdk/request.hpp"

namespace cdss::sdk {
namespace {

std::string_view text_of(const cdss_request& request, cdss_span span) {
  const cdss_text text = cdss_request_text(&request, span);
  return {text.bytes, text.length};
}

KeyState state_of(std::uint32_t state) {
  switch (state) {
    case cdss_key_present:
      return KeyState::present;
    case cdss_key_empty:
      return KeyState::empty;
    case cdss_key_truncated:
      return KeyState::truncated;
    default:  // a state from a later host is not knowledge
      return KeyState::unavailable;
  }
}

}  // namespace

std::chrono::sys_days Request::today() const {
  return std::chrono::sys_days{std::chrono::days{request_->today}};
}

std::string_view Request::service() const {
  return text_of(*request_, request_->service);
}

View Request::body() const {
  return View{cdss_request_document(request_, 0), 0};
}

Key Request::key(std::string_view name) const {
  const cdss_key* found = cdss_find_key(request_, name.data(), name.size());
  if (found == nullptr) {
    return {.state = KeyState::unavailable, .reason = "was not asked for", .value = std::nullopt};
  }
  Key key{.state = state_of(found->state),
          .reason = text_of(*request_, found->reason),
          .value = std::nullopt};
  if (key.state == KeyState::present || key.state == KeyState::truncated) {
    key.value.emplace(cdss_request_document(request_, found->document), found->node);
  }
  return key;
}

}  // namespace cdss::sdk
