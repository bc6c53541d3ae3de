#include "core/evidence/evidence_links.hpp"

#include <algorithm>

#include "core/base/text/ascii.hpp"

namespace cdss::evidence {
namespace {

constexpr bool is_word(char c) {
  return is_letter_or_digit(c) || c == '-' || c == '_';
}

/// The length of the id that `text` begins with; 0 when it begins with none.
std::size_t id_length(std::string_view text) {
  if (text.front() == '[') {
    const auto end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    return end > 1 && end < text.size() && text[end] == ']' ? end + 1 : 0;
  }
  if (!is_upper(text.front())) {
    return 0;
  }
  const auto* const end = std::ranges::find_if_not(text, is_word);
  auto word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  word = word.substr(0, word.find_last_not_of("-_") + 1);
  return std::ranges::any_of(word, is_digit) ? word.size() : 0;
}

std::string name_of(std::string_view id) {
  std::string name;
  if (id.size() > 2 && id.front() == '[' && id.back() == ']') {
    name = "ref-";
    id = id.substr(1, id.size() - 2);
  }
  for (const char c : id) {
    name += is_word(c) || c == '.' ? c : '-';
  }
  return name.empty() ? "row" : name;
}

}  // namespace

const std::string& Anchors::add(std::string_view id) {
  const std::string wanted = name_of(id);
  auto added = names_.insert(wanted);
  for (int i = 2; !added.second; ++i) {
    added = names_.insert(wanted + '-' + std::to_string(i));
  }
  by_id_.emplace(id, *added.first);
  return *added.first;
}

std::string_view Anchors::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? std::string_view{} : found->second;
}

void write_id(Html& html, std::string_view id) {
  for (auto end = id.find('_'); end != std::string_view::npos; end = id.find('_')) {
    html.text(id.substr(0, end + 1)).markup("<wbr>");
    id.remove_prefix(end + 1);
  }
  html.text(id);
}

void write_link(Html& html, std::string_view id, const Anchors& anchors) {
  const auto anchor = anchors.find(id);
  if (anchor.empty()) {
    write_id(html, id);
    return;
  }
  html.markup("<a").attribute("href", '#' + std::string{anchor}).markup(">");
  write_id(html, id);
  html.markup("</a>");
}

namespace {

/// A sentence without backticks.
void write_words(Html& html, std::string_view text, const Anchors& anchors) {
  std::size_t plain = 0;  // where the text begins that is not written yet
  for (std::size_t i = 0; i < text.size();) {
    const bool begins = i == 0 || !is_word(text[i - 1]);
    const auto length = begins ? id_length(text.substr(i)) : 0;
    if (length == 0) {
      ++i;
      continue;
    }
    html.text(text.substr(plain, i - plain));
    write_link(html, text.substr(i, length), anchors);
    i += length;
    plain = i;
  }
  html.text(text.substr(plain));
}

}  // namespace

void write_prose(Html& html, std::string_view text, const Anchors& anchors) {
  for (;;) {
    const auto begin = text.find('`');
    const auto end = begin == std::string_view::npos ? begin : text.find('`', begin + 1);
    if (end == std::string_view::npos) {
      write_words(html, text, anchors);
      return;
    }
    write_words(html, text.substr(0, begin), anchors);
    html.markup("<code>");
    write_link(html, text.substr(begin + 1, end - begin - 1), anchors);
    html.markup("</code>");
    text.remove_prefix(end + 1);
  }
}

}  // namespace cdss::evidence
