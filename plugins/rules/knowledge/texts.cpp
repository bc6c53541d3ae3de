#include "plugins/rules/knowledge/texts.hpp"

#include <algorithm>

namespace cdss::rules {

Result<Texts> Texts::read(View texts) {
  Texts read;
  for (const auto& member : texts.members()) {
    CDSS_TRY(const auto text, member.value.string());
    read.texts_.emplace(member.name, text);
  }
  return read;
}

std::string Texts::of(std::string_view id, Parts parts) const {
  const auto found = texts_.find(id);
  if (found == texts_.end()) {
    return "[" + std::string{id} + "]";
  }
  std::string_view rest = found->second;
  std::string text;
  while (!rest.empty()) {
    const auto open = rest.find('{');
    const auto close = rest.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      break;
    }
    const auto name = rest.substr(open + 1, close - open - 1);
    const auto* part = std::find_if(parts.begin(), parts.end(),
                                    [&](const auto& one) { return one.first == name; });
    text += rest.substr(0, open);
    text += part == parts.end() ? rest.substr(open, close - open + 1) : part->second;
    rest.remove_prefix(close + 1);
  }
  return text.append(rest);
}

}  // namespace cdss::rules
