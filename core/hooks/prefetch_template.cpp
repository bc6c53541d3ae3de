#include "core/hooks/prefetch_template.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/hooks/hooks.hpp"
#include "core/hooks/resource_types.hpp"

namespace cdss::hooks {
namespace {

constexpr std::string_view kContext = "context.";
constexpr char kTokenMark = '\x01';  // stands for a token while the shape is read

/// A user token and the type of user whose id it is (PF-07).
struct UserToken {
  std::string_view name;
  std::string_view type;
};
constexpr std::array<UserToken, 4> kUserTokens{{{"userPractitionerId", "Practitioner"},
                                                {"userPractitionerRoleId", "PractitionerRole"},
                                                {"userPatientId", "Patient"},
                                                {"userRelatedPersonId", "RelatedPerson"}}};

const UserToken* find_user_token(std::string_view name) {
  const auto* const found = std::ranges::find(kUserTokens, name, &UserToken::name);
  return found == kUserTokens.end() ? nullptr : found;
}

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_name(std::string_view text) {
  return !text.empty() && (is_letter(text.front()) || text.front() == '_') &&
         std::ranges::all_of(
             text, [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
}

Error malformed(std::string message) {
  return {Errc::malformed, {}, std::move(message)};
}

Error unsupported(std::string message) {
  return {Errc::unsupported, {}, std::move(message)};
}

/// A template with each token replaced by one mark, beside the tokens' names in order.
struct Shape {
  std::string text;
  std::vector<std::string> tokens;
};

Result<Shape> read_shape(std::string_view text) {
  constexpr std::string_view kAllowed = "-._~!$'()*+,;=:@/?&%|";
  Shape shape;
  for (std::size_t i = 0; i < text.size();) {
    if (text.substr(i, 2) == "{{") {
      const auto end = text.find("}}", i);
      if (end == std::string_view::npos) {
        return malformed("has a token without its end");
      }
      shape.text += kTokenMark;
      shape.tokens.emplace_back(text.substr(i + 2, end - i - 2));
      i = end + 2;
      continue;
    }
    const char c = text[i];
    if (!is_letter(c) && !is_digit(c) && kAllowed.find(c) == std::string_view::npos) {
      return malformed("has a character that a URL may not hold");
    }
    shape.text += c;
    ++i;
  }
  return shape;
}

/// The place of a token in the template decides what may stand there.
bool fits(FieldType type, bool as_reference, bool as_id) {
  if (as_reference) {
    return type == FieldType::reference;
  }
  return as_id ? type == FieldType::id : true;
}

/// @param as_reference  the token is the whole template.
/// @param as_id         the token is the id of a read.
Result<void> check_token(std::string_view token, const KnownHook* hook, bool as_reference,
                         bool as_id) {
  if (find_user_token(token) != nullptr) {
    if (as_reference) {
      return malformed("must be a read or a search, and a user token is a bare id");
    }
    return {};
  }
  if (!token.starts_with(kContext) || !is_name(token.substr(kContext.size()))) {
    return unsupported("has a token that is neither context.field nor a user token");
  }
  if (hook == nullptr) {
    return {};
  }
  const auto* const field = hook->field(token.substr(kContext.size()));
  if (field == nullptr || !field->token) {
    return unsupported("has a token that the hook does not permit");
  }
  if (!fits(field->type, as_reference, as_id)) {
    return malformed("has a token whose value does not fit its place");
  }
  return {};
}

Result<void> check_type(std::string_view type) {
  if (type.empty()) {
    return malformed("must be a relative URL that starts with a resource type or a token");
  }
  if (!is_r4_resource_type(type)) {
    return unsupported("must start with a resource type of FHIR R4");
  }
  return {};
}

/// A comma list of parameter names, each with `-` before it for descending order (PF-22).
bool is_sort(std::string_view value) {
  while (true) {
    const auto comma = value.find(',');
    auto name = value.substr(0, comma);
    if (name.starts_with('-')) {
      name.remove_prefix(1);
    }
    if (!is_name(name)) {
      return false;
    }
    if (comma == std::string_view::npos) {
      return true;
    }
    value.remove_prefix(comma + 1);
  }
}

bool is_count(std::string_view value) {
  return !value.empty() && value.size() <= 6 && value.front() != '0' &&
         std::ranges::all_of(value, is_digit);
}

/// True when a value of the comma list is a date with a prefix outside the subset.
bool has_refused_prefix(std::string_view value) {
  constexpr std::array<std::string_view, 4> kRefused{"ne", "sa", "eb", "ap"};
  for (std::size_t at = 0; at < value.size();) {
    const auto item = value.substr(at, value.find(',', at) - at);
    const auto year = item.substr(std::min<std::size_t>(2, item.size()), 4);
    if (std::ranges::find(kRefused, item.substr(0, 2)) != kRefused.end() &&
        ((year.size() == 4 && std::ranges::all_of(year, is_digit)) ||
         year.starts_with(kTokenMark))) {
      return true;
    }
    at += item.size() + 1;
  }
  return false;
}

Result<void> check_parameter_name(std::string_view name) {
  const auto colon = name.find(':');
  const auto base = name.substr(0, colon);
  if (colon != std::string_view::npos && name.substr(colon) != ":in") {
    return unsupported("has a search modifier other than :in");
  }
  if (base.find('.') != std::string_view::npos) {
    return unsupported("has a chained search parameter");
  }
  if (!is_name(base)) {
    return malformed("has a search parameter without a proper name");
  }
  constexpr std::array<std::string_view, 4> kResult{"_id", "_lastUpdated", "_count", "_sort"};
  if (base.starts_with('_') && std::ranges::find(kResult, name) == kResult.end()) {
    return unsupported("has a result parameter other than _id, _lastUpdated, _count and _sort");
  }
  return {};
}

Result<void> check_parameter(std::string_view parameter) {
  const auto equals = parameter.find('=');
  if (equals == std::string_view::npos || equals + 1 == parameter.size()) {
    return malformed("has a search parameter without a value");
  }
  const auto name = parameter.substr(0, equals);
  const auto value = parameter.substr(equals + 1);
  CDSS_CHECK(check_parameter_name(name));
  if (name == "_count" && !is_count(value)) {
    return malformed("has a _count that is no whole number above 0");
  }
  if (name == "_sort" && !is_sort(value)) {
    return malformed("has a _sort that is no list of parameters, each with - before it or without");
  }
  if (has_refused_prefix(value)) {
    return unsupported("has a date prefix other than eq, lt, gt, ge and le");
  }
  return {};
}

Result<void> check_search(std::string_view query) {
  while (true) {
    const auto end = query.find('&');
    CDSS_CHECK(check_parameter(query.substr(0, end)));
    if (end == std::string_view::npos) {
      return {};
    }
    query.remove_prefix(end + 1);
  }
}

bool are_escapes_whole(std::string_view text) {
  const auto is_hex = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) {
      return false;
    }
  }
  return true;
}

void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "-._~/";  // "/" is allowed in a query, and references read so
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 0x0FU];
    }
  }
}

/// Text of a template as it may stand in a request line: "|" is common in templates, and no URL
/// character.
std::string encode_bars(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') {
      out += "%7C";
    } else {
      out += c;
    }
  }
  return out;
}

Result<std::string> user_token_value(View context, const UserToken& token) {
  CDSS_TRY(const auto user, context.required_string("userId"));
  if (!is_reference(user)) {
    return context.error_at("userId", Errc::malformed,
                            "must be a resource type, a slash and an id");
  }
  const auto slash = user.find('/');
  if (user.substr(0, slash) != token.type) {
    return context.error_at("userId", Errc::missing, "is a user of another type");
  }
  return std::string{user.substr(slash + 1)};
}

Result<std::string> token_value(View context, std::string_view token) {
  if (const auto* const user = find_user_token(token)) {
    return user_token_value(context, *user);
  }
  CDSS_TRY(const auto value, context.at(token.substr(kContext.size())));
  if (value.is_null()) {
    return value.error(Errc::missing, "is required");
  }
  if (value.is_boolean()) {
    return std::string{value.kind() == cdss_true ? "true" : "false"};
  }
  if (value.is_number()) {
    return std::string{value.raw_text()};
  }
  CDSS_TRY(const auto text, value.string());
  if (text.empty()) {
    return value.error(Errc::malformed, "must not be empty");
  }
  return std::string{text};
}

}  // namespace

Result<PrefetchTemplate> PrefetchTemplate::parse(std::string_view text, std::string_view hook) {
  const KnownHook* const known = find_hook(hook);
  CDSS_TRY(const auto shape, read_shape(text));
  const std::string_view form = shape.text;
  PrefetchTemplate result;
  auto kind = Piece::Kind::query_value;
  if (form == std::string_view{&kTokenMark, 1}) {
    kind = Piece::Kind::reference;
  } else {
    const auto type_end =
        static_cast<std::size_t>(std::ranges::find_if_not(form, is_letter) - form.begin());
    const auto rest = form.substr(type_end);
    CDSS_CHECK(check_type(form.substr(0, type_end)));
    result.resource_type_ = form.substr(0, type_end);
    if (rest.starts_with('?')) {
      result.is_search_ = true;
      CDSS_CHECK(check_search(rest.substr(1)));
    } else if (rest.starts_with('/') &&
               (rest.substr(1) == std::string_view{&kTokenMark, 1} || is_id(rest.substr(1)))) {
      kind = Piece::Kind::id;
    } else {
      return malformed("must be Type/id, Type?parameter=value or one token");
    }
  }
  if (!are_escapes_whole(form)) {
    return malformed("has a % without two hexadecimal digits");
  }
  auto token = shape.tokens.begin();
  for (std::size_t at = 0; at < form.size();) {
    if (form[at] == kTokenMark) {
      CDSS_CHECK(
          check_token(*token, known, kind == Piece::Kind::reference, kind == Piece::Kind::id));
      result.pieces_.push_back({kind, *token++});
      ++at;
      continue;
    }
    const auto run = form.substr(at, form.find(kTokenMark, at) - at);
    result.pieces_.push_back({Piece::Kind::text, encode_bars(run)});
    at += run.size();
  }
  return result;
}

Result<std::string> PrefetchTemplate::expand(View context) const {
  std::string query;
  for (const Piece& piece : pieces_) {
    if (piece.kind == Piece::Kind::text) {
      query += piece.text;
      continue;
    }
    CDSS_TRY(const auto value, token_value(context, piece.text));
    const bool fits_place = piece.kind == Piece::Kind::query_value ||
                            (piece.kind == Piece::Kind::id ? is_id(value) : is_reference(value));
    if (!fits_place) {
      return Error{Errc::malformed, piece.text, "does not fit its place in the prefetch template"};
    }
    append_encoded(query, value);
  }
  return query;
}

}  // namespace cdss::hooks
