#include "plugins/rules/orders/dose_timing.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text/ascii.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/orders/tolerant_fhir.hpp"
#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
namespace {

using TimesByCode = std::pair<std::string_view, double>;

template <std::size_t N>
std::optional<double> find_times(const TimesByCode (&codes)[N], std::string_view code) {
  const auto* found = std::ranges::find(codes, code, &TimesByCode::first);
  return found == std::end(codes) ? std::nullopt : std::optional{found->second};
}

std::optional<double> larger(std::optional<double> one, std::optional<double> other) {
  return one && other ? std::max(one, other) : one ? one : other;
}

std::optional<double> member_number(View object, std::string_view name) {
  const auto value = object.find(name);
  double number = 0;
  if (!value || !value->is_number()) {
    return std::nullopt;
  }
  const auto digits = value->raw_text();
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc{} ? std::optional{number} : std::nullopt;
}

/// Times a day by a code such as BID or Q6H.
std::optional<double> times_of_code(std::string_view code) {
  constexpr TimesByCode kCodes[] = {
      {"qd", 1},  {"qday", 1}, {"daily", 1}, {"bid", 2}, {"bd", 2}, {"tid", 3}, {"tds", 3},
      {"qid", 4}, {"qds", 4},  {"qod", 0.5}, {"am", 1},  {"pm", 1}, {"bed", 1}, {"hs", 1},
  };
  return find_times(kCodes, to_lower(code));
}

/// Doses that an event of the day stands for: one, or one with each of three meals.
std::optional<double> doses_at(std::string_view event) {
  constexpr TimesByCode kEvents[] = {
      {"MORN", 1},      {"MORN.early", 1}, {"MORN.late", 1}, {"NOON", 1},      {"AFT", 1},
      {"AFT.early", 1}, {"AFT.late", 1},   {"EVE", 1},       {"EVE.early", 1}, {"EVE.late", 1},
      {"NIGHT", 1},     {"PHS", 1},        {"IMD", 1},       {"HS", 1},        {"WAKE", 1},
      {"CM", 1},        {"CD", 1},         {"CV", 1},        {"ACM", 1},       {"ACD", 1},
      {"ACV", 1},       {"PCM", 1},        {"PCD", 1},       {"PCV", 1},       {"C", 3},
      {"AC", 3},        {"PC", 3},
  };
  return find_times(kEvents, event);
}

/// Of timeOfDay and `when`; none when there is neither, or an event that is not known.
std::optional<double> listed_times(View repeat) {
  double times = 0;
  bool is_read = true;
  for_each(repeat.find("timeOfDay"), [&](View time) {
    is_read = is_read && time.is_string();
    times += 1;
  });
  double events = 0;
  for_each(repeat.find("when"), [&](View when) {
    const auto doses = when.is_string() ? doses_at(*when.string()) : std::nullopt;
    is_read = is_read && doses;
    events += doses.value_or(0);
  });
  times = std::max(times, events);
  return is_read && times > 0 ? std::optional{times} : std::nullopt;
}

std::optional<double> repeated_times(View repeat) {
  const bool is_listed = repeat.find("timeOfDay") || repeat.find("when");
  const auto listed = listed_times(repeat);
  if (is_listed && !listed) {
    return std::nullopt;
  }
  const auto period = member_number(repeat, "period");
  const auto unit = repeat.text_or_empty("periodUnit");
  const auto hours = hours_of(unit.empty() ? repeat.text_or_empty("periodUnits") : unit);
  if (!period || *period <= 0 || !hours) {
    return repeat.find("period") ? std::nullopt : listed;
  }
  const auto most = member_number(repeat, "frequencyMax");
  const auto frequency = most ? most : member_number(repeat, "frequency");
  if (frequency && *frequency <= 0) {
    return std::nullopt;
  }
  if (!frequency && listed) {
    return listed;
  }
  return larger(frequency.value_or(1) * 24 / (*period * *hours), listed);
}

/// The instants of the busiest day; none when one of them tells no day.
std::optional<double> times_of_events(View timing) {
  constexpr std::size_t kDay = std::string_view{"2026-12-01"}.size();
  std::map<std::string_view, double> by_day;
  bool is_read = true;
  for_each(timing.find("event"), [&](View event) {
    const auto instant = event.is_string() ? *event.string() : std::string_view{};
    is_read = is_read && instant.size() >= kDay;
    by_day[instant.substr(0, kDay)] += 1;
  });
  if (by_day.empty() || !is_read) {
    return std::nullopt;
  }
  return std::ranges::max_element(by_day, {}, [](const auto& day) { return day.second; })->second;
}

std::optional<double> coded_times(View code) {
  const auto read = fhir::read_codeable_concept(code);
  if (!read) {
    return std::nullopt;
  }
  std::optional<double> times;
  const auto add = [&](std::string_view words) {
    if (!times) {
      times = times_of_code(words);
    }
    if (!times) {
      times = times_a_day_in_words(words);
    }
  };
  for (const auto& coding : read->codings) {
    add(coding.code);
    add(coding.display);
  }
  add(read->text);
  return times;
}

/// Words and numbers of a folded text, apart: "q4h" is three of them.
std::vector<std::string> tokens_of(std::string_view text) {
  std::vector<std::string> tokens;
  char before = ' ';
  for (const char c : text) {
    const bool goes_on = (is_letter(c) && is_letter(before)) || (is_digit(c) && is_digit(before));
    if (is_letter(c) || is_digit(c) || c == '-') {
      if (goes_on) {
        tokens.back() += c;
      } else {
        tokens.emplace_back(1, c);
      }
    }
    before = c;
  }
  return tokens;
}

/// Words that are a number of times by themselves.
constexpr TimesByCode kTimesInAWord[] = {{"once", 1},   {"twice", 2},   {"thrice", 3},
                                         {"einmal", 1}, {"zweimal", 2}, {"dreimal", 3},
                                         {"viermal", 4}};

/// Looks for how often in the tokens of a text.
struct Words {
  std::vector<std::string> tokens;

  std::string_view at(std::size_t i) const {
    return i < tokens.size() ? std::string_view{tokens[i]} : std::string_view{};
  }

  template <std::size_t N>
  bool is_one(std::size_t i, const std::string_view (&words)[N]) const {
    return std::ranges::find(words, at(i)) != std::end(words);
  }

  std::optional<double> number(std::size_t i) const {
    constexpr TimesByCode kNumbers[] = {{"one", 1},  {"two", 2}, {"three", 3}, {"four", 4},
                                        {"five", 5}, {"six", 6}, {"eight", 8}, {"twelve", 12}};
    if (const auto word = find_times(kNumbers, at(i))) {
      return word;
    }
    if (const auto word = find_times(kTimesInAWord, at(i))) {
      return word;
    }
    const auto digits = at(i);
    double value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return !digits.empty() && read.ec == std::errc{} && value > 0 ? std::optional{value}
                                                                  : std::nullopt;
  }

  /// The number at `i` and, of a range, the one behind it; `i` moves behind both.
  std::pair<double, double> range(std::size_t& i) const {
    constexpr std::string_view kTo[] = {"-", "to", "or", "bis", "oder", "a", "ou", "tot", "o"};
    const double first = *number(i);
    ++i;
    if (is_one(i, kTo) && number(i + 1)) {
      const double second = *number(i + 1);
      i += 2;
      return {first, second};
    }
    return {first, first};
  }

  /// "every 4 to 6 hours"
  std::optional<double> interval(std::size_t i) const {
    constexpr std::string_view kEvery[] = {"every", "each", "q",    "alle", "les",
                                           "de",    "elke", "cada", "ogni", "em"};
    constexpr std::string_view kHours[] = {"h",      "hr",      "hrs",   "hour",   "hours", "std",
                                           "stunde", "stunden", "heure", "heures", "uur",   "uren",
                                           "hora",   "horas",   "ora",   "ore",    "hourly"};
    if (i == 0 || !is_one(i - 1, kEvery)) {
      return std::nullopt;
    }
    const auto [first, second] = range(i);
    return is_one(i, kHours) ? std::optional{24 / std::min(first, second)} : std::nullopt;
  }

  /// "3 to 4 times a day", "3x daily", "twice daily"
  std::optional<double> count(std::size_t i) const {
    constexpr std::string_view kTimes[] = {"x",    "times", "time", "mal",   "fois",  "maal",
                                           "keer", "veces", "vez",  "volte", "volta", "vezes"};
    constexpr std::string_view kOf[] = {"a",   "per", "each", "every", "am",  "pro", "par", "al",
                                        "por", "ao",  "de",   "un",    "the", "in",  "-"};
    constexpr std::string_view kDay[] = {"day",    "daily", "d",      "tag",       "taglich",
                                         "jour",   "dag",   "daags",  "dagelijks", "dia",
                                         "giorno", "die",   "diarias"};
    const bool is_word = find_times(kTimesInAWord, at(i)).has_value();
    const auto [first, second] = range(i);
    if (!is_word) {
      if (!is_one(i, kTimes)) {
        return std::nullopt;
      }
      ++i;
    }
    while (is_one(i, kOf)) {
      ++i;
    }
    return is_one(i, kDay) ? std::optional{std::max(first, second)} : std::nullopt;
  }
};

}  // namespace

std::optional<double> hours_of(std::string_view unit) {
  constexpr TimesByCode kUnits[] = {{"s", 1.0 / 3600}, {"min", 1.0 / 60}, {"h", 1},   {"d", 24},
                                    {"wk", 168},       {"mo", 730},       {"a", 8760}};
  return find_times(kUnits, unit);
}

std::optional<double> times_a_day_in_words(std::string_view words) {
  constexpr std::string_view kMost[] = {"max",          "maximum",     "maximal",   "maximaal",
                                        "exceed",       "hochstens",   "more than", "pas plus",
                                        "pas depasser", "niet meer",   "no mas",    "no superar",
                                        "non superare", "nao exceder", "up to"};
  constexpr std::string_view kCodes[] = {"bid", "tid", "tds", "qid", "qds"};
  if (has_any_word(words, kMost)) {
    return std::nullopt;
  }
  const Words read{tokens_of(folded(words))};
  std::optional<double> times;
  for (std::size_t i = 0; i < read.tokens.size(); ++i) {
    if (read.number(i)) {
      times = larger(times, larger(read.interval(i), read.count(i)));
    } else if (read.is_one(i, kCodes)) {
      times = larger(times, times_of_code(read.at(i)));
    }
  }
  return times;
}

std::optional<double> most_times_a_day(View dosage) {
  std::optional<double> times;
  if (const auto timing = dosage.find("timing")) {
    if (const auto repeat = timing->find("repeat")) {
      times = repeated_times(*repeat);
    }
    times = larger(times, times_of_events(*timing));
    if (const auto code = timing->find("code"); code && !times) {
      times = coded_times(*code);
    }
  }
  return times ? times : times_a_day_in_words(dosage.text_or_empty("text"));
}

}  // namespace cdss::rules
