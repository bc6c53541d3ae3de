#include "core/record/patient_record.hpp"

#include <algorithm>
#include <utility>

#include "core/record/key_state.hpp"

namespace cdss::record {
namespace {

KeyRecord read_key(const PrefetchKey& wanted, std::optional<View> value) {
  if (!value) {
    return {.key = wanted.key, .reason = "not sent", .missing_because = MissingBecause::not_sent};
  }
  if (value->is_null()) {
    return {.key = wanted.key, .state = cdss_key_empty};
  }
  const KeyState judged =
      judge(*value, wanted.resource, wanted.query != nullptr && wanted.query->is_search());
  KeyRecord key{.key = wanted.key,
                .state = judged.state,
                .reason = std::string{judged.reason},
                .missing_because = judged.missing_because};
  if (judged.state == cdss_key_present || judged.state == cdss_key_truncated) {
    key.value = value;
  }
  return key;
}

/// What is known of a key from which resources were excluded: never all there is, and never
/// nothing. The page that was sent is not one to go on from.
KeyRecord without_excluded(KeyRecord key) {
  key.missing_because = MissingBecause::wrong_content;
  if (key.value) {
    key.state = cdss_key_truncated;
    key.reason = "some of what was sent for it could not be shown to be this patient's";
    return key;
  }
  key.state = cdss_key_unavailable;
  key.reason = "what was sent for it could not be shown to be this patient's";
  return key;
}

}  // namespace

const KeyRecord* PatientRecord::find(std::string_view key) const {
  const auto found = std::ranges::find(keys, key, &KeyRecord::key);
  return found == keys.end() ? nullptr : &*found;
}

PatientRecord read_record(const hooks::HookRequest& request, std::span<const PrefetchKey> wanted,
                          std::span<const std::string> excluded) {
  PatientRecord record;
  record.keys.reserve(wanted.size());
  for (const PrefetchKey& key : wanted) {
    auto read = read_key(key, request.prefetch ? request.prefetch->find(key.key) : std::nullopt);
    const bool is_less = std::ranges::find(excluded, key.key) != excluded.end();
    record.keys.push_back(is_less ? without_excluded(std::move(read)) : std::move(read));
  }
  return record;
}

}  // namespace cdss::record
