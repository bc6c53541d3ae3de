// Whatever a plugin writes, what is sent of it is JSON, holds nothing null or empty, and passes the
// same check again with nothing left out. No urgent card is lost.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/hooks/card/card_check.hpp"
#include "core/hooks/card/response.hpp"
#include "core/json/document.hpp"

namespace {

void expect(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto answer = cdss::Document::parse(std::string{reinterpret_cast<const char*>(data), size});
  if (!answer) {
    return 0;
  }
  const cdss::hooks::CheckRules rules{.patient_id = "p1",
                                      .link_hosts = {"example.org", "localhost"},
                                      .explain = size % 2 == 0,
                                      .client = {.is_v1_0 = size % 5 == 0,
                                                 .action_selection_behavior = size % 3 == 0,
                                                 .system_actions = true,
                                                 .system_actions_extension = size % 7 == 0}};
  const auto first = cdss::hooks::check_response(answer->root(), rules);
  if (!first) {
    return 0;
  }
  std::size_t urgent = 0;
  for (const auto card : answer->root().find("cards")->elements()) {
    urgent += cdss::hooks::is_urgent(card) ? 1 : 0;
  }
  expect(first->cards.size() >= std::min<std::size_t>(urgent, cdss::hooks::kMostCards));
  const auto sent = cdss::Document::parse(cdss::hooks::write_response(*first));
  expect(sent.has_value());
  for (const auto card : sent->root().find("cards")->elements()) {
    expect(cdss::hooks::check_nothing_empty(card).has_value());
  }
  if (rules.client.is_v1_0) {
    return 0;  // its deletes are of a form that no plugin may write
  }
  const auto second = cdss::hooks::check_response(sent->root(), rules);
  expect(second && second->dropped.empty() && second->cards.size() == first->cards.size() &&
         second->system_actions.size() == first->system_actions.size());
  return 0;
}
