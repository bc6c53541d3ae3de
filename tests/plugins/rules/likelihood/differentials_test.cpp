#include "plugins/rules/likelihood/differentials.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

/// "DD01 (DD03)": those that are recorded, and in brackets those that fit.
std::string found_in(const RecordBuilder& record, std::string_view patient = kMan) {
  const ReadRecord read{record, patient};
  std::string found;
  for (const auto& one : differentials_of(read.facts())) {
    EXPECT_FALSE(one.reasons.empty());
    found += found.empty() ? "" : " ";
    found += one.is_recorded ? one.row->id : '(' + one.row->id + ')';
  }
  return found;
}

TEST(Differentials, AreRecordedByCodeOrFitBySigns) {
  constexpr std::string_view kOf49 = R"({"resourceType":"Patient","birthDate":"1977-11-20"})";
  constexpr std::string_view kPerhaps50 = R"({"resourceType":"Patient","birthDate":"1976"})";
  constexpr std::string_view kOfNoAge = R"({"resourceType":"Patient","gender":"other"})";
  const struct {
    const char* evidence;
    const char* found;
    void (*fill)(RecordBuilder&);
    std::string_view patient = kMan;
  } rows[] = {
      {"nothing", "", [](RecordBuilder&) {}},
      {"DD01 recorded", "DD01", [](RecordBuilder& r) { r.condition(icd("M16.11")); }},
      {"DD01 suspected counts", "DD01",
       [](RecordBuilder& r) {
         auto suspected = icd("M16.11");
         suspected.verification_status = "provisional";
         r.condition(suspected);
       }},
      {"DD01 refuted", "",
       [](RecordBuilder& r) {
         auto refuted = icd("M16.11");
         refuted.verification_status = "refuted";
         r.condition(refuted);
       }},
      {"DD01 fits from 50", "(DD01)", [](RecordBuilder& r) { r.condition(icd("M25.651")); }},
      {"DD01 fits perhaps from 50", "(DD01)", [](RecordBuilder& r) { r.condition(icd("M25.651")); },
       kPerhaps50},
      {"DD01 under 50", "", [](RecordBuilder& r) { r.condition(icd("M25.651")); }, kOf49},
      {"DD01 age unknown", "", [](RecordBuilder& r) { r.condition(icd("M25.651")); }, kOfNoAge},
      {"DD02", "DD02", [](RecordBuilder& r) { r.condition(icd("M06.9")); }},
      {"DD03 fits", "(DD03)", [](RecordBuilder& r) { r.item("fadir_pain", "present"); }},
      {"DD03 looked for, not found", "", [](RecordBuilder& r) { r.item("fadir_pain", "absent"); }},
      {"DD03 recorded, and not twice", "DD03",
       [](RecordBuilder& r) { r.condition(icd("M25.851")).item("fadir_pain", "present"); }},
      {"DD04 fits", "(DD04)", [](RecordBuilder& r) { r.item("lateral_tenderness", "present"); }},
      {"DD05 fits", "(DD05)", [](RecordBuilder& r) { r.condition(snomed("279043006")); }},
      {"DD06 fits", "(DD06)", [](RecordBuilder& r) { r.condition(icd("M54.31")); }},
      {"DD07", "DD07", [](RecordBuilder& r) { r.condition(icd("M48.061")); }},
      {"DD08", "DD08", [](RecordBuilder& r) { r.condition(icd("K40.90")); }},
      {"DD09", "DD09", [](RecordBuilder& r) { r.condition(icd("N20.1")); }},
      {"DD10 fits", "(DD10)", [](RecordBuilder& r) { r.item("abdominal_pain", "true"); }},
      {"DD11 fits a woman", "(DD11)", [](RecordBuilder& r) { r.condition(icd("R10.2")); }, kWoman},
      {"DD11 not a man", "", [](RecordBuilder& r) { r.condition(icd("R10.2")); }},
      {"DD11 unless known to be male", "(DD11)",
       [](RecordBuilder& r) { r.condition(icd("R10.2")); }, kOfNoAge},
      {"DD14", "DD14", [](RecordBuilder& r) { r.condition(icd("G57.11")); }},
      {"DD15 needs a replacement", "",
       [](RecordBuilder& r) { r.item("weight_bearing_pain_constant", "present"); }},
      {"DD15 fits after a replacement", "(DD15)",
       [](RecordBuilder& r) {
         replace_hip(r, 400);
         r.item("weight_bearing_pain_constant", "present");
       }},
      {"DD15 recorded", "DD15", [](RecordBuilder& r) { r.condition(icd("T84.030A")); }},
      {"those that are recorded come first", "DD08 DD09 (DD03)",
       [](RecordBuilder& r) {
         r.item("fadir_pain", "present").condition(icd("N20.1")).condition(icd("K40.90"));
       }},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    RecordBuilder record;
    row.fill(record);
    EXPECT_EQ(found_in(record, row.patient), row.found);
  }
}

TEST(Differentials, NameTheirSignsInWords) {
  const ReadRecord read{RecordBuilder{}.condition(icd("M25.651")).item("fadir_pain", "present")};
  const auto found = differentials_of(read.facts());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].reasons.front().finding.reference, "Condition/c1");
  EXPECT_EQ(found[0].reasons.front().text.find('_'), std::string::npos);
  EXPECT_EQ(found[1].reasons.front().text, "pain on FADIR test");
}

TEST(Differentials, RefuseWhatIsNoListOfRows) {
  const auto& rules = ShippedRules::get();
  const auto rows = parsed(R"({"rows":{"id":"DD01"}})");
  const auto read = cdss::rules::read_differentials(rules.definitions(), *rows.root().find("rows"));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, cdss::Errc::malformed);
  EXPECT_EQ(read.error().where, "rows");
}

TEST(Differentials, RefuseRowsThatNameWhatIsNotDefined) {
  const auto& rules = ShippedRules::get();
  const auto refused = [&](std::string_view fits) {
    const auto rows =
        parsed(R"([{"id":"DD01","text":"x","separates":"y","fits":)" + std::string{fits} + "}]");
    const auto read = cdss::rules::read_differentials(rules.definitions(), rows.root());
    return read ? std::nullopt : std::optional{read.error().code};
  };
  EXPECT_EQ(refused(R"({"items":["no_such_item"]})"), cdss::Errc::missing);
  EXPECT_EQ(refused(R"({"concepts":["no_such_concept"]})"), cdss::Errc::missing);
  EXPECT_EQ(refused(R"({"items":"hec_test"})"), cdss::Errc::malformed);
  EXPECT_EQ(refused(R"({"concepts":"groin_pain"})"), cdss::Errc::malformed);
}

}  // namespace
