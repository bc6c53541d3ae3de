#include "plugins/rules/orders/drafts.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "fhir/resources/read_all.hpp"
#include "fhir/types/reference.hpp"
#include "plugins/rules/orders/acetaminophen.hpp"
#include "plugins/rules/orders/daily_dose.hpp"
#include "plugins/rules/orders/draft_place.hpp"
#include "plugins/rules/orders/service_finder.hpp"
#include "plugins/rules/orders/tolerant_fhir.hpp"

namespace cdss::rules {
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

/// Reads the drafts of one call.
class Reader {
 public:
  Reader(const FactDefinitions& definitions, const OrderRules& rules, const DraftSources& sources)
      : concepts_{definitions.concepts},
        pharmacy_{definitions.pharmacy},
        rules_{rules},
        services_{definitions, rules.recognition},
        sources_{sources} {
    for_each(sources.selections,
             [&](View selection) { selections_.push_back(selection.raw_text()); });
    if (sources.drafts) {
      medications_.add(*sources.drafts);
    }
    for (const View known : sources.known) {
      medications_.add(known);
    }
  }

  std::vector<Draft> read() const {
    std::vector<Draft> drafts;
    if (sources_.drafts) {
      fhir::for_each_resource(*sources_.drafts, [&](View resource) {
        const auto type = fhir::resource_type(resource);
        if (is_over(resource) || !(is_medicine_order(type) || is_service_order(type))) {
          return;
        }
        Draft draft{.resource = resource, .reference = {}, .codeable_concept = {}};
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
    if (fhir::is_id(id)) {
      draft.reference = std::string{type} + "/" + std::string{id};
      draft.replaces.push_back(draft.reference);
    }
    for (const auto* member : {"priorPrescription", "replaces"}) {
      for_each(resource.find(member), [&](View prior) {
        if (auto reference = read_plain_reference(prior); !reference.empty()) {
          draft.replaces.push_back(std::move(reference));
        }
      });
    }
    draft.is_judged = !sources_.judges_selections_alone || (!id.empty() && is_selected(type, id));
    draft.reasons = read_codeable_concepts(resource, "reasonCode");
    for (auto& reason : read_codeable_concepts(resource, "reasonCodeableConcept")) {  // FHIR DSTU2
      draft.reasons.push_back(std::move(reason));
    }
    for_each(resource.find("reasonReference"), [&](View reason) {
      draft.reason_references.push_back(reason.text_or_empty("reference"));
    });
  }

  void read_medicine(Draft& draft) const {
    draft.kind = DraftKind::medicine;
    draft.codeable_concept = read_medication_of(draft.resource, medications_);
    draft.medicines = pharmacy_.recognise(concepts_, draft.codeable_concept);
    DraftTexts texts;
    add_texts(draft.codeable_concept, texts.what);
    TextList form = texts.what;  // not what is said beside: "stop the gel"
    fhir::CodeableConcepts routes;
    for_each(draft.resource.find("dosageInstruction"), [&](View dosage) {
      routes.push_back(read_codeable_concept(dosage, "route"));
      add_texts(routes.back(), form);
      add_texts(read_codeable_concept(dosage, "site"), texts.places);
      add_texts(routes.back(), texts.what);
      add_texts(read_codeable_concept(dosage, "method"), texts.what);
      add_text(dosage.text_or_empty("text"), texts.details);
    });
    draft.texts = texts.all();
    draft.is_systemic = !pharmacy_.is_local(draft.codeable_concept, routes);
    draft.is_low_dose_aspirin = is_low_dose_aspirin(draft);
    read_doses(draft);
    read_steroid(draft, texts, form, routes);
  }

  /// What is held against a limit of a day. Of a combination a part in mg is no gap: it may be of
  /// another ingredient.
  void read_doses(Draft& draft) const {
    const auto count = draft.medicines.size();
    const bool has_dosage = draft.resource.find("dosageInstruction").has_value();
    const auto note = [&](const std::optional<DailyDose>& daily) {
      const bool is_told = daily && (daily->is_whole || count > 1);
      draft.is_dose_unread = draft.is_dose_unread || (has_dosage && !is_told);
    };
    if (draft.is_medicine_of("acetaminophen")) {
      draft.acetaminophen_per_day =
          acetaminophen_per_day(draft.resource, draft.codeable_concept, count);
      note(draft.acetaminophen_per_day);
    }
    for (const auto* medicine : draft.medicines) {
      const auto ceiling = std::ranges::find(rules_.ceilings, medicine->id, &DoseCeiling::medicine);
      if (ceiling != rules_.ceilings.end() && draft.is_systemic) {
        draft.nsaid_doses.push_back(
            {.ceiling = &*ceiling,
             .medicine = medicine,
             .per_day =
                 ingredient_per_day(draft.resource, draft.codeable_concept, *medicine, count)});
        note(draft.nsaid_doses.back().per_day);
      }
    }
  }

  /// Whether it is a corticosteroid that does not stay local, and whether a needle brings it to a
  /// joint, tendon or deeper.
  void read_steroid(Draft& draft, const DraftTexts& texts, const TextList& form,
                    const fhir::CodeableConcepts& routes) const {
    const auto& recognition = rules_.recognition;
    const auto is_route = [&](const std::vector<ConceptId>& concepts) {
      return std::ranges::any_of(routes, [&](const fhir::CodeableConcept& route) {
        return concepts_.has_any(concepts, route);
      });
    };
    const bool is_named = draft.is_medicine_of("corticosteroid") ||
                          find_assertion(texts.what, recognition.words.steroid,
                                         recognition.negation) == Assertion::affirmed;
    draft.is_steroid = is_named && !has_any_word(form, recognition.words.local) &&
                       !is_route(recognition.routes.local);
    if (!draft.is_steroid) {
      return;
    }
    if (is_route(recognition.routes.joint)) {
      draft.kind = DraftKind::injection;
    } else if (is_route(recognition.routes.spinal)) {
      draft.kind = DraftKind::needle;
    } else {
      draft.kind = services_.kind_of_steroid(draft, texts, is_route(recognition.routes.parenteral));
    }
    if (draft.kind != DraftKind::medicine) {
      read_place(recognition, texts, draft);
    }
  }

  /// By the strength of the aspirin in it, when it is the only NSAID; several of such tablets at
  /// once are no low dose.
  bool is_low_dose_aspirin(const Draft& draft) const {
    const auto is_aspirin = [](const auto* one) { return one->id == "aspirin"; };
    const bool has_other_nsaid = std::ranges::any_of(
        draft.medicines, [&](const auto* one) { return one->is_of("nsaid") && !is_aspirin(one); });
    if (has_other_nsaid || std::ranges::none_of(draft.medicines, is_aspirin)) {
      return false;
    }
    const auto most = static_cast<double>(rules_.low_dose_aspirin_most_mg);
    const auto strength =
        strength_mg(draft.codeable_concept, {"aspirin", "acetylsalicylic", "ecotrin"});
    const auto daily = most_mg_per_day(draft.resource, strength);
    return strength && *strength <= most && (!daily || daily->mg <= most);
  }

  void read_service(Draft& draft) const {
    const auto& recognition = rules_.recognition;
    draft.codeable_concept = read_codeable_concept(draft.resource, "code");
    draft.body_sites = read_codeable_concepts(draft.resource, "bodySite");
    DraftTexts texts;
    add_texts(draft.codeable_concept, texts.what);
    for (const auto& site : draft.body_sites) {
      add_texts(site, texts.places);
    }
    for (const auto& detail : read_codeable_concepts(draft.resource, "orderDetail")) {
      add_texts(detail, texts.details);
    }
    draft.texts = texts.all();
    const auto* row = services_.find(draft, texts.what);
    if (row == nullptr) {
      return;
    }
    draft.kind = row->kind;
    if (services_.is_coded_as(*row, draft.codeable_concept)) {
      draft.site = row->site;
      draft.guidance = row->guidance;
    }
    const bool may_be_needle = row->kind == DraftKind::injection ||
                               row->kind == DraftKind::needle || row->kind == DraftKind::other;
    draft.is_steroid = may_be_needle && services_.names_steroid(draft) &&
                       !has_any_word(draft.texts, recognition.words.local);
    read_place(recognition, texts, draft);
  }

  const Concepts& concepts_;
  const Pharmacy& pharmacy_;
  const OrderRules& rules_;
  ServiceFinder services_;
  const DraftSources& sources_;
  std::vector<std::string_view> selections_;
  fhir::MedicationLookup medications_;
};

}  // namespace

bool Draft::is_medicine_of(std::string_view medicine_class) const {
  const bool is_nsaid =
      medicine_class == "nsaid" || medicine_class == "ibuprofen" || medicine_class == "aspirin";
  return (is_systemic || !is_nsaid) && std::ranges::any_of(medicines, [&](const auto* medicine) {
           return medicine->is_of(medicine_class);
         });
}

bool Draft::is_after(const Draft& other) const {
  if (is_low_dose_aspirin != other.is_low_dose_aspirin) {
    return other.is_low_dose_aspirin;
  }
  return reference != other.reference ? reference > other.reference
                                      : std::greater<>{}(this, &other);
}

std::vector<Draft> read_drafts(const FactDefinitions& definitions, const OrderRules& rules,
                               const DraftSources& sources) {
  return Reader{definitions, rules, sources}.read();
}

}  // namespace cdss::rules
