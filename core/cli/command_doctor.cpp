#include <iostream>
#include <iterator>

#include "core/auth/https_key_fetcher.hpp"
#include "core/cli/command.hpp"
#include "core/cli/doctor.hpp"
#include "core/http/client/client.hpp"
#include "core/server/http_settings.hpp"
#include "core/server/packages.hpp"
#include "core/server/service_registry.hpp"

namespace cdss::cli {
namespace {

constexpr std::string_view kUsage =
    "usage: psoas-cds doctor jwt --config FILE [--url ENDPOINT] [--ca-file FILE] < TOKEN\n"
    "\n"
    "Reads a client's JWT from standard input, judges it as the server would, and says of each\n"
    "check how it went and what to do. The token itself is not printed.\n"
    "  --url      the URL that the client calls; without it that of any service is taken\n"
    "  --ca-file  PEM certificates to trust when keys are fetched, instead of those that\n"
    "             outbound.certificate_authorities names\n";

constexpr std::size_t kLongestInput = std::size_t{64} << 10U;

/// Standard input as far as a token may be long, and one byte more.
std::string read_token() {
  std::string text;
  for (std::istreambuf_iterator<char> at{std::cin}, end; at != end && text.size() <= kLongestInput;
       ++at) {
    text += *at;
  }
  return text;
}

/// Those that the server offers. Errors: those of load_packages.
Result<std::vector<std::string>> service_ids(const config::Settings& settings) {
  CDSS_TRY(const auto packages, server::load_packages(settings));
  server::ServiceRegistry registry{settings.public_url};
  for (const auto& package : packages.loaded) {
    static_cast<void>(registry.add(package));  // else a server leaves it out too
  }
  return registry.ids();
}

Result<void> check_line(const CommandLine& line) {
  if (!line.option("config") || line.operands != std::vector<std::string>{"jwt"}) {
    return Error{Errc::missing, {}, "needs jwt and --config FILE"};
  }
  return {};
}

Result<Exit> run(const CommandLine& line) {
  CDSS_TRY(const auto settings, config::Settings::read(*line.option("config")));
  auto asking = server::client_settings(settings.outbound);
  if (const auto authorities = line.option("ca-file")) {
    asking.ca_file = *authorities;
  }
  Log log{std::cerr, Clock::system()};
  Metrics metrics;
  CDSS_TRY(const auto client, http::Client::start(std::move(asking), log, metrics));
  CDSS_TRY(const auto services, service_ids(settings));
  auth::HttpsKeyFetcher fetcher{client.get()};
  const bool accepted = diagnose_jwt(read_token(), {settings, services, line.option("url")},
                                     fetcher, Clock::system(), std::cout);
  return accepted ? Exit::ok : Exit::refused;
}

}  // namespace

Command doctor() {
  return {.usage = kUsage,
          .options = {"config", "url", "ca-file"},
          .flags = {},
          .check = check_line,
          .run = run};
}

}  // namespace cdss::cli
