#include "core/fhir_search/local_filter.hpp"

#include <algorithm>
#include <utility>

#include "core/hooks/request/hooks.hpp"
#include "fhir/types/period.hpp"
#include "fhir/types/reference.hpp"

namespace cdss::record {
namespace {

using Kind = LocalParameterKind;

/// The alternatives of a value, each with its backslashes taken out but before a bar, which a token
/// needs to tell from its own.
std::vector<std::string> alternatives(std::string_view value) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) {
      ++i;
      if (value[i] == '|') {
        parts.back() += '\\';
      }
      parts.back() += value[i];
    } else if (value[i] == ',') {
      parts.emplace_back();
    } else {
      parts.back() += value[i];
    }
  }
  return parts;
}

/// Where the first bar stands that has no backslash before it.
std::size_t find_bar(std::string_view text) {
  auto bar = text.find('|');
  while (bar != std::string_view::npos && bar > 0 && text[bar - 1] == '\\') {
    bar = text.find('|', bar + 1);
  }
  return bar;
}

std::string without_backslashes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size() || text[i + 1] != '|') {
      out += text[i];
    }
  }
  return out;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<LocalDays> read_days(View value) {
  if (value.is_string()) {
    const auto date = fhir::read_partial_date(value);
    return date ? std::optional{LocalDays{date->first_day(), date->last_day()}} : std::nullopt;
  }
  const auto period = fhir::read_period(value);
  if (!period || (!period->start && !period->end)) {
    return std::nullopt;
  }
  LocalDays days;
  if (period->start) {
    days.first = period->start->first_day();
  }
  if (period->end) {
    days.last = period->end->last_day();
  }
  return days;
}

/// One for each element that can be read.
std::vector<LocalDays> days_of(View resource, const LocalParameter& parameter) {
  std::vector<LocalDays> days;
  for (const View value : values_at(resource, parameter)) {
    if (const auto read = read_days(value)) {
      days.push_back(*read);
    }
  }
  return days;
}

}  // namespace

Result<LocalFilter> LocalFilter::read(const LocalParameter& parameter, std::string_view value) {
  LocalFilter filter{parameter};
  for (std::string& text : alternatives(value)) {
    if (text.empty() || text == "|") {
      return Error{Errc::malformed, {}, "has an empty value"};
    }
    CDSS_TRY(auto wanted, read_wanted(parameter.kind, std::move(text)));
    filter.wanted_.push_back(std::move(wanted));
  }
  return filter;
}

bool LocalFilter::fits(View resource) const {
  const auto fits_one = [&](const auto& value, auto fits_wanted) {
    return std::ranges::any_of(wanted_,
                               [&](const Wanted& wanted) { return fits_wanted(value, wanted); });
  };
  if (parameter_->kind == Kind::date) {
    const auto days = days_of(resource, *parameter_);
    return std::ranges::any_of(days,
                               [&](const LocalDays& value) { return fits_one(value, fits_days); });
  }
  const auto values = values_at(resource, *parameter_);
  return std::ranges::any_of(values, [&](View value) {
    return fits_one(value, [&](View v, const Wanted& wanted) { return fits_value(v, wanted); });
  });
}

Result<LocalFilter::Wanted> LocalFilter::read_wanted(Kind kind, std::string text) {
  switch (kind) {
    case Kind::date:
      return read_date(text);
    case Kind::reference:
      return read_reference(text);
    case Kind::canonical:
      return Wanted{.text = without_backslashes(text), .system = {}, .type = {}, .date = {}};
    case Kind::token:
      break;
  }
  return read_token(text);
}

Result<LocalFilter::Wanted> LocalFilter::read_date(std::string_view text) {
  constexpr std::pair<std::string_view, Prefix> kPrefixes[] = {{"eq", Prefix::eq},
                                                               {"gt", Prefix::gt},
                                                               {"lt", Prefix::lt},
                                                               {"ge", Prefix::ge},
                                                               {"le", Prefix::le}};
  Wanted wanted{.text = {}, .system = {}, .type = {}, .date = {}};
  if (!is_digit(text.front())) {
    const auto* const prefix =
        std::ranges::find(kPrefixes, text.substr(0, 2), [](const auto& p) { return p.first; });
    if (prefix == std::ranges::end(kPrefixes)) {
      return Error{Errc::unsupported, {}, "has a prefix other than eq, gt, lt, ge and le"};
    }
    wanted.prefix = prefix->second;
    text.remove_prefix(2);
  }
  if (text.find('T') != std::string_view::npos) {
    return Error{Errc::unsupported, {}, "has a time of day, and only days are compared here"};
  }
  CDSS_TRY(wanted.date, fhir::PartialDate::parse(text));
  return wanted;
}

Result<LocalFilter::Wanted> LocalFilter::read_reference(std::string_view text) {
  Wanted wanted{.text = {}, .system = {}, .type = {}, .date = {}};
  if (hooks::is_id(text)) {
    wanted.text = text;
    return wanted;
  }
  const auto reference = fhir::Reference::parse(text);
  if (reference.id.empty() || reference.type.empty()) {
    return Error{Errc::malformed, {}, "is neither an id nor a reference"};
  }
  wanted.text = reference.id;
  wanted.type = reference.type;
  return wanted;
}

LocalFilter::Wanted LocalFilter::read_token(std::string_view text) {
  Wanted wanted{.text = {}, .system = {}, .type = {}, .date = {}};
  const auto bar = find_bar(text);
  if (bar != std::string_view::npos) {
    wanted.system = without_backslashes(text.substr(0, bar));
    text.remove_prefix(bar + 1);
  }
  wanted.text = without_backslashes(text);
  return wanted;
}

bool LocalFilter::fits_value(View value, const Wanted& wanted) const {
  switch (parameter_->kind) {
    case Kind::reference:
      return fits_reference(value, wanted);
    case Kind::canonical:
      return value.is_string() &&
             (value.raw_text() == wanted.text ||
              value.raw_text().substr(0, value.raw_text().find('|')) == wanted.text);
    default:
      return fits_token(value, wanted);
  }
}

/// A code has the system of its binding, which is not written: a system in the search is not held
/// against it.
bool LocalFilter::fits_token(View value, const Wanted& wanted) {
  if (value.is_string()) {
    return value.raw_text() == wanted.text;
  }
  if (value.is_boolean()) {
    return (value.kind() == cdss_true ? "true" : "false") == wanted.text;
  }
  if (const auto codings = value.find("coding")) {
    for (const View coding : codings->elements()) {
      if (fits_token(coding, wanted)) {
        return true;
      }
    }
    return false;
  }
  const auto code = value.text_or_empty(value.find("code") ? "code" : "value");
  return !code.empty() && (wanted.text.empty() || code == wanted.text) &&
         (!wanted.system || value.text_or_empty("system") == *wanted.system);
}

bool LocalFilter::fits_reference(View value, const Wanted& wanted) const {
  const auto reference = fhir::Reference::parse(value.text_or_empty("reference"));
  const bool by_name = reference.kind == fhir::Reference::Kind::relative ||
                       reference.kind == fhir::Reference::Kind::absolute;
  return by_name && reference.id == wanted.text &&
         (wanted.type.empty() || reference.type == wanted.type) &&
         (parameter_->target.empty() || reference.type == parameter_->target);
}

/// Source: HL7 FHIR R4, Search, "Prefixes" and "date": an interval against an interval.
bool LocalFilter::fits_days(const LocalDays& days, const Wanted& wanted) {
  const auto first = wanted.date->first_day();
  const auto last = wanted.date->last_day();
  const bool within = days.first && *days.first >= first && days.last && *days.last <= last;
  const bool after = !days.last || *days.last > last;
  const bool before = !days.first || *days.first < first;
  switch (wanted.prefix) {
    case Prefix::gt:
      return after;
    case Prefix::lt:
      return before;
    case Prefix::ge:
      return after || within;
    case Prefix::le:
      return before || within;
    case Prefix::eq:
      break;
  }
  return within;
}

}  // namespace cdss::record
