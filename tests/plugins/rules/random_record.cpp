#include "tests/plugins/rules/random_record.hpp"

#include <utility>

#include "plugins/rules/facts/facts.hpp"
#include "tests/plugins/knowledge.hpp"

namespace cdss::test {
namespace {

struct Word {
  std::string system;
  std::string code;
};

/// Every code that a value set of the package names; of a filter the category itself.
const std::vector<Word>& vocabulary() {
  static const auto kWords = [] {
    std::vector<Word> words;
    const auto files = KnowledgeFiles::read(CDSS_PSOAS_LIKELIHOOD_KNOWLEDGE);
    for (const auto& document : files.documents) {
      const auto entries = document.root().find("entry");
      if (!entries) {
        continue;
      }
      for (const View entry : entries->elements()) {
        const auto includes = entry.find("resource")->find("compose")->find("include");
        for (const View include : includes->elements()) {
          const std::string system{include.text_or_empty("system")};
          const auto add = [&](std::string_view list, std::string_view member) {
            if (const auto found = include.find(list)) {
              for (const View one : found->elements()) {
                words.push_back({system, std::string{one.text_or_empty(member)}});
              }
            }
          };
          add("concept", "code");
          add("filter", "value");
        }
      }
    }
    return words;
  }();
  return kWords;
}

std::string coding(std::string_view system, std::string_view code) {
  return R"({"coding":[{"system":")" + std::string{system} + R"(","code":")" + std::string{code} +
         R"("}]})";
}

std::string begin(std::string_view type, std::size_t number) {
  return R"({"resourceType":")" + std::string{type} + R"(","id":"x)" + std::to_string(number) +
         R"(","subject":{"reference":"Patient/p"})";
}

/// Codes that stand in many rules, so that records come near them.
const Word kFrequent[] = {
    {"http://snomed.info/sct", "102570003"},  // groin pain
    {"http://snomed.info/sct", "49218002"},   // hip pain
    {"http://snomed.info/sct", "279039007"},  // low back pain
    {"http://snomed.info/sct", "30473006"},   // pelvic pain
    {"http://snomed.info/sct", "386661006"},  // fever
    {"http://snomed.info/sct", "285674009"},  // unable to bear weight
    {"http://snomed.info/sct", "16973004"},   // limp
    {"http://hl7.org/fhir/sid/icd-10-cm", "M76.11"},
    {"http://hl7.org/fhir/sid/icd-10-cm", "M24.551"},
    {"http://hl7.org/fhir/sid/icd-10-cm", "Z96.641"},
    {"http://hl7.org/fhir/sid/icd-10-cm", "Z3A.19"},
};

const Word kProcedures[] = {
    {"http://snomed.info/sct", "52734007"},   // total hip replacement
    {"http://snomed.info/sct", "386649003"},  // partial
    {"http://snomed.info/sct", "112727005"},  // revision
    {"http://snomed.info/sct", "91251008"},   // physical therapy
    {"http://snomed.info/sct", "50172003"},   // spinal fusion
    {"http://loinc.org", "24762-7"},          // radiograph of the hip
};

struct ResultWord {
  const char* loinc;
  const char* unit;
  int least;
  int most;
};
constexpr ResultWord kResults[] = {
    {"8310-5", "Cel", 36, 40},      {"8310-5", "[degF]", 97, 104}, {"8867-4", "/min", 60, 130},
    {"8480-6", "mm[Hg]", 70, 150},  {"72514-3", "{score}", 0, 10}, {"1988-5", "mg/L", 0, 150},
    {"1988-5", "mg/dL", 0, 15},     {"30341-2", "mm/h", 5, 60},    {"6690-2", "10*3/uL", 5, 20},
    {"6690-2", "/uL", 5000, 20000}, {"718-7", "g/dL", 7, 17},      {"718-7", "g/L", 70, 170},
    {"34714-6", "{INR}", 1, 6},     {"777-3", "10*3/uL", 30, 300}, {"98979-8", "mL/min", 15, 100},
    {"4548-4", "%", 5, 10},         {"1988-5", "furlong", 0, 900}, {"718-7", "mmol/L", 2, 9},
};

constexpr const char* kMedicines[] = {
    "warfarin",   "Eliquis 5 mg", "ibuprofen 400 mg", "Aleve",    "Tylenol 500 mg", "prednisone",
    "lisinopril", "lithium",      "aspirin 81 mg",    "Percocet", "levothyroxine",  "10 mg"};

}  // namespace

std::map<std::string, std::string, std::less<>> needs_of(const Resources& resources) {
  std::map<std::string, std::string, std::less<>> needs;
  for (const auto& [key, list] : resources) {
    needs[key] = key == "patient" ? list.front() : RecordBuilder::bundle(list);
  }
  return needs;
}

std::string RandomRecords::condition(std::string_view system, std::string_view code) {
  return begin("Condition", 999) + R"(,"clinicalStatus":{"coding":[{"code":"active"}]},
      "verificationStatus":{"coding":[{"code":"confirmed"}]},"code":)" +
         coding(system, code) + '}';
}

std::string RandomRecords::date(int most_days_ago) {
  std::string text = day(static_cast<int>(random_() % static_cast<unsigned>(most_days_ago + 1)));
  constexpr std::size_t kMonth = 7;
  return chance(90) ? text : text.substr(0, kMonth);
}

std::string RandomRecords::condition(std::size_t number) {
  constexpr const char* kClinical[] = {"active",     "active",   "active",  "active",
                                       "recurrence", "resolved", "inactive"};
  constexpr const char* kVerification[] = {"confirmed",   "confirmed",   "confirmed", "confirmed",
                                           "provisional", "unconfirmed", "refuted"};
  const Word& word = chance(50) ? one_of(kFrequent) : one_of(vocabulary());
  std::string json = begin("Condition", number) + R"(,"code":)" + coding(word.system, word.code);
  json += R"(,"clinicalStatus":{"coding":[{"code":")" + std::string{one_of(kClinical)} + R"("}]})";
  json += R"(,"verificationStatus":{"coding":[{"code":")" + std::string{one_of(kVerification)} +
          R"("}]})";
  if (chance(50)) {
    json += R"(,"onsetDateTime":")" + date(400) + '"';
  }
  if (chance(50)) {
    json += R"(,"recordedDate":")" + date(60) + '"';
  }
  return json + '}';
}

std::string RandomRecords::procedure(std::size_t number) {
  const Word& word = one_of(kProcedures);
  std::string json = begin("Procedure", number) + R"(,"status":")" +
                     (chance(85) ? "completed" : "not-done") + R"(","code":)" +
                     coding(word.system, word.code);
  if (chance(85)) {
    json += R"(,"performedDateTime":")" + date(chance(50) ? 120 : 900) + '"';
  }
  return json + '}';
}

std::string RandomRecords::result(std::size_t number) {
  constexpr const char* kComparators[] = {"", "", "", "", "", "<", ">", ">=", "<="};
  const auto& word = one_of(kResults);
  const int span = word.most - word.least + 1;
  const int whole = word.least + static_cast<int>(random_() % static_cast<unsigned>(span));
  std::string quantity =
      R"({"value":)" + std::to_string(whole) + '.' + std::to_string(random_() % 10);
  if (const std::string comparator = one_of(kComparators); !comparator.empty()) {
    quantity += R"(,"comparator":")" + comparator + '"';
  }
  quantity += R"(,"system":"http://unitsofmeasure.org","code":")" + std::string{word.unit} + "\"}";
  return begin("Observation", number) + R"(,"status":")" + (chance(90) ? "final" : "preliminary") +
         R"(","code":)" + coding("http://loinc.org", word.loinc) + R"(,"effectiveDateTime":")" +
         date(chance(60) ? 6 : 120) + R"(","valueQuantity":)" + quantity + '}';
}

std::string RandomRecords::item(std::size_t number) {
  constexpr std::string_view kHipExam = "https://psoas-cds.github.io/fhir/CodeSystem/hip-exam";
  constexpr const char* kOnsets[] = {"onset-sudden", "onset-acute", "onset-subacute",
                                     "onset-gradual"};
  constexpr const char* kInjections[] = {"injection-positive", "injection-negative"};
  const auto& item = one_of(ShippedRules::get().definitions().items);
  std::string value;
  switch (item.values) {
    case rules::ItemValues::finding:
      value = R"("valueBoolean":)" + std::string{chance(65) ? "true" : "false"};
      break;
    case rules::ItemValues::injection:
      value = R"("valueCodeableConcept":)" + coding(kHipExam, one_of(kInjections));
      break;
    case rules::ItemValues::onset:
      value = R"("valueCodeableConcept":)" + coding(kHipExam, one_of(kOnsets));
      break;
    case rules::ItemValues::quantity:
      value = R"("valueQuantity":{"value":)" + std::to_string(random_() % 60) +
              R"(,"system":"http://unitsofmeasure.org","code":")" + item.unit + "\"}";
      break;
  }
  return begin("Observation", number) + R"(,"status":"final","code":)" + coding(kHipExam, item.id) +
         R"(,"effectiveDateTime":")" + date(120) + "\"," + value + '}';
}

std::string RandomRecords::medication(std::string_view type, std::size_t number) {
  constexpr const char* kStatuses[] = {"active", "active", "active", "completed", "stopped"};
  return begin(type, number) + R"(,"status":")" + std::string{one_of(kStatuses)} +
         R"(","intent":"order","medicationCodeableConcept":{"text":")" +
         std::string{one_of(kMedicines)} + R"("}})";
}

Resources RandomRecords::next() {
  constexpr const char* kGenders[] = {"male", "female", "other"};
  constexpr const char* kBirths[] = {"1976-05-01", "1995",       "1950-02",
                                     "1975-11-21", "2012-03-04", "2008-11"};
  Resources made;
  made["patient"] = {R"({"resourceType":"Patient","id":"p","gender":")" +
                     std::string{one_of(kGenders)} + R"(","birthDate":")" +
                     std::string{one_of(kBirths)} + "\"}"};
  std::size_t number = 0;
  const auto fill = [&](const char* key, unsigned most, auto make) {
    auto& list = made[key];
    for (auto left = random_() % (most + 1); left > 0; --left) {
      list.push_back(make(++number));
    }
  };
  fill("conditions", 9, [&](std::size_t n) { return condition(n); });
  fill("procedures", 3, [&](std::size_t n) { return procedure(n); });
  fill("results", 7, [&](std::size_t n) { return result(n); });
  fill("examination", 12, [&](std::size_t n) { return item(n); });
  fill("questionnaire", 0, [&](std::size_t n) { return item(n); });
  fill("medications", 3, [&](std::size_t n) { return medication("MedicationRequest", n); });
  fill("statements", 2, [&](std::size_t n) { return medication("MedicationStatement", n); });
  fill("allergies", 1, [&](std::size_t n) {
    return R"({"resourceType":"AllergyIntolerance","id":"x)" + std::to_string(n) +
           R"(","patient":{"reference":"Patient/p"},"code":{"text":")" +
           std::string{one_of(kMedicines)} + R"("}})";
  });
  return made;
}

}  // namespace cdss::test
