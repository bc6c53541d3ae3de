#include "core/auth/token_validation.hpp"

#include <algorithm>

#include "core/auth/checks.hpp"
#include "core/base/text/ascii.hpp"

namespace cdss::auth {
namespace {

constexpr std::string_view kScheme = "bearer ";

}  // namespace

TokenResult<Token> read_authorization(std::span<const std::string_view> fields) {
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
                                        const ClientCertificate* certificate) {
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
  return key == nullptr && client.forgives(config::Leniency::base64_kid)
             ? keys.find_as_base64(token.kid())
             : key;
}

}  // namespace cdss::auth
