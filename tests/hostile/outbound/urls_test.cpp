// One table of URLs, of which each is accepted, or each refused, by all four that read URLs: the
// configuration, a request, the client of FHIR servers and the fetcher of keys. See
// core/base/README.md.

#include <filesystem>
#include <future>
#include <optional>

#include <gtest/gtest.h>

#include "core/auth/https_key_fetcher.hpp"
#include "core/base/url.hpp"
#include "core/config/client.hpp"
#include "core/fhir_client/fhir_access.hpp"
#include "core/json/document.hpp"
#include "tests/core/config/folder.hpp"
#include "tests/core/http/client/asking.hpp"
#include "tests/hostile/outbound/stage.hpp"

namespace cdss::hostile {
namespace {

using namespace std::string_literals;

/// Whether each of the four takes a URL.
struct Verdicts {
  bool configuration;
  bool request;
  bool fhir_client;
  bool key_fetcher;

  bool operator==(const Verdicts&) const = default;
};

constexpr Verdicts kAccepted{true, true, true, true};
constexpr Verdicts kRefused{false, false, false, false};

void PrintTo(const Verdicts& verdicts, std::ostream* out) {
  *out << "configuration " << verdicts.configuration << ", request " << verdicts.request
       << ", FHIR client " << verdicts.fhir_client << ", key fetcher " << verdicts.key_fetcher;
}

/// Feeds a URL to all four, and to no network: a client that may have no connection says that it is
/// busy once it has found nothing wrong with what it was asked.
class Readers {
 public:
  Verdicts read(const std::string& url, bool http_on_loopback = true) {
    return {.configuration = configuration(url, http_on_loopback),
            .request = request(url).has_value(),
            .fhir_client = fhir_client(url, http_on_loopback),
            .key_fetcher = key_fetcher(url, http_on_loopback)};
  }

 private:
  bool configuration(const std::string& url, bool http_on_loopback) const {
    const auto list = "[" + json_string(url) + "]";
    std::vector<Error> faults;
    config::Client::read(
        folder_.write("client.json",
                      R"({"id": "ehr", "authentication": "jwt", "issuers": ["https://ehr"], )"
                      R"("allow_http_on_loopback": )" +
                          std::string{http_on_loopback ? "true" : "false"} + R"(, "jwks_urls": )" +
                          list + R"(, "fhir_servers": )" + list + "}"),
        faults);
    return faults.empty();
  }

  /// The document of a call that names this server; none when the call is refused.
  static std::optional<Document> request(const std::string& url) {
    auto document = Document::parse(
        R"({"hook":"patient-view","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","fhirServer":)" +
        json_string(url) + R"(,"fhirAuthorization":{"access_token":"t","token_type":"Bearer",)" +
        R"("expires_in":300,"scope":"patient/*.read","subject":"us"},)" +
        R"("context":{"userId":"Practitioner/1","patientId":"p1"}})");
    const bool is_read = document && hooks::read_request(document->root());
    return is_read ? std::optional{*std::move(document)} : std::nullopt;
  }

  bool fhir_client(const std::string& url, bool http_on_loopback) {
    const auto call = request("https://placeholder.example.org");
    auto asked = *hooks::read_request(call->root());
    asked.fhir_server = url;
    config::Client client;
    client.id = "ehr";
    client.fhir_servers = {url};
    client.allow_http_on_loopback = http_on_loopback;
    const auto access =
        fhir_client::FhirAccess::grant(asked, client, false, std::chrono::steady_clock::now());
    return access && is_taken({.url = std::string{access->base().text()} + "/Patient/p1",
                               .loopback = access->loopback(),
                               .private_network = access->private_network()});
  }

  bool key_fetcher(const std::string& url, bool http_on_loopback) {
    std::promise<Result<std::string>> fetched;
    fetcher_.fetch({.url = url, .http_on_loopback = http_on_loopback},
                   [&](Result<std::string> set) { fetched.set_value(std::move(set)); });
    const auto set = fetched.get_future().get();
    return !set && set.error().code == Errc::busy;
  }

  bool is_taken(http::Client::Question ask) {
    return http::test::code_of(http::test::ask(*web_, std::move(ask))) == Errc::busy;
  }

  const config::Folder folder_;
  std::unique_ptr<http::Client> web_ = http::test::start_client({.connections = 0});
  auth::HttpsKeyFetcher fetcher_{web_.get()};
};

struct Row {
  std::string url;
  Verdicts verdicts;
};

std::vector<Row> accepted() {
  std::vector<Row> rows;
  for (const char* url : {
           "https://ehr.example.org",
           "https://ehr.example.org/",
           "https://ehr.example.org/fhir/r4",
           "https://ehr.example.org/fhir/r4/",
           "HTTPS://EHR.Example.ORG:443/fhir",
           "https://ehr.example.org:8443/fhir",
           "https://ehr.example.org:65535/fhir",
           "https://ehr:1/fhir",
           "https://fhir_server/fhir",
           "https://fhir_server.site-1.example/fhir",
           "https://_fhir.example.org/fhir",
           "https://xn--mnchen-3ya.example/fhir",
           "https://1and1.example/fhir",
           "https://127.example.org/fhir",
           "https://8.8.8.8/fhir",
           "https://10.0.0.1:8443/fhir",
           "https://[2606:4700::1111]/fhir",
           "https://[2606:4700::1111]:8443/fhir",
           "https://[2A00:1450:4001::5]/fhir",
           "https://ehr.example.org/a-b_c.d~e/f;g=h/i,j:k@l!$&'()*+",
           "https://ehr.example.org/a%20b/%C3%A4",
           "http://localhost:8080/fhir",
           "http://127.0.0.1/fhir",
           "http://[::1]:8080/fhir",
       }) {
    rows.push_back({url, kAccepted});
  }
  return rows;
}

std::vector<Row> refused() {
  std::vector<Row> rows;
  for (const std::string& url : {
           // another scheme, or none
           ""s,
           "ehr.example.org"s,
           "//ehr.example.org/fhir"s,
           "/fhir"s,
           "ftp://ehr.example.org"s,
           "file:///etc/passwd"s,
           "https:/ehr.example.org"s,
           "https:ehr.example.org"s,
           "https://"s,
           "https:///fhir"s,
           "https://?x"s,
           "httpx://ehr.example.org"s,
           // a user
           "https://user@ehr.example.org/fhir"s,
           "https://user:pw@ehr.example.org/fhir"s,
           "https://@ehr.example.org/fhir"s,
           "https://ehr.example.org@evil.test/fhir"s,
           // no name
           "https://.ehr.example.org/fhir"s,
           "https://ehr..example.org/fhir"s,
           "https://ehr.example.org./fhir"s,
           "https://-ehr.example.org/fhir"s,
           "https://ehr-.example.org/fhir"s,
           "https://ehr.example.org-/fhir"s,
           "https://*/fhir"s,
           "https://%65hr.example.org/fhir"s,
           "https://m\xc3\xbcnchen.example/fhir"s,
           "https://ehr,evil/fhir"s,
           "https://" + std::string(64, 'a') + ".example/fhir",
           "https://" + std::string(60, 'a') + '.' + std::string(60, 'b') + '.' +
               std::string(60, 'c') + '.' + std::string(60, 'd') + '.' + std::string(10, 'e'),
           // what some take for an address
           "https://127.1/x"s,
           "https://1.2.3/fhir"s,
           "https://2130706433/fhir"s,
           "https://0x7f000001/fhir"s,
           "https://0x7f.0.0.1/fhir"s,
           "https://0177.0.0.1/fhir"s,
           "https://127.0.0.01/fhir"s,
           "https://127.0.0.1./fhir"s,
           "https://256.1.1.1/fhir"s,
           "https://1.2.3.4.5/fhir"s,
           "https://ehr.example.1/fhir"s,
           "https://0/fhir"s,
           // no address in brackets
           "https://[::1/fhir"s,
           "https://::1/fhir"s,
           "https://[]/fhir"s,
           "https://[::g]/fhir"s,
           "https://[127.0.0.1]/fhir"s,
           "https://[::1]x/fhir"s,
           "https://[fe80::1%25eth0]/fhir"s,
           "https://[fe80::1%eth0]/fhir"s,
           "https://[v1.x]/fhir"s,
           "https://[::1]]/fhir"s,
           // no port
           "https://ehr.example.org:/fhir"s,
           "https://ehr.example.org:0/fhir"s,
           "https://ehr.example.org:0443/fhir"s,
           "https://ehr.example.org:65536/fhir"s,
           "https://ehr.example.org:+443/fhir"s,
           "https://ehr.example.org:-1/fhir"s,
           "https://ehr.example.org:8x/fhir"s,
           "https://ehr.example.org:1:2/fhir"s,
           // a fragment
           "https://ehr.example.org/fhir#x"s,
           "https://ehr.example.org#"s,
           // characters that no URL has
           " https://ehr.example.org/fhir"s,
           "https://ehr.example.org/fhir "s,
           "https://ehr example.org/fhir"s,
           "https://ehr.example.org/a b"s,
           "https://ehr.example.org/a\tb"s,
           "https://ehr.example.org/\r\nHost:evil"s,
           "https://ehr.example.org/a\x7f"s,
           "https://ehr.example.org/\xc3\xa4"s,
           "https://ehr.example.org\\@evil.test/fhir"s,
           "https:\\\\ehr.example.org\\fhir"s,
           "https://ehr.example.org/a\\b"s,
           "https://ehr.example.org/\"a"s,
           "https://ehr.example.org/<a>"s,
           "https://ehr.example.org/{a}"s,
           "https://ehr.example.org/a|b"s,
           "https://ehr.example.org/a^b"s,
           "https://ehr.example.org/[a]"s,
           "https://ehr.example.org/a`b"s,
           // a broken percent sign
           "https://ehr.example.org/%"s,
           "https://ehr.example.org/a%4"s,
           "https://ehr.example.org/a%zz"s,
           // too long
           "https://ehr.example.org/" + std::string(Url::kLongest, 'x'),
       }) {
    rows.push_back({url, kRefused});
  }
  return rows;
}

TEST(Urls, AreAcceptedOrRefusedAlikeByAllWhoReadThem) {
  Readers readers;
  auto rows = accepted();
  const auto others = refused();
  rows.insert(rows.end(), others.begin(), others.end());
  EXPECT_GE(rows.size(), 40U);
  for (const auto& [url, verdicts] : rows) {
    SCOPED_TRACE(url.substr(0, 100));
    EXPECT_EQ(readers.read(url), verdicts);
  }
}

/// What differs is a question of what the URL is for: see the second table of core/base/README.md.
TEST(Urls, DifferOnlyInWhatTheyAreFor) {
  const struct {
    const char* why;
    const char* url;
    bool http_on_loopback;
    Verdicts verdicts;
  } rows[] = {
      {"a call may name any server, and only the registered is asked, over https",
       "http://ehr.example.org/fhir",
       false,
       {false, true, false, false}},
      {"this machine over http is for profiles that say so",
       "http://localhost:8080/fhir",
       false,
       {false, true, false, false}},
      {"an address is looked at when it is connected to; a profile permits three names of this "
       "machine",
       "http://127.0.0.2:8080/fhir",
       true,
       {false, true, false, true}},
      {"a base URL has no query, an address of keys may have one",
       "https://ehr.example.org/fhir?tenant=1",
       true,
       {false, true, false, true}},
      {"a base URL means the same on every server",
       "https://ehr.example.org/fhir/../x",
       true,
       {false, true, false, true}},
      {"and hides no slash", "https://ehr.example.org/fhir%2Fx", true, {false, true, false, true}},
      {"nor has it an empty segment",
       "https://ehr.example.org//fhir",
       true,
       {false, true, false, true}},
  };
  Readers readers;
  for (const auto& row : rows) {
    SCOPED_TRACE(row.why);
    EXPECT_EQ(readers.read(row.url, row.http_on_loopback), row.verdicts);
  }
}

}  // namespace
}  // namespace cdss::hostile
