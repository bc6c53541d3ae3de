#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

#include <gtest/gtest.h>

#include "fhir/resources/allergy_intolerance.hpp"
#include "fhir/resources/medication_request.hpp"
#include "fhir/resources/medication_statement.hpp"
#include "fhir/resources/read_all.hpp"
#include "plugins/rules/facts/medicines.hpp"
#include "tests/gzip.hpp"
#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::fhir::CodeableConcept;
using cdss::rules::Allergies;
using cdss::rules::Medicines;
using cdss::test::kToday;
using cdss::test::parsed;
using cdss::test::RecordBuilder;
using cdss::test::ShippedRules;

const cdss::rules::Pharmacy& pharmacy() {
  return ShippedRules::get().definitions().pharmacy;
}

/// The classes of what the text names, each once: "anticoagulant nsaid".
std::string classes_of(const std::string& text) {
  std::set<std::string> classes;
  for (const auto* one :
       pharmacy().recognise(ShippedRules::get().concepts(), {.codings = {}, .text = text})) {
    classes.insert(one->classes.begin(), one->classes.end());
  }
  std::string joined;
  for (const auto& one : classes) {
    joined += (joined.empty() ? "" : " ") + one;
  }
  return joined;
}

/// "harmless", "unknown", or the classes.
std::string known_as(const std::string& text) {
  const auto classes = classes_of(text);
  return !classes.empty()                                                 ? classes
         : pharmacy().is_harmless_medicine({.codings = {}, .text = text}) ? "harmless"
                                                                          : "unknown";
}

TEST(Pharmacy, KnowsNamesInManyLanguages) {
  const struct {
    const char* classes;
    std::vector<const char*> names;
  } rows[] = {
      {"anticoagulant warfarin",
       {"Warfarine", "Coumadine 5 mg", "Marevan", "Warfarin-Natrium", "varfarina"}},
      {"anticoagulant",
       {"Marcumar 3 mg",      "Phenprocoumon", "Falithrom",   "Sintrom mitis",
        "acénocoumarol",      "Acenocoumarol", "Fluindione",  "Préviscan 20 mg",
        "tinzaparine",        "Innohep",       "Nadroparine", "Enoxaparine",
        "Enoxaparina sódica", "Parnaparin",    "otherxaban",  "Vitamin K antagonist",
        "Antikoagulanzien",   "DOAC",          "alteplase",   "AVK"}},
      {"antiplatelet aspirin nsaid",
       {"Carbasalaatcalcium", "carbasalate calcium", "Acetylsalicylsäure",
        "acide acétylsalicylique", "Acetylsalicylzuur", "ácido acetilsalicílico",
        "acido acetilsalicilico", "ASS 100", "Aspégic", "Kardégic 75 mg"}},
      {"antiplatelet", {"Clopidogrel 75", "Triflusal", "Cangrelor", "elinogrel", "tirofiban"}},
      {"nsaid",
       {"loxoprofen", "Acemetacin", "acide tiaprofénique", "Tiaprofenic acid", "Phenylbutazon",
        "fenilbutazona", "aminophenazone", "AINS", "AINE", "anti-inflammatory", "COX-2", "NSAR",
        "bismuth subsalicylate", "firocoxib", "pelubiprofen"}},
      {"pyrazolone",
       {"Metamizol", "Novalgin 500", "Novaminsulfon", "dipirona", "Nolotil", "metamizole"}},
      {"acetaminophen otc_trial",
       {"Paracétamol", "paracetamolo", "acétaminophène", "Doliprane", "NyQuil"}},
      {"ibuprofen nsaid otc_trial", {"Ibuprofène", "ibuprofeen", "ibuprofeno", "Ibuprofen [Ibu]"}},
      {"bisphosphonate",
       {"Alendronsäure", "acide risédronique", "Zoledronic acid", "ibandronate", "Pamidronat"}},
      {"bisphosphonate denosumab", {"Denosumab", "Prolia 60 mg"}},
      {"antidiabetic",
       {"Metformine", "Insulin glargin", "Gliclazide", "Sitagliptin", "evogliptin", "Dapagliflozin",
        "Semaglutide", "insuline", "Glimepirid"}},
      {"renin_angiotensin", {"Spirapril", "fimasartan", "ACE inhibitor"}},
      {"diuretic", {"Torasemid", "HCTZ", "Hydrochloorthiazide", "cyclothiazide"}},
      {"lithium", {"Lithiumcarbonat", "lithium carbonate", "Lithium"}},
      {"harmless",
       {"Amlodipin 5 mg", "Lévothyroxine", "Levotiroxina", "Simvastatine", "Pantoprazol",
        "Omeprazole", "Amoxicilline/acide clavulanique", "Salbutamol", "Beclometasone",
        "Vitamin D3", "Potassium chloride 10 mEq", "Fer", "tamsulosine", "Heparin lock flush",
        "None", "No known medications", "amoxicillin / somethingnew", "Timolol eye drops"}},
      {"unknown",
       {"notibuprofenx", "Xyzumab", "xyzum sodium", "Newdrug calcium 5 mg tablet", "5 mg",
        "tablets", "blood pressure pill", "study drug", "take from April"}},
  };
  for (const auto& row : rows) {
    for (const auto* name : row.names) {
      EXPECT_EQ(known_as(name), row.classes) << name;
    }
  }
}

/// One of the shipped files.
cdss::Document shipped(std::string_view file) {
  auto files = cdss::test::KnowledgeFiles::read(CDSS_PSOAS_LIKELIHOOD_KNOWLEDGE);
  const auto found = std::ranges::find(files.paths, "knowledge/" + std::string{file});
  return std::move(files.documents.at(static_cast<std::size_t>(found - files.paths.begin())));
}

TEST(HarmlessNames, AreManyAndNoneIsOfAMedicineThatRulesAskFor) {
  const auto file = shipped("harmless-medicines.json");
  std::size_t count = 0;
  for (const auto* list : {"medicines", "allergens"}) {
    const auto names = file.root().find(list);
    ASSERT_TRUE(names);
    for (const auto name : names->elements()) {
      std::string letters{*name.string()};
      std::erase(letters, '*');
      EXPECT_EQ(classes_of(letters), "") << letters;
      ++count;
    }
  }
  EXPECT_GE(count, 1000U);
}

TEST(Medicines, ThatAreNotRecognisedAreNamedByWordsCodeOrAsReferredTo) {
  const struct {
    const char* evidence;
    const char* medication;
    const char* words;
    const char* system;
    const char* code;
    bool is_referred;
  } rows[] = {
      {"a name", R"("medicationCodeableConcept":{"text":"Xyzumab 3 mg"})", "Xyzumab 3 mg", "", "",
       false},
      {"a display", R"("medicationCodeableConcept":{"coding":[{"code":"1","display":"Xyzumab"}]})",
       "Xyzumab", "", "", false},
      {"a code",
       R"("medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm",
      "code":"999999"}]})",
       "", "RxNorm", "999999", false},
      {"a code that cannot be shown",
       R"("medicationCodeableConcept":{"coding":[{"system":"http://x.org",
      "code":"<b>"}]})",
       "", "", "", false},
      {"a local code",
       R"("medicationCodeableConcept":{"coding":[{"system":"http://x.org","code":"A1"}]})", "", "",
       "A1", false},
      {"a reference", R"("medicationReference":{"reference":"Medication/77"})", "", "", "", true},
      {"a contained one that is not there", R"("medicationReference":{"reference":"#m"})", "", "",
       "", true},
      {"an identifier", R"("medicationReference":{"identifier":{"value":"1"}})", "", "", "", true},
      {"a reference with words",
       R"("medicationReference":{"reference":"Medication/77","display":"Xyzumab"})", "Xyzumab", "",
       "", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto orders = parsed(RecordBuilder::bundle(
        {R"({"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order",)" +
         std::string{row.medication} + '}'}));
    const auto medicines = Medicines::read(pharmacy(), ShippedRules::get().concepts(),
                                           orders.root(), std::nullopt, kToday);
    ASSERT_EQ(medicines.unrecognised().size(), 1U);
    const auto& one = medicines.unrecognised().front();
    EXPECT_EQ(one.words, row.words);
    EXPECT_EQ(one.system, row.system);
    EXPECT_EQ(one.code, row.code);
    EXPECT_EQ(one.is_referred, row.is_referred);
    EXPECT_EQ(one.finding.reference, "MedicationRequest/m1");
  }
}

/// What an active allergy is: "none" for nothing, "unknown", or its classes.
std::string allergy(std::string_view members) {
  const auto bundle = parsed(RecordBuilder::bundle(
      {R"({"resourceType":"AllergyIntolerance","id":"a1","patient":{"reference":"Patient/p"},)" +
       std::string{members} + '}'}));
  const auto allergies =
      Allergies::read(pharmacy(), ShippedRules::get().concepts(), bundle.root(), kToday);
  EXPECT_EQ(allergies.refused(), 0U);
  if (!allergies.unrecognised().empty()) {
    return "unknown";
  }
  return !allergies.of("nsaid").empty()           ? "nsaid"
         : !allergies.of("acetaminophen").empty() ? "acetaminophen"
                                                  : "none";
}

std::string text(std::string_view words) {
  return R"("code":{"text":")" + std::string{words} + R"("})";
}

TEST(Allergies, AreHarmlessOnlyWhenASubstanceIsKnown) {
  const struct {
    std::string members;
    const char* known;
  } rows[] = {
      {text("Penicillin"), "none"},
      {text("Pénicilline"), "none"},
      {text("Sulfonamidantibiotika"), "none"},
      {text("Latex allergy"), "none"},
      {text("Allergy to bee venom"), "none"},
      {text("Erdnüsse"), "none"},
      {text("Ibuprofène"), "nsaid"},
      {text("AINS"), "nsaid"},
      {text("painkillers"), "unknown"},
      {text("Drug allergy"), "unknown"},
      {text("Xyzumab") + R"(,"category":["food"])", "none"},
      {text("Ibuprofen") + R"(,"category":["food"])", "nsaid"},
      {text("Xyzumab") + R"(,"category":["food","medication"])", "unknown"},
      {text("Xyzumab") + R"(,"category":["medication"])", "unknown"},
      {R"("code":{"coding":[{"system":"http://snomed.info/sct","code":"293619005"}]})", "unknown"},
      {R"("code":{"coding":[{"system":"http://snomed.info/sct","code":"716186003"}]})", "none"},
      {R"("code":{"coding":[{"system":"http://snomed.info/sct","code":"409137002"}]})", "none"},
      {R"("code":{"coding":[{"system":"http://snomed.info/sct","code":"428607008"}]})", "none"},
      {text("No known allergies"), "none"},
      {text("No Known Drug Allergies (NKDA)"), "none"},
      {text("NKDA"), "none"},
      {text("Keine Allergien bekannt"), "none"},
      {text("Aucune allergie connue"), "none"},
      {text("No known allergy to aspirin"), "none"},
      {text("No known allergies, but ibuprofen"), "nsaid"},
      {text("No known allergies except Xyzumab"), "unknown"},
      {text("No known allergies; paracetamol: rash"), "acetaminophen"},
      {R"("code":{"coding":[{"system":"http://snomed.info/sct","code":"716186003"}],"text":"Ibuprofen"})",
       "nsaid"},
      {R"("reaction":[{"substance":{"text":"naproxen"}}])", "nsaid"},
      {R"("type":"allergy")", "unknown"},
      {text("Ibuprofen") + R"(,"clinicalStatus":{"text":"still there"})", "nsaid"},
      {text("Ibuprofen") + R"(,"clinicalStatus":{"text":"Active"})", "nsaid"},
      {text("Ibuprofen") + R"(,"clinicalStatus":{"coding":[{"code":"flourishing"}]})", "nsaid"},
      {text("Ibuprofen") + R"(,"clinicalStatus":7)", "nsaid"},
      {text("Ibuprofen") + R"(,"clinicalStatus":{"text":"Resolved"})", "none"},
      {text("Ibuprofen") + R"(,"clinicalStatus":{"coding":[{"code":"inactive"}]})", "none"},
      {text("Ibuprofen") + R"(,"verificationStatus":{"text":"who knows"})", "nsaid"},
      {text("Ibuprofen") + R"(,"verificationStatus":{"text":"Refuted"})", "none"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(allergy(row.members), row.known) << row.members;
  }
}

/// Counts what of the resources of type T in a record is neither recognised nor harmless.
template <class T>
void add_unknown(cdss::View record, std::multiset<std::string>& unknown, std::size_t& count) {
  for (const auto& one : cdss::fhir::read_all<T>(record).values) {
    ++count;
    if (pharmacy().recognise(ShippedRules::get().concepts(), one.medication).empty() &&
        !pharmacy().is_harmless_medicine(one.medication)) {
      unknown.insert(std::string{one.medication.words()});
    }
  }
}

TEST(Medicines, OfSyntheaAreAllRecognisedOrHarmless) {
  std::multiset<std::string> unknown;
  std::size_t medicines = 0;
  std::size_t allergies = 0;
  for (const auto* folder : {"synthea/patients", "synthea/derived-thr"}) {
    for (const auto& path :
         cdss::test::files_in(std::filesystem::path{CDSS_TEST_DATA} / folder, ".ndjson.gz")) {
      std::vector<std::string> resources;
      for (auto& line : cdss::test::lines_of_gzip(path)) {
        if (line.find("Medication") != std::string::npos ||
            line.find("AllergyIntolerance") != std::string::npos) {
          resources.push_back(std::move(line));
        }
      }
      const auto record = parsed(RecordBuilder::bundle(resources));
      add_unknown<cdss::fhir::MedicationRequest>(record.root(), unknown, medicines);
      add_unknown<cdss::fhir::MedicationStatement>(record.root(), unknown, medicines);
      const auto read =
          Allergies::read(pharmacy(), ShippedRules::get().concepts(), record.root(), kToday);
      allergies +=
          cdss::fhir::read_all<cdss::fhir::AllergyIntolerance>(record.root()).values.size();
      for (const auto& one : read.unrecognised()) {
        unknown.insert("allergy: " + one.words);
      }
    }
  }
  std::cout << medicines << " medicines, " << allergies << " allergies, " << unknown.size()
            << " not recognised\n";
  EXPECT_GT(medicines, 1000U);
  EXPECT_GT(allergies, 50U);
  EXPECT_EQ(unknown, std::multiset<std::string>{});
}

}  // namespace
