#include "core/auth/jose/jws.hpp"

#include <algorithm>

#include "core/auth/jose/base64url.hpp"
#include "core/base/text/ascii.hpp"

namespace cdss::auth {
namespace {

constexpr Document::Limits kLimits{.bytes = Jws::kLongest, .depth = 16, .nodes = 2048};

bool has_any(View header, std::initializer_list<std::string_view> members) {
  return std::ranges::any_of(members, [&](auto name) { return header.find(name).has_value(); });
}

}  // namespace

TokenResult<Jws> Jws::parse(std::string compact) {
  if (compact.size() > kLongest) {
    return Reason::too_long;
  }
  const auto first = compact.find('.');
  const auto second = first == std::string::npos ? first : compact.find('.', first + 1);
  if (first == 0 || second == std::string::npos) {
    return Reason::not_compact;
  }
  const std::string_view text{compact};
  auto header = decode_base64url(text.substr(0, first));
  auto payload = decode_base64url(text.substr(first + 1, second - first - 1));
  auto signature = decode_base64url(text.substr(second + 1));
  if (!header || !payload || !signature) {
    return Reason::not_compact;
  }
  auto document = Document::parse(*std::move(header), kLimits);
  if (!document || !document->root().is_object()) {
    return Reason::header_not_json;
  }
  return Jws{std::move(compact), second, *std::move(document), *std::move(payload),
             *std::move(signature)};
}

TokenResult<Algorithm> algorithm_of(View header) {
  const auto member = header.find("alg");
  const auto name = member ? member->string() : Result<std::string_view>{std::string_view{}};
  if (!name || name->empty()) {
    return Reason::algorithm_missing;
  }
  if (const auto algorithm = parse_algorithm(*name)) {
    return *algorithm;
  }
  std::string plain{*name};
  std::ranges::transform(plain, plain.begin(), upper);
  if (plain == "NONE") {
    return Reason::algorithm_none;
  }
  return plain.starts_with("HS") ? Reason::algorithm_symmetric : Reason::algorithm_unknown;
}

std::optional<Reason> critical_fault(View header) {
  return has_any(header, {"crit", "b64"}) ? std::optional{Reason::critical_header} : std::nullopt;
}

std::optional<Reason> embedded_key_fault(View header) {
  return has_any(header, {"jwk", "x5c", "x5u"}) ? std::optional{Reason::embedded_key}
                                                : std::nullopt;
}

std::optional<Reason> signature_fault(const Jws& jws, Algorithm algorithm, const Jwk& key) {
  if (!key.algorithms().has(algorithm)) {
    return Reason::key_does_not_fit;
  }
  if (!key.verify(algorithm, jws.signed_text(), jws.signature())) {
    return Reason::signature_wrong;
  }
  return std::nullopt;
}

}  // namespace cdss::auth
