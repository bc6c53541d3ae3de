// Hostile addresses in a request, in page links and in redirects, against real listeners: only the
// registered server hears anything, and only it sees the token.

#include <atomic>
#include <future>
#include <memory>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/clock.hpp"
#include "core/base/thread_pool.hpp"
#include "core/fhir_client/fetch.hpp"
#include "core/json/json_writer.hpp"
#include "tests/core/fhir_client/call.hpp"
#include "tests/core/http/client/asking.hpp"
#include "tests/core/http/scripted_server.hpp"

namespace cdss::fhir_client {
namespace {

using http::test::ScriptedServer;

/// EHR and EVIL stand for host and port of the registered server and of another; PORT for the
/// port of the other.
constexpr const char* kHostile[] = {
    // the other server by its name
    "http://EVIL",
    "HTTP://EVIL",
    "https://EVIL",
    "//EVIL",
    "http:/EVIL",
    "http:EVIL",
    "http:///EVIL",
    "http:////EVIL",
    "ftp://EVIL",
    "ws://EVIL",
    "gopher://EVIL",
    "file://EVIL",
    "http://localhost:PORT",
    "http://LOCALHOST:PORT",
    "http://127.0.0.1:0PORT",
    "http://127.0.0.1.:PORT",
    "http://localhost.:PORT",
    "http://ehr.localhost:PORT",
    // this machine in other notations
    "http://127.1:PORT",
    "http://127.0.1:PORT",
    "http://127.0.0.2:PORT",
    "http://0:PORT",
    "http://0.0.0.0:PORT",
    "http://2130706433:PORT",
    "http://017700000001:PORT",
    "http://0177.0.0.1:PORT",
    "http://0x7f.0.0.1:PORT",
    "http://0x7f000001:PORT",
    "http://[::1]:PORT",
    "http://[::]:PORT",
    "http://[::ffff:127.0.0.1]:PORT",
    "http://[0:0:0:0:0:ffff:7f00:1]:PORT",
    "http://[64:ff9b::7f00:1]:PORT",
    "http://%31%32%37.0.0.1:PORT",
    "http://127%2e0.0.1:PORT",
    "http://127\xe3\x80\x82\x30.0.1:PORT",
    "http://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1:PORT",
    // places that must never be asked
    "http://169.254.169.254",
    "https://169.254.169.254",
    "http://[fe80::1]:PORT",
    "http://[::ffff:169.254.169.254]",
    "https://metadata.google.internal",
    "http://10.0.0.1",
    "https://192.168.0.1",
    "http://100.64.0.1",
    "https://224.0.0.1",
    // a host that looks like the registered one
    "http://EHR@EVIL",
    "http://EHR:x@EVIL",
    "http://user@EVIL",
    "http://user:pw@EHR",
    "http://EHR%40EVIL",
    "http://EHR%2f@EVIL",
    "http://EHR\\@EVIL",
    "http://EVIL\\@EHR",
    "http://EVIL#@EHR",
    "http://EHR#@EVIL",
    "http://EVIL?@EHR",
    "http://EHR\\.EVIL",
    "http://EHR,EVIL",
    "http://EHR;EVIL",
    "http://EHR EVIL",
    "http://EHR\tEVIL",
    "http://EVIL%00EHR",
    "http://EHR%00.EVIL",
    "http://EHR%0d%0aHost:%20EVIL",
    "http://EHR\r\nHost: EVIL\r\nX:",
    "http://EHR.evil.example",
    "http://EHR:PORT",
    "http://EHR:80@EVIL",
    "http:\\\\EVIL",
    "http:/\\EVIL",
    "\\\\EVIL",
    "/\\EVIL",
    " http://EVIL",
    "\thttp://EVIL",
    "http ://EVIL",
    "http//EVIL",
    "https://EHR",
    "://EVIL",
    "x:http://EVIL",
    "javascript:fetch('http://EVIL')",
    "data:,http://EVIL",
    "urn:EVIL",
};

std::string replaced(std::string text, std::string_view what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::string json_string(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

class WallTest : public testing::Test {
 protected:
  std::string at(const std::string& hostile) const {
    const auto port = std::to_string(evil.port());
    return replaced(replaced(replaced(hostile, "EHR", "127.0.0.1:" + std::to_string(ehr.port())),
                             "EVIL", "127.0.0.1:" + port),
                    "PORT", port);
  }
  std::string base() const { return at("http://EHR/fhir"); }

  /// What a call about this server fetches; none when it is refused or nothing is asked.
  std::vector<QueryResult> call(const std::string& server) {
    config::Client client = cdss::fhir_client::ehr();
    client.fhir_servers = {base()};
    client.allow_http_on_loopback = true;
    CallText text;
    text.server = "SERVER";
    const auto document = Document::parse(replaced(text.text(), "\"SERVER\"", json_string(server)));
    const auto request = document ? hooks::read_request(document->root())
                                  : Result<hooks::HookRequest>{document.error()};
    if (!request) {
      return {};
    }
    const auto prefetch =
        hooks::PrefetchTemplate::parse("Condition?patient={{context.patientId}}", "patient-view");
    const std::vector<record::PrefetchKey> wanted{
        {.key = "conditions", .resource = "Condition", .query = &*prefetch}};
    auto access = FhirAccess::grant(*request, client, true, scheduler->now());
    record::PatientRecord record = record::read_record(*request, wanted);
    auto queries = plan_fetch(record, *request, wanted, access);
    if (queries.empty()) {
      return {};
    }
    std::promise<std::vector<QueryResult>> promise;
    fetcher.fetch(fetcher.grant(*std::move(access)), std::move(queries),
                  [&](std::vector<QueryResult> got, const FetchGrant&) {
                    promise.set_value(std::move(got));
                  });
    return promise.get_future().get();
  }

  /// What the registered server answers, whole with its head.
  void answer_with(std::string bytes) {
    const std::lock_guard lock{mutex_};
    answer_ = std::move(bytes);
  }

  ScriptedServer evil;
  std::atomic<int> asked{0};

 private:
  std::mutex mutex_;
  std::string answer_;  // guarded by mutex_

 protected:
  ScriptedServer ehr{[this](ScriptedServer::Peer& peer) {
    while (!peer.receive().empty()) {
      ++asked;
      std::string bytes;
      {
        const std::lock_guard lock{mutex_};
        bytes = answer_;
      }
      peer.send(bytes);
    }
  }};
  std::ostringstream lines;
  Log log{lines, Clock::system()};
  Metrics metrics;
  std::unique_ptr<http::Client> client_ = http::test::start_client({.private_networks = true});
  std::shared_ptr<Scheduler> scheduler =
      std::make_shared<ThreadPool>(ThreadPool::Settings{.name = "fetches"}, log, metrics);
  Fetcher fetcher{[this](http::Client::Question ask, http::Client::Done done) {
                    client_->ask(std::move(ask), std::move(done));
                  },
                  config::Fhir{.fetch_ms = 10'000, .breaker_failures = 1'000}, scheduler, log,
                  metrics};
};

const std::string kAnswer =
    R"({"resourceType":"Bundle","type":"searchset","entry":[{"resource":)"
    R"({"resourceType":"Condition","id":"a","subject":{"reference":"Patient/p1"}}}])";

TEST_F(WallTest, AsksTheRegisteredServer) {
  answer_with(http::test::answer(kAnswer + '}'));
  const auto fetched = call(base());
  ASSERT_EQ(fetched.size(), 1U);
  EXPECT_EQ(fetched[0].state, cdss_key_present) << fetched[0].reason;
  EXPECT_EQ(asked, 1);
  EXPECT_NE(ehr.received().find(std::string{"Authorization: Bearer "} + kToken), std::string::npos);
}

TEST_F(WallTest, FA_12_NoServerThatIsNotRegisteredHearsOfACall) {
  answer_with(http::test::answer(kAnswer + '}'));
  std::size_t tried = 0;
  for (const char* hostile : kHostile) {
    for (const char* path : {"/fhir", "/fhir/", ""}) {
      ++tried;
      EXPECT_TRUE(call(at(hostile) + path).empty()) << hostile << path;
    }
  }
  for (const char* path : {"/fhir/..", "/fhir/../fhir", "/./fhir", "/fhir/.", "//fhir", "/fhir//",
                           "/%66hir", "/fhir%2f", "/fhir/%2e%2e", "/FHIR", "/fhir?x", "/fhir#x",
                           "/fhir;x", "/fhirx", "/fhi", "/", "", "/fhir/Patient", "\\fhir"}) {
    ++tried;
    EXPECT_TRUE(call(at("http://EHR") + path).empty()) << path;
  }
  EXPECT_GE(tried, 200U);
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(ehr.connections(), 0);
  EXPECT_EQ(evil.connections(), 0);
}

TEST_F(WallTest, PF_43_FA_12_NoPageLinkLeadsAwayFromTheRegisteredServer) {
  int tried = 0;
  for (const char* hostile : kHostile) {
    for (const char* path : {"/fhir/Condition?page=2", "?_getpages=2"}) {
      SCOPED_TRACE(std::string{hostile} + path);
      answer_with(http::test::answer(kAnswer + R"(,"link":[{"relation":"next","url":)" +
                                     json_string(at(hostile) + path) + "}]}"));
      const auto fetched = call(base());
      ASSERT_EQ(fetched.size(), 1U);
      EXPECT_EQ(fetched[0].state, cdss_key_truncated) << fetched[0].reason;
      EXPECT_EQ(asked, ++tried);
    }
  }
  EXPECT_EQ(evil.connections(), 0);
}

TEST_F(WallTest, FA_12_NoRedirectIsFollowed) {
  constexpr const char* kStatuses[] = {"301 Moved", "302 Found", "303 See Other", "307 Temporary",
                                       "308 Permanent"};
  std::size_t tried = 0;
  for (const char* hostile : kHostile) {
    const std::string location = at(hostile) + "/fhir/Condition";
    SCOPED_TRACE(location);
    answer_with("HTTP/1.1 " + std::string{kStatuses[tried++ % std::size(kStatuses)]} +
                "\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    const auto fetched = call(base());
    ASSERT_EQ(fetched.size(), 1U);
    EXPECT_EQ(fetched[0].state, cdss_key_unavailable);
  }
  EXPECT_EQ(evil.connections(), 0);
}

}  // namespace
}  // namespace cdss::fhir_client
