#include "plugins/sdk/gaps.hpp"

#include <algorithm>
#include <utility>

#include "core/hooks/card/markdown.hpp"

namespace cdss::sdk {
namespace {

constexpr std::size_t kLongestReason = 120;  // characters on a card

void add_key(std::vector<std::string>& keys, std::string_view key) {
  if (std::ranges::find(keys, key) == keys.end()) {
    keys.emplace_back(key);
  }
}

}  // namespace

void Gaps::note(const Request& request, std::string_view key, std::string_view words) {
  const Key known = request.key(key);
  if (known.is_known()) {
    return;
  }
  add_key(keys, key);
  std::string sentence = known.state == KeyState::truncated ? "Only some of the " : "The ";
  sentence.append(words).append(" could ").append(
      known.state == KeyState::truncated ? "be seen" : "not be seen");
  if (!known.reason.empty()) {
    sentence += ": " + hooks::escape_markdown(known.reason, kLongestReason);
  }
  sentences.push_back(sentence + '.');
}

void Gaps::add(std::string_view key, std::string sentence) {
  add_key(keys, key);
  sentences.push_back(std::move(sentence));
}

void Gaps::note_unused(std::string_view key, std::size_t count, std::string_view words,
                       std::string_view why) {
  if (count == 0) {
    return;
  }
  add_key(keys, key);
  sentences.push_back(
      std::to_string(count).append(" of the ").append(words).append(" ").append(why).append("."));
}

}  // namespace cdss::sdk
