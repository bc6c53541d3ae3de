#include "plugins/treatment_escalation/drafts.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "core/hooks/hooks.hpp"
#include "fhir/medication_lookup.hpp"
#include "fhir/medication_request.hpp"
#include "fhir/read_all.hpp"
#include "plugins/rules/words.hpp"
#include "plugins/treatment_escalation/daily_dose.hpp"
#include "plugins/treatment_escalation/strength.hpp"

namespace cdss::treatment_escalation {
namespace {

bool is_medicine_order(std::string_view type) {
  return type == "MedicationRequest" || type == "MedicationOrder";
}

bool is_service_order(std::string_view type) {
  return type == "ServiceRequest" || type == "ProcedureRequest";
}

/// Is there nothing left to be done about it?
bool is_over(View resource) {
  constexpr std::string_view kOver[] = {"completed", "stopped",   "ended",
                                        "revoked",   "cancelled", "entered-in-error"};
  const auto against = resource.find("doNotPerform");
  const bool is_against = against && against->is_boolean() && *against->boolean();
  return is_against ||
         std::ranges::find(kOver, resource.text_or_empty("status")) != std::end(kOver);
}

/// A CodeableConcept member; empty when it is absent or cannot be read.
fhir::CodeableConcept read_meaning(View resource, std::string_view name) {
  const auto value = resource.find(name);
  const auto read = value ? fhir::read_codeable_concept(*value) : Result<fhir::CodeableConcept>{};
  return read ? *read : fhir::CodeableConcept{};
}

fhir::CodeableConcepts read_meanings(View resource, std::string_view name) {
  const auto value = resource.find(name);
  const auto read = value ? fhir::read_codeable_concepts(*value) : Result<fhir::CodeableConcepts>{};
  return read ? *read : fhir::CodeableConcepts{};
}

template <class Visit>
void for_each(std::optional<View> value, Visit visit) {
  if (value && value->is_array()) {
    for (const View element : value->elements()) {
      visit(element);
    }
  } else if (value) {
    visit(*value);
  }
}

bool has_any_word(const std::vector<std::string_view>& texts,
                  const std::vector<std::string_view>& words) {
  return std::ranges::any_of(
      texts, [&](std::string_view text) { return rules::has_any_word(text, words); });
}

void add_texts(const fhir::CodeableConcept& meaning, std::vector<std::string_view>& texts) {
  const auto add = [&](std::string_view text) {
    if (!text.empty()) {
      texts.push_back(text);
    }
  };
  add(meaning.text);
  for (const auto& coding : meaning.codings) {
    add(coding.display);
  }
}

/// Reads the drafts of one call.
class Reader {
 public:
  Reader(const rules::Concepts& concepts, const rules::Pharmacy& pharmacy, const OrderRules& rules,
         const sdk::Request& request)
      : concepts_{concepts},
        pharmacy_{pharmacy},
        rules_{rules},
        selects_{request.hook() == "order-select"} {
    if (const auto context = request.context()) {
      bundle_ = context->find("draftOrders");
      for_each(context->find("selections"),
               [&](View selection) { selections_.push_back(selection.raw_text()); });
    }
    if (bundle_) {
      medications_.add(*bundle_);
    }
  }

  std::vector<Draft> read() const {
    std::vector<Draft> drafts;
    if (bundle_) {
      fhir::for_each_resource(*bundle_, [&](View resource) {
        const auto type = fhir::resource_type(resource);
        if (is_over(resource) || !(is_medicine_order(type) || is_service_order(type))) {
          return;
        }
        Draft draft{.resource = resource, .reference = {}, .meaning = {}};
        read_common(draft, type);
        if (is_medicine_order(type)) {
          read_medicine(draft);
        } else {
          read_service(draft);
        }
        drafts.push_back(std::move(draft));
      });
    }
    return drafts;
  }

 private:
  bool is_selected(std::string_view type, std::string_view id) const {
    return std::ranges::any_of(selections_, [&](std::string_view selection) {
      return selection == id || selection == std::string{type} + "/" + std::string{id};
    });
  }

  void read_common(Draft& draft, std::string_view type) const {
    const View resource = draft.resource;
    const auto id = resource.text_or_empty("id");
    if (hooks::is_id(id)) {
      draft.reference = std::string{type} + "/" + std::string{id};
    }
    draft.is_judged = !selects_ || (!id.empty() && is_selected(type, id));
    draft.reasons = read_meanings(resource, "reasonCode");
    for_each(resource.find("reasonReference"), [&](View reason) {
      draft.reason_references.push_back(reason.text_or_empty("reference"));
    });
  }

  fhir::CodeableConcept medication_of(View resource) const {
    auto meaning = read_meaning(resource, "medicationCodeableConcept");
    if (meaning.is_empty()) {
      if (auto order = fhir::read_medication_request(resource)) {
        fhir::resolve_medication(*order, medications_);
        meaning = std::move(order->medication);
      }
    }
    return meaning;
  }

  void read_medicine(Draft& draft) const {
    const auto& words = rules_.words();
    draft.kind = DraftKind::medicine;
    draft.meaning = medication_of(draft.resource);
    draft.medicines = pharmacy_.recognise(concepts_, draft.meaning);
    add_texts(draft.meaning, draft.texts);
    std::vector<std::string_view> form = draft.texts;  // not what is said beside: "stop the gel"
    for_each(draft.resource.find("dosageInstruction"), [&](View dosage) {
      add_texts(read_meaning(dosage, "route"), form);
      draft.texts.push_back(dosage.text_or_empty("text"));
      add_texts(read_meaning(dosage, "route"), draft.texts);
      add_texts(read_meaning(dosage, "site"), draft.texts);
      add_texts(read_meaning(dosage, "method"), draft.texts);
    });
    draft.is_systemic =
        has_any_word(form, words.systemic) || !has_any_word(form, words.not_systemic);
    draft.is_low_dose_aspirin = is_low_dose_aspirin(draft);
    if (draft.is_medicine_of("acetaminophen")) {
      draft.acetaminophen_per_day = most_mg_per_day(
          draft.resource, strength_mg(draft.meaning, {"acetaminophen", "paracetamol", "apap"}));
    }
    if (draft.is_medicine_of("corticosteroid") && has_any_word(draft.texts, words.injected)) {
      draft.kind = DraftKind::injection;
      read_place(draft);
    }
  }

  /// By the strength of the aspirin in it; several of such tablets at once are no low dose.
  bool is_low_dose_aspirin(const Draft& draft) const {
    if (std::ranges::none_of(draft.medicines,
                             [](const auto* one) { return one->id == "aspirin"; })) {
      return false;
    }
    const auto most = static_cast<double>(rules_.low_dose_aspirin_most_mg());
    const auto strength = strength_mg(draft.meaning, {"aspirin", "acetylsalicylic", "ecotrin"});
    const auto daily = most_mg_per_day(draft.resource, strength);
    return strength && *strength <= most && (!daily || daily->mg <= most);
  }

  void read_service(Draft& draft) const {
    draft.meaning = read_meaning(draft.resource, "code");
    draft.body_sites = read_meanings(draft.resource, "bodySite");
    add_texts(draft.meaning, draft.texts);
    const auto* row = find_row(draft);
    for (const auto& site : draft.body_sites) {
      add_texts(site, draft.texts);
    }
    for (const auto& detail : read_meanings(draft.resource, "orderDetail")) {
      add_texts(detail, draft.texts);
    }
    if (row == nullptr) {
      return;
    }
    draft.kind = row->kind;
    const bool is_coded = is_coded_as(*row, draft.meaning);
    draft.site = is_coded ? row->site : Site::unknown;
    draft.guidance = is_coded ? row->guidance : Guidance::not_stated;
    read_place(draft);
    draft.has_metal_protocol = has_any_word(with_notes(draft), rules_.words().metal);
  }

  bool is_coded_as(const ServiceRow& row, const fhir::CodeableConcept& meaning) const {
    return std::ranges::any_of(row.concepts,
                               [&](rules::ConceptId id) { return concepts_.has(id, meaning); });
  }

  /// The row that has one of the draft's codes, else the first that has one of its words.
  const ServiceRow* find_row(const Draft& draft) const {
    const auto rows = rules_.services();
    auto found = std::ranges::find_if(
        rows, [&](const ServiceRow& row) { return is_coded_as(row, draft.meaning); });
    if (found == rows.end()) {
      found = std::ranges::find_if(
          rows, [&](const ServiceRow& row) { return has_any_word(draft.texts, row.words); });
    }
    return found == rows.end() ? nullptr : &*found;
  }

  /// Notes tell how it is to be done, but speak of other places too.
  static std::vector<std::string_view> with_notes(const Draft& draft) {
    auto texts = draft.texts;
    for_each(draft.resource.find("note"),
             [&](View note) { texts.push_back(note.text_or_empty("text")); });
    return texts;
  }

  /// Site and guidance, as far as a code has not told them.
  void read_place(Draft& draft) const {
    const auto& words = rules_.words();
    if (draft.site != Site::psoas) {  // the psoas is at the hip, so its name says more
      auto places = draft.texts;
      for (const auto& reason : draft.reasons) {
        add_texts(reason, places);
      }
      if (has_any_word(places, words.psoas)) {
        draft.site = Site::psoas;
      } else if (draft.site == Site::unknown) {
        draft.site = has_any_word(draft.texts, words.hip)         ? Site::hip
                     : has_any_word(draft.texts, words.elsewhere) ? Site::elsewhere
                                                                  : Site::unknown;
      }
    }
    if (draft.guidance == Guidance::not_stated) {
      const auto told = with_notes(draft);
      draft.guidance = has_any_word(told, words.unguided) ? Guidance::unguided
                       : has_any_word(told, words.guided) ? Guidance::guided
                                                          : Guidance::not_stated;
    }
  }

  const rules::Concepts& concepts_;
  const rules::Pharmacy& pharmacy_;
  const OrderRules& rules_;
  bool selects_;
  std::optional<View> bundle_;
  std::vector<std::string_view> selections_;
  fhir::MedicationLookup medications_;
};

}  // namespace

bool Draft::is_medicine_of(std::string_view medicine_class) const {
  const bool is_nsaid = medicine_class == "nsaid";
  return (is_systemic || !is_nsaid) && std::ranges::any_of(medicines, [&](const auto* medicine) {
           return medicine->is_of(medicine_class);
         });
}

bool Draft::is_after(const Draft& other) const {
  return reference != other.reference ? reference > other.reference
                                      : std::greater<>{}(this, &other);
}

std::vector<Draft> read_drafts(const rules::Concepts& concepts, const rules::Pharmacy& pharmacy,
                               const OrderRules& rules, const sdk::Request& request) {
  if (request.hook() != "order-select" && request.hook() != "order-sign") {
    return {};
  }
  return Reader{concepts, pharmacy, rules, request}.read();
}

}  // namespace cdss::treatment_escalation
