// How what was fetched joins what was sent.

#include <gtest/gtest.h>

#include "core/json/json_writer.hpp"
#include "tests/core/fhir_client/call.hpp"
#include "tests/core/fhir_client/fake_server.hpp"

namespace cdss::fhir_client {
namespace {

constexpr record::PrefetchKey kWanted[] = {{.key = "patient", .resource = "Patient"},
                                           {.key = "conditions", .resource = "Condition"}};
const std::string kPatient = R"({"resourceType": "Patient", "id": "p1"})";

QueryResult fetched(const std::string& key, const std::string& json,
                    cdss_key_state state = cdss_key_present, const std::string& reason = "") {
  auto document = Document::parse(json);
  EXPECT_TRUE(document);
  return {.key = key, .state = state, .reason = reason, .document = *std::move(document)};
}

QueryResult failed(const std::string& key, const std::string& reason,
                   cdss_key_state state = cdss_key_unavailable) {
  return {.key = key, .state = state, .reason = reason, .document = {}};
}

/// A call's record with what was fetched for it.
struct Joined {
  explicit Joined(const std::string& prefetch) : call{{.prefetch = prefetch}} {
    record = record::read_record(call.request, kWanted);
  }
  Result<std::size_t> add(QueryResult one) {
    std::vector<QueryResult> all;
    all.push_back(std::move(one));
    return add_fetched(record, std::move(all), kWanted, call.request);
  }
  const record::KeyRecord& key(std::string_view name) const { return *record.find(name); }

  Call call;
  record::PatientRecord record;
};

std::string text_of(const record::KeyRecord& key) {
  std::string text;
  if (key.value) {
    json::append_value(text, *key.value);
  }
  return text;
}

TEST(AddFetched, PF_46_PF_48_IsTheSameRecordHoweverItCame) {
  const std::string conditions = searchset({condition("a"), condition("b")});
  Joined sent{"\"patient\": " + kPatient + ", \"conditions\": " + conditions};
  Joined read{""};
  Joined half{"\"patient\": " + kPatient};
  const Joined none{""};
  ASSERT_TRUE(read.add(fetched("patient", kPatient)));
  ASSERT_TRUE(read.add(fetched("conditions", conditions)));
  ASSERT_TRUE(half.add(fetched("conditions", conditions)));
  for (const char* key : {"patient", "conditions"}) {
    for (const Joined* way : {&read, &half}) {
      EXPECT_EQ(way->key(key).state, cdss_key_present);
      EXPECT_EQ(way->key(key).reason, "");
      EXPECT_EQ(text_of(way->key(key)), text_of(sent.key(key)));
    }
    EXPECT_EQ(none.key(key).state, cdss_key_unavailable);
  }
  EXPECT_EQ(sent.key("conditions").document, 0U);
  EXPECT_EQ(sent.key("conditions").fetch, record::FetchState::open);
  EXPECT_EQ(half.key("conditions").document, 1U);
  EXPECT_EQ(read.key("conditions").document, 2U);
  EXPECT_EQ(read.key("conditions").fetch, record::FetchState::settled);
}

TEST(AddFetched, StaysReadableWhenTheRecordIsMoved) {
  Joined joined{""};
  ASSERT_TRUE(joined.add(fetched("patient", kPatient)));
  ASSERT_TRUE(joined.add(fetched("conditions", searchset({condition("a")}))));
  const record::PatientRecord moved = std::move(joined.record);
  EXPECT_EQ(moved.find("patient")->value->text_or_empty("id"), "p1");
  EXPECT_EQ(moved.documents.size(), 2U);
}

TEST(AddFetched, KeepsWhatWasSentWhenTheFetchFails) {
  const std::string page = "\"conditions\": " + searchset({condition("s")}, "https://x/2");
  const struct {
    std::string prefetch;
    QueryResult (*fetch)();
    cdss_key_state state;
    const char* reason;
  } rows[] = {
      {"", [] { return failed("conditions", "it was late"); }, cdss_key_unavailable,
       "not sent, and it was late"},
      {"", [] { return failed("conditions", "", cdss_key_empty); }, cdss_key_empty, ""},
      {page, [] { return failed("conditions", "it was late", cdss_key_truncated); },
       cdss_key_truncated, "only the first page was sent, and it was late"},
      {"\"conditions\": " + searchset({condition("s")}, "", R"(, "total": 3)"),
       [] { return failed("conditions", "it was late"); }, cdss_key_truncated,
       "fewer were sent than the server counts, and it was late"},
      {"\"conditions\": " + searchset({condition("s")}, "", R"(, "total": 3)"),
       [] {
         return fetched("conditions", searchset({condition("f")}), cdss_key_truncated,
                        "only a part of it could be read: it was late");
       },
       cdss_key_truncated,
       "fewer were sent than the server counts, and only a part of it could be read: it was late"},
  };
  for (const auto& [prefetch, fetch, state, reason] : rows) {
    SCOPED_TRACE(reason);
    Joined joined{prefetch};
    const std::string before = text_of(joined.key("conditions"));
    ASSERT_TRUE(joined.add(fetch()));
    EXPECT_EQ(joined.key("conditions").state, state);
    EXPECT_EQ(joined.key("conditions").reason, reason);
    EXPECT_EQ(text_of(joined.key("conditions")), before);
    EXPECT_EQ(joined.key("conditions").document, 0U);
  }
}

TEST(AddFetched, PF_45_RefusesAnotherPatientsResource) {
  const struct {
    const char* key;
    std::string json;
    const char* where;
  } rows[] = {
      {"patient", R"({"resourceType": "Patient", "id": "p2"})", "fetched.patient"},
      {"conditions", searchset({condition("a"), condition("b", "p2")}),
       "fetched.conditions.entry[1].resource.subject"},
      {"conditions", condition("a", "p2"), "fetched.conditions.subject"},
  };
  for (const auto& [key, json, where] : rows) {
    SCOPED_TRACE(json);
    Joined joined{""};
    const auto added = joined.add(fetched(key, json));
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, Errc::malformed);
    EXPECT_EQ(added.error().where, where);
  }
}

TEST(AddFetched, PF_45_LeavesOutWhatCannotBeShownToBeThePatients) {
  const std::string group =
      R"({"resourceType": "Condition", "id": "g", "subject": {"reference": "Group/1"}})";
  Joined some{""};
  auto added = some.add(fetched("conditions", searchset({condition("a"), group, condition("b")})));
  ASSERT_TRUE(added);
  EXPECT_EQ(*added, 1U);
  EXPECT_EQ(some.key("conditions").state, cdss_key_truncated);
  EXPECT_EQ(some.key("conditions").reason,
            "some of what the FHIR server answered cannot be shown to be this patient's");
  EXPECT_EQ(text_of(some.key("conditions")).find("Group/1"), std::string::npos);
  EXPECT_NE(text_of(some.key("conditions")).find("\"b\""), std::string::npos);

  Joined all{""};
  added = all.add(fetched("conditions", searchset({group})));
  ASSERT_TRUE(added);
  EXPECT_EQ(*added, 1U);
  EXPECT_EQ(all.key("conditions").state, cdss_key_unavailable);
  EXPECT_FALSE(all.key("conditions").value);
  EXPECT_EQ(all.key("conditions").reason,
            "not sent, and some of what the FHIR server answered cannot be shown to be this "
            "patient's");

  Joined one{""};
  added = one.add(fetched("patient", R"({"resourceType": "Patient"})"));
  ASSERT_TRUE(added);
  EXPECT_EQ(one.key("patient").state, cdss_key_unavailable);
  EXPECT_TRUE(one.record.documents.empty());
}

TEST(AddFetched, WhatWasLeftOutOfWhatWasSentIsFetchedAnew) {
  const Call call{{.prefetch = "\"conditions\": " + searchset({condition("s")}, "https://x/2")}};
  const std::vector<std::string> excluded{"conditions"};
  const auto join = [&](QueryResult one) {
    record::PatientRecord record = record::read_record(call.request, kWanted, excluded);
    std::vector<QueryResult> all;
    all.push_back(std::move(one));
    EXPECT_TRUE(add_fetched(record, std::move(all), kWanted, call.request));
    return record;
  };
  const auto whole = join(fetched("conditions", searchset({condition("f")})));
  EXPECT_EQ(whole.find("conditions")->state, cdss_key_present);
  EXPECT_NE(text_of(*whole.find("conditions")).find("\"f\""), std::string::npos);
  const auto late = join(failed("conditions", "it was late"));
  EXPECT_EQ(late.find("conditions")->state, cdss_key_truncated);
  EXPECT_EQ(
      late.find("conditions")->reason,
      "some of what was sent for it could not be shown to be this patient's, and it was late");
}

TEST(AddFetched, IgnoresAKeyThatIsNotOfTheRecord) {
  Joined joined{""};
  ASSERT_TRUE(joined.add(fetched("unasked", kPatient)));
  EXPECT_TRUE(joined.record.documents.empty());
}

}  // namespace
}  // namespace cdss::fhir_client
