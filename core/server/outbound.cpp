#include "core/server/outbound.hpp"

#include <algorithm>
#include <utility>

#include "core/server/http_settings.hpp"

namespace cdss::server {
namespace {

constexpr std::size_t kLongestQueue = 256;

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
    CDSS_TRY(outbound->web_, http::Client::start(client_settings(settings.outbound), log, metrics));
  }
  if (reads_records) {
    outbound->workers_ = std::make_unique<ThreadPool>(
        ThreadPool::Settings{
            .name = "calls", .threads = ThreadPool::half_of_processors(), .waiting = kLongestQueue},
        log, metrics);
    outbound->fetcher_ = std::make_unique<fhir_client::Fetcher>(
        [web = outbound->web_.get()](http::Client::Question ask, http::Client::Done done) {
          web->ask(std::move(ask), std::move(done));
        },
        settings.fhir,
        std::make_shared<ThreadPool>(ThreadPool::Settings{.name = "fetches"}, log, metrics), log,
        metrics);
  }
  return outbound;
}

void Outbound::fetch(fhir_client::FetchGrant grant, std::vector<fhir_client::Query> queries,
                     fhir_client::Fetcher::Done done) {
  struct Continuation {
    fhir_client::Fetcher::Done done;
    std::vector<fhir_client::QueryResult> fetched;
    fhir_client::FetchGrant left;
  };
  fetcher_->fetch(std::move(grant), std::move(queries),
                  [this, done = std::move(done)](std::vector<fhir_client::QueryResult> fetched,
                                                 fhir_client::FetchGrant left) {
                    const auto next = std::make_shared<Continuation>(
                        Continuation{done, std::move(fetched), std::move(left)});
                    const auto advance = [next] {
                      next->done(std::move(next->fetched), std::move(next->left));
                    };
                    if (workers_->submit(advance) == ThreadPool::SubmitResult::full) {
                      advance();  // who fetches next waits, and nobody is lost
                    }
                  });
}

Outbound::~Outbound() = default;

}  // namespace cdss::server
