#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/fhir_client/fetch.hpp"

namespace cdss::fhir_client {

using namespace std::chrono_literals;

/// A scheduler whose time only the test moves.
class HandScheduler : public Scheduler {
 public:
  Time now() const override { return now_; }
  void at(Time when, std::function<void()> task) override {
    if (!is_stopped_) {
      tasks_.emplace(std::max(when, now_), std::move(task));
    }
  }
  void stop() override {
    is_stopped_ = true;
    tasks_.clear();
  }

  /// Runs what is due, and what that makes due.
  void run() { advance(0ms); }

  void advance(std::chrono::milliseconds by) {
    const Time end = now_ + by;
    while (!tasks_.empty() && tasks_.begin()->first <= end) {
      auto task = tasks_.extract(tasks_.begin());
      now_ = task.key();
      task.mapped()();
    }
    now_ = end;
  }

 private:
  Time now_ = Time{} + 1h;
  std::multimap<Time, std::function<void()>> tasks_;
  bool is_stopped_ = false;
};

/// A FHIR server, or the network before it, that does what the test says and keeps what it saw.
class FakeServer {
 public:
  /// What it does with a question: an answer, an error, or none: it hangs.
  using Behaviour =
      std::function<std::optional<Result<http::Reply>>(const http::Client::Question&)>;

  explicit FakeServer(std::shared_ptr<HandScheduler> scheduler)
      : scheduler_{std::move(scheduler)} {}

  Behaviour behaviour = [](const http::Client::Question&) { return std::nullopt; };
  std::chrono::milliseconds delay = 1ms;

  std::vector<http::Client::Question> asked;
  std::vector<http::Client::Done> hanging;
  std::size_t running = 0;
  std::size_t most_running = 0;

  Transport transport() {
    return [this](http::Client::Question ask, http::Client::Done done) {
      most_running = std::max(most_running, ++running);
      asked.push_back(ask);
      auto answer = behaviour(ask);
      if (!answer) {
        hanging.push_back(std::move(done));
        return;
      }
      scheduler_->at(scheduler_->now() + delay,
                     [this, answer = *std::move(answer), done = std::move(done)] {
                       --running;
                       done(answer);
                     });
    };
  }

  /// Answers one of several URLs; 404 to others.
  void serve(std::map<std::string, std::string> pages) {
    behaviour = [pages = std::move(pages)](const http::Client::Question& ask) {
      const auto found = pages.find(ask.url);
      return found == pages.end() ? reply(404, "") : reply(200, found->second);
    };
  }

  static std::optional<Result<http::Reply>> reply(int status, std::string body) {
    return Result<http::Reply>{http::Reply{
        .status = status, .content_type = "application/fhir+json", .body = std::move(body)}};
  }
  static std::optional<Result<http::Reply>> error(Errc code) {
    return Result<http::Reply>{Error{code, {}, "a fault of the network"}};
  }

 private:
  std::shared_ptr<HandScheduler> scheduler_;
};

/// A searchset of these resources, each JSON text.
inline std::string searchset(const std::vector<std::string>& resources,
                             const std::string& next = "", const std::string& more = "") {
  std::string text = R"({"resourceType": "Bundle", "type": "searchset")" + more;
  if (!next.empty()) {
    text += R"(, "link": [{"relation": "self", "url": "x"}, {"relation": "next", "url": ")" + next +
            "\"}]";
  }
  text += R"(, "entry": [)";
  for (std::size_t i = 0; i < resources.size(); ++i) {
    text += (i == 0 ? "" : ", ") + (R"({"resource": )" + resources[i] + '}');
  }
  return text + "]}";
}

inline std::string condition(const std::string& id, const std::string& patient = "p1") {
  return R"({"resourceType": "Condition", "id": ")" + id +
         R"(", "subject": {"reference": "Patient/)" + patient + "\"}}";
}

}  // namespace cdss::fhir_client
