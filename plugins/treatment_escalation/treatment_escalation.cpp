#include "plugins/treatment_escalation/treatment_escalation.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/hooks/card/response.hpp"
#include "core/json/json_writer.hpp"
#include "plugins/cards/not_seen_card.hpp"
#include "plugins/cards/prompts.hpp"
#include "plugins/cards/red_flag_card.hpp"
#include "plugins/cards/request.hpp"
#include "plugins/cards/wording.hpp"
#include "plugins/rules/orders/conflicts.hpp"
#include "plugins/rules/orders/drafts.hpp"
#include "plugins/treatment_escalation/conflict_card.hpp"
#include "plugins/treatment_escalation/step_card.hpp"
#include "plugins/treatment_escalation/suggestions.hpp"

namespace cdss::treatment_escalation {
namespace {

constexpr std::string_view kRulesFile = "knowledge/order-rules.json";
constexpr std::string_view kExercisesFile = "knowledge/exercises.json";
constexpr std::string_view kOrdersFile = "knowledge/orders.json";
constexpr std::string_view kIntents[] = {"proposal", "order"};
constexpr Option<Options> kOptions[] = {
    {.name = "intent",
     .member = &Options::intent,
     .choices = kIntents,
     .doc = "The intent of the draft orders in suggestions: proposal, or order for clients that "
            "take nothing else."},
    {.name = "suggest_medicines",
     .member = &Options::suggest_medicines,
     .doc = "Whether ibuprofen and acetaminophen are ever suggested."},
};

sdk::Service service() {
  return {
      .id = TreatmentEscalation::kId,
      .hooks = {"patient-view", "order-select", "order-sign"},
      .title = "Psoas syndrome: next step of treatment",
      .description =
          "Offers the next step of treatment of psoas syndrome in adults, what blocks it, and "
          "draft orders for it; on the order hooks, names drafts that a safety rule speaks "
          "against. For a clinician's review: not validated, no diagnosis.",
      .usage_requirements =
          "Needs the patient and the conditions. Medicines, allergies and results decide what can "
          "be suggested: what is not known is never taken for safe.",
      .needs = cards::needs(),
  };
}

/// The orders that red flags and prompts name are there. Errors: Errc::missing.
Result<void> check_orders(const rules::Knowledge& knowledge, const rules::Orders& orders,
                          View where) {
  const auto are_known = [&](const auto& rows) {
    return std::ranges::all_of(rows, [&](const auto& row) {
      return std::ranges::all_of(row.orders,
                                 [&](const auto& id) { return orders.find(id) != nullptr; });
    });
  };
  return are_known(knowledge.red_flags.rows) && are_known(knowledge.prompts.rows)
             ? Result<void>{}
             : where.error(Errc::missing, "lacks an order that a red flag or prompt names");
}

std::string write_assessment(const Assessment& assessment) {
  return json::object([&](json::Object& out) {
    out.string("step", rules::to_string(assessment.step_decision.step));
    out.strings("blockedBy", assessment.step_decision.blocked_by);
    std::vector<std::string_view> safety;
    for (const auto& finding : assessment.safety.found) {
      safety.push_back(finding.row->id);
    }
    out.strings("safetyRules", safety);
    std::vector<std::string> missing = assessment.gaps.keys;
    for (const auto& name : assessment.step_decision.needed) {
      cards::add_missing(missing, name);
    }
    out.strings("missing", missing);
    cards::write_red_flags(out, assessment.red_flags);
    cards::write_prompts(out, assessment.prompts);
    out.string("plugin", TreatmentEscalation::kId);
    out.string("version", TreatmentEscalation::kVersion);
  });
}

}  // namespace

sdk::Declaration TreatmentEscalation::declaration() {
  return {
      .id = kId,
      .version = kVersion,
      .services = {service()},
      .options = sdk::declare<Options>(kOptions),
      .source =
          {
              {"developer", "Psoas CDS"},
              {"intended_use",
               "To help clinicians choose the next step of treatment of psoas syndrome, and to "
               "name orders that a safety rule speaks against"},
              {"population", "Adults with hip, groin, thigh, pelvic or low back pain"},
              {"cautions",
               "Not a diagnosis and no order by itself; medicines bought without "
               "prescription and the amount of alcohol are not looked for"},
              {"logic",
               "Red flags first, then an ordinal ladder; safety rules for NSAIDs, acetaminophen "
               "and injections over coded conditions, results, medicines and allergies"},
              {"validation", "None on real patients; consistency with the written rules is tested"},
          },
  };
}

Result<TreatmentEscalation> TreatmentEscalation::open(const sdk::Setup& setup) {
  CDSS_TRY(auto options, read_options<Options>(kOptions, setup.options()));
  CDSS_TRY(auto knowledge, cards::read_knowledge(setup));
  CDSS_TRY(const auto orders_file, setup.knowledge(kOrdersFile));
  CDSS_TRY(auto orders, rules::Orders::read(orders_file));
  CDSS_CHECK(check_orders(*knowledge, orders, orders_file));
  CDSS_TRY(const auto rules_file, setup.knowledge(kRulesFile));
  CDSS_TRY(auto rules, rules::OrderRules::read(knowledge->definitions, orders, rules_file));
  CDSS_TRY(const auto exercises_file, setup.knowledge(kExercisesFile));
  CDSS_TRY(auto exercises, read_exercises(exercises_file));
  return TreatmentEscalation{std::move(options), std::move(knowledge), std::move(rules),
                             std::move(orders), std::move(exercises)};
}

std::vector<hooks::Card> TreatmentEscalation::judge_drafts(const sdk::Request& request,
                                                           const Assessment& assessment,
                                                           const OrderContext& context) const {
  struct RatedDraft {
    const rules::Draft* draft;
    std::vector<rules::Conflict> conflicts;
    bool may_suggest_acetaminophen;
  };
  const auto& definitions = knowledge_->definitions;
  const auto drafts = rules::read_drafts(definitions, rules_, sources_of(request));
  const rules::PatientState patient{.facts = assessment.facts,
                                    .red_flags = assessment.red_flags,
                                    .prompts = assessment.prompts,
                                    .band = assessment.likelihood.band,
                                    .step = assessment.step_decision.step};
  std::vector<RatedDraft> rated;
  for (const rules::Draft& draft : drafts) {
    if (!draft.is_judged) {
      continue;
    }
    const auto patient_context =
        rules::PatientContext::read(rules_, knowledge_->safety, patient, draft, drafts);
    auto conflicts = rules::judge(rules_, definitions.concepts, draft, drafts, patient_context);
    if (!conflicts.empty()) {
      rated.push_back({&draft, std::move(conflicts), patient_context.may_suggest_acetaminophen});
    }
  }
  std::ranges::stable_sort(rated, std::ranges::greater{},
                           [](const RatedDraft& one) { return one.conflicts.front().severity; });
  // One more than the host takes, so that it knows, and keeps the most urgent and says so.
  rated.resize(std::min<std::size_t>(rated.size(), hooks::kMostCards + 1));
  std::vector<hooks::Card> cards;
  for (const auto& [draft, conflicts, may_suggest_acetaminophen] : rated) {
    cards.push_back(conflict_card(
        {.orders = orders_,
         .texts = knowledge_->texts,
         .context = context,
         .gaps = assessment.gaps,
         .may_suggest_acetaminophen = options_.suggest_medicines && may_suggest_acetaminophen},
        *draft, conflicts));
  }
  return cards;
}

Result<sdk::Answer> TreatmentEscalation::evaluate(const sdk::Request& request) const {
  Assessment assessment{cards::Assessment::of(*knowledge_, request), {}, {}};
  const auto& facts = assessment.facts;
  const auto& red_flags = assessment.red_flags;
  assessment.safety = rules::find_safety(knowledge_->safety, facts, facts.medicines, red_flags);
  assessment.step_decision = rules::select_step(knowledge_->ladder, assessment.found());
  sdk::Answer answer;
  if (!facts.person.is_deceased) {
    const auto context = OrderContext::read(request, options_.intent == "order");
    answer.cards = judge_drafts(request, assessment, context);
    if (request.hook() == "patient-view") {
      if (auto card = step_card({.assessment = assessment,
                                 .orders = orders_,
                                 .context = context,
                                 .exercises = exercises_,
                                 .suggest_medicines = options_.suggest_medicines})) {
        answer.cards.push_back(*std::move(card));
      } else if (auto unseen =
                     cards::not_seen_card(assessment, request, kId, cards::LooksFor::pain)) {
        answer.cards.push_back(*std::move(unseen));
      }
    }
  }
  if (request.explain()) {
    answer.assessment = write_assessment(assessment);
  }
  return answer;
}

}  // namespace cdss::treatment_escalation
