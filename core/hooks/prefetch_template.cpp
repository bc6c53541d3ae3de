#include "core/hooks/prefetch_template.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/hooks/hooks.hpp"
#include "core/hooks/prefetch_search.hpp"
#include "core/hooks/prefetch_text.hpp"
#include "core/hooks/resource_types.hpp"

namespace cdss::hooks {
namespace {

using prefetch_text::is_digit;
using prefetch_text::is_letter;
using prefetch_text::is_name;
using prefetch_text::kTokenMark;
using prefetch_text::malformed;
using prefetch_text::unsupported;

constexpr std::string_view kContext = "context.";

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
