#include "plugins/treatment_escalation/conflict_card.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/hooks/card/markdown.hpp"
#include "core/hooks/card/response.hpp"
#include "core/json/json_writer.hpp"
#include "fhir/types/resource.hpp"
#include "plugins/cards/wording.hpp"

namespace cdss::treatment_escalation {
namespace {

constexpr std::string_view kOverrideReasons[] = {
    "draft.override.benefit", "draft.override.considered", "draft.override.indication",
    "draft.override.error"};
constexpr std::size_t kMostReasons = 4;  // of one rule; a card is read in seconds

/// Writes the card of one draft.
struct Writer {
  const ConflictWriting& with;
  const rules::Draft& draft;
  std::span<const rules::Conflict> conflicts;

  /// What is drafted, in our words.
  std::string what(const rules::ConflictRule& rule) const {
    for (const auto* medicine : draft.medicines) {
      if (medicine->is_of(rule.draft)) {
        return medicine->text;
      }
    }
    if (!draft.medicines.empty()) {
      return draft.medicines.front()->text;
    }
    switch (draft.kind) {
      case rules::DraftKind::injection:
        return with.texts.of(draft.site == rules::Site::psoas       ? "draft.what.psoas-injection"
                             : draft.site == rules::Site::elsewhere ? "draft.what.needle"
                                                                    : "draft.what.injection");
      case rules::DraftKind::needle:
        return with.texts.of("draft.what.needle");
      case rules::DraftKind::mri:
        return with.texts.of("draft.what.mri");
      case rules::DraftKind::surgery:
        return with.texts.of("draft.what.surgery");
      case rules::DraftKind::abductor_tenotomy:
        return with.texts.of("draft.what.abductor-tenotomy");
      case rules::DraftKind::physical_therapy:
        return with.texts.of("draft.what.physical-therapy");
      case rules::DraftKind::other:
      case rules::DraftKind::medicine:
      case rules::DraftKind::guidance:
        break;
    }
    return with.texts.of(draft.is_steroid ? "draft.what.steroid" : "draft.what.order");
  }

  std::string why(const rules::ConflictReason& cause) const {
    return cause.text.empty() ? with.texts.of("why." + std::string{cause.id})
                              : std::string{cause.text};
  }

  /// The same in few words: what of the record it rests on, where that says most.
  std::string brief(const rules::ConflictReason& cause) const {
    const auto id = "short." + std::string{cause.id};
    if (!cause.brief.empty() || !with.texts.has(id)) {
      return cause.brief.empty() ? why(cause) : std::string{cause.brief};
    }
    const auto reason = cause.reasons.empty() ? why(cause) : cause.reasons.front().text;
    return with.texts.of(id, {{"reason", reason}});
  }

  std::string text(const rules::ConflictRule& rule, std::string_view part,
                   const rules::ConflictReason& cause) const {
    const auto named = what(rule);
    const auto reason = brief(cause);
    return with.texts.of("draft." + std::string{rule.id} + "." + std::string{part},
                         {{"what", named}, {"why", reason}});
  }

  std::string line(const rules::ConflictReason& cause) const {
    std::string line = "- " + why(cause) + " (" + std::string{cause.id};
    if (!cause.reasons.empty()) {
      line += "; " + cards::list_of(with.texts, cause.reasons, kMostReasons);
    }
    line += ')';
    if (!cause.advice.empty()) {
      line.append(". ").append(cause.advice);
    }
    return line + '\n';
  }

  std::string detail() const {
    std::string detail;
    std::set<std::string_view> told;
    for (const auto& conflict : conflicts) {
      std::string lines;
      for (const auto& cause : conflict.conflict_reasons) {
        if (told.insert(cause.id).second && (!cause.text.empty() || !cause.reasons.empty())) {
          lines += line(cause);
        }
      }
      const bool is_list = !conflict.conflict_reasons.front().text.empty();
      if (!is_list || !lines.empty()) {  // each cause is told once, under what it weighs most in
        detail += text(*conflict.rule, "detail", conflict.conflict_reasons.front()) + "\n\n";
        detail += lines.empty() ? lines : lines + '\n';
      }
    }
    if (!draft.reference.empty()) {
      detail += with.texts.of("draft.concerns", {{"reference", draft.reference}}) + '\n';
    }
    cards::add_end(detail, with.texts, with.gaps);
    return detail;
  }

  hooks::Action remove(const std::string& named) const {
    return {.type = hooks::ActionType::delete_,
            .description = with.texts.of("draft.remove", {{"what", named}}),
            .resource = {},
            .resource_id = draft.reference};
  }

  bool may_suggest(const rules::Order& order) const {
    return !order.is_medicine || (order.id == "acetaminophen" && with.may_suggest_acetaminophen);
  }

  /// The draft as it was sent, with one more detail of how it is to be done. A ServiceRequest takes
  /// it as orderDetail (with a code alone: R4, prr-1), others as a note.
  std::string updated(std::string_view added) const {
    const View resource = draft.resource;
    const bool takes_detail =
        fhir::resource_type(resource) == "ServiceRequest" && resource.find("code");
    const std::string_view member = takes_detail ? "orderDetail" : "note";
    return json::object([&](json::Object& out) {
      for (const Member one : resource.members()) {
        if (one.name != member) {
          out.value(one.name, one.value);
        }
      }
      out.array(member, [&](json::Array& all) {
        if (const auto before = resource.find(member)) {
          if (before->is_array()) {
            for (const View element : before->elements()) {
              all.value(element);
            }
          } else {
            all.value(*before);
          }
        }
        all.object([&](json::Object& detail) { detail.string("text", added); });
      });
    });
  }

  void add_replacements(const rules::Conflict& conflict,
                        std::vector<hooks::Suggestion>& into) const {
    const auto& rule = *conflict.rule;
    if (rule.offers_removal && !conflict.offers_removal) {
      return;
    }
    const bool is_emergency =
        std::ranges::any_of(conflict.conflict_reasons, &rules::ConflictReason::is_emergency) &&
        !rule.instead_in_emergency.empty();
    for (const auto id : is_emergency ? rule.instead_in_emergency : rule.instead) {
      const auto* order = with.orders.find(id);
      if (order == nullptr || !may_suggest(*order)) {
        continue;
      }
      auto made = suggestion(*order, with.context);
      if (rule.offers_removal && !draft.reference.empty()) {
        made.label = with.texts.of("draft.replace", {{"order", order->text}});
        made.actions.insert(made.actions.begin(), remove(what(rule)));
      }
      into.push_back(std::move(made));
    }
  }

  void add_first(const rules::ConflictRule& rule, std::vector<hooks::Suggestion>& into) const {
    std::vector<const rules::Order*> orders;
    std::string names;
    for (const auto id : rule.first) {
      if (const auto* order = with.orders.find(id)) {
        orders.push_back(order);
        names.append(names.empty() ? "" : ", ").append(order->text);
      }
    }
    if (!orders.empty()) {
      into.push_back(
          suggestion(with.texts.of("draft.first", {{"orders", names}}), orders, with.context));
    }
  }

  void add_update(const rules::ConflictRule& rule, std::vector<hooks::Suggestion>& into) const {
    if (rule.detail.empty() || draft.reference.empty()) {
      return;
    }
    const auto label = with.texts.of("draft.update", {{"detail", rule.detail}});
    into.push_back({.label = label,
                    .is_recommended = false,
                    .actions = {{.type = hooks::ActionType::update,
                                 .description = label,
                                 .resource = updated(rule.detail),
                                 .resource_id = {}}}});
  }

  /// What is better not done at all is not offered with an addition.
  std::vector<hooks::Suggestion> suggestions() const {
    std::vector<hooks::Suggestion> all;
    add_replacements(conflicts.front(), all);
    const auto removing = std::ranges::find_if(conflicts, &rules::Conflict::offers_removal);
    const bool offers_removal = removing != conflicts.end();
    for (const auto& conflict : conflicts) {
      add_first(*conflict.rule, all);
      if (!offers_removal) {
        add_update(*conflict.rule, all);
      }
    }
    if (offers_removal && !draft.reference.empty()) {
      const auto action = remove(what(*removing->rule));
      all.push_back({.label = action.description, .is_recommended = false, .actions = {action}});
    }
    return all;
  }
};

/// Would the host pass this card on?
bool passes(const hooks::Card& card, std::string_view patient_id) {
  const hooks::CheckRules rules{.patient_id = patient_id, .link_hosts = {}};
  return hooks::check({.cards = {card}, .system_actions = {}, .assessment = {}}, rules).has_value();
}

/// Leaves out each suggestion with which the host would not pass the card on.
void drop_refused(hooks::Card& card, std::string_view patient_id) {
  auto all = std::exchange(card.suggestions, {});
  std::erase_if(all, [&](const hooks::Suggestion& one) {
    hooks::Card alone = card;
    alone.suggestions.push_back(one);
    return !passes(alone, patient_id);
  });
  card.suggestions = std::move(all);
}

hooks::Indicator indicator_of(rules::Severity severity) {
  constexpr hooks::Indicator kIndicators[] = {hooks::Indicator::info, hooks::Indicator::warning,
                                              hooks::Indicator::critical};
  return kIndicators[static_cast<std::size_t>(severity)];
}

}  // namespace

hooks::Card conflict_card(const ConflictWriting& writing, const rules::Draft& draft,
                          std::span<const rules::Conflict> conflicts) {
  const Writer writer{.with = writing, .draft = draft, .conflicts = conflicts};
  const auto& first = conflicts.front();
  auto card = cards::new_card(writing.texts, "treatment-escalation",
                              "draft-" + std::string{first.rule->id}, kOverrideReasons);
  card.summary =
      hooks::plain_text(writer.text(*first.rule, "summary", first.conflict_reasons.front()),
                        cards::kSummaryBelow - 1);
  card.detail = writer.detail();
  card.indicator = indicator_of(first.severity);
  card.suggestions = writer.suggestions();
  if (!passes(card, writing.context.patient_id)) {
    drop_refused(card, writing.context.patient_id);
  }
  return card;
}

}  // namespace cdss::treatment_escalation
