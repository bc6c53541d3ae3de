#include "plugins/hip_replacement/card.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "core/hooks/markdown.hpp"

namespace cdss::hip_replacement {
namespace {

using rules::HipEvidence;
using rules::ThaFlag;

constexpr std::string_view kNotEvaluated =
    "Red flags are not evaluated in this version: exclude infection, loosening, fracture, "
    "dislocation and haematoma before acting on this card.";
constexpr std::string_view kSeenFirst =
    "infection, dislocation, fracture and haematoma are more urgent to think of.";
constexpr std::size_t kSummaryBelow = 140;  // code points; CDS Hooks conformance row CARD-02
constexpr std::string_view kForReview =
    "This is what the record says, for a clinician's review. It is no diagnosis.";

/// What a concept is called on the card.
std::string_view words(std::string_view concept_name) {
  constexpr struct {
    std::string_view name;
    std::string_view words;
  } kWords[] = {
      {"total_hip_arthroplasty", "total hip replacement"},
      {"hip_arthroplasty_any", "prosthetic arthroplasty of the hip"},
      {"revision_hip_arthroplasty", "revision of a hip replacement"},
      {"revision_acetabular_component", "revision of the acetabular component"},
      {"revision_femoral_component", "revision of the femoral component"},
      {"partial_hip_arthroplasty", "partial hip replacement"},
      {"hip_resurfacing", "hip resurfacing"},
      {"presence_artificial_hip", "artificial hip joint"},
      {"aftercare_joint_replacement", "aftercare following joint replacement"},
      {"prosthetic_hip_infection", "infection of a hip prosthesis"},
      {"prosthetic_hip_loosening", "loosening of a hip prosthesis"},
      {"prosthetic_hip_dislocation", "dislocation of a hip prosthesis"},
      {"prosthetic_hip_wear_osteolysis", "wear or osteolysis at a hip prosthesis"},
      {"periprosthetic_fracture_hip", "periprosthetic fracture at the hip"},
      {"malposition_prosthetic_hip", "malposition of a hip prosthesis"},
      {"other_mechanical_complication_hip", "mechanical complication of a hip prosthesis"},
      {"groin_pain", "groin pain"},
      {"hip_pain", "hip pain"},
      {"low_back_pain", "low back pain"},
      {"pelvic_pain", "pelvic pain"},
      {"buttock_pain", "buttock pain"},
      {"thigh_pain", "thigh pain"},
      {"leg_pain", "leg pain"},
      {"knee_pain", "knee pain"},
  };
  const auto* found =
      std::ranges::find(kWords, concept_name, [](const auto& row) { return row.name; });
  return found == std::end(kWords) ? "coded condition" : found->words;
}

std::string line(const rules::Concepts& concepts, const HipEvidence& one, std::string_view note) {
  std::string text = "- ";
  text.append(words(concepts.name(one.meaning))).append(note);
  std::string where = rules::text_of(one.finding);
  if (one.is_in_future) {
    where.append(where.empty() ? "" : ", ").append("dated in the future, not used");
  }
  return where.empty() ? text + '\n' : text + " (" + where + ")\n";
}

/// @param note  said of each, after its name.
std::string list(const rules::Concepts& concepts, const std::vector<HipEvidence>& all,
                 std::string_view note = {}) {
  constexpr std::size_t kMost = 8;
  std::string lines;
  for (std::size_t i = 0; i < std::min(kMost, all.size()); ++i) {
    lines += line(concepts, all[i], note);
  }
  if (all.size() > kMost) {
    lines += "- and " + std::to_string(all.size() - kMost) + " more\n";
  }
  return lines;
}

/// The conditions that name no complication: those stand first, in a list of their own.
std::vector<HipEvidence> other_conditions(const rules::HipReplacement& hip) {
  std::vector<HipEvidence> others;
  std::ranges::copy_if(hip.conditions, std::back_inserter(others), [&](const HipEvidence& one) {
    return std::ranges::find(hip.complications, one.meaning, &HipEvidence::meaning) ==
           hip.complications.end();
  });
  return others;
}

std::string_view kind_of(const rules::HipReplacement& hip) {
  return hip.flag == ThaFlag::none ? "hip arthroplasty, not a total hip replacement"
                                   : "hip replacement";
}

/// ", left side", ", both sides" or nothing.
std::string side_of(rules::Sides sides) {
  if (!sides.is_known()) {
    return {};
  }
  return sides.left && sides.right ? ", both sides"
                                   : ", " + std::string{rules::to_string(sides)} + " side";
}

/// The operations that the day is looked for in.
const std::vector<HipEvidence>& main_operations(const rules::HipReplacement& hip) {
  return hip.flag == ThaFlag::none ? hip.other_operations : hip.operations;
}

bool is_undated(const HipEvidence& operation) {
  return !operation.finding.days && !operation.is_in_future;
}

std::string when_of(const Told& told, std::chrono::sys_days today) {
  if (told.hip.latest) {
    return ", " + rules::text_of(rules::days_ago(*told.hip.latest, today));
  }
  if (told.procedures == sdk::KeyState::unavailable) {
    return ", operations could not be seen";
  }
  return std::ranges::any_of(main_operations(told.hip), &HipEvidence::is_in_future)
             ? ", dated in the future, not used"
             : ", day of the operation not recorded";
}

/// Why the late pathway is taken without a day.
std::string_view why_treated_as_late(const Told& told) {
  switch (told.procedures) {
    case sdk::KeyState::unavailable:
      return "operations could not be seen";
    case sdk::KeyState::truncated:
      return "only some operations could be seen, none of them a hip replacement with a day";
    default:
      return std::ranges::any_of(told.hip.operations, &HipEvidence::is_in_future)
                 ? "the operation is dated in the future, which is not used"
                 : "no total hip replacement or revision with a day is recorded";
  }
}

/// What the time since the operation means. Source: README.md, HR-05 and HR-10.
std::string phase(const Told& told) {
  std::string text;
  if (told.hip.flag == ThaFlag::pathway_early) {
    text =
        "**Early: the latest operation is, or may be, at most 90 days ago.** Soreness in the "
        "groin is common then, but ";
    return text.append(kSeenFirst);
  }
  if (told.hip.latest) {
    text = "**Late: more than 90 days since the latest operation";
    text += told.procedures == sdk::KeyState::truncated ? " that could be seen.** " : ".** ";
  } else {
    text = "**Treated as late: ";
    text.append(why_treated_as_late(told)).append(".** If it was in the last 90 days, ");
    text += "infection, dislocation, fracture and haematoma come first. ";
  }
  return text +
         "With new or lasting pain, infection, loosening, fracture and dislocation come first; "
         "iliopsoas-related pain is considered when they have been excluded.";
}

/// What partial replacements and resurfacings mean. Source: README.md, HR-04 and HR-07.
std::string phase_of_others(const rules::HipReplacement& hip) {
  if (hip.other_operations.empty()) {
    return {};
  }
  std::string text =
      "Hip arthroplasty, not THA: the pathway for pain after total hip replacement was not "
      "written for a partial replacement or resurfacing.";
  if (hip.has_early_other) {
    text += " **It is, or may be, at most 90 days ago:** ";
    text.append(kSeenFirst);
  }
  return text;
}

std::string phases(const Told& told) {
  std::string text;
  const auto add = [&](std::string_view paragraph) {
    text.append(text.empty() || paragraph.empty() ? "" : "\n\n").append(paragraph);
  };
  if (told.hip.flag != ThaFlag::none) {
    add(phase(told));
  }
  add(phase_of_others(told.hip));
  if (told.hip.latest && std::ranges::any_of(main_operations(told.hip), is_undated)) {
    add("An operation without a day is also recorded.");
  }
  return text;
}

std::string sides_sentence(const Told& told) {
  std::string text;
  if (!told.hip.sides.is_known()) {
    text = "The side of the implant is not recorded in a code known here.\n";
  }
  rules::Sides of_pain;
  for (const auto& one : told.hip_pain) {
    of_pain |= one.finding.sides;
  }
  if (!told.hip_pain.empty() && !of_pain.is_known()) {
    text += "The side of the groin or hip pain is not recorded in a code known here.\n";
  }
  if (rules::are_opposite(of_pain, told.hip.sides)) {
    text += "The coded groin or hip pain is on the other side than the implant.\n";
  }
  return text;
}

/// What is most to be known first; what would make it too long is left to the detail.
std::string summary(const rules::Concepts& concepts, const Told& told,
                    std::chrono::sys_days today) {
  const auto& hip = told.hip;
  std::string text = "Recorded: ";
  text.append(kind_of(hip)).append(side_of(hip.sides)).append(when_of(told, today));
  const auto add = [&](const std::string& part) {
    if (hooks::count_code_points(text + part) < kSummaryBelow) {
      text += part;
    }
  };
  if (!hip.complications.empty()) {
    std::string coded = "; ";
    coded.append(words(concepts.name(hip.complications.front().meaning))).append(" is coded");
    add(coded);
  }
  if (hip.flag != ThaFlag::none && hip.has_early_other) {
    const auto& other = hip.other_operations.front().finding;
    add("; partial or resurfacing, " + rules::text_of(rules::days_ago(*other.days, today)));
  }
  return text;
}

}  // namespace

hooks::Card card(const rules::Concepts& concepts, const Told& told, const sdk::Gaps& gaps,
                 std::chrono::sys_days today) {
  const auto& hip = told.hip;
  hooks::Card card;
  card.summary = summary(concepts, told, today);
  card.indicator = hip.complications.empty() ? hooks::Indicator::info : hooks::Indicator::warning;
  std::string& detail = card.detail;
  detail = phases(told) + "\n\n**Recorded**\n\n";
  detail += list(concepts, hip.complications);
  detail += list(concepts, hip.operations);
  detail += list(concepts, hip.other_operations, ": hip arthroplasty, not THA");
  detail += list(concepts, other_conditions(hip));
  detail += '\n' + sides_sentence(told);
  if (!told.pain.empty()) {
    detail += "\n**Pain in the region**\n\n" + list(concepts, told.pain);
  }
  if (!gaps.sentences.empty()) {
    detail += "\n**Not known**\n\n";
    for (const auto& sentence : gaps.sentences) {
      detail += "- " + sentence + '\n';
    }
  }
  detail.append("\n").append(kNotEvaluated).append("\n\n").append(kForReview);
  card.source = {.label = "Psoas CDS, hip-replacement", .url = {}, .icon = {}, .topic = {}};
  card.card_kind = hip.flag == ThaFlag::none
                       ? "hip-replacement-not-total"
                       : "hip-replacement-" + std::string{rules::to_string(hip.flag)};
  return card;
}

}  // namespace cdss::hip_replacement
