#include "core/server/outbound.hpp"

#include <algorithm>

#include "core/record/scheduler.hpp"
#include "core/server/client_settings.hpp"

namespace cdss::server {
namespace {

bool any_client(const config::Settings& settings, std::vector<std::string> config::Client::*urls) {
  return std::ranges::any_of(settings.clients,
                             [&](const config::Client& client) { return !(client.*urls).empty(); });
}

}  // namespace

Result<std::unique_ptr<Outbound>> Outbound::make(const config::Settings& settings, Log& log,
                                                 Metrics& metrics) {
  std::unique_ptr<Outbound> outbound{new Outbound};
  const bool reads_records = any_client(settings, &config::Client::fhir_servers);
  if (reads_records || any_client(settings, &config::Client::jwks_urls)) {
    CDSS_TRY(outbound->web_, http::Client::start(client_settings(settings.outbound)));
  }
  if (reads_records) {
    outbound->fetcher_ = std::make_unique<record::Fetcher>(
        [web = outbound->web_.get()](http::Client::Ask ask, http::Client::Done done) {
          web->ask(std::move(ask), std::move(done));
        },
        settings.fhir, record::Scheduler::start(), log, metrics);
  }
  return outbound;
}

Outbound::~Outbound() = default;

}  // namespace cdss::server
