#include "core/hooks/request/hooks.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/base/text/ascii.hpp"
#include "fhir/types/reference.hpp"

namespace cdss::hooks {
namespace {

using enum FieldType;

constexpr ContextField required(std::string_view name, FieldType type) {
  return {.name = name, .type = type, .required = true};
}

constexpr ContextField optional(std::string_view name, FieldType type) {
  return {.name = name, .type = type, .required = false};
}

constexpr ContextField instead_of(std::string_view field, std::string_view name, FieldType type) {
  return {.name = name, .type = type, .required = false, .stands_for = field};
}

constexpr ContextField kUser = required("userId", reference);
constexpr ContextField kOptionalUser = optional("userId", reference);
constexpr ContextField kPatient = required("patientId", id);
constexpr ContextField kEncounter = required("encounterId", id);
constexpr ContextField kOptionalEncounter = optional("encounterId", id);

constexpr std::array kPatientView{kUser, kPatient, kOptionalEncounter};
constexpr std::array kOrderSelect{kUser, kPatient, kOptionalEncounter,
                                  required("selections", reference_array),
                                  required("draftOrders", bundle)};
constexpr std::array kOrderSign{kUser, kPatient, kOptionalEncounter,
                                required("draftOrders", bundle)};
// Version 1.1 renamed `order` and `task` of 1.0 under the same name of the hook, and clients of
// both are about. Neither has a userId.
constexpr std::array kOrderDispatch{kPatient,
                                    required("dispatchedOrders", reference_array),
                                    instead_of("dispatchedOrders", "order", reference),
                                    required("performer", reference),
                                    optional("fulfillmentTasks", array),
                                    optional("task", resource)};
constexpr std::array kAppointmentBook{kUser, kPatient, kOptionalEncounter,
                                      required("appointments", bundle)};
constexpr std::array kEncounterHook{kUser, kPatient, kEncounter};
constexpr std::array kAllergyIntoleranceCreate{
    kUser, kPatient, kOptionalEncounter, required("allergyIntolerance", resource),
    instead_of("allergyIntolerance", "allergyIntolerances", bundle)};
constexpr std::array kMedicationPrescribe{kUser, kPatient, kOptionalEncounter,
                                          required("medications", bundle)};
constexpr std::array kMedicationRefill{kOptionalUser, kPatient, kOptionalEncounter,
                                       required("medications", bundle)};
constexpr std::array kMedicationVerify{kUser, kPatient, kOptionalEncounter,
                                       required("medication", resource),
                                       instead_of("medication", "order", resource)};
constexpr std::array kOrderReview{kUser, kPatient, kOptionalEncounter, required("orders", bundle)};
constexpr std::array kProblemListItemCreate{kUser, kPatient, kOptionalEncounter,
                                            required("conditions", bundle)};

constexpr std::array<HookDefinition, 13> kHooks{{
    {"allergyintolerance-create", "0.1.0", kAllergyIntoleranceCreate},
    {"appointment-book", "1.0", kAppointmentBook},
    {"encounter-discharge", "1.0", kEncounterHook},
    {"encounter-start", "1.0", kEncounterHook},
    {"medication-prescribe", "1.0", kMedicationPrescribe},
    {"medication-refill", "0.1.0", kMedicationRefill},
    {"medication-verify", "0.1.0", kMedicationVerify},
    {"order-dispatch", "1.1", kOrderDispatch},
    {"order-review", "1.0", kOrderReview},
    {"order-select", "1.0", kOrderSelect},
    {"order-sign", "1.0", kOrderSign},
    {"patient-view", "1.0", kPatientView},
    {"problem-list-item-create", "0.1.0", kProblemListItemCreate},
}};
static_assert(std::ranges::is_sorted(kHooks, {}, &HookDefinition::name));

}  // namespace

const ContextField* HookDefinition::field(std::string_view field_name) const {
  const auto found = std::ranges::find(fields, field_name, &ContextField::name);
  return found == fields.end() ? nullptr : &*found;
}

const HookDefinition* find_hook(std::string_view name) {
  const auto* const found = std::ranges::lower_bound(kHooks, name, {}, &HookDefinition::name);
  return found == kHooks.end() || found->name != name ? nullptr : found;
}

bool is_custom_hook(std::string_view name) {
  return only_letters_digits_and("-_.", name) && name.find('.') != std::string_view::npos &&
         !name.starts_with('.') && !name.ends_with('.') &&
         name.find("..") == std::string_view::npos;
}

bool is_reference(std::string_view text) {
  const auto slash = text.find('/');
  return slash != std::string_view::npos && slash > 0 &&
         only_letters_digits_and("_", text.substr(0, slash)) && fhir::is_id(text.substr(slash + 1));
}

}  // namespace cdss::hooks
