#include "plugins/rules/facts/local_items.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <tuple>
#include <utility>

#include "fhir/resources/observation.hpp"
#include "fhir/resources/questionnaire_response.hpp"
#include "fhir/resources/read_all.hpp"
#include "fhir/types/systems.hpp"
#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

constexpr std::string_view kForm = "https://psoas-cds.github.io/fhir/Questionnaire/hip-exam";

/// One of two codes; none when it is neither, or both.
std::optional<bool> read_choice(const fhir::CodeableConcept& coded, const fhir::Coding& yes,
                                const fhir::Coding& no) {
  const bool is_yes = coded.has(yes);
  return is_yes == coded.has(no) ? std::nullopt : std::optional{is_yes};
}

/// Source: SNOMED CT, finding context: 52101004 Present, 2667000 Absent.
std::optional<bool> read_flag(const fhir::Value& value) {
  if (const bool* flag = std::get_if<bool>(&value)) {
    return *flag;
  }
  const auto* coded = std::get_if<fhir::CodeableConcept>(&value);
  return coded == nullptr ? std::nullopt
                          : read_choice(*coded, fhir::snomed("52101004"), fhir::snomed("2667000"));
}

constexpr std::string_view kOnsets[] = {"onset-sudden", "onset-acute", "onset-subacute",
                                        "onset-gradual"};

/// The one onset that is coded; none when it is none of them, or several.
std::optional<std::string_view> read_onset(const fhir::CodeableConcept& coded) {
  std::optional<std::string_view> read;
  for (const auto onset : kOnsets) {
    if (coded.has(fhir::hip_exam(onset))) {
      if (read) {
        return std::nullopt;
      }
      read = onset;
    }
  }
  return read;
}

/// The number in the item's unit. One with a comparator ("> 6 wk") is not known.
std::optional<double> read_number(const fhir::Value& value, const std::string& unit) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    return unit == "1" ? std::optional{static_cast<double>(*whole)} : std::nullopt;
  }
  const auto* quantity = std::get_if<fhir::Quantity>(&value);
  if (quantity == nullptr || quantity->has_comparator()) {
    return std::nullopt;
  }
  const auto number = quantity->in(unit);
  return number && *number >= 0 ? std::optional{*number} : std::nullopt;
}

/// The answer as it was recorded; none when it is not of the item's kind.
std::optional<ItemAnswer> read_answer(const fhir::Value& value, const ItemDefinition& item) {
  const auto* coded = std::get_if<fhir::CodeableConcept>(&value);
  if (item.values == ItemValues::quantity) {
    const auto number = read_number(value, item.unit);
    return number ? std::optional{ItemAnswer{.least = *number, .most = *number, .finding = {}}}
                  : std::nullopt;
  }
  if (item.values == ItemValues::onset) {
    const auto onset = coded != nullptr ? read_onset(*coded) : std::nullopt;
    return onset ? std::optional{ItemAnswer{.choice = *onset, .finding = {}}} : std::nullopt;
  }
  std::optional<bool> flag;
  if (item.values == ItemValues::finding) {
    flag = read_flag(value);
  } else if (coded != nullptr) {
    flag = read_choice(*coded, fhir::hip_exam("injection-positive"),
                       fhir::hip_exam("injection-negative"));
  }
  return flag ? std::optional{ItemAnswer{.is_present = *flag, .finding = {}}} : std::nullopt;
}

constexpr double days_in(std::string_view unit) {
  constexpr double kDaysOfWeek = 7;
  return unit == "wk" ? kDaysOfWeek : 1;
}

/// Moves a quantity of time to today.
void advance(ItemAnswer& answer, const ItemDefinition& item, DaysAgo ago) {
  const double least = static_cast<double>(ago.least.count()) / days_in(item.unit);
  const double most = static_cast<double>(ago.most.count()) / days_in(item.unit);
  if (item.drift == Drift::grows) {
    answer.least += least;
    answer.most += most;
  } else if (item.drift == Drift::falls) {
    answer.least -= most;
    answer.most -= least;
  }
}

/// May `candidate` take the place of what is known?
bool is_better(const ItemAnswer& candidate, const ItemAnswer& known) {
  if (candidate.finding.days->first != known.finding.days->first) {
    return candidate.finding.days->first > known.finding.days->first;
  }
  if (candidate.is_present != known.is_present) {
    return candidate.is_present;
  }
  // Of one day and still different: the more sudden onset, the larger number, whatever the order.
  const auto rank = [](const ItemAnswer& answer) {
    return std::ranges::find(kOnsets, answer.choice) - std::begin(kOnsets);
  };
  const auto theirs = rank(candidate);
  const auto ours = rank(known);
  return std::tie(ours, candidate.most, known.finding.reference) >
         std::tie(theirs, known.most, candidate.finding.reference);
}

/// A dated answer, also one that is too old to count.
struct Said {
  Days days;
  bool is_present;
  std::string_view choice;
};

/// Since when the newest answers say the same as this one.
Days since_when(std::vector<Said> said, const ItemAnswer& answer) {
  std::ranges::stable_sort(said, std::ranges::greater{},
                           [](const Said& one) { return one.days.first; });
  Days since = *answer.finding.days;
  for (const Said& one : said) {
    if (one.days.first > since.first) {
      continue;  // newer than what counts: of one day, or not exact
    }
    const bool is_same = one.is_present == answer.is_present && one.choice == answer.choice;
    if (!is_same && one.days.first < since.first) {
      break;
    }
    since = is_same ? one.days : since;
  }
  return since;
}

}  // namespace

struct LocalItems::Answer {
  const fhir::Value* value;
  fhir::EventTime when;
  std::string reference;
};

/// Collects the answers, and for each item why others could not be used.
struct LocalItems::Reader {
  const std::vector<ItemDefinition>& definitions;
  std::chrono::sys_days today;
  LocalItems read;
  std::unordered_map<std::string_view, UnusedAnswers> unused;    // by ItemDefinition::id
  std::unordered_map<std::string_view, std::vector<Said>> said;  // likewise

  void add(std::string_view id, Answer answer) {
    const auto* definition = find_by_id(definitions, id);
    if (definition == nullptr) {
      return;
    }
    UnusedAnswers& not_used = unused[definition->id];
    auto candidate = read_answer(*answer.value, *definition);
    const auto days = observed_days(answer.when, today);
    if (!candidate) {
      ++not_used.unreadable;
      return;
    }
    if (!days) {
      ++(answer.when.has_day() ? not_used.in_future : not_used.without_day);
      return;
    }
    const auto ago = days_ago(*days, today);
    advance(*candidate, *definition, ago);
    said[definition->id].push_back({*days, candidate->is_present, candidate->choice});
    if ((definition->valid && ago.most > *definition->valid) ||
        (definition->least && candidate->most < *definition->least) ||
        (definition->most && candidate->most > *definition->most)) {
      ++not_used.too_old;
      return;
    }
    candidate->finding.reference = std::move(answer.reference);
    candidate->finding.days = days;
    const auto [known, is_new] = read.answers_.try_emplace(definition->id, *candidate);
    if (!is_new && is_better(*candidate, known->second)) {
      known->second = *candidate;
    }
  }

  void add_observations(View observations) {
    const auto all = fhir::read_all<fhir::Observation>(observations);
    read.unused_.unreadable += all.refused.size();
    for (const auto& observation : all.values) {
      for (const auto& coding : observation.code.codings) {
        if (coding.system == fhir::kHipExam && observation.is_final()) {
          add(coding.code,
              {&observation.value, when_of(observation), plain_reference(observation)});
        }
      }
    }
  }

  void add_responses(View responses) {
    const auto all = fhir::read_all<fhir::QuestionnaireResponse>(responses);
    read.unused_.unreadable += all.refused.size();
    for (const auto& response : all.values) {
      if (!response.is_completed() || response.questionnaire != kForm) {
        continue;
      }
      const auto when =
          response.authored ? fhir::EventTime::on(*response.authored) : fhir::EventTime{};
      for (const auto& item : response.items) {
        for (const auto& value : item.answers) {
          add(item.link_id, {&value, when, plain_reference(response)});
        }
      }
    }
  }

  LocalItems finish() {
    for (const auto& [id, counts] : unused) {
      if (read.find(id) == nullptr) {
        read.unused_.too_old += counts.too_old;
        read.unused_.in_future += counts.in_future;
        read.unused_.without_day += counts.without_day;
        read.unused_.unreadable += counts.unreadable;
      }
    }
    for (auto& [id, answer] : read.answers_) {
      answer.since = since_when(said[id], answer);
    }
    return std::move(read);
  }
};

LocalItems LocalItems::read(const std::vector<ItemDefinition>& definitions,
                            std::optional<View> observations, std::optional<View> responses,
                            std::chrono::sys_days today) {
  Reader reader{.definitions = definitions, .today = today, .read = {}, .unused = {}, .said = {}};
  if (observations) {
    reader.add_observations(*observations);
  }
  if (responses) {
    reader.add_responses(*responses);
  }
  return reader.finish();
}

const ItemAnswer* LocalItems::find(std::string_view id) const {
  const auto found = answers_.find(id);
  return found == answers_.end() ? nullptr : &found->second;
}

bool LocalItems::is_present(std::string_view id) const {
  const ItemAnswer* answer = find(id);
  return answer != nullptr && answer->is_present;
}

}  // namespace cdss::rules
