#include "fhir/types/value_set.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "fhir/types/reading.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::fhir {
namespace {

/// A code as it is compared: of a prefix hierarchy without dots and in capitals, else as it is.
/// No allocation for codes of ordinary length.
class Comparable {
 public:
  Comparable(std::string_view code, bool is_hierarchy) : text_{code} {
    if (!is_hierarchy) {
      return;
    }
    if (code.size() > short_.size()) {
      long_.resize(code.size());
      text_ = {long_.data(), fold(code, long_.data())};
      return;
    }
    text_ = {short_.data(), fold(code, short_.data())};
  }
  Comparable(const Comparable&) = delete;
  Comparable& operator=(const Comparable&) = delete;

  std::string_view text() const { return text_; }

 private:
  static std::size_t fold(std::string_view code, char* out) {
    std::size_t size = 0;
    for (const char c : code) {
      if (c != '.') {
        out[size++] = upper(c);
      }
    }
    return size;
  }

  std::array<char, 24> short_{};
  std::string long_;
  std::string_view text_;
};

void sort_unique(std::vector<std::string>& texts) {
  std::ranges::sort(texts);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

/// The prefix that a filter names.
/// Errors: Errc::unsupported for any other filter; Errc::missing or Errc::malformed for its parts.
Result<std::string_view> read_is_a(View filter) {
  CDSS_TRY(const auto property, filter.required_string("property"));
  CDSS_TRY(const auto op, filter.required_string("op"));
  if (property != "concept" || op != "is-a") {
    return filter.error(Errc::unsupported, "is a filter other than is-a on concept");
  }
  return filter.required_string("value");
}

}  // namespace

bool ValueSet::Codes::has(std::string_view code) const {
  if (all || std::binary_search(exact.begin(), exact.end(), code, std::less<>{})) {
    return true;
  }
  // Of all prefixes not after the code, the nearest is the last one that can begin it, since
  // sorting has dropped those that another prefix begins.
  const auto after = std::upper_bound(prefixes.begin(), prefixes.end(), code, std::less<>{});
  return after != prefixes.begin() && code.starts_with(*std::prev(after));
}

void ValueSet::Codes::sort() {
  sort_unique(exact);
  sort_unique(prefixes);
  std::vector<std::string> shortest;
  for (auto& prefix : prefixes) {
    if (shortest.empty() || !prefix.starts_with(shortest.back())) {
      shortest.push_back(std::move(prefix));
    }
  }
  prefixes = std::move(shortest);
}

ValueSet::System& ValueSet::system(std::string_view uri) {
  const auto canonical = canonical_system(uri);
  const auto known =
      std::ranges::find_if(systems_, [&](const System& one) { return one.uri == canonical; });
  if (known != systems_.end()) {
    return *known;
  }
  return systems_.emplace_back(
      System{std::string{canonical}, is_prefix_hierarchy(canonical), {}, {}});
}

Result<void> ValueSet::read_include(View include, bool exclude) {
  if (include.find("valueSet")) {
    return include.error_at("valueSet", Errc::unsupported, "refers to another value set");
  }
  CDSS_TRY(const auto uri, include.required_string("system"));
  System& named = system(uri);
  Codes& codes = exclude ? named.excluded : named.included;
  const auto concepts = include.find("concept");
  const auto filters = include.find("filter");
  if (concepts && filters) {
    return include.error_at("filter", Errc::malformed, "stands beside a list of concepts");
  }
  if (concepts) {
    if (!concepts->is_array()) {
      return concepts->error(Errc::malformed, "must be an array");
    }
    for (const View one : concepts->elements()) {
      CDSS_TRY(const auto code, one.required_string("code"));
      codes.exact.emplace_back(Comparable{code, named.is_hierarchy}.text());
    }
    return {};
  }
  if (filters) {
    if (!filters->is_array() || filters->size() != 1) {
      return filters->error(Errc::unsupported, "must be an array of one filter");
    }
    if (!named.is_hierarchy) {
      return filters->error(Errc::unsupported,
                            "needs a code system whose prefixes are a hierarchy");
    }
    CDSS_TRY(const auto prefix, read_is_a(*filters->elements().begin()));
    const Comparable folded{prefix, true};
    if (folded.text().empty()) {  // it would begin every code
      return filters->error(Errc::malformed, "has no letter or digit in its value");
    }
    codes.prefixes.emplace_back(folded.text());
    return {};
  }
  codes.all = true;
  return {};
}

Result<void> ValueSet::read_compose(View compose) {
  if (!compose.is_object()) {
    return compose.error(Errc::malformed, "must be an object");
  }
  if (compose.find("import")) {
    return compose.error_at("import", Errc::unsupported, "refers to another value set");
  }
  for (const auto& [name, value] : compose.members()) {
    if (name != "include" && name != "exclude") {
      continue;
    }
    if (!value.is_array()) {
      return value.error(Errc::malformed, "must be an array");
    }
    for (const View element : value.elements()) {
      CDSS_CHECK(read_include(element, name == "exclude"));
    }
  }
  return {};
}

// Nesting is bounded by the depth that a Document may have.
Result<void> ValueSet::read_contains(View contains) {
  if (!contains.is_array()) {
    return contains.error(Errc::malformed, "must be an array");
  }
  for (const View element : contains.elements()) {
    const auto abstract = element.find("abstract");
    const bool is_abstract = abstract && abstract->kind() == cdss_true;
    CDSS_TRY(const auto code, element.optional_string("code"));
    if (code && !is_abstract) {
      CDSS_TRY(const auto uri, element.required_string("system"));
      System& named = system(uri);
      named.included.exact.emplace_back(Comparable{*code, named.is_hierarchy}.text());
    }
    if (const auto children = element.find("contains")) {
      CDSS_CHECK(read_contains(*children));
    }
  }
  return {};
}

Result<ValueSet> ValueSet::read(View resource) {
  CDSS_TRY(const auto type, resource.required_string("resourceType"));
  if (type != "ValueSet") {
    return resource.error_at("resourceType", Errc::malformed, "must be ValueSet");
  }
  ValueSet set;
  const auto expansion = resource.find("expansion");
  if (const auto contains = expansion ? expansion->find("contains") : std::nullopt) {
    CDSS_CHECK(set.read_contains(*contains));
  } else if (const auto compose = resource.find("compose"); compose && !expansion) {
    CDSS_CHECK(set.read_compose(*compose));
  }
  for (auto& one : set.systems_) {
    one.included.sort();
    one.excluded.sort();
  }
  return set;
}

bool ValueSet::contains(const Coding& coding) const {
  if (coding.system.empty() || coding.code.empty()) {
    return false;
  }
  const auto found =
      std::ranges::find_if(systems_, [&](const System& one) { return one.uri == coding.system; });
  if (found == systems_.end()) {
    return false;
  }
  const Comparable code{coding.code, found->is_hierarchy};
  return found->included.has(code.text()) && !found->excluded.has(code.text());
}

}  // namespace cdss::fhir
