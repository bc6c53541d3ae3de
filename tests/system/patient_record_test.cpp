// `evaluate --patient`: a case tried from a patient's whole record, without an EHR.

#include <iterator>
#include <memory>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/fhir_search/local_record.hpp"
#include "core/json/document.hpp"
#include "tests/gzip.hpp"
#include "tests/system/ehr.hpp"
#include "tests/system/golden.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

const std::filesystem::path kData = CDSS_TEST_DATA;
const std::string kExamples = std::string{CDSS_SOURCE_DIR} + "/config/examples/";
const std::string kRecord = kExamples + "record.ndjson";

/// Discovery of the installed services.
Document discovery() {
  RunningServer server;
  HttpClient http{server.port()};
  auto document = Document::parse(http.get("/cds-services").body);
  EXPECT_TRUE(document) << server.log();
  return *std::move(document);
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) {
    text += line + '\n';
  }
  return text;
}

/// The resources of an answer, "Type/id" each; a set, since the order of a search is open.
std::multiset<std::string> resources_of(const std::string& answer) {
  std::multiset<std::string> names;
  const auto document = Document::parse(answer);
  EXPECT_TRUE(document) << answer.substr(0, 200);
  const auto add = [&](View resource) {
    names.insert(std::string{resource.text_or_empty("resourceType")} + '/' +
                 std::string{resource.text_or_empty("id")});
  };
  const View root = document->root();
  const auto entries = root.find("entry");
  if (!root.is_null() && root.text_or_empty("resourceType") != "Bundle") {
    add(root);
  } else if (entries) {
    for (const View entry : entries->elements()) {
      add(*entry.at("resource"));
    }
  }
  return names;
}

std::vector<std::string> words(const std::string& line) {
  std::istringstream in{line};
  return {std::istream_iterator<std::string>{in}, {}};
}

TEST(PatientRecord, AnswersEveryTemplateAsTheTestEhrDoes) {
  const auto services = discovery();
  int answers = 0;
  for (const char* const folder : {"synthea/patients", "synthea/derived-thr"}) {
    for (const auto& file : files_in(kData / folder, ".ndjson.gz")) {
      SCOPED_TRACE(file);
      const auto lines = lines_of_gzip(file);
      const Chart chart{lines};
      const auto record =
          fhir_search::LocalRecord::read({{.name = file.string(), .bytes = joined(lines)}}, {});
      ASSERT_TRUE(record) << record.error().where << ": " << record.error().message;
      EXPECT_EQ(record->patient_id(), chart.patient_id());
      for (const View service : services.root().at("services")->elements()) {
        if (service.text_or_empty("hook") != "patient-view") {
          continue;
        }
        for (const Member key : service.at("prefetch")->members()) {
          std::string query{key.value.raw_text()};
          const std::string token = "{{context.patientId}}";
          query.replace(query.find(token), token.size(), chart.patient_id());
          const auto found = record->answer(query);
          ASSERT_TRUE(found) << query << ": " << found.error().message;
          EXPECT_EQ(resources_of(*found), resources_of(chart.answer(query))) << query;
          ++answers;
        }
      }
    }
  }
  EXPECT_EQ(answers % 118, 0) << "every template of three services, for every patient";
  EXPECT_GE(answers, 118 * 3 * 5);
}

TEST(PatientRecord, GivesTheAssessmentThatTheEhrsPrefetchGives) {
  const auto services = discovery();
  const TemporaryFolder folder;
  int compared = 0;
  for (const auto& file : files_in(kData / "synthea/derived-thr", ".ndjson.gz")) {
    if (std::filesystem::file_size(file) > 40'000 || compared == 18) {
      continue;
    }
    const auto lines = lines_of_gzip(file);
    const auto record = folder.write("record.ndjson", joined(lines)).string();
    for (const View service : services.root().at("services")->elements()) {
      if (service.text_or_empty("hook") != "patient-view") {
        continue;
      }
      const std::string id{service.text_or_empty("id")};
      SCOPED_TRACE(file.filename().string() + ", " + id);
      const auto request = folder.write("request.json", make_call(Chart{lines}, service)).string();
      const auto by_prefetch = run_program({"evaluate", "--service", id, request});
      const auto by_record = run_program({"evaluate", "--service", id, "--patient", record});
      EXPECT_EQ(by_record.status, 0) << by_record.errors;
      EXPECT_EQ(by_record.errors, "");
      EXPECT_EQ(difference(laid_out(by_prefetch.output), laid_out(by_record.output)), "");
      ++compared;
    }
  }
  EXPECT_EQ(compared, 18);
}

TEST(PatientRecord, ReadsAnUntouchedTransactionBundleLikeItsCleanedRecord) {
  const TemporaryFolder folder;
  for (const char* const name : {"smart-866bb57e", "smart-6e7c2272", "exafluence-4a9e1918"}) {
    SCOPED_TRACE(name);
    const auto bundle = folder.write(
        "bundle.json",
        text_of_gzip(kData / "synthea/original-bundles" / (std::string{name} + ".json.gz")));
    const auto lines =
        folder.write("lines.ndjson",
                     text_of_gzip(kData / "synthea/patients" / (std::string{name} + ".ndjson.gz")));
    for (const char* const service : {"hip-replacement", "psoas-likelihood"}) {
      const auto from_bundle =
          run_program({"evaluate", "--service", service, "--patient", bundle.string()});
      const auto from_lines =
          run_program({"evaluate", "--service", service, "--patient", lines.string()});
      EXPECT_EQ(from_bundle.status, 0) << from_bundle.output << from_bundle.errors;
      EXPECT_EQ(difference(laid_out(from_lines.output), laid_out(from_bundle.output)), "");
    }
  }
}

TEST(PatientRecord, OfTheExamplesIsAnsweredWithCardsThatHaveSeenItAll) {
  for (const std::string service : {"hip-replacement", "psoas-likelihood"}) {
    SCOPED_TRACE(service);
    const auto arguments = "evaluate --today 2026-11-22 --service " + service;
    const auto run = run_program(words(arguments + " --patient " + kRecord));
    EXPECT_EQ(run.status, 0) << run.errors;
    EXPECT_EQ(run.errors, "");
    const auto response = Document::parse(run.output);
    ASSERT_TRUE(response) << run.output;
    EXPECT_EQ(response->root().at("cards")->size(), 1U) << run.output;
    EXPECT_EQ(run.output.find("could not be seen"), std::string::npos) << run.output;
    const auto piped = run_program(words(arguments + " --patient -"), *read_file(kRecord));
    EXPECT_EQ(laid_out(piped.output), laid_out(run.output)) << piped.errors;
  }
}

TEST(PatientRecord, ShowsTheCallSoThatItCanBeKept) {
  const TemporaryFolder folder;
  const auto shown =
      run_program(words("evaluate --service hip-replacement --show-request --patient " + kRecord));
  EXPECT_EQ(shown.status, 0) << shown.errors;
  const auto call = Document::parse(shown.output);
  ASSERT_TRUE(call);
  EXPECT_EQ(call->root().text_or_empty("hook"), "patient-view");
  EXPECT_EQ(call->root().text_or_empty("hookInstance").size(), 36U);
  EXPECT_EQ(call->root().at("context")->text_or_empty("userId"), "Practitioner/example");
  EXPECT_EQ(call->root().at("prefetch")->at("conditions")->at("entry")->size(), 4U);
  const auto file = folder.write("request.json", shown.output).string();
  const auto again = run_program({"evaluate", "--service", "hip-replacement", file});
  const auto at_once =
      run_program({"evaluate", "--service", "hip-replacement", "--patient", kRecord});
  EXPECT_EQ(laid_out(again.output), laid_out(at_once.output));
}

TEST(PatientRecord, IsCalledOnAnotherHookWithMoreContext) {
  const TemporaryFolder folder;
  const auto encounter = folder.write("encounter.json", R"({"encounterId": "e1"})").string();
  const auto run =
      run_program(words("evaluate --service hip-replacement --hook encounter-start "
                        "--show-request --context " +
                        encounter + " --patient " + kRecord));
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_NE(run.output.find(R"("hook":"encounter-start")"), std::string::npos);
  EXPECT_NE(run.output.find(R"("encounterId":"e1")"), std::string::npos);
}

TEST(PatientRecord, ChoosesOneOfSeveralPatients) {
  const TemporaryFolder folder;
  const auto other = folder
                         .write("other.ndjson", R"({"resourceType": "Patient", "id": "other"}
{"resourceType": "Condition", "id": "x", "subject": {"reference": "Patient/other"}}
{"resourceType": "Observation", "id": "y"}
)")
                         .string();
  const std::string both = "evaluate --service hip-replacement --patient " + kRecord + " " + other;
  const auto unsaid = run_program(words(both));
  EXPECT_EQ(unsaid.status, 1);
  EXPECT_NE(unsaid.errors.find("2 Patients"), std::string::npos) << unsaid.errors;
  EXPECT_NE(unsaid.errors.find("--patient-id"), std::string::npos) << unsaid.errors;
  EXPECT_EQ(unsaid.output, "");
  const auto chosen =
      run_program(words(both + " --patient-id 5ad53a48-97ae-ca72-0ed8-0a31497f06cf"));
  EXPECT_EQ(chosen.status, 0) << chosen.errors;
  EXPECT_NE(chosen.errors.find("2 resources of other patients are excluded"), std::string::npos);
  EXPECT_NE(chosen.errors.find("1 resources do not say whose they are"), std::string::npos);
  const auto alone =
      run_program({"evaluate", "--service", "hip-replacement", "--patient", kRecord});
  EXPECT_EQ(laid_out(chosen.output), laid_out(alone.output));
}

TEST(PatientRecord, SaysWhatIsWrongInOneSentence) {
  const TemporaryFolder folder;
  const auto list = folder.write("list.json", "[]").string();
  const auto foreign = folder.write("foreign.json", R"({"patientId": "p9"})").string();
  const auto broken =
      folder.write("broken.ndjson", *read_file(kRecord) + "{\"resourceType\": \n").string();
  const struct {
    std::string arguments;
    int status;
    const char* says;
  } rows[] = {
      {"--patient /no/such/file.ndjson", 1, "/no/such/file.ndjson"},
      {"--patient " + broken, 1, "broken.ndjson:"},
      {"--patient " + list, 1, "list.json: is no FHIR resource"},
      {"--patient " + kRecord + " --patient-id p9", 1, "no Patient of that id"},
      {"--patient " + kRecord + " --hook order-sign", 1, "--hook order-sign: is not one that"},
      {"--patient " + kRecord + " --hook encounter-start", 1, "needs encounterId"},
      {"--patient " + kRecord + " --context " + list, 1, "--context: must be a JSON object"},
      {"--patient " + kRecord + " --context " + foreign, 1, "another patient"},
      {"--patient " + kRecord + " --today soon", 2, "--today"},
      {"--patient", 2, "--patient"},
      {"--hook patient-view " + kExamples + "hip-replacement.json", 2, "--hook: needs --patient"},
      {"--show-request " + kExamples + "hip-replacement.json", 2, "--show-request: needs"},
  };
  for (const auto& [arguments, status, says] : rows) {
    SCOPED_TRACE(arguments);
    const auto run = run_program(words("evaluate --service hip-replacement " + arguments));
    EXPECT_EQ(run.status, status);
    EXPECT_NE(run.errors.find(says), std::string::npos) << run.errors;
    EXPECT_EQ(run.output, "");
  }
}

}  // namespace
}  // namespace cdss::test
