#include "plugins/hip_replacement/sections.hpp"

#include <algorithm>
#include <string_view>

#include "plugins/cards/wording.hpp"

namespace cdss::hip_replacement {
namespace {

using cards::bullet;
using rules::Reason;

constexpr std::string_view kPattern[] = {"resisted_hip_flexion_pain", "pain_on_hip_flexor_stretch",
                                         "pain_stairs_car_rising", "weight_bearing_pain_constant"};

/// Of the two forms in which findings come.
bool is_examination_known(const Assessment& assessment) {
  return assessment.facts.record.examination.is_known &&
         assessment.facts.record.questionnaire.is_known;
}

/// Why a marker is not known.
std::string not_known(const Assessment& assessment, const rules::ResultDefinition& definition) {
  const auto& texts = assessment.texts();
  const auto& open = assessment.facts.results.not_interpretable();
  if (std::ranges::find(open, definition.id) != open.end()) {
    return texts.of("hip.screen.not-interpretable", {{"result", definition.text}});
  }
  if (!assessment.facts.record.results.is_known) {
    return texts.of("hip.screen.unseen", {{"result", definition.text}});
  }
  return texts.of("hip.screen.not-measured", {{"result", definition.text},
                                              {"days", std::to_string(definition.valid.count())}});
}

std::string_view judged_id(const CutOff& cut_off) {
  if (!cut_off.is_above) {
    return "hip.screen.open";
  }
  return *cut_off.is_above ? "hip.screen.above" : "hip.screen.not-above";
}

std::string marker_line(const Assessment& assessment, const Marker& marker) {
  const auto& texts = assessment.texts();
  if (marker.before_operation != nullptr) {
    return bullet(texts.of("hip.screen.before",
                           {{"value", rules::text_of(rules::reason_of(*marker.before_operation))},
                            {"result", marker.definition->text}}));
  }
  if (!marker.is_known()) {
    return bullet(not_known(assessment, *marker.definition));
  }
  std::string judged;
  for (const auto& cut_off : marker.cut_offs) {
    judged +=
        (judged.empty() ? "" : "; ") +
        texts.of(judged_id(cut_off),
                 {{"limit", rules::text_of_quantity(cut_off.limit, marker.definition->unit)},
                  {"phase", texts.of(cut_off.is_early ? "hip.screen.early" : "hip.screen.late")}});
  }
  return bullet(
      texts.of("hip.screen.value",
               {{"value", rules::text_of(rules::reason_of(*marker.value))},
                {"judged", judged.empty() ? texts.of("hip.screen.no-cut-off") : judged}}));
}

/// Could be above a cut-off, for all that is known.
bool is_open(const Marker& marker) {
  return !marker.is_known() || std::ranges::any_of(marker.cut_offs, [](const CutOff& cut_off) {
    return !cut_off.is_above;
  });
}

/// What the markers mean together; nothing when the red flag of infection says it.
std::string conclusion(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  const auto& flags = assessment.red_flags;
  if (flags.has("RF02")) {
    return {};
  }
  if (const auto raised = raised_markers(assessment); !raised.empty()) {
    return texts.of("hip.screen.raised", {{"reasons", cards::list_of(texts, raised)}});
  }
  const bool is_incomplete = is_open(assessment.work_up.crp) || is_open(assessment.work_up.esr);
  return texts.of(is_incomplete ? "hip.screen.incomplete" : "hip.screen.lower");
}

std::string radiograph_line(const Assessment& assessment, const Radiograph& radiograph) {
  const auto& texts = assessment.texts();
  const std::string text = rules::text_of(
      Reason{.text = assessment.name_of(radiograph.view), .finding = radiograph.finding});
  switch (radiograph.shows) {
    case Radiograph::Shows::no_day:
      return texts.of("hip.radiograph.undated", {{"radiograph", text}});
    case Radiograph::Shows::other_side:
      return texts.of("hip.radiograph.other-side", {{"radiograph", text}});
    case Radiograph::Shows::before_operation:
      return texts.of("hip.radiograph.before", {{"radiograph", text}});
    case Radiograph::Shows::implant:
      break;
  }
  const auto ago = rules::days_ago(*radiograph.finding.days, assessment.facts.today);
  return texts.of("hip.radiograph.known", {{"radiograph", text}, {"ago", rules::text_of(ago)}});
}

std::string radiograph_lines(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  std::string lines;
  const bool is_known = assessment.facts.record.procedures.is_known;
  const bool has_two = assessment.work_up.images.size() > 1;
  for (const auto& image : assessment.work_up.images) {
    const auto line =
        image.radiograph ? radiograph_line(assessment, *image.radiograph)
        : has_two && is_known
            ? texts.of("hip.radiograph.none-of-side", {{"side", rules::to_string(image.side)}})
            : texts.of(is_known ? "hip.radiograph.none" : "hip.radiograph.unseen");
    if (lines.find(line) == std::string::npos) {  // one of the pelvis shows both
      lines += bullet(line);
    }
  }
  const auto* imaged = assessment.facts.items.find("imaging_done");
  if (imaged != nullptr && imaged->is_present && !assessment.work_up.has_radiograph()) {
    const Reason reason{.text = assessment.knowledge.definitions.item("imaging_done")->text,
                        .finding = imaged->finding};
    lines += bullet(texts.of("hip.radiograph.other", {{"item", rules::text_of(reason)}}));
  }
  return lines;
}

std::string overhang_lines(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  const auto* overhang = assessment.work_up.overhang;
  if (overhang == nullptr) {
    return bullet(
        texts.of(is_examination_known(assessment) ? "hip.overhang.none" : "hip.overhang.unseen"));
  }
  const auto& item = *assessment.knowledge.definitions.item("cup_overhang_mm");
  const std::string text = rules::text_of(
      Reason{.text = item.text + ' ' + rules::text_of_quantity(overhang->least, item.unit),
             .finding = overhang->finding});
  if (assessment.work_up.is_overhang_of_old) {
    return bullet(texts.of("hip.overhang.before", {{"overhang", text}}));
  }
  const double limit = assessment.knowledge.ladder.limits.cup_overhang_mm;  // README.md, HR-14
  const auto band = texts.of(overhang->least < limit ? "hip.overhang.below" : "hip.overhang.from",
                             {{"limit", rules::text_of_quantity(limit, item.unit)}});
  return bullet(texts.of("hip.overhang.value", {{"overhang", text}, {"band", band}})) +
         bullet(texts.of("hip.overhang.rule"));
}

}  // namespace

rules::Reasons raised_markers(const Assessment& assessment) {
  const auto& facts = assessment.facts;
  const auto& limits = assessment.knowledge.red_flags.limits;
  if (facts.hip.flag == rules::ThaFlag::none || assessment.red_flags.has("RF02")) {
    return {};
  }
  return rules::any_of({facts.above("crp", limits.crp_late), facts.above("esr", limits.esr_late)});
}

void add_infection_screen(std::string& detail, const Assessment& assessment) {
  const auto& texts = assessment.texts();
  const auto& work_up = assessment.work_up;
  std::string lines = marker_line(assessment, work_up.crp) + marker_line(assessment, work_up.esr);
  if (work_up.white_cells != nullptr) {
    lines += bullet(texts.of("hip.screen.count",
                             {{"value", rules::text_of(rules::reason_of(*work_up.white_cells))}}));
  }
  const std::string means = conclusion(assessment);
  lines += means.empty() ? means : bullet(means);
  if (assessment.facts.hip.flag == rules::ThaFlag::pathway_early) {
    lines += bullet(texts.of("hip.screen.early-note"));
  }
  cards::add_section(detail, texts.of("hip.section.screen"), lines);
}

void add_imaging(std::string& detail, const Assessment& assessment) {
  cards::add_section(detail, assessment.texts().of("hip.section.imaging"),
                     radiograph_lines(assessment) + overhang_lines(assessment));
}

void add_pattern(std::string& detail, const Assessment& assessment) {
  const auto& texts = assessment.texts();
  std::string found;
  for (const auto id : kPattern) {
    const auto* answer = assessment.facts.items.find(id);
    if (answer != nullptr) {
      const std::string& name = assessment.knowledge.definitions.item(id)->text;
      found += bullet(rules::text_of(Reason{
          .text = answer->is_present ? name : texts.of("hip.pattern.not-found", {{"item", name}}),
          .finding = answer->finding}));
    }
  }
  if (found.empty() && assessment.pain.empty()) {
    return;
  }
  if (found.empty()) {
    found = bullet(
        texts.of(is_examination_known(assessment) ? "hip.pattern.none" : "hip.pattern.unseen"));
  }
  cards::add_section(detail, texts.of("hip.section.pattern"),
                     bullet(texts.of("hip.pattern.means")) + found);
}

}  // namespace cdss::hip_replacement
