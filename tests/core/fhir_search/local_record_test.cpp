// Reading a patient's record from files: Bundles of any type, NDJSON, references, several patients.

#include "core/fhir_search/local_record.hpp"

#include <gtest/gtest.h>

namespace cdss::fhir_search {
namespace {

constexpr const char* kPatient = R"({"resourceType": "Patient", "id": "p1"})";
constexpr const char* kCondition =
    R"({"resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"}})";

std::string bundle(const std::string& entries, const std::string& type = "collection") {
  return R"({"resourceType": "Bundle", "type": ")" + type + R"(", "entry": [)" + entries + "]}";
}

std::string entry(const std::string& resource, const std::string& full_url = "") {
  return R"({"fullUrl": ")" + full_url + R"(", "resource": )" + resource + "}";
}

Result<LocalRecord> read(std::vector<std::string> texts, std::optional<std::string> patient = {}) {
  std::vector<LocalText> files;
  for (std::string& text : texts) {
    files.push_back({.name = "file" + std::to_string(files.size() + 1), .bytes = std::move(text)});
  }
  return LocalRecord::read(std::move(files), std::move(patient));
}

/// The answer to a query, or what is wrong with it in brackets.
std::string answer(const Result<LocalRecord>& record, const char* query) {
  if (!record) {
    ADD_FAILURE() << record.error().where << ": " << record.error().message;
    return {};
  }
  const auto found = record->answer(query);
  return found ? *found : "[" + found.error().where + ": " + found.error().message + "]";
}

TEST(LocalRecord, ReadsTheSameFromEveryKindOfFile) {
  const std::string lines = std::string{kPatient} + "\n\r\n  " + kCondition + " \r\n";
  const std::string whole = bundle(entry(kPatient) + "," + entry(kCondition));
  const std::string indented = R"({
    "resourceType": "Bundle",
    "type": "searchset",
    "link": [{"relation": "self", "url": "https://ehr.example.org/fhir?_id=1"}],
    "entry": [
      {"resource": )" + std::string{kPatient} +
                               R"(},
      {"resource": {"resourceType": "OperationOutcome"}, "search": {"mode": "outcome"}},
      {"resource": )" + std::string{kCondition} +
                               R"(},
      {"request": {"method": "DELETE", "url": "Condition/c0"}}
    ]
  })";
  const std::vector<std::string> kinds[] = {
      {lines},
      {whole},
      {indented},
      {bundle(entry(bundle(entry(kPatient), "transaction")) + "," + entry(kCondition))},
      {kPatient, kCondition},
      {bundle(entry(kPatient), "batch-response"), std::string{kCondition} + "\n" + kCondition},
      {bundle(entry(kPatient)) + "\n" + bundle(entry(kCondition)) + "\n"},
  };
  for (const auto& texts : kinds) {
    SCOPED_TRACE(texts.front());
    const auto record = read(texts);
    ASSERT_TRUE(record) << record.error().where << ": " << record.error().message;
    EXPECT_EQ(record->patient_id(), "p1");
    EXPECT_EQ(answer(record, "Patient/p1"), R"({"resourceType":"Patient","id":"p1"})");
    EXPECT_EQ(answer(record, "Condition?patient=p1"),
              R"({"resourceType":"Bundle","type":"searchset","total":1,"entry":[{"resource":)"
              R"({"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"}},)"
              R"("search":{"mode":"match"}}]})");
    EXPECT_EQ(answer(record, "Procedure?patient=p1"),
              R"({"resourceType":"Bundle","type":"searchset","total":0})");
    EXPECT_EQ(answer(record, "Patient/p2"), "null");
  }
}

TEST(LocalRecord, WritesReferencesToEntriesAsTypeAndId) {
  const auto record = read({bundle(
      entry(R"({"resourceType": "Patient"})", "urn:uuid:aa-1") + "," +
          entry(R"({"resourceType": "Encounter", "id": "e"})",
                "https://ehr.example.org/fhir/Encounter/e") +
          "," +
          entry(
              R"({"resourceType": "Condition", "id": "c", "subject": {"reference": "urn:uuid:aa-1"},
      "encounter": {"reference": "https://ehr.example.org/fhir/Encounter/e"},
      "evidence": [{"detail": [{"reference": "urn:uuid:elsewhere", "display": "x"}]}],
      "code": {"text": "urn:uuid:aa-1"}, "onsetAge": {"value": 40.50}})",
              "urn:uuid:cc"),
      "transaction")});
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->patient_id(), "aa-1");
  EXPECT_EQ(answer(record, "Patient/aa-1"), R"({"id":"aa-1","resourceType":"Patient"})");
  EXPECT_EQ(answer(record, "Condition/c"),
            R"({"resourceType":"Condition","id":"c","subject":{"reference":"Patient/aa-1"},)"
            R"("encounter":{"reference":"Encounter/e"},)"
            R"("evidence":[{"detail":[{"reference":"urn:uuid:elsewhere","display":"x"}]}],)"
            R"("code":{"text":"urn:uuid:aa-1"},"onsetAge":{"value":40.50}})");
  EXPECT_NE(answer(record, "Condition?patient=aa-1").find("\"total\":1"), std::string::npos);
}

TEST(LocalRecord, KeepsOnePatientAndCountsTheRest) {
  const std::string two = std::string{kPatient} + "\n" + kCondition + R"(
{"resourceType": "Patient", "id": "p2"}
{"resourceType": "Condition", "id": "c2", "subject": {"reference": "Patient/p2"}}
{"resourceType": "Observation", "id": "o1"}
{"resourceType": "Observation", "id": "o2", "subject": {"reference": "Group/1"}}
{"resourceType": "Organization", "id": "org"}
)";
  const auto first = read({two}, "p1");
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->others(), 2U);
  EXPECT_EQ(first->undetermined(), 2U);
  EXPECT_EQ(answer(first, "Patient/p2"), "null");
  EXPECT_EQ(answer(first, "Condition/c2"), "null");
  EXPECT_NE(answer(first, "Organization?_id=org").find("\"total\":1"), std::string::npos);
  const auto several = read({two});
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().code, Errc::unsupported);
  EXPECT_EQ(several.error().message, "there are 2 Patients, and one must be chosen");
}

TEST(LocalRecord, SaysWhereAFileIsWrong) {
  const std::string patient = std::string{kPatient} + "\n";
  const struct {
    std::string text;
    const char* where;
    Errc code;
  } rows[] = {
      {"", "file1: byte 0", Errc::malformed},
      {"{", "file1: byte 1", Errc::malformed},
      {patient + "{\"resourceType\": }\n", "file1:2: byte 17", Errc::malformed},
      {patient + "\n\n[1]\n", "file1:4", Errc::malformed},
      {patient + "{}\n", "file1:2", Errc::malformed},
      {patient + R"({"resourceType": "condition"})", "file1:2", Errc::malformed},
      {patient + bundle(entry(kCondition) + R"(,{"fullUrl": "urn:uuid:1"})"), "file1:2: entry[1]",
       Errc::malformed},
      {patient + bundle(entry(bundle(entry("{}")))), "file1:2: entry[0].resource.entry[0].resource",
       Errc::malformed},
      {patient + R"({"resourceType": "Bundle", "link": [{"relation": "next", "url": "x"}]})",
       "file1:2: link", Errc::unsupported},
      {patient + R"({"resourceType": "Patient", "id": "p1", "active": true})", "file1:2",
       Errc::malformed},
      {R"({"resourceType": "Patient", "id": "p1", "id": "p2"})", "file1: id", Errc::malformed},
      {bundle(""), "file1", Errc::missing},
      {kCondition, "", Errc::missing},
      {R"({"resourceType": "Patient"})", "", Errc::malformed},
      {R"({"resourceType": "Patient", "id": "../p"})", "", Errc::malformed},
  };
  for (const auto& [text, where, code] : rows) {
    SCOPED_TRACE(text);
    const auto record = read({text});
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().where, where) << record.error().message;
    EXPECT_EQ(record.error().code, code) << record.error().message;
    EXPECT_EQ(record.error().message.find("p1"), std::string::npos) << "no input is echoed";
  }
  EXPECT_EQ(read({kPatient}, "p9").error().code, Errc::missing);
  EXPECT_EQ(read({}).error().code, Errc::missing);
}

}  // namespace
}  // namespace cdss::fhir_search
