// Whatever JSON stands for the needs, every rule ends, and what they say keeps together: the
// contributions add up to the score, a red flag has reasons and holds band and ladder, and no text
// of the record stands in the evidence.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/json/document.hpp"
#include "plugins/rules/ladder/ladder.hpp"
#include "plugins/rules/likelihood/differentials.hpp"
#include "plugins/rules/likelihood/likelihood.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"
#include "plugins/rules/safety/safety.hpp"
#include "tests/plugins/knowledge.hpp"

namespace {

using namespace cdss;  // NOLINT(google-build-using-namespace): this file is a program of one page
using namespace cdss::rules;  // NOLINT(google-build-using-namespace)

void require(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

/// An object by the keys of the needs; any other JSON stands for each of them.
Record record_of(View root) {
  Record record;
  bool has_key = false;
  for (const auto& [key, source] : kSources) {
    if (const auto value = root.find(key)) {
      record.*source = {.value = *value, .is_known = true};
      has_key = true;
    }
  }
  if (!has_key) {
    for (const auto& [key, source] : kSources) {
      record.*source = {.value = root, .is_known = true};
    }
  }
  return record;
}

void check(const Reasons& reasons) {
  require(!reasons.empty());
  for (const Reason& reason : reasons) {
    require(!reason.text.empty());
    const auto is_plain = [](unsigned char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
             c == '-' || c == '.' || c == '_' || c == '/';
    };
    require(std::ranges::all_of(reason.finding.reference, is_plain));
    require(std::ranges::all_of(reason.finding.code, is_plain));
    require(!reason.finding.days || reason.finding.days->first <= reason.finding.days->last);
    (void)text_of(reason);
  }
}

void check(const Facts& facts) {
  const auto red_flags = test::red_flags_of(facts);
  for (const auto& flag : red_flags.fired) {
    check(flag.reasons);
  }
  const auto prompts = test::prompts_of(facts, red_flags);
  for (const auto& prompt : prompts.fired) {
    check(prompt.reasons);
  }
  const auto likelihood = test::likelihood_of(facts, red_flags);
  HalfPoints sum;
  for (const auto& contribution : likelihood.contributions) {
    sum += contribution.points;
  }
  require(sum == likelihood.score);
  require(!red_flags.any() || likelihood.band != Band::likely);
  for (const auto& one : test::differentials_of(facts)) {
    check(one.reasons);
  }
  const auto safety = test::safety_of(facts, red_flags);
  for (const auto& one : safety.found) {
    check(one.reasons);
  }
  for (const auto treatment : {Treatment::nsaid, Treatment::acetaminophen}) {
    require(!safety.may_suggest(treatment) || !safety.withholds(treatment));
  }
  const auto step_decision = test::step_of(facts, red_flags, likelihood, safety);
  require((step_decision.step == Step::L0) == red_flags.any());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = Document::parse(std::string{reinterpret_cast<const char*>(data), size});
  if (document) {
    const auto record = record_of(document->root());
    check(Facts::read(test::ShippedRules::get().definitions(), record, test::kToday));
  }
  return 0;
}
