// Whatever the JSON, every reader ends; what it reads keeps its promises: days in order, evidence
// that names the resource, and no error without a message.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/json/document.hpp"
#include "fhir/resources/allergy_intolerance.hpp"
#include "fhir/resources/bundle.hpp"
#include "fhir/resources/condition.hpp"
#include "fhir/resources/medication.hpp"
#include "fhir/resources/medication_request.hpp"
#include "fhir/resources/medication_statement.hpp"
#include "fhir/resources/observation.hpp"
#include "fhir/resources/operation_outcome.hpp"
#include "fhir/resources/patient.hpp"
#include "fhir/resources/procedure.hpp"
#include "fhir/resources/questionnaire_response.hpp"
#include "fhir/resources/read_all.hpp"
#include "fhir/types/value_set.hpp"

namespace {

using namespace cdss;  // NOLINT(google-build-using-namespace): this file is a program of one page

void require(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

void check(const fhir::EventTime& when) {
  require(!when.earliest || !when.latest || *when.earliest <= *when.latest);
  require(when.is_present() || !when.has_day());
}

template <class T>
void check_all(View root) {
  const auto read = fhir::read_all<T>(root);
  for (const auto& error : read.refused) {
    require(!error.message.empty());
  }
  for (const T& value : read.values) {
    require(value.id.empty() == value.reference().empty());
    if constexpr (requires { value.performed; }) {
      check(value.performed);
    }
    if constexpr (requires { value.onset; }) {
      check(value.onset);
    }
    if constexpr (requires { value.abatement; }) {
      check(value.abatement);
    }
    if constexpr (requires { value.effective; }) {
      check(value.effective);
    }
    if constexpr (requires { value.component; }) {
      if (const auto* quantity = std::get_if<fhir::Quantity>(&value.value)) {
        (void)quantity->in("mg/L");
      }
    }
  }
}

template <class... Types>
void check_each(View root) {
  (check_all<Types>(root), ...);
}

/// A value set contains the codes that its compose names, unless it excludes some.
void check_value_set(View root) {
  const auto set = fhir::ValueSet::read(root);
  if (!set) {
    require(!set.error().message.empty());
    return;
  }
  require(!set->contains(fhir::Coding{}));
  const auto compose = root.find("compose");
  const auto include = compose ? compose->find("include") : std::nullopt;
  if (!include || root.find("expansion") || compose->find("exclude")) {
    return;
  }
  for (const View one : include->elements()) {
    const auto concepts = one.find("concept");
    if (!concepts) {
      continue;
    }
    for (const View coding : concepts->elements()) {
      require(set->contains(fhir::Coding{
          fhir::canonical_system(one.text_or_empty("system")), coding.text_or_empty("code"), {}}));
    }
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = Document::parse(std::string{reinterpret_cast<const char*>(data), size});
  if (!document) {
    return 0;
  }
  const View root = document->root();
  check_each<fhir::Patient, fhir::Condition, fhir::Observation, fhir::Procedure, fhir::Medication,
             fhir::MedicationRequest, fhir::MedicationStatement, fhir::AllergyIntolerance,
             fhir::QuestionnaireResponse, fhir::OperationOutcome>(root);
  (void)fhir::Bundle::read(root);
  check_value_set(root);
  return 0;
}
