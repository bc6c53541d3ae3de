#include "core/auth/jose/jwk.hpp"

#include <algorithm>
#include <vector>

#include "core/auth/jose/public_key.hpp"

namespace cdss::auth {
namespace {

constexpr std::size_t kLongestKid = 512;

Result<void> check_use(View jwk) {
  CDSS_TRY(const auto use, jwk.optional_string("use"));
  if (use && *use != "sig") {
    return jwk.error_at("use", Errc::unsupported, "is not \"sig\"");
  }
  return {};
}

Result<void> check_key_ops(View jwk) {
  const auto operations = jwk.find("key_ops");
  if (!operations) {
    return {};
  }
  if (!operations->is_array()) {
    return operations->error(Errc::malformed, "must be an array of texts");
  }
  std::vector<std::string_view> seen;
  for (const View element : operations->elements()) {
    CDSS_TRY(const auto operation, element.string());
    if (std::ranges::find(seen, operation) != seen.end()) {
      return operations->error(Errc::malformed, "names an operation twice");
    }
    seen.push_back(operation);
  }
  if (std::ranges::find(seen, "verify") == seen.end()) {
    return operations->error(Errc::unsupported, "has no \"verify\"");
  }
  return {};
}

/// What is left of `by_type` under the member `alg`.
Result<Algorithms> narrow(View jwk, Algorithms by_type) {
  CDSS_TRY(const auto name, jwk.optional_string("alg"));
  if (!name) {
    return by_type;
  }
  const auto algorithm = parse_algorithm(*name);
  if (!algorithm || !by_type.has(*algorithm)) {
    return jwk.error_at("alg", Errc::unsupported, "is no algorithm for this type of key");
  }
  return Algorithms{*algorithm};
}

}  // namespace

Result<Jwk> Jwk::read(View object) {
  if (!object.is_object()) {
    return object.error(Errc::malformed, "must be an object");
  }
  CDSS_CHECK(check_use(object));
  CDSS_CHECK(check_key_ops(object));
  CDSS_TRY(const auto kid, object.required_string("kid"));
  if (kid.size() > kLongestKid) {
    return object.error_at("kid", Errc::out_of_range, "is longer than 512 bytes");
  }
  CDSS_TRY(auto material, read_public_key(object));
  CDSS_TRY(const auto algorithms, narrow(object, material.algorithms));
  return Jwk{std::string{kid}, algorithms, std::move(material.key)};
}

}  // namespace cdss::auth
