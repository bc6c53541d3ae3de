// Calls that name hostile FHIR servers, and FHIR servers that send us elsewhere, against the wall
// and the fetcher with their real client.

#include "core/fhir_client/fetch.hpp"

#include <fstream>
#include <future>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "core/base/thread_pool.hpp"
#include "core/fhir_client/fhir_access.hpp"
#include "core/http/client/address.hpp"
#include "core/http/client/client.hpp"
#include "core/json/document.hpp"
#include "tests/core/http/client/asking.hpp"
#include "tests/hostile/outbound/inputs.hpp"
#include "tests/hostile/outbound/stage.hpp"

namespace cdss::hostile {
namespace {

constexpr const char* kToken = "token-that-only-the-registered-server-may-see";
constexpr const char* kCondition =
    R"({"resource":{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"}}})";

/// A searchset of one condition as an answer; with a link to a next page unless `next` is empty.
std::string page(const std::string& next) {
  const std::string links =
      next.empty() ? "" : R"("link":[{"relation":"next","url":)" + json_string(next) + "}],";
  return http::test::answer(R"({"resourceType":"Bundle","type":"searchset",)" + links +
                                R"("entry":[)" + kCondition + "]}",
                            200, "Content-Type: application/fhir+json\r\n");
}

/// What a call comes to that grants access to `server` and lacks its conditions.
class Caller {
 public:
  Caller(const Stage& stage, http::Client& web) : web_{web} {
    client_.id = "ehr";
    client_.fhir_servers = {stage.fill("http://127.0.0.1:{P}/fhir/r4"),
                            "https://fhir.example.org/fhir"};
    client_.allow_http_on_loopback = true;
  }

  /// The state of the conditions; none when the call itself, or the access, is refused.
  std::optional<cdss_key_state> call(const std::string& server) {
    auto document = Document::parse(
        R"({"hook":"patient-view","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","fhirServer":)" +
        json_string(server) + R"(,"fhirAuthorization":{"access_token":")" + kToken +
        R"(","token_type":"Bearer","expires_in":300,"scope":"patient/*.read","subject":"us"},)"
        R"("context":{"userId":"Practitioner/1","patientId":"p1"}})");
    if (!document) {
      return std::nullopt;
    }
    const auto request = hooks::read_request(document->root());
    if (!request) {
      return std::nullopt;
    }
    auto access =
        fhir_client::FhirAccess::grant(*request, client_, false, std::chrono::steady_clock::now());
    if (!access) {
      return std::nullopt;
    }
    std::promise<cdss_key_state> state;
    fetcher_.fetch(
        fetcher_.grant(*std::move(access)),
        {{.key = "conditions", .resource = "Condition", .relative = "Condition?patient=p1"}},
        [&](const std::vector<fhir_client::QueryResult>& fetched, const auto&) {
          state.set_value(fetched.at(0).state);
        });
    return state.get_future().get();
  }

  /// Every URL that the fetcher has asked for, and whether the token went with it.
  const std::vector<std::pair<std::string, bool>>& asked() const { return asked_; }

 private:
  static config::Fhir limits() {
    config::Fhir limits;
    limits.fetch_ms = 10'000;
    limits.breaker_failures = 1'000'000;  // each row is tried, whatever became of those before
    return limits;
  }

  http::Client& web_;
  config::Client client_;
  std::ostringstream lines_;
  Log log_{lines_, Clock::system()};
  Metrics metrics_;
  std::vector<std::pair<std::string, bool>> asked_;
  fhir_client::Fetcher fetcher_{
      [this](http::Client::Question ask, http::Client::Done done) {
        asked_.emplace_back(ask.url, !ask.authorization.empty());
        web_.ask(std::move(ask), std::move(done));
      },
      limits(),
      std::make_shared<ThreadPool>(ThreadPool::Settings{.name = "fetches"}, log_, metrics_), log_,
      metrics_};
};

bool is_below_base(std::string_view target) {
  constexpr std::string_view kBase = "/fhir/r4";
  const auto rest = target.substr(std::min(kBase.size(), target.size()));
  return target.starts_with(kBase) && (rest.empty() || rest.front() == '/' || rest.front() == '?');
}

TEST(HostileOutbound, TableHasAtLeast200InputsEachOfItsOwn) {
  std::set<std::string> texts;
  for (const auto& table :
       {fhir_servers(), key_addresses(), next_links(), redirects(), addresses()}) {
    texts.clear();
    for (const auto& row : table) {
      EXPECT_TRUE(texts.insert(row.text).second) << row.why;
    }
  }
  EXPECT_GE(outbound_inputs().size(), 200U);
}

/// Names of this machine that its own table of hosts has, beside localhost: they are looked up
/// without a network.
std::set<std::string> names_of_this_machine() {
  std::set<std::string> names;
  std::ifstream hosts{"/etc/hosts"};
  for (std::string line; std::getline(hosts, line);) {
    std::istringstream words{line.substr(0, line.find('#'))};
    std::string address;
    words >> address;
    if (http::kind_of(address) == http::AddressKind::loopback) {
      names.insert(std::istream_iterator<std::string>{words}, {});
    }
  }
  names.erase("localhost");
  return names;
}

TEST(HostileOutbound, FA_12_NothingLeadsIntoThisMachineOrItsNetworksUnlessPermitted) {
  Stage stage{[](const Stage&, std::string_view) { return page(""); }};
  const auto web = http::test::start_client();
  auto rows = addresses();
  for (const auto& name : names_of_this_machine()) {
    rows.push_back({"a name that leads here", "https://" + name + ":{T}/"});
  }
  for (const auto& row : rows) {
    SCOPED_TRACE(row.why + (": " + row.text));
    const auto code = http::test::code_of(
        http::test::ask(*web, {.url = stage.fill(row.text), .authorization = kToken}));
    EXPECT_TRUE(code == Errc::unsupported || code == Errc::malformed);
  }
  EXPECT_EQ(stage.strays(), 0);
  EXPECT_EQ(stage.stray_bytes(), "");
  EXPECT_EQ(stage.received(), "");
}

TEST(HostileOutbound, FA_12_NoServerButARegisteredOneIsAskedOrSeesTheToken) {
  Stage stage{[](const Stage&, std::string_view) { return page(""); }};
  const auto web = http::test::start_client();
  Caller caller{stage, *web};
  for (const auto& row : fhir_servers()) {
    SCOPED_TRACE(row.why + (": " + row.text.substr(0, 200)));
    const auto state = caller.call(stage.fill(row.text));
    EXPECT_EQ(state, row.leads_home ? std::optional{cdss_key_present} : std::nullopt);
    const auto asked = stage.take_asked();
    EXPECT_EQ(asked.size(), row.leads_home ? 1U : 0U);
    EXPECT_TRUE(std::ranges::all_of(asked, is_below_base));
    EXPECT_TRUE(stage.is_quiet());
  }
  const auto homes = std::ranges::count(fhir_servers(), true, &OutboundInput::leads_home);
  EXPECT_EQ(caller.asked().size(), static_cast<std::size_t>(homes)) << "nothing else was tried";
  EXPECT_EQ(stage.strays(), 0);
  EXPECT_EQ(stage.stray_bytes(), "");
}

TEST(HostileOutbound, PF_43_FA_12_NoNextLinkLeadsAwayFromTheServer) {
  const auto web = http::test::start_client();
  for (const auto& row : next_links()) {
    SCOPED_TRACE(row.why + (": " + row.text.substr(0, 200)));
    Stage stage{[&](const Stage& self, std::string_view target) {
      return page(target == "/fhir/r4/Condition?patient=p1" ? self.fill(row.text) : "");
    }};
    Caller caller{stage, *web};
    const auto server = stage.fill("http://127.0.0.1:{P}/fhir/r4");
    EXPECT_EQ(caller.call(server) == cdss_key_present, row.leads_home)
        << "what is on the other page is not known";
    const auto asked = stage.take_asked();
    EXPECT_EQ(asked.size(), row.leads_home ? 2U : 1U);
    EXPECT_TRUE(std::ranges::all_of(asked, is_below_base));
    for (const auto& [url, with_token] : caller.asked()) {
      EXPECT_TRUE(url.starts_with(server)) << url.substr(0, 200);
      EXPECT_TRUE(with_token);
    }
    EXPECT_EQ(caller.asked().size(), asked.size()) << "nothing else was tried";
    EXPECT_EQ(stage.strays(), 0);
    EXPECT_EQ(stage.stray_bytes(), "");
  }
}

TEST(HostileOutbound, FA_12_NoRedirectIsFollowed) {
  const auto web = http::test::start_client();
  for (const auto& row : redirects()) {
    SCOPED_TRACE(row.why + (": " + row.text));
    for (const int status : {301, 302, 303, 307, 308}) {
      Stage stage{[&](const Stage& self, std::string_view) {
        return http::test::answer("", status, "Location: " + self.fill(row.text) + "\r\n");
      }};
      Caller caller{stage, *web};
      EXPECT_EQ(caller.call(stage.fill("http://127.0.0.1:{P}/fhir/r4")), cdss_key_unavailable);
      EXPECT_EQ(stage.take_asked().size(), 1U);
      EXPECT_EQ(stage.strays(), 0);
      EXPECT_EQ(stage.stray_bytes(), "");
    }
  }
}

}  // namespace
}  // namespace cdss::hostile
