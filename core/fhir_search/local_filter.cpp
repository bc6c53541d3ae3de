#include "core/fhir_search/local_filter.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "fhir/types/event_time.hpp"
#include "fhir/types/reference.hpp"

namespace cdss::fhir_search {
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
    CDSS_TRY(auto alternative, read_alternative(parameter.kind, std::move(text)));
    filter.alternatives_.push_back(std::move(alternative));
  }
  return filter;
}

bool LocalFilter::fits(View resource) const {
  const auto fits_one = [&](const auto& value, auto fits_wanted) {
    return std::ranges::any_of(alternatives_, [&](const Alternative& alternative) {
      return fits_wanted(value, alternative);
    });
  };
  if (parameter_->kind == Kind::date) {
    const auto days = days_of(resource, *parameter_);
    return std::ranges::any_of(days,
                               [&](const LocalDays& value) { return fits_one(value, fits_days); });
  }
  const auto values = values_at(resource, *parameter_);
  return std::ranges::any_of(values, [&](View value) {
    return fits_one(
        value, [&](View v, const Alternative& alternative) { return fits_value(v, alternative); });
  });
}

Result<LocalFilter::Alternative> LocalFilter::read_alternative(Kind kind, std::string text) {
  switch (kind) {
    case Kind::date:
      return read_date(text);
    case Kind::reference:
      return read_reference(text);
    case Kind::canonical:
      return Alternative{.text = without_backslashes(text)};
    case Kind::token:
      break;
  }
  return read_token(text);
}

Result<LocalFilter::Alternative> LocalFilter::read_date(std::string_view text) {
  constexpr std::pair<std::string_view, Prefix> kPrefixes[] = {{"eq", Prefix::eq},
                                                               {"gt", Prefix::gt},
                                                               {"lt", Prefix::lt},
                                                               {"ge", Prefix::ge},
                                                               {"le", Prefix::le}};
  Alternative alternative;
  if (!is_digit(text.front())) {
    const auto* const prefix =
        std::ranges::find(kPrefixes, text.substr(0, 2), [](const auto& p) { return p.first; });
    if (prefix == std::ranges::end(kPrefixes)) {
      return Error{Errc::unsupported, {}, "has a prefix other than eq, gt, lt, ge and le"};
    }
    alternative.prefix = prefix->second;
    text.remove_prefix(2);
  }
  if (text.find('T') != std::string_view::npos) {
    return Error{Errc::unsupported, {}, "has a time of day, and only days are compared here"};
  }
  CDSS_TRY(alternative.date, fhir::PartialDate::parse(text));
  return alternative;
}

Result<LocalFilter::Alternative> LocalFilter::read_reference(std::string_view text) {
  Alternative alternative;
  if (fhir::is_id(text)) {
    alternative.text = text;
    return alternative;
  }
  const auto reference = fhir::Reference::parse(text);
  if (reference.id.empty() || reference.type.empty()) {
    return Error{Errc::malformed, {}, "is neither an id nor a reference"};
  }
  alternative.text = reference.id;
  alternative.type = reference.type;
  return alternative;
}

LocalFilter::Alternative LocalFilter::read_token(std::string_view text) {
  Alternative alternative;
  const auto bar = find_bar(text);
  if (bar != std::string_view::npos) {
    alternative.system = without_backslashes(text.substr(0, bar));
    text.remove_prefix(bar + 1);
  }
  alternative.text = without_backslashes(text);
  return alternative;
}

bool LocalFilter::fits_value(View value, const Alternative& alternative) const {
  switch (parameter_->kind) {
    case Kind::reference:
      return fits_reference(value, alternative);
    case Kind::canonical:
      return value.is_string() &&
             (value.raw_text() == alternative.text ||
              value.raw_text().substr(0, value.raw_text().find('|')) == alternative.text);
    default:
      return fits_token(value, alternative);
  }
}

/// A code has the system of its binding, which is not written: a system in the search is not held
/// against it.
bool LocalFilter::fits_token(View value, const Alternative& alternative) {
  if (value.is_string()) {
    return value.raw_text() == alternative.text;
  }
  if (value.is_boolean()) {
    return (value.kind() == cdss_true ? "true" : "false") == alternative.text;
  }
  if (const auto codings = value.find("coding")) {
    for (const View coding : codings->elements()) {
      if (fits_token(coding, alternative)) {
        return true;
      }
    }
    return false;
  }
  const auto code = value.text_or_empty(value.find("code") ? "code" : "value");
  return !code.empty() && (alternative.text.empty() || code == alternative.text) &&
         (!alternative.system || value.text_or_empty("system") == *alternative.system);
}

bool LocalFilter::fits_reference(View value, const Alternative& alternative) const {
  const auto reference = fhir::Reference::parse(value.text_or_empty("reference"));
  const bool by_name = reference.kind == fhir::Reference::Kind::relative ||
                       reference.kind == fhir::Reference::Kind::absolute;
  return by_name && reference.id == alternative.text &&
         (alternative.type.empty() || reference.type == alternative.type) &&
         (parameter_->target.empty() || reference.type == parameter_->target);
}

/// Source: HL7 FHIR R4, Search, "Prefixes" and "date": an interval against an interval.
bool LocalFilter::fits_days(const LocalDays& days, const Alternative& alternative) {
  const auto first = alternative.date->first_day();
  const auto last = alternative.date->last_day();
  const bool within = days.first && *days.first >= first && days.last && *days.last <= last;
  const bool after = !days.last || *days.last > last;
  const bool before = !days.first || *days.first < first;
  switch (alternative.prefix) {
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

}  // namespace cdss::fhir_search
