// What it costs to decide who calls, in processor time of all threads: a token that is accepted
// beside the bare verification of its signature, and one that is refused for a cheap reason.
//
// usage: bench_auth [TOKENS]
// Exit 1 when a figure is ten times what is aimed at: 1.15 times the bare verification, 25 us.

#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <mutex>

#include <openssl/x509.h>
#include <sys/resource.h>

#include "core/auth/authenticator.hpp"
#include "tests/core/auth/draft.hpp"
#include "tests/core/auth/fixture.hpp"

namespace {

using namespace cdss::auth;

constexpr std::int64_t kNow = 1'700'000'000;
constexpr double kMostRatio = 1.15;
constexpr double kMostCheapUs = 25;
constexpr double kMargin = 10;

double cpu_us() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto us = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return us(used.ru_utime) + us(used.ru_stime);
}

std::string token(const Signer& signer, std::size_t number, const char* audience) {
  return Draft{{{"alg", R"("ES384")"}, {"typ", R"("JWT")"}, {"kid", R"("ec")"}},
               {{"iss", R"("https://ehr.example")"},
                {"aud", json_text(audience)},
                {"exp", std::to_string(kNow + 300)},
                {"iat", std::to_string(kNow)},
                {"jti", json_text(std::to_string(number))},
                {"tenant", R"("2ddd6c3a-8e9a-44c6-a305-52111ad302a2")"}}}
      .sign(signer, Algorithm::ES384);
}

/// Microseconds of the bare OpenSSL call for each text, keys decoded before.
double bare(const Signer& signer, const std::vector<std::string>& texts) {
  std::vector<std::string> signatures;
  for (const auto& text : texts) {
    signatures.push_back(signer.sign_der("SHA384", text));
  }
  const std::string key_bytes = signer.public_der();
  const auto* der = reinterpret_cast<const unsigned char*>(key_bytes.data());
  EVP_PKEY* const key = d2i_PUBKEY(nullptr, &der, static_cast<long>(key_bytes.size()));
  const auto before = cpu_us();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_DigestVerifyInit(context, nullptr, EVP_sha384(), nullptr, key);
    if (EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(signatures[i].data()),
                         signatures[i].size(),
                         reinterpret_cast<const unsigned char*>(texts[i].data()),
                         texts[i].size()) != 1) {
      std::abort();
    }
    EVP_MD_CTX_free(context);
  }
  const auto used = cpu_us() - before;
  EVP_PKEY_free(key);
  return used / static_cast<double>(texts.size());
}

/// Microseconds of the authenticator for each token, `accepted` or refused all of them.
double decided(Authenticator& authenticator, const std::vector<std::string>& tokens,
               bool accepted) {
  const std::vector<std::string> audiences = {"https://cds.example/cds-services/hip"};
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t done = 0;
  const auto before = cpu_us();
  for (const auto& token : tokens) {
    const auto field = "Bearer " + token;
    const std::string_view fields[] = {field};
    authenticator.decide({fields, audiences}, [&](const Decision& decision) {
      if (decision.has_value() != accepted) {
        std::abort();
      }
      const std::lock_guard lock{mutex};
      if (++done == tokens.size()) {
        changed.notify_one();
      }
    });
  }
  std::unique_lock lock{mutex};
  changed.wait(lock, [&] { return done == tokens.size(); });
  return (cpu_us() - before) / static_cast<double>(tokens.size());
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000;
  const auto signer = Signer::ec("P-384", "ec");
  HandClock clock{kNow};
  std::ofstream nowhere{"/dev/null"};
  cdss::Log log{nowhere, clock};
  cdss::Metrics metrics;
  CountingFetcher fetcher;
  fetcher.sets["https://ehr.example/jwks"] = jwk_set({signer.jwk()});
  KeyCaches caches{fetcher, clock, log, metrics};
  ReplayMemory replay;
  cdss::config::Client client;
  client.id = "ehr";
  client.authentication = cdss::config::Authentication::jwt;
  client.issuers = {"https://ehr.example"};
  client.jwks_urls = {"https://ehr.example/jwks"};
  auto authenticator =
      *Authenticator::make({client}, {caches, replay, clock, log, metrics}, {.waiting = count});

  std::vector<std::string> good;
  std::vector<std::string> bad;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    good.push_back(token(signer, i, "https://cds.example/cds-services/hip"));
    bad.push_back(token(signer, i, "https://cds.example/cds-services/other"));
    texts.push_back(good.back().substr(0, good.back().rfind('.')));
  }
  const auto bare_us = bare(signer, texts);
  const auto good_us = decided(*authenticator, good, true);
  const auto bad_us = decided(*authenticator, bad, false);
  const auto again_us = decided(*authenticator, good, false);
  std::cout << "bare ES384 verification   " << bare_us << " us\n"
            << "token accepted            " << good_us << " us, " << good_us / bare_us
            << " times the bare verification\n"
            << "token refused for its aud " << bad_us << " us\n"
            << "token refused as replayed " << again_us << " us\n";
  const bool as_aimed = good_us < kMargin * kMostRatio * bare_us &&
                        bad_us < kMargin * kMostCheapUs && again_us < kMargin * kMostCheapUs;
  return as_aimed ? 0 : 1;
}
