#include "core/hooks/discovery/prefetch_token.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "core/hooks/discovery/prefetch_text.hpp"
#include "fhir/types/resource_types.hpp"

namespace cdss::hooks {
namespace {

using prefetch_text::is_name;
using prefetch_text::malformed;
using prefetch_text::unsupported;

using Kind = PrefetchToken::Kind;

constexpr std::string_view kContext = "context.";
constexpr std::string_view kToday = "today()";
constexpr std::size_t kLongestToken = 1024;
constexpr std::size_t kMostPaths = 16;
constexpr std::size_t kMostSteps = 32;

/// The tokens for the current user, and the type of user whose id each is.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kUserTokens{
    {{"userPractitionerId", "Practitioner"},
     {"userPractitionerRoleId", "PractitionerRole"},
     {"userPatientId", "Patient"},
     {"userRelatedPersonId", "RelatedPerson"}}};

Error out_of_range(std::string message) {
  return {Errc::out_of_range, {}, std::move(message)};
}

/// An identifier as FHIRPath has it without delimiters: a hyphen would be minus (PF-16).
bool is_identifier(std::string_view text) {
  return is_name(text) && text.find('-') == std::string_view::npos;
}

/// Reads what follows `today()`: nothing, or a sign, a whole number and "days".
Result<int> read_days(std::string_view text) {
  constexpr std::size_t kMostDigits = 5;  // 270 years
  text = trimmed(text, " ");
  if (text.empty()) {
    return 0;
  }
  const char sign = text.front();
  if (sign != '+' && sign != '-') {
    return unsupported("has a token that does more with today() than to add or subtract days");
  }
  text = trimmed(text.substr(1), " ");
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  if (end == 0 || trimmed(text.substr(end), " ") != "days") {
    return unsupported("has a token that moves today() by something else than whole days");
  }
  int days = 0;
  if (end > kMostDigits ||
      std::from_chars(text.data(), text.data() + end, days).ec != std::errc{}) {
    return out_of_range("has a token that moves today() by more than 99999 days");
  }
  return sign == '-' ? -days : days;
}

Result<PathStep> read_function(std::string_view name, std::string_view argument) {
  if (name == "resolve") {
    if (!argument.empty()) {
      return malformed("has a token that gives resolve() an argument");
    }
    return PathStep{PathStep::Kind::resolve, {}};
  }
  if (name != "ofType") {
    return unsupported("has a token with a function other than ofType, resolve and today");
  }
  if (!fhir::is_r4_resource_type(argument)) {
    return unsupported("has a token with ofType() of what is no resource type of FHIR R4");
  }
  return PathStep{PathStep::Kind::of_type, std::string{argument}};
}

Result<PathStep> read_step(std::string_view text) {
  const auto open = text.find('(');
  if (open != std::string_view::npos && text.ends_with(')')) {
    return read_function(text.substr(0, open), text.substr(open + 1, text.size() - open - 2));
  }
  if (!is_identifier(text)) {
    return malformed("has a token with a step that is neither an element nor a function");
  }
  return PathStep{PathStep::Kind::element, std::string{text}};
}

/// Reads the steps after `context` or `%key`, each with its dot before it.
Result<std::vector<PathStep>> read_steps(std::string_view text) {
  std::vector<PathStep> steps;
  while (!text.empty()) {
    if (text.front() != '.') {
      return malformed("has a token with a step that has no dot before it");
    }
    text.remove_prefix(1);
    auto end = std::min(text.find('.'), text.size());
    if (text.find('(') < end) {
      end = std::min(text.find('.', std::min(text.find(')'), text.size())), text.size());
    }
    CDSS_TRY(auto step, read_step(text.substr(0, end)));
    if (steps.size() == kMostSteps) {
      return out_of_range("has a token with a path of more than 32 steps");
    }
    steps.push_back(std::move(step));
    text.remove_prefix(end);
  }
  if (steps.empty() || steps.back().kind != PathStep::Kind::element) {
    return malformed("has a token that gives a resource, and not a simple value of it");
  }
  return steps;
}

/// Whether the hook permits a path that starts at this field of its context.
Result<void> check_field(const TokenPath& path, const HookDefinition* hook) {
  const auto& first = path.steps.front();
  if (first.kind != PathStep::Kind::element) {
    return malformed("has a token that calls a function on the context itself");
  }
  if (hook == nullptr) {
    return {};
  }
  const auto* const field = hook->field(first.name);
  if (field == nullptr) {
    return unsupported("has a token that the hook does not permit");
  }
  const bool ends_here = path.steps.size() == 1;
  if (ends_here && !field->is_single() && field->type != FieldType::reference_array) {
    return malformed("has a token that gives a resource, and not a simple value of it");
  }
  if (!ends_here && field->type == FieldType::id) {
    return malformed("has a token with a step into an id");
  }
  return {};
}

Result<TokenPath> read_path(std::string_view text, const HookDefinition* hook) {
  TokenPath path;
  const auto end = std::min(text.find('.'), text.size());
  const auto root = text.substr(0, end);
  if (root.starts_with('%')) {
    if (!is_identifier(root.substr(1))) {
      return malformed("has a token with a key after % that is no plain identifier");
    }
    path.key = root.substr(1);
  } else if (root != "context") {
    return unsupported("has a token that starts with neither context, %, today() nor a user token");
  }
  CDSS_TRY(path.steps, read_steps(text.substr(end)));
  if (path.key.empty()) {
    CDSS_CHECK(check_field(path, hook));
  }
  return path;
}

Result<PrefetchToken> read_paths(std::string_view text, const HookDefinition* hook) {
  PrefetchToken token{.kind = Kind::paths, .text = std::string{text}};
  for (auto rest = text;;) {
    const auto bar = rest.find('|');
    CDSS_TRY(auto path, read_path(trimmed(rest.substr(0, bar), " "), hook));
    if (token.paths.size() == kMostPaths) {
      return out_of_range("has a token that joins more than 16 paths");
    }
    token.paths.push_back(std::move(path));
    if (bar == std::string_view::npos) {
      break;
    }
    rest.remove_prefix(bar + 1);
  }
  const auto& first = token.paths.front();
  const auto* const field = hook == nullptr ? nullptr : hook->field(first.steps.front().name);
  if (token.paths.size() == 1 && first.key.empty() && first.steps.size() == 1 &&
      (field == nullptr || field->is_single())) {
    token.kind = Kind::field;
    token.name = first.steps.front().name;
    token.paths.clear();
  }
  return token;
}

/// A token as every client knows it: one field of the context.
Result<PrefetchToken> read_field(std::string_view text, const HookDefinition* hook) {
  const auto name = text.substr(std::min(kContext.size(), text.size()));
  if (!text.starts_with(kContext) || !is_name(name)) {
    return unsupported("has a token that is neither context.field nor a user token");
  }
  if (hook != nullptr) {
    const auto* const field = hook->field(name);
    if (field == nullptr || !field->is_single()) {
      return unsupported("has a token that the hook does not permit");
    }
  }
  return PrefetchToken{.kind = Kind::field, .text = std::string{text}, .name = std::string{name}};
}

}  // namespace

Result<PrefetchToken> read_prefetch_token(std::string_view text, const HookDefinition* hook,
                                          PrefetchTokens tokens) {
  const auto* const user =
      std::ranges::find(kUserTokens, text, [](const auto& u) { return u.first; });
  if (user != kUserTokens.end()) {
    return PrefetchToken{
        .kind = Kind::user, .text = std::string{text}, .name = std::string{user->second}};
  }
  if (tokens == PrefetchTokens::simple) {
    return read_field(text, hook);
  }
  if (text.size() > kLongestToken) {
    return out_of_range("has a token of more than 1024 characters");
  }
  if (text.starts_with(kToday)) {
    CDSS_TRY(const auto days, read_days(text.substr(kToday.size())));
    return PrefetchToken{.kind = Kind::date, .text = std::string{text}, .days = days};
  }
  if (text.starts_with(' ') || text.ends_with(' ')) {
    return unsupported("has a token with white space at its ends");
  }
  return read_paths(text, hook);
}

}  // namespace cdss::hooks
