// Calls that others wrote, made to the running program with the profile of the client whose shape
// they have: the right answer, or a refusal that names the right element. Where they come from:
// tests/data/cdshooks and tests/data/clients.

#include <algorithm>
#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/base/uuid.hpp"
#include "core/json/document.hpp"
#include "core/json/json_writer.hpp"
#include "tests/system/golden.hpp"
#include "tests/system/shipped_client.hpp"

namespace cdss::test {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path kData = CDSS_TEST_DATA;

Document parse(const std::string& json) {
  auto document = Document::parse(json);
  EXPECT_TRUE(document) << json;
  return *std::move(document);
}

/// What an answer comes to: "200" for cards, else status, code and element of the refusal.
std::string outcome_of(const HttpAnswer& answer) {
  const Document document = parse(answer.body);
  const View root = document.root();
  if (answer.status == 200) {
    return root.at("cards")->is_array() ? "200" : "200 without cards";
  }
  EXPECT_EQ(root.text_or_empty("resourceType"), "OperationOutcome") << answer.body;
  const View issues = *root.at("issue");
  const View issue = *issues.elements().begin();
  // Not `expression`: an element that has no name there, such as a key of the client, has none.
  const auto diagnostics = issue.text_or_empty("diagnostics");
  const std::string where{diagnostics.substr(0, diagnostics.find(": "))};
  return std::to_string(answer.status) + ' ' + where;
}

/// The call with the ids of its context bare, as every version has them.
std::string with_bare_ids(std::string json) {
  for (const auto& [member, type] :
       {std::pair{"\"patientId\"", "\"Patient/"}, {"\"encounterId\"", "\"Encounter/"}}) {
    const auto key = json.find(member);
    const auto end = key == std::string::npos ? key : json.find('\n', key);
    const auto at = key == std::string::npos ? key : json.find(type, key);
    if (at != std::string::npos && at < end) {
      json.erase(at + 1, std::string_view{type}.size() - 1);
    }
  }
  return json;
}

/// Prefetch as our services ask for it: the patient of the context, of whom nothing is recorded.
/// Keys that were there and that we do not ask for stay.
std::string prefetch_for(View call, View service) {
  const auto context = call.find("context");
  const auto patient = context ? context->text_or_empty("patientId") : std::string_view{};
  std::string out{"{"};
  json::Object keys{out};
  for (const Member wanted : service.at("prefetch")->members()) {
    if (wanted.name == "patient") {
      keys.object("patient", [&](json::Object& resource) {
        resource.string("resourceType", "Patient");
        resource.string("id", patient);
      });
    } else {
      keys.json(wanted.name, R"({"resourceType": "Bundle", "type": "searchset"})");
    }
  }
  if (const auto sent = call.find("prefetch")) {
    for (const Member key : sent->members()) {
      if (!service.at("prefetch")->find(key.name)) {
        keys.value(key.name, key.value);
      }
    }
  }
  return out + '}';
}

std::string with_our_prefetch(const std::string& json, View service) {
  const Document call = parse(with_bare_ids(json));
  std::string out{"{"};
  json::Object members{out};
  for (const Member member : call.root().members()) {
    if (member.name != "prefetch") {
      members.value(member.name, member.value);
    }
  }
  members.json("prefetch", prefetch_for(call.root(), service));
  return out + '}';
}

/// The offers of a hook in what discovery says; all offers for a hook that has none.
std::vector<View> offers_of(View discovery, std::string_view hook) {
  std::vector<View> offers;
  for (const View service : discovery.at("services")->elements()) {
    if (service.text_or_empty("hook") == hook) {
      offers.push_back(service);
    }
  }
  if (offers.empty()) {
    for (const View service : discovery.at("services")->elements()) {
      offers.push_back(service);
    }
  }
  return offers;
}

struct Row {
  const char* name;    // the only row whose name a file's begins with decides
  const char* client;  // the profile it is made with
  const char* sent;    // what the call comes to as it is
  const char* whole;   // and with its ids bare and what our services ask for in prefetch
};

constexpr const char* kNoPatient = "412 prefetch.patient";
constexpr const char* kTypedId = "400 context.patientId";
constexpr const char* kOtherPatient = "400 context.draftOrders.entry[0].resource.patient";
constexpr const char* kTwoPatients = "400 prefetch.?.entry[1].resource.subject";

// The test kit's calls are made as its users make them: its JWT, our patient nowhere. Three of its
// presets have orders of another patient than their context, and three hooks are none of ours. The
// opioid calls name their patient "Patient/...", which no version permits, and one of them has two
// patients.
constexpr Row kRows[] = {
    {"appointment-book__davinci", "inferno", kNoPatient, "200"},
    {"encounter-discharge__davinci", "inferno", "400 hook", "400 hook"},
    {"encounter-start__davinci", "inferno", kNoPatient, "200"},
    {"fancy-structure__davinci", "inferno", "400 hook", "400 hook"},
    {"order-dispatch__davinci", "inferno", "400 hook", "400 hook"},
    {"order-select__davinci", "inferno", kOtherPatient, kOtherPatient},
    {"order-sign__davinci-crd-test-kit-Controlling", "inferno", kNoPatient, "200"},
    {"order-sign__davinci-crd-test-kit-order-sign", "inferno", kOtherPatient, kOtherPatient},
    {"order-select__cds-hooks-examples-3", "sandbox", kNoPatient, "200"},
    {"order-sign__cds-hooks-examples-1", "sandbox", "400 context.draftOrders",
     "400 context.draftOrders"},
    {"order-sign__cds-hooks-index-8", "sandbox", kNoPatient, "200"},
    {"patient-view__cds-hooks-index-39", "sandbox", kTypedId, kTypedId},  // it has no patient
    {"patient-view__cds-hooks-index-5", "sandbox", kNoPatient, "200"},
    {"patient-view__cds-hooks-quickstart-3", "sandbox", kNoPatient, "200"},
    {"order-select__cds-hooks-go-README-32", "development", "400 hookInstance", "400 hookInstance"},
    {"patient-view__cds-hooks-go-README-31", "development", "400 hookInstance", "400 hookInstance"},
    {"patient-view__cds-hooks-go-README-3_", "development", kTypedId, "200"},
    {"order-select__opioid", "development", kTypedId, "200"},
    {"order-sign__opioid-cds-r4-request-example-rec-08-order-sign-mme-doseRange", "development",
     "400 hookInstance", "400 hookInstance"},
    {"order-sign__opioid", "development", kTypedId, "200"},
    {"patient-view__opioid-cds-r4-request-example-rec-10-patient-view-2-illicit", "development",
     kTypedId, kTwoPatients},
    {"patient-view__opioid", "development", kTypedId, "200"},
};

/// The row for a file: of several the one that says most.
const Row* row_of(const std::string& file) {
  const Row* found = nullptr;
  for (const Row& row : kRows) {
    if (file.starts_with(row.name) &&
        (found == nullptr ||
         std::string_view{row.name}.size() > std::string_view{found->name}.size())) {
      found = &row;
    }
  }
  return found;
}

/// The clients of the rows, each with a server of its own, and what that server offers.
struct Clients {
  struct Client {
    ShippedClient client;
    Document discovery;
    explicit Client(const std::string& name)
        : client{name}, discovery{parse(client.get("/cds-services").body)} {}
  };
  Client& of(const std::string& name) {
    auto& client = by_name[name];
    if (client == nullptr) {
      client = std::make_unique<Client>(name);
    }
    return *client;
  }
  std::map<std::string, std::unique_ptr<Client>> by_name;
};

TEST(CdsHooksCalls, REQ_01_REQ_11_PF_32_ERR_02_GetTheRightAnswerOrTheRightRefusal) {
  Clients clients;
  std::set<std::string> used;
  std::size_t calls = 0;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator{kData / "cdshooks/requests"}) {
    const std::string file = entry.path().filename();
    SCOPED_TRACE(file);
    const Row* row = row_of(file);
    ASSERT_NE(row, nullptr);
    used.insert(row->name);
    ++files;
    const std::string json = *read_file(entry.path());
    const Document call = parse(json);
    auto& [client, discovery] = clients.of(row->client);
    for (const View offer : offers_of(discovery.root(), call.root().text_or_empty("hook"))) {
      const std::string id{offer.text_or_empty("id")};
      SCOPED_TRACE(id);
      EXPECT_EQ(outcome_of(client.call(id, json)), row->sent);
      EXPECT_EQ(outcome_of(client.call(id, with_our_prefetch(json, offer))), row->whole);
      calls += 2;
    }
  }
  EXPECT_EQ(files, 54U);
  EXPECT_EQ(used.size(), std::size(kRows)) << "a row stands for no file";
  std::cout << files << " files, " << calls << " calls\n";
  for (const auto& [name, client] : clients.by_name) {
    EXPECT_EQ(client->client.server().log().find("worker_died"), std::string::npos) << name;
  }
}

TEST(CdsHooksCalls, REQ_11_TakeTheContextsThatFit) {
  constexpr const char* kActor = "400 context.appointments[0].participant[0].actor";
  const struct {
    const char* file;
    const char* hook;
    const char* strict;   // with a profile that forgives nothing
    const char* lenient;  // with one that forgives the shapes of drafts
  } rows[] = {
      // Two have an array for a Bundle, and in it an appointment of another patient.
      {"cds-hooks-appointment-book-1_95320b.json", "appointment-book", "400 context.appointments",
       kActor},
      {"cds-hooks-appointment-book-2_a1be80.json", "appointment-book", "400 context.appointments",
       kActor},
      {"cds-hooks-appointment-book-2_606293.json", "appointment-book", "400 context.appointments",
       "400 context.appointments"},
      {"cds-hooks-encounter-discharge-1_b7e2df.json", "encounter-discharge", "400 hook",
       "400 hook"},
      {"cds-hooks-index-15_07980f.json", "order-sign", "200", "200"},
      {"cds-hooks-index-41_0722a5.json", "patient-view", "200", "200"},
      {"cds-hooks-order-review-2_ea5f2a.json", "order-review", "400 hook", "400 hook"},
      {"cds-hooks-order-select-3_da8cc8.json", "order-select", "200", "200"},
      {"cds-hooks-order-sign-3_c973d1.json", "order-sign", "200", "200"},
      {"cds-hooks-patient-view-2_cf10ea.json", "patient-view", "200", "200"},
  };
  ShippedClient strict{"development"};
  ShippedClient lenient{"sandbox"};
  const Document discovery = parse(strict.get("/cds-services").body);
  for (const auto& row : rows) {
    SCOPED_TRACE(row.file);
    const std::string call = R"({"hook": ")" + std::string{row.hook} + R"(", "hookInstance": ")" +
                             new_uuid() + R"(", "context": )" +
                             *read_file(kData / "cdshooks/contexts" / row.file) + '}';
    for (const View offer : offers_of(discovery.root(), row.hook)) {
      const std::string id{offer.text_or_empty("id")};
      SCOPED_TRACE(id);
      const auto whole = with_our_prefetch(call, offer);
      EXPECT_EQ(outcome_of(strict.call(id, whole)), row.strict);
      EXPECT_EQ(outcome_of(lenient.call(id, whole)), row.lenient);
    }
  }
}

/// A call in the shape of a client, as of today.
std::string call_of(const std::string& client) {
  using std::chrono::sys_days;
  using namespace std::chrono_literals;
  const auto written = sys_days{2026y / std::chrono::November / 22};
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return with_days_shifted(*read_file(kData / "clients" / client / "request.json"),
                           today - written);
}

TEST(ClientCalls, REQ_01_AreAnsweredWithACardToTheClientWhoseShapeTheyHave) {
  const struct {
    const char* client;
    const char* service;
  } rows[] = {
      {"development", "psoas-likelihood"}, {"strict", "psoas-likelihood"},
      {"epic", "psoas-likelihood"},        {"oracle", "psoas-likelihood"},
      {"inferno", "psoas-likelihood"},     {"sandbox", "treatment-escalation"},
      {"bahmni", "treatment-escalation"},
  };
  for (const auto& [name, service] : rows) {
    SCOPED_TRACE(name);
    ShippedClient client{name};
    for (int time = 0; time < 2; ++time) {
      const auto answer = client.call(service, call_of(name));
      EXPECT_EQ(answer.status, 200) << answer.body << client.server().log();
      EXPECT_THAT(answer.body, HasSubstr(R"("summary":)"));
    }
  }
}

TEST(ClientCalls, REQ_02_OfBahmniAreReadWithItsProfileOnly) {
  ShippedClient bahmni{"bahmni"};
  const auto answer = bahmni.call("treatment-escalation", call_of("bahmni"));
  EXPECT_EQ(answer.status, 200) << answer.body;
  const auto wrong_hook = bahmni.call("psoas-likelihood", call_of("bahmni"));
  EXPECT_EQ(outcome_of(wrong_hook), "400 hook") << "the id is another service's";
  EXPECT_THAT(wrong_hook.body, HasSubstr(R"("message":)")) << "the one member that it reads";

  ShippedClient development{"development"};
  const auto refused = development.call("treatment-escalation", call_of("bahmni"));
  EXPECT_EQ(outcome_of(refused), "400 hook");
  EXPECT_THAT(refused.body, ::testing::Not(HasSubstr(R"("message":)")));
}

}  // namespace
}  // namespace cdss::test
