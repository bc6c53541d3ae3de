#include "core/auth/checks.hpp"

#include <algorithm>

#include "core/base/text/ascii.hpp"

namespace cdss::auth {
namespace {

using Fault = std::optional<Reason>;

Fault when(bool wrong, Reason reason) {
  return wrong ? Fault{reason} : std::nullopt;
}

bool lists(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

std::chrono::seconds skew(const Profile& profile) {
  return std::chrono::seconds{profile.client.clock_skew_s};
}

Fault algorithm(const Token& token) {
  const auto algorithm = algorithm_of(token.header());
  return algorithm ? std::nullopt : Fault{algorithm.error()};
}

Fault critical(const Token& token) {
  return critical_fault(token.header());
}

Fault embedded_key(const Token& token) {
  return embedded_key_fault(token.header());
}

Fault signature(const Token& token) {
  return when(token.jws().signature().empty(), Reason::signature_missing);
}

Fault issuer(const Token& token) {
  return when(token.issuer().empty(), Reason::issuer_missing);
}

Fault listed_algorithm(const Token& token, const Profile& profile, const ValidationContext&) {
  const auto algorithm = algorithm_of(token.header());
  return when(!algorithm || !profile.algorithms.has(*algorithm), Reason::algorithm_not_listed);
}

Fault type(const Token& token, const Profile& profile, const ValidationContext&) {
  const auto member = token.header().find("typ");
  if (!profile.client.tolerates(config::Leniency::typ_missing)) {
    return when(token.header().text_or_empty("typ") != "JWT", Reason::type_not_jwt);
  }
  return when(member && !equal_ignoring_case(token.header().text_or_empty("typ"), "jwt"),
              Reason::type_not_jwt);
}

Fault kid(const Token& token, const Profile&, const ValidationContext&) {
  return when(token.kid().empty(), Reason::kid_missing);
}

Fault jku(const Token& token, const Profile& profile, const ValidationContext&) {
  const auto member = token.header().find("jku");
  if (!member) {
    return std::nullopt;
  }
  if (token.jku().empty()) {
    return Reason::jku_malformed;
  }
  return when(!lists(profile.client.jwks_urls, token.jku()), Reason::jku_not_listed);
}

bool is_for_us(std::string_view audience, const Profile& profile, const ValidationContext& asked) {
  return std::ranges::find(asked.audiences, audience) != asked.audiences.end() ||
         lists(profile.client.audience_aliases, audience);
}

Fault audience(const Token& token, const Profile& profile, const ValidationContext& asked) {
  const auto member = token.claims().find("aud");
  if (!member || (!member->is_string() && !member->is_array())) {
    return Reason::audience_missing;
  }
  if (member->is_string()) {
    return when(!is_for_us(token.claims().text_or_empty("aud"), profile, asked),
                Reason::audience_other);
  }
  bool found = false;
  for (const View element : member->elements()) {
    const auto text = element.string();
    if (!text) {
      return Reason::audience_missing;
    }
    found = found || is_for_us(*text, profile, asked);
  }
  return when(!found, Reason::audience_other);
}

Fault expiry(const Token& token, const Profile& profile, const ValidationContext& asked) {
  if (!token.time("exp")) {
    return Reason::expiry_missing;
  }
  return when(is_expired(token, profile, asked.now), Reason::expired);
}

Fault issued_at(const Token& token, const Profile& profile, const ValidationContext& asked) {
  const auto issued = token.time("iat");
  if (!issued) {
    return Reason::issued_at_missing;
  }
  return when(*issued > asked.now + skew(profile), Reason::issued_in_future);
}

Fault not_before(const Token& token, const Profile& profile, const ValidationContext& asked) {
  if (!token.claims().find("nbf")) {
    return std::nullopt;
  }
  const auto first = token.time("nbf");
  if (!first) {
    return Reason::not_before_malformed;
  }
  return when(*first > asked.now + skew(profile), Reason::not_yet_valid);
}

Fault lifetime(const Token& token, const Profile& profile, const ValidationContext&) {
  const auto issued = token.time("iat");
  const auto expiry = token.time("exp");
  if (!issued || !expiry) {
    return std::nullopt;  // said already
  }
  return when(
      *expiry <= *issued || *expiry - *issued > std::chrono::seconds{profile.client.token_age_s},
      Reason::lifetime_too_long);
}

Fault tenant(const Token& token, const Profile& profile, const ValidationContext&) {
  if (token.claims().find("tenant") && token.tenant().empty()) {
    return Reason::tenant_malformed;
  }
  const auto& tenants = profile.client.tenants;
  return when(!tenants.empty() && !lists(tenants, token.tenant()), Reason::tenant_not_listed);
}

Fault token_id(const Token& token, const Profile&, const ValidationContext&) {
  return when(token.id().empty(), Reason::jti_missing);
}

constexpr TokenCheck kTokenChecks[] = {{"alg", &algorithm},
                                       {"crit, b64", &critical},
                                       {"jwk, x5c, x5u", &embedded_key},
                                       {"signature is there", &signature},
                                       {"iss is there", &issuer}};

constexpr ProfileCheck kProfileChecks[] = {
    {"alg is listed", &listed_algorithm},
    {"typ", &type},
    {"kid", &kid},
    {"jku", &jku},
    {"aud", &audience},
    {"exp", &expiry},
    {"iat", &issued_at},
    {"nbf", &not_before},
    {"exp minus iat", &lifetime},
    {"tenant", &tenant},
    {"jti", &token_id},
};

}  // namespace

std::vector<std::string> audiences_of(std::string_view endpoint) {
  constexpr std::string_view kFeedback = "/feedback";
  std::vector<std::string> audiences{std::string{endpoint}};
  if (endpoint.ends_with(kFeedback)) {
    const auto service = endpoint.substr(0, endpoint.size() - kFeedback.size());
    // A service may be called "feedback": without it the URL would be that of discovery.
    if (service.substr(0, service.rfind('/')).ends_with("/cds-services")) {
      audiences.emplace_back(service);
    }
  }
  return audiences;
}

std::span<const TokenCheck> token_checks() {
  return kTokenChecks;
}

std::span<const ProfileCheck> profile_checks() {
  return kProfileChecks;
}

bool is_expired(const Token& token, const Profile& profile, std::chrono::sys_seconds now) {
  const auto expiry = token.time("exp");
  return !expiry || now >= *expiry + skew(profile);
}

bool is_waivable(Reason reason) {
  switch (reason) {
    case Reason::type_not_jwt:
    case Reason::issued_at_missing:
    case Reason::issued_in_future:
    case Reason::lifetime_too_long:
    case Reason::tenant_not_listed:
    case Reason::jti_missing:
    case Reason::replayed:
    case Reason::replay_memory_full:
      return true;
    default:
      return false;
  }
}

TokenResult<Token> read_authorization(std::span<const std::string_view> fields) {
  constexpr std::string_view kScheme = "bearer ";
  if (fields.empty()) {
    return Reason::no_token;
  }
  if (fields.size() > 1) {
    return Reason::several_authorizations;
  }
  auto field = fields.front();
  if (!starts_ignoring_case(field, kScheme)) {
    return Reason::other_scheme;
  }
  field.remove_prefix(std::min(field.find_first_not_of(' ', kScheme.size()), field.size()));
  if (field.size() > Jws::kLongest) {
    return Reason::too_long;
  }
  return Token::parse(std::string{field});
}

std::optional<Reason> token_fault(const Token& token) {
  for (const auto& check : token_checks()) {
    if (const auto fault = check.fault(token)) {
      return fault;
    }
  }
  return std::nullopt;
}

std::optional<Reason> certificate_fault(const config::Client& client,
                                        const http::ClientCertificate* certificate) {
  if (!client.needs_certificate()) {
    return std::nullopt;
  }
  if (certificate == nullptr) {
    return Reason::certificate_missing;
  }
  return client.owns_certificate(certificate->sha256, certificate->names)
             ? std::nullopt
             : std::optional{Reason::certificate_other};
}

bool refuses_repeat(const config::Client& client, std::chrono::sys_seconds first_use,
                    std::chrono::sys_seconds now) {
  switch (client.replay) {
    case config::Replay::off:
      return false;
    case config::Replay::allow_window:
      return now > first_use + std::chrono::seconds{client.replay_window_s};
    case config::Replay::refuse:
      break;
  }
  return true;
}

const Jwk* find_key(const JwkSet& keys, const Token& token, const config::Client& client) {
  const auto* const key = keys.find(token.kid());
  return key == nullptr && client.tolerates(config::Leniency::base64_kid)
             ? keys.find_as_base64(token.kid())
             : key;
}

}  // namespace cdss::auth
