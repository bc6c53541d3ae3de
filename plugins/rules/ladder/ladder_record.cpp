#include "plugins/rules/ladder/ladder_record.hpp"

#include <algorithm>

namespace cdss::rules {
namespace {

constexpr double kDaysOfWeek = 7;

double weeks(std::chrono::days days) {
  return static_cast<double>(days.count()) / kDaysOfWeek;
}

std::optional<WeeksEstimate> recorded(const Facts& facts, std::string_view id) {
  const ItemAnswer* answer = facts.items.find(id);
  if (answer == nullptr) {
    return std::nullopt;
  }
  return WeeksEstimate{.least = answer->least,
                       .most = answer->most,
                       .finding = answer->finding,
                       .is_derived = false};
}

/// The local item; none when it does not say.
std::optional<Answer> recorded_flag(const Facts& facts, std::string_view id) {
  const ItemAnswer* answer = facts.items.find(id);
  if (answer == nullptr) {
    return std::nullopt;
  }
  return answer->is_present ? Answer::met : Answer::unmet;
}

/// Do rules forbid both kinds of over-the-counter analgesic, for other reasons than age or one that
/// is taken already?
bool is_otc_contraindicated(const Safety& safety) {
  const auto speaks_against = [](const SafetyFinding& one) {
    return one.row->treatment == Treatment::nsaid && one.effect != Effect::caution &&
           one.row->id != "NS09" && one.row->id != "NS12";
  };
  return std::ranges::any_of(safety.found, speaks_against) &&
         safety.withholds(Treatment::acetaminophen);
}

}  // namespace

Answer reaches(const std::optional<WeeksEstimate>& weeks, int limit) {
  if (!weeks || (weeks->least < limit && weeks->most >= limit)) {
    return Answer::unknown;
  }
  return weeks->least >= limit ? Answer::met : Answer::unmet;
}

std::optional<WeeksEstimate> duration_of(const LadderRules& rules, const Facts& facts) {
  auto longest = recorded(facts, "duration_weeks");
  if (longest) {
    return longest;
  }
  for (const ConceptId pain : rules.pain) {
    for (const Finding& finding : facts.findings.of(pain)) {
      if (!finding.is_onset) {
        continue;
      }
      const auto ago = days_ago(*finding.days, facts.today);
      if (!longest) {
        longest = WeeksEstimate{.least = 0, .most = 0, .finding = finding, .is_derived = true};
      }
      if (weeks(ago.least) > longest->least) {
        longest->finding = finding;
      }
      longest->least = std::max(longest->least, weeks(ago.least));
      longest->most = std::max(longest->most, weeks(ago.most));
    }
  }
  return longest;
}

std::optional<WeeksEstimate> therapy_of(const LadderRules& rules, const Facts& facts) {
  const std::chrono::days window{rules.limits.therapy_days};
  const auto said = recorded(facts, "pt_weeks");  // it does not grow: therapy may have ended
  if (said && days_ago(*said->finding.days, facts.today).most <= window) {
    return said;
  }
  std::vector<Finding> sessions;
  for (const ConceptId therapy : rules.therapy) {
    for (const Finding& session : facts.findings.performed(therapy)) {
      if (session.days && days_ago(*session.days, facts.today).most <= window) {
        sessions.push_back(session);
      }
    }
  }
  if (sessions.size() < 2) {
    return std::nullopt;
  }
  const auto first = [](const Finding& session) { return session.days->first; };
  const auto last = [](const Finding& session) { return session.days->last; };
  const auto latest = std::ranges::max_element(sessions, {}, first);
  const auto earliest = std::ranges::min_element(sessions, {}, last);
  const auto least = std::max(first(*latest) - last(*earliest), std::chrono::days{0});
  const auto most = std::ranges::max(sessions, {}, last).days->last -
                    std::ranges::min(sessions, {}, first).days->first;
  return WeeksEstimate{
      .least = weeks(least), .most = weeks(most), .finding = *latest, .is_derived = true};
}

Answer otc_tried(const LadderRules& rules, const Facts& facts, const Safety& safety) {
  constexpr std::string_view kTrial = "otc_trial";
  if (is_otc_contraindicated(safety)) {
    return Answer::met;
  }
  if (const auto said = recorded_flag(facts, "otc_tried")) {
    return *said;
  }
  const std::chrono::days enough{rules.limits.otc_days};
  const bool has_ended = std::ranges::any_of(
      facts.medicines.ended(), [&](const Medicine& one) { return one.definition->is_of(kTrial); });
  const auto active = facts.medicines.active_of(kTrial);
  const bool has_run = std::ranges::any_of(active, [&](const Medicine* one) {
    return one->taking == Taking::taken && one->finding.days &&
           days_ago(*one->finding.days, facts.today).least >= enough;
  });
  return has_ended || has_run ? Answer::met : Answer::unknown;
}

Answer imaging_done(const LadderRules& rules, const Facts& facts,
                    const std::optional<WeeksEstimate>& duration) {
  if (const auto said = recorded_flag(facts, "imaging_done")) {
    return *said;
  }
  if (!duration) {
    return Answer::unknown;
  }
  constexpr double kTolerance = 1e-6;  // weeks are days divided by seven
  const double days_of_pain = duration->least * kDaysOfWeek + kTolerance;
  for (const ConceptId image : rules.imaging) {
    for (const Finding& done : facts.findings.performed(image)) {
      if (done.days &&
          static_cast<double>(days_ago(*done.days, facts.today).most.count()) <= days_of_pain) {
        return Answer::met;
      }
    }
  }
  return Answer::unknown;
}

}  // namespace cdss::rules
