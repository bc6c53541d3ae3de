#include "plugins/hip_replacement/card.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace cdss::hip_replacement {
namespace {

using rules::HipEvidence;
using rules::ThaFlag;

constexpr std::string_view kNotEvaluated =
    "Red flags are not evaluated in this version: exclude infection, loosening, fracture, "
    "dislocation and haematoma before acting on this card.";
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

std::string list(const rules::Concepts& concepts, const std::vector<HipEvidence>& all) {
  constexpr std::size_t kMost = 8;
  std::string lines;
  for (std::size_t i = 0; i < std::min(kMost, all.size()); ++i) {
    lines.append("- ").append(words(concepts.name(all[i].meaning)));
    if (const std::string where = rules::text_of(all[i].finding); !where.empty()) {
      lines += " (" + where + ')';
    }
    lines += '\n';
  }
  if (all.size() > kMost) {
    lines += "- and " + std::to_string(all.size() - kMost) + " more\n";
  }
  return lines;
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

std::string when_of(const rules::HipReplacement& hip, std::chrono::sys_days today) {
  if (!hip.latest) {
    return ", day of the operation not recorded";
  }
  return ", " + rules::text_of(rules::days_ago(*hip.latest, today)) + " days ago";
}

/// What the time since the operation means. Source: README.md, HR-05 and HR-10.
std::string phase(const rules::HipReplacement& hip) {
  if (hip.flag == ThaFlag::none) {
    return "Hip arthroplasty, not THA: the pathway for pain after total hip replacement was not "
           "written for a partial replacement or resurfacing.";
  }
  std::string text;
  if (hip.flag == ThaFlag::pathway_early) {
    text =
        "**Early: the latest operation is, or may be, at most 90 days ago.** Soreness in the "
        "groin is common then, but infection, dislocation, fracture and haematoma are more "
        "urgent to think of.";
  } else {
    text = hip.latest ? "**Late: more than 90 days since the latest operation.** "
                      : "**Treated as late: no operation with a day is recorded.** If it was in "
                        "the last 90 days, infection, dislocation, fracture and haematoma come "
                        "first. ";
    text +=
        "With new or lasting pain, infection, loosening, fracture and dislocation come first; "
        "iliopsoas-related pain is considered when they have been excluded.";
  }
  return text;
}

std::string sides_sentence(const rules::HipReplacement& hip, const std::vector<HipEvidence>& pain) {
  rules::Sides of_pain;
  for (const auto& one : pain) {
    of_pain |= one.finding.sides;
  }
  if (!hip.sides.is_known()) {
    return "The side of the implant is not recorded in a code.\n";
  }
  const bool differ = of_pain.is_known() && !(of_pain.left && hip.sides.left) &&
                      !(of_pain.right && hip.sides.right);
  return differ ? "The coded pain is on the other side than the implant.\n" : "";
}

}  // namespace

hooks::Card card(const rules::Concepts& concepts, const rules::HipReplacement& hip,
                 const std::vector<HipEvidence>& pain, const sdk::Gaps& gaps,
                 std::chrono::sys_days today) {
  const bool is_total = hip.flag != ThaFlag::none;
  hooks::Card card;
  card.summary = "Recorded: ";
  card.summary.append(kind_of(hip)).append(side_of(hip.sides)).append(when_of(hip, today));
  card.indicator = hip.complications.empty() ? hooks::Indicator::info : hooks::Indicator::warning;
  std::string& detail = card.detail;
  detail = phase(hip) + "\n\n**Recorded**\n\n";
  detail += list(concepts, is_total ? hip.operations : hip.other_operations);
  detail += list(concepts, hip.conditions);
  detail += '\n' + sides_sentence(hip, pain);
  if (!pain.empty()) {
    detail += "\n**Pain in the region**\n\n" + list(concepts, pain);
  }
  if (!gaps.sentences.empty()) {
    detail += "\n**Not known**\n\n";
    for (const auto& sentence : gaps.sentences) {
      detail += "- " + sentence + '\n';
    }
  }
  detail.append("\n").append(kNotEvaluated).append("\n\n").append(kForReview);
  card.source = {.label = "Psoas CDS, hip-replacement", .url = {}, .icon = {}, .topic = {}};
  card.card_kind = is_total ? "hip-replacement-" + std::string{rules::to_string(hip.flag)}
                            : "hip-replacement-not-total";
  return card;
}

}  // namespace cdss::hip_replacement
