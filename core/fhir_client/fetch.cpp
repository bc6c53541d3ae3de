#include "core/fhir_client/fetch.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>
#include <utility>

#include "core/fhir_client/breaker.hpp"
#include "core/fhir_client/fetch_job.hpp"
#include "core/fhir_client/fetch_outcome.hpp"

namespace cdss::fhir_client {
namespace {

using Time = Scheduler::Time;

constexpr std::size_t kLongestUrl = 1'500;

}  // namespace

class Fetcher::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Transport transport, const config::Fhir& limits, std::shared_ptr<Scheduler> scheduler,
       Log& log, Metrics& metrics)
      : transport_{std::move(transport)},
        limits_{limits},
        scheduler_{std::move(scheduler)},
        log_{log},
        metrics_{metrics} {
    std::ranges::transform(kFetchStatusNames, requests_.begin(), [&](Label status) {
      return &metrics.counter("cdss_fhir_requests_total", status);
    });
  }

  void stop() { scheduler_->stop(); }

  FetchGrant grant(FhirAccess access) const {
    return {.access = std::move(access),
            .deadline = scheduler_->now() + std::chrono::milliseconds{limits_.fetch_ms},
            .bytes = limits_.bytes};
  }

  void fetch(FetchGrant grant, std::vector<Query> queries, Done done) {
    auto job = std::make_shared<FetchJob>(std::move(grant), std::move(done), scheduler_->now());
    for (Query& query : queries) {
      job->lines.emplace_back(std::move(query), job->grant.access.base(),
                              static_cast<std::size_t>(limits_.pages));
    }
    later(job->started, [job](Core& core) { core.start(job); });
  }

 private:
  /// A FHIR server, as one client uses it.
  struct Server {
    Server(const config::Fhir& limits, Metrics& metrics, Label client)
        : breaker{limits.breaker_failures, std::chrono::milliseconds{limits.breaker_pause_ms}},
          opened{metrics.counter("cdss_fhir_breaker_opened_total", client)},
          closed{metrics.counter("cdss_fhir_breaker_closed_total", client)},
          duration{metrics.histogram("cdss_fhir_fetch_duration_seconds", client)} {}

    Breaker breaker;
    Counter& opened;
    Counter& closed;
    Histogram& duration;
  };

  /// A task that finds the fetcher gone does nothing.
  template <class Task>
  void later(Time when, Task task) {
    scheduler_->at(when, [weak = weak_from_this(), task = std::move(task)]() mutable {
      if (const auto core = weak.lock()) {
        task(*core);
      }
    });
  }

  void start(const FetchJobPointer& job) {
    jobs_.insert(job);
    if (scheduler_->now() >= job->grant.deadline) {
      return give_up(job);
    }
    later(job->grant.deadline, [weak = std::weak_ptr{job}](Core& core) {
      if (const auto late = weak.lock()) {
        core.give_up(late);
      }
    });
    for (std::size_t i = 0; i < job->lines.size(); ++i) {
      job->advance(i, job->lines[i].answer.begin());
    }
    pump(job);
  }

  /// Sends what may be sent, and finishes the job when nothing is left.
  void pump(const FetchJobPointer& job) {
    while (job->running < limits_.parallel && !job->waiting.empty()) {
      auto [line, url] = std::move(job->waiting.front());
      job->waiting.pop_front();
      send(job, line, std::move(url));
    }
    if (std::ranges::all_of(job->lines, &FetchLine::is_done)) {
      finish(job);
    }
  }

  void send(const FetchJobPointer& job, std::size_t index, std::string url) {
    const Time now = scheduler_->now();
    FetchLine& line = job->lines[index];
    if (now >= job->grant.access.until()) {
      return line.fail("the client's token has expired");
    }
    line.reserved = share_of(*job);
    if (line.reserved == 0) {
      return line.fail("it is more than may be read for one call");
    }
    auto ask = ask_for(*job, line, std::move(url));
    if (!job->grant.access.is_own(ask.url)) {
      return line.fail("the link to its next page leads elsewhere");
    }
    if (!server_of(job->grant.access).breaker.may_ask(now)) {
      count(FetchStatus::breaker_open);
      return line.fail("the FHIR server failed before and is not asked for a while");
    }
    line.asked = now;
    job->grant.bytes -= line.reserved;
    ++job->running;
    ask.authorization =
        job->grant.access.authorization_for(ask.url);  // last: whoever asks wipes it
    transport_(std::move(ask), hand_over(job, index));
  }

  /// What is asked of the server, but for the token.
  static http::Client::Question ask_for(const FetchJob& job, const FetchLine& line,
                                        std::string url) {
    http::Client::Question ask{.url = std::move(url),
                               .accept = "application/fhir+json",
                               .deadline = job.grant.deadline,
                               .body_bytes = static_cast<std::size_t>(line.reserved),
                               .loopback = job.grant.access.loopback(),
                               .private_network = job.grant.access.private_network()};
    post_when_long(ask, line.answer.query());
    return ask;
  }

  /// Hands an answer, which comes on a thread of the transport, to a task of the scheduler.
  http::Client::Done hand_over(const FetchJobPointer& job, std::size_t index) {
    return
        [weak = weak_from_this(), weak_job = std::weak_ptr{job}, index](Result<http::Reply> reply) {
          if (const auto core = weak.lock()) {
            core->later(core->scheduler_->now(),
                        [weak_job, index, reply = std::move(reply)](Core& self) mutable {
                          if (const auto owner = weak_job.lock()) {
                            self.answered(owner, index, std::move(reply));
                          }
                        });
          }
        };
  }

  /// How long one more answer may be: what is left, shared among the asks that can be under way
  /// beside those that are.
  std::int64_t share_of(const FetchJob& job) const {
    const auto unasked = std::ranges::count_if(
        job.lines, [](const FetchLine& line) { return !line.is_done && !line.asked; });
    const auto sharers = std::min<std::int64_t>(unasked, limits_.parallel - job.running);
    return job.grant.bytes / std::max<std::int64_t>(sharers, 1);
  }

  /// Source: HL7 FHIR R4, RESTful API, "search". A later page has a URL of the server's making.
  static void post_when_long(http::Client::Question& ask, const Query& query) {
    if (!query.is_search || ask.url.size() <= kLongestUrl || !ask.url.ends_with(query.relative)) {
      return;
    }
    const auto mark = query.relative.find('?');
    ask.form = query.relative.substr(mark + 1);
    ask.url.resize(ask.url.size() - query.relative.size() + mark);
    ask.url += "/_search";
  }

  void answered(const FetchJobPointer& job, std::size_t index, Result<http::Reply> reply) {
    if (!jobs_.contains(job)) {
      return;
    }
    FetchLine& line = job->lines[index];
    --job->running;
    job->grant.bytes += line.reserved;
    const auto outcome =
        reply ? outcome_of_status(reply->status) : outcome_of_error(reply.error().code);
    settle(*job, line, outcome);
    if (!outcome.reason.empty()) {
      const Query& query = line.answer.query();
      if (outcome.status == FetchStatus::not_found && !query.is_search &&
          query.resource != "Patient") {
        line.answer.find_nothing();
      }
      line.fail(outcome.reason);
    } else if (static_cast<std::int64_t>(reply->body.size()) > line.reserved) {
      line.fail("it is more than may be read for one call");
    } else {
      job->grant.bytes -= static_cast<std::int64_t>(reply->body.size());
      job->advance(index, line.answer.take(std::move(reply->body)));
    }
    pump(job);
  }

  /// Takes note of what became of an ask.
  void settle(const FetchJob& job, FetchLine& line, const FetchOutcome& outcome) {
    const Time now = scheduler_->now();
    auto breaker_outcome = outcome.breaker;
    // A page that was asked for when time was nearly up says nothing of the server.
    if (outcome.reason == kLate &&
        now - *line.asked < std::chrono::milliseconds{limits_.fetch_ms} / 2) {
      breaker_outcome = Breaker::Outcome::unknown;
    }
    line.asked.reset();
    line.fault = outcome.is_fault ? outcome.reason : std::string_view{};
    count(outcome.status);
    const Label client = Label::configured(job.grant.access.client_id());
    Server& server = server_of(job.grant.access);
    switch (server.breaker.settle(breaker_outcome, now)) {
      case Breaker::Change::opened:
        server.opened.add();
        log_.warning("fhir_breaker_opened",
                     {{"client", client}, {"pause_ms", limits_.breaker_pause_ms}});
        break;
      case Breaker::Change::closed:
        server.closed.add();
        log_.info("fhir_breaker_closed", {{"client", client}});
        break;
      case Breaker::Change::none:
        break;
    }
  }

  void give_up(const FetchJobPointer& job) {
    if (!jobs_.contains(job)) {
      return;
    }
    for (FetchLine& line : job->lines) {
      if (line.asked) {
        settle(*job, line, outcome_of_error(Errc::timed_out));
      }
      if (!line.is_done) {
        line.fail(kLate);
      }
    }
    finish(job);
  }

  void finish(const FetchJobPointer& job) {
    jobs_.erase(job);
    const Label client = Label::configured(job->grant.access.client_id());
    server_of(job->grant.access)
        .duration.observe(std::chrono::duration_cast<std::chrono::microseconds>(scheduler_->now() -
                                                                                job->started));
    std::vector<QueryResult> fetched;
    for (FetchLine& line : job->lines) {
      const auto fault = line.answer.fault().empty() ? line.fault : line.answer.fault();
      if (!fault.empty()) {
        log_.warning("fhir_server_fault", {{"client", client},
                                           {"key", Label::configured(line.answer.query().key)},
                                           {"reason", Label::configured(fault)}});
      }
      fetched.push_back(std::move(line.answer).finish());
    }
    std::exchange(job->done, nullptr)(std::move(fetched), std::move(job->grant));
  }

  Server& server_of(const FhirAccess& access) {
    const auto key = std::pair{access.client_id(), std::string{access.base().url().origin()}};
    const auto found = servers_.find(key);
    return found != servers_.end()
               ? found->second
               : servers_.try_emplace(key, limits_, metrics_, Label::configured(key.first))
                     .first->second;
  }

  void count(FetchStatus status) { requests_[static_cast<std::size_t>(status)]->add(); }

  const Transport transport_;
  const config::Fhir limits_;
  const std::shared_ptr<Scheduler> scheduler_;
  Log& log_;
  Metrics& metrics_;
  std::array<Counter*, kFetchStatusNames.size()> requests_{};  // by FetchStatus
  // Only tasks of the scheduler touch these.
  std::unordered_set<FetchJobPointer> jobs_;                       // that run
  std::map<std::pair<std::string, std::string>, Server> servers_;  // by client and origin
};

Fetcher::Fetcher(Transport transport, const config::Fhir& limits,
                 std::shared_ptr<Scheduler> scheduler, Log& log, Metrics& metrics)
    : core_{std::make_shared<Core>(std::move(transport), limits, std::move(scheduler), log,
                                   metrics)} {}

Fetcher::~Fetcher() {
  core_->stop();
}

FetchGrant Fetcher::grant(FhirAccess access) const {
  return core_->grant(std::move(access));
}

void Fetcher::fetch(FetchGrant grant, std::vector<Query> queries, Done done) {
  core_->fetch(std::move(grant), std::move(queries), std::move(done));
}

}  // namespace cdss::fhir_client
