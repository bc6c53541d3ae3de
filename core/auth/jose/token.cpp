#include "core/auth/jose/token.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/text/ascii.hpp"

namespace cdss::auth {
namespace {

constexpr Document::Limits kLimits{.bytes = Jws::kLongest, .depth = 16, .nodes = 2048};
constexpr std::size_t kMostDigits = 12;

bool is_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

}  // namespace

TokenResult<Token> Token::parse(std::string compact) {
  auto jws = Jws::parse(std::move(compact));
  if (!jws) {
    return jws.error();
  }
  auto claims = Document::parse(jws->payload(), kLimits);
  if (!claims || !claims->root().is_object()) {
    return Reason::payload_not_json;
  }
  return Token{*std::move(jws), *std::move(claims)};
}

std::optional<std::chrono::sys_seconds> Token::time(std::string_view claim) const {
  const auto member = claims().find(claim);
  const auto digits = member ? member->number() : Result<std::string_view>{std::string_view{}};
  if (!digits || digits->empty()) {
    return std::nullopt;
  }
  const auto point = std::min(digits->find('.'), digits->size());
  const auto whole = digits->substr(0, point);
  if (whole.size() > kMostDigits || !is_digits(whole) ||
      !is_digits(digits->substr(std::min(point + 1, digits->size())))) {
    return std::nullopt;
  }
  std::int64_t seconds = 0;
  std::from_chars(whole.data(), whole.data() + whole.size(), seconds);
  return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

}  // namespace cdss::auth
