#include "core/hooks/discovery/prefetch_template.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "core/base/text/percent.hpp"
#include "core/hooks/discovery/prefetch_evaluate.hpp"
#include "core/hooks/discovery/prefetch_search.hpp"
#include "core/hooks/discovery/prefetch_text.hpp"
#include "core/hooks/request/hooks.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource_types.hpp"

namespace cdss::hooks {
namespace {

using prefetch_text::kTokenMark;
using prefetch_text::malformed;
using prefetch_text::unsupported;

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
    if (!is_letter_or_digit(c) && kAllowed.find(c) == std::string_view::npos) {
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
Result<void> check_place(const PrefetchToken& token, const HookDefinition* hook, bool as_reference,
                         bool as_id) {
  if (token.kind == PrefetchToken::Kind::user) {
    if (as_reference) {
      return malformed("must be a read or a search, and a user token is a bare id");
    }
    return {};
  }
  if (token.kind != PrefetchToken::Kind::field) {
    if (as_reference || as_id) {
      return malformed("has a token whose value does not fit its place");
    }
    return {};
  }
  const auto* const field = hook == nullptr ? nullptr : hook->field(token.name);
  if (field != nullptr && !fits(field->type, as_reference, as_id)) {
    return malformed("has a token whose value does not fit its place");
  }
  return {};
}

/// Whether what stands at `at` is a whole item of a comma list, so that a comma within it means OR
/// too (PF-17).
bool is_whole_item(std::string_view form, std::size_t at) {
  const char before = at == 0 ? '\0' : form[at - 1];
  const char after = at + 1 == form.size() ? '&' : form[at + 1];
  return (before == '=' || before == ',') && (after == ',' || after == '&');
}

Result<void> check_type(std::string_view type) {
  if (type.empty()) {
    return malformed("must be a relative URL that starts with a resource type or a token");
  }
  if (!fhir::is_r4_resource_type(type)) {
    return unsupported("must start with a resource type of FHIR R4");
  }
  return {};
}

/// Writes a value so that it stays one value: encoded for the URL, and with a backslash before what
/// a search reads as its own sign. Source: HL7 FHIR R4, Search, "Escaping Search Parameters".
void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view kPlain = "-._~/";  // "/" is allowed in a query, and references read so
  constexpr std::string_view kSigns = ",$|\\";
  for (const char c : text) {
    if (kSigns.find(c) != std::string_view::npos) {
      out += "%5C";
    }
    append_percent_encoded(out, {&c, 1}, kPlain);
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

}  // namespace

void PrefetchTemplate::note_prior_keys(const PrefetchToken& token) {
  for (const TokenPath& path : token.paths) {
    if (!path.key.empty() && std::ranges::find(prior_keys_, path.key) == prior_keys_.end()) {
      prior_keys_.push_back(path.key);
    }
  }
}

Result<PrefetchTemplate> PrefetchTemplate::parse(std::string_view text, std::string_view hook,
                                                 PrefetchTokens tokens) {
  const HookDefinition* const known = find_hook(hook);
  CDSS_TRY(const auto shape, read_shape(text));
  const std::string_view form = shape.text;
  PrefetchTemplate result;
  CDSS_TRY(const auto kind, result.read_form(form));
  auto token_text = shape.tokens.begin();
  for (std::size_t at = 0; at < form.size();) {
    if (form[at] != kTokenMark) {
      const auto run = form.substr(at, form.find(kTokenMark, at) - at);
      result.pieces_.push_back({Piece::Kind::text, encode_bars(run), {}});
      at += run.size();
      continue;
    }
    CDSS_TRY(auto token, read_prefetch_token(*token_text++, known, tokens));
    CDSS_CHECK(check_place(token, known, kind == Piece::Kind::reference, kind == Piece::Kind::id));
    if (token.kind == PrefetchToken::Kind::paths && !is_whole_item(form, at)) {
      return malformed("has a token that may give several values and is no whole search value");
    }
    result.note_prior_keys(token);
    result.pieces_.push_back({kind, {}, std::move(token)});
    ++at;
  }
  return result;
}

Result<PrefetchTemplate::Piece::Kind> PrefetchTemplate::read_form(std::string_view form) {
  if (!has_whole_escapes(form)) {
    return malformed("has a % without two hexadecimal digits");
  }
  if (form == std::string_view{&kTokenMark, 1}) {
    return Piece::Kind::reference;
  }
  const auto type_end =
      static_cast<std::size_t>(std::ranges::find_if_not(form, is_letter) - form.begin());
  const auto rest = form.substr(type_end);
  CDSS_CHECK(check_type(form.substr(0, type_end)));
  resource_type_ = form.substr(0, type_end);
  if (rest.starts_with('?')) {
    is_search_ = true;
    CDSS_CHECK(check_search(rest.substr(1)));
    return Piece::Kind::query_value;
  }
  if (rest.starts_with('/') &&
      (rest.substr(1) == std::string_view{&kTokenMark, 1} || fhir::is_id(rest.substr(1)))) {
    return Piece::Kind::id;
  }
  return malformed("must be Type/id, Type?parameter=value or one token");
}

Result<std::string> PrefetchTemplate::expand(const TemplateValues& values) const {
  std::string query;
  for (const Piece& piece : pieces_) {
    if (piece.kind == Piece::Kind::text) {
      query += piece.text;
      continue;
    }
    CDSS_TRY(const auto texts, evaluate(piece.token, values));
    bool first = true;
    for (const std::string& text : texts) {
      const bool fits_place =
          piece.kind == Piece::Kind::query_value ||
          (piece.kind == Piece::Kind::id ? fhir::is_id(text) : is_reference(text));
      if (!fits_place) {
        return Error{Errc::malformed, piece.token.text,
                     "does not fit its place in the prefetch template"};
      }
      query += first ? "" : ",";
      append_encoded(query, text);
      first = false;
    }
  }
  return query;
}

}  // namespace cdss::hooks
