#include "plugins/rules/facts/medicines.hpp"

#include <utility>

#include <gtest/gtest.h>

#include "plugins/rules/facts/reason.hpp"
#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::Medicines;
using cdss::test::day;
using cdss::test::kToday;
using cdss::test::parsed;
using cdss::test::RecordBuilder;
using cdss::test::ShippedRules;

const cdss::rules::Pharmacy& pharmacy() {
  return ShippedRules::get().definitions().pharmacy;
}

/// "ibuprofen warfarin": what is listed, in its order.
template <class List>
std::string ids_of(const List& medicines) {
  std::string ids;
  for (const auto& medicine : medicines) {
    ids += (ids.empty() ? "" : " ") + medicine.definition->id;
  }
  return ids;
}

Medicines read(const std::string& orders, const std::string& statements = {}) {
  const auto ordered = parsed(orders);
  const auto& concepts = ShippedRules::get().concepts();
  if (statements.empty()) {
    return Medicines::read(pharmacy(), concepts, ordered.root(), std::nullopt, kToday);
  }
  const auto stated = parsed(statements);
  return Medicines::read(pharmacy(), concepts, ordered.root(), stated.root(), kToday);
}

/// What an active order of this CodeableConcept is.
std::string active(const std::string& medication) {
  const auto medicines = read(RecordBuilder::bundle(
      {R"({"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order",
      "subject":{"reference":"Patient/p"},"medicationCodeableConcept":)" +
       medication + '}'}));
  return medicines.unrecognised().empty() ? ids_of(medicines.active()) : "unreadable";
}

std::string text(std::string_view words) {
  return R"({"text":")" + std::string{words} + R"("})";
}

std::string coding(std::string_view code, std::string_view display = {},
                   std::string_view system = "http://www.nlm.nih.gov/research/umls/rxnorm") {
  return R"({"coding":[{"system":")" + std::string{system} + R"(","code":")" + std::string{code} +
         R"(","display":")" + std::string{display} + R"("}]})";
}

TEST(Medicines, AreKnownByCodeElseByAWholeWord) {
  const struct {
    const char* evidence;
    std::string medication;
    const char* ids;
  } rows[] = {
      {"ingredient code", coding("5640"), "ibuprofen"},
      {"product code of the value set", coding("310965"), "ibuprofen"},
      {"product code by its display", coding("197806", "Ibuprofen 600 MG Oral Tablet"),
       "ibuprofen"},
      {"a code of another system", coding("5640", "", "http://snomed.info/sct"), "unreadable"},
      {"ingredient as text", text("ibuprofen 400 mg"), "ibuprofen"},
      {"upper case", text("IBUPROFEN"), "ibuprofen"},
      {"brand", text("Advil Liqui-Gels"), "ibuprofen"},
      {"beside a digit", text("ibuprofen400"), "ibuprofen"},
      {"within another word", text("notibuprofenx"), "unreadable"},
      {"an ending of another language", text("ibuprofeno 400 mg"), "ibuprofen"},
      {"an ending of none: the safe reading", text("ibuprofenyl"), "ibuprofen"},
      {"two ingredients", text("Diclofenac sodium / misoprostol and warfarin"),
       "diclofenac warfarin"},
      {"a brand of a combination", text("Percocet 5/325"), "acetaminophen oxycodone"},
      {"aspirin", text("aspirin 81 mg"), "aspirin"},
      {"a medicine of no rule", text("levothyroxine 50 mcg"), ""},
      {"neither known code nor name", coding("999999"), "unreadable"},
      {"a strength alone", text("5 mg"), "unreadable"},
      {"nothing", "{}", "unreadable"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(active(row.medication), row.ids);
  }
}

TEST(Medicines, OfTheListRefuseWhatIsNoArray) {
  const struct {
    const char* rows;
    const char* where;
  } rows[] = {
      {R"({"forms":{},"rows":{"id":"ibuprofen"}})", "rows"},
      {R"({"forms":{},"rows":[{"id":"a","text":"a","names":"advil"}]})", "rows[0].names"},
      {R"({"forms":{},"rows":[{"id":"a","text":"a","classes":{}}]})", "rows[0].classes"},
      {R"({"forms":{"not_systemic":"gel"},"rows":[]})", "forms.not_systemic"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.where);
    const auto file = parsed(row.rows);
    const auto harmless = parsed(R"({"medicines":[],"allergens":[],"none":{"codes":[]}})");
    const auto read =
        cdss::rules::Pharmacy::read(ShippedRules::get().concepts(), file.root(), harmless.root());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, cdss::Errc::malformed);
    EXPECT_EQ(read.error().where, row.where);
  }
}

/// "ibuprofen", "ibuprofen, on hold": what is taken or perhaps so, in words.
std::string in_words(const Medicines& medicines) {
  std::string texts;
  for (const auto& medicine : medicines.active()) {
    texts += (texts.empty() ? "" : "; ") + cdss::rules::reason_of(medicine).text;
  }
  return texts;
}

TEST(Medicines, AreTakenPerhapsTakenOrEndedByTheStatusOfTheOrder) {
  const struct {
    const char* status;
    const char* taken;
    const char* ended;
    std::size_t unclear;
  } rows[] = {
      {"active", "ibuprofen", "", 0},
      {"completed", "", "ibuprofen", 0},
      {"stopped", "", "ibuprofen", 0},
      {"cancelled", "", "", 0},
      {"draft", "", "", 0},
      {"entered-in-error", "", "", 0},
      {"on-hold", "ibuprofen, on hold", "", 0},
      {"unknown", "ibuprofen, recorded with unclear status", "", 1},
      {"flourishing", "ibuprofen, recorded with unclear status", "", 1},
      {"", "ibuprofen, recorded with unclear status", "", 1},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.status);
    const auto medicines = read(RecordBuilder{}.medication("5640", row.status).medications());
    EXPECT_EQ(in_words(medicines), row.taken);
    EXPECT_EQ(ids_of(medicines.ended()), row.ended);
    EXPECT_EQ(medicines.unclear(), row.unclear);
    EXPECT_EQ(medicines.refused(), 0U);
  }
  const auto without =
      read(RecordBuilder::bundle({R"({"resourceType":"MedicationRequest","id":"m1","intent":"order",
      "medicationCodeableConcept":{"text":"warfarin"}})"}));
  EXPECT_EQ(in_words(without), "warfarin, recorded with unclear status");
  EXPECT_EQ(without.unclear(), 1U);
}

TEST(Medicines, WithoutANameCountAsUnreadableWhileTheyMayBeTaken) {
  for (const auto& [status, count] : {std::pair{"active", 1U}, std::pair{"on-hold", 1U},
                                      std::pair{"unknown", 1U}, std::pair{"stopped", 0U}}) {
    const auto medicines = read(RecordBuilder{}.medication("999999", status).medications());
    EXPECT_EQ(medicines.unrecognised().size(), count) << status;
  }
  const auto other = read(RecordBuilder{}.medication("levothyroxine", "unknown").medications());
  EXPECT_TRUE(other.active().empty());
  EXPECT_EQ(other.unclear(), 1U) << "its status is named, though no rule asks for it";
  const auto refused = read(RecordBuilder::bundle({R"({"resourceType":"MedicationRequest",
      "status":"active","medicationCodeableConcept":"warfarin"})"}));
  EXPECT_EQ(refused.refused(), 1U);
}

/// Is what is ordered so taken as an NSAID for the whole body?
bool is_nsaid(const std::string& medication, const std::string& more = {}) {
  return read(RecordBuilder::bundle(
                  {R"({"resourceType":"MedicationRequest","id":"m1","status":"active",
      "intent":"order","medicationCodeableConcept":)" +
                   medication + more + '}'}))
      .has_active_of("nsaid");
}

std::string route(std::string_view words) {
  return R"(,"dosageInstruction":[{"text":"as needed"},{"route":{"coding":[{"code":"1","display":")" +
         std::string{words} + R"("}]}}])";
}

TEST(Medicines, ForSkinOrEyesAreNoNsaidOfTheWholeBody) {
  const struct {
    const char* evidence;
    std::string medication;
    std::string more;
    bool is_nsaid;
  } rows[] = {
      {"gel", text("Voltaren 1 % gel"), "", false},
      {"topical, in the display of a code",
       coding("3355", "diclofenac sodium 10 MG/ML Topical Gel"), "", false},
      {"eye drops", text("ketorolac 0.5 % ophthalmic solution"), "", false},
      {"patch", text("diclofenac patch"), "", false},
      {"salicylate cream", text("methyl salicylate cream"), "", false},
      {"route alone", text("diclofenac 1 %"), route("Topical route"), false},
      {"no form: for the whole body", text("diclofenac"), "", true},
      {"tablet", text("diclofenac 50 mg tablet"), "", true},
      {"soft gel", text("ibuprofen 200 mg soft gel"), "", true},
      {"gels are no gel", text("Advil Liqui-Gels"), "", true},
      {"gel capsule", text("ibuprofen gel capsule"), "", true},
      {"oral route of a gel", text("ibuprofen gel"), route("Oral route"), true},
      {"oral route", text("diclofenac"), route("Oral route"), true},
      {"a word in the dosage is no form", text("naproxen 250 mg"),
       R"(,"dosageInstruction":[{"text":"with the gel"}])", true},
      {"a route that cannot be read", text("naproxen"), R"(,"dosageInstruction":[{"route":7}])",
       true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(is_nsaid(row.medication, row.more), row.is_nsaid);
  }
  const auto stated = read(RecordBuilder::bundle({}), RecordBuilder::bundle({R"({"resourceType":
      "MedicationStatement","id":"s","status":"active","medicationCodeableConcept":{"text":
      "diclofenac"},"dosage":[{"route":{"text":"topical"}}]})"}));
  EXPECT_FALSE(stated.has_active_of("nsaid"));
  EXPECT_EQ(ids_of(stated.active()), "diclofenac") << "it is taken all the same";
  const auto drops = read(RecordBuilder{}.medication("prednisolone ophthalmic").medications());
  EXPECT_FALSE(drops.has_active_of("systemic_steroid"));
  EXPECT_TRUE(drops.has_active_of("corticosteroid"));
  const auto gel = read(RecordBuilder{}.medication("Lidocaine 2 % gel").medications());
  EXPECT_TRUE(gel.has_active_of("local_anaesthetic"));
}

TEST(Medicines, OfAnOrderAgainstThemAreNotTaken) {
  const auto medicines = read(RecordBuilder::bundle(
      {R"({"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order",
      "doNotPerform":true,"subject":{"reference":"Patient/p"},
      "medicationCodeableConcept":{"text":"warfarin"}})"}));
  EXPECT_FALSE(medicines.has_active_of("anticoagulant"));
}

TEST(Medicines, ComeFromStatementsTooWithTheirDay) {
  const auto statement = [](std::string_view status, std::string_view members) {
    return RecordBuilder::bundle(
        {R"({"resourceType":"MedicationStatement","id":"s1","status":")" + std::string{status} +
         R"(","subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":
         "Xarelto 20 mg"})" +
         std::string{members} + '}'});
  };
  const std::string none = RecordBuilder::bundle({});
  const auto taken = read(none, statement("active", R"(,"effectiveDateTime":")" + day(12) + '"'));
  ASSERT_EQ(ids_of(taken.active()), "rivaroxaban");
  EXPECT_TRUE(taken.has_active_of("anticoagulant"));
  EXPECT_EQ(text_of(taken.active().front().finding), "MedicationStatement/s1, " + day(12));
  const auto asserted = read(none, statement("active", R"(,"dateAsserted":")" + day(3) + '"'));
  EXPECT_EQ(text_of(asserted.active().front().finding), "MedicationStatement/s1, " + day(3));
  EXPECT_EQ(ids_of(read(none, statement("completed", "")).ended()), "rivaroxaban");
  for (const char* status : {"not-taken", "intended", "draft", "entered-in-error"}) {
    const auto other = read(none, statement(status, ""));
    EXPECT_TRUE(other.active().empty()) << status;
    EXPECT_TRUE(other.ended().empty()) << status;
  }
  EXPECT_EQ(in_words(read(none, statement("on-hold", ""))), "rivaroxaban, on hold");
  for (const char* status : {"unknown", "Active", ""}) {
    EXPECT_EQ(in_words(read(none, statement(status, ""))),
              "rivaroxaban, recorded with unclear status")
        << status;
  }
}

TEST(Medicines, AreHeldAgainstADraftWithoutWhatItReplaces) {
  const auto recorded = read(RecordBuilder{}.medication("5640").medication("11289").medications());
  const auto draft = read(RecordBuilder{}.medication("naproxen").medications());
  const std::vector<std::string> replaced{"MedicationRequest/m1", "MedicationStatement/none"};
  const auto changed = recorded.with(replaced, draft.active());
  EXPECT_EQ(ids_of(changed.active()), "warfarin naproxen");
  EXPECT_EQ(ids_of(recorded.with({}, draft.active()).active()), "ibuprofen warfarin naproxen");
  EXPECT_EQ(ids_of(recorded.active()), "ibuprofen warfarin") << "the record stays as it is";
}

TEST(Medicines, AreKnownByTheDisplayOfAReferenceAndByIngredients) {
  const auto order = [](const std::string& more) {
    return ids_of(read(RecordBuilder::bundle(
                           {R"({"resourceType":"MedicationRequest","id":"m1","status":"active",
        "intent":"order","subject":{"reference":"Patient/p"},)" +
                            more + '}'}))
                      .active());
  };
  EXPECT_EQ(order(R"("medicationReference":{"reference":"Medication/x",
                     "display":"apixaban (ELIQUIS) 5 mg tablet"})"),
            "apixaban");
  EXPECT_EQ(order(R"("medicationReference":{"reference":"#x"},"contained":[{"resourceType":
      "Medication","id":"x","code":{"text":"Tablet film-coated"},
      "ingredient":[{"itemCodeableConcept":{"text":"apixaban"}}]}])"),
            "apixaban");
  EXPECT_EQ(active(text("Excedrin Migraine")), "aspirin acetaminophen");
  EXPECT_EQ(active(text("ASA 81 mg")), "aspirin");
}

}  // namespace
