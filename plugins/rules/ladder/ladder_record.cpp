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

/// Since the earliest onset of one of these pains.
std::optional<WeeksEstimate> longest_of(const std::vector<ConceptId>& pains, const Facts& facts) {
  std::optional<WeeksEstimate> longest;
  for (const ConceptId pain : pains) {
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

/// Is it of a day since this pain began; when that is not known, of the last year?
bool is_of_this_pain(const std::optional<Days>& days, const std::optional<WeeksEstimate>& duration,
                     const Facts& facts) {
  constexpr double kTolerance = 1e-6;  // weeks are days divided by seven
  constexpr double kYear = 365;
  const double most = duration ? duration->least * kDaysOfWeek + kTolerance : kYear;
  return days && static_cast<double>(days_ago(*days, facts.today).most.count()) <= most;
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
  if (auto said = recorded(facts, "duration_weeks")) {
    return said;
  }
  // A back that has hurt for years says nothing of a groin that has hurt for weeks.
  auto longest = longest_of(rules.pain_of_hip, facts);
  return longest ? longest : longest_of(rules.pain, facts);
}

std::optional<WeeksEstimate> therapy_of(const LadderRules& rules, const Facts& facts,
                                        const std::optional<WeeksEstimate>& duration) {
  const std::chrono::days window{rules.limits.therapy_days};
  const auto said = recorded(facts, "pt_weeks");  // it does not grow: therapy may have ended
  if (said && days_ago(*said->finding.days, facts.today).most <= window) {
    return said;
  }
  std::vector<Finding> sessions;
  for (const ConceptId therapy : rules.therapy) {
    for (const Finding& session : facts.findings.performed(therapy)) {
      if (is_of_this_pain(session.days, duration, facts) &&
          days_ago(*session.days, facts.today).most <= window) {
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

bool is_in_therapy(const LadderRules& rules, const Facts& facts,
                   const std::optional<WeeksEstimate>& therapy) {
  const std::chrono::days window{rules.limits.session_days};
  const auto is_recent_session = [&](const Finding& session) {
    return session.days && days_ago(*session.days, facts.today).least <= window;
  };
  return (therapy && therapy->most > 0) || std::ranges::any_of(rules.therapy, [&](ConceptId id) {
           return std::ranges::any_of(facts.findings.performed(id), is_recent_session);
         });
}

Answer otc_tried(const LadderRules& rules, const Facts& facts, const Safety& safety,
                 const std::optional<WeeksEstimate>& duration) {
  constexpr std::string_view kTrial = "otc_trial";
  if (is_otc_contraindicated(safety)) {
    return Answer::met;
  }
  if (const auto said = recorded_flag(facts, "otc_tried")) {
    return *said;
  }
  const std::chrono::days enough{rules.limits.otc_days};
  const bool has_ended = std::ranges::any_of(facts.medicines.ended(), [&](const Medicine& one) {
    return one.definition->is_of(kTrial) && is_of_this_pain(one.finding.days, duration, facts);
  });
  const auto active = facts.medicines.active_of(kTrial);
  const bool has_run = std::ranges::any_of(active, [&](const Medicine* one) {
    return one->taking == Taking::taken && one->finding.days &&
           days_ago(*one->finding.days, facts.today).least >= enough;
  });
  return has_ended || has_run ? Answer::met : Answer::unknown;
}

Answer imaging_done(const Facts& facts, const std::optional<WeeksEstimate>& duration) {
  if (const auto said = recorded_flag(facts, "imaging_done")) {
    return *said;
  }
  for (const ConceptId image : facts.definitions.imaging) {
    for (const Finding& done : facts.findings.performed(image)) {
      if (is_of_this_pain(done.days, duration, facts)) {
        return Answer::met;
      }
    }
  }
  return Answer::unknown;
}

}  // namespace cdss::rules
