#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "fhir/types/ucum.hpp"

namespace cdss::fhir {
namespace {

struct Spelling {
  std::string_view text;  ///< in the form that `plain` gives
  std::string_view ucum;
};

constexpr Spelling kSpellings[] = {
    // temperature
    {"degf", "[degF]"},
    {"f", "[degF]"},
    {"degreef", "[degF]"},
    {"degreesf", "[degF]"},
    {"degfahrenheit", "[degF]"},
    {"degreefahrenheit", "[degF]"},
    {"degreesfahrenheit", "[degF]"},
    {"fahrenheit", "[degF]"},
    {"degc", "Cel"},
    {"c", "Cel"},
    {"cel", "Cel"},
    {"degreec", "Cel"},
    {"degreesc", "Cel"},
    {"degcelsius", "Cel"},
    {"degreecelsius", "Cel"},
    {"degreescelsius", "Cel"},
    {"celsius", "Cel"},
    {"centigrade", "Cel"},
    // sedimentation
    {"mm/h", "mm/h"},
    {"mm/hr", "mm/h"},
    {"mm/hour", "mm/h"},
    {"mm/1h", "mm/h"},
    {"mm/1hr", "mm/h"},
    {"mm/1hour", "mm/h"},
    {"mm/std", "mm/h"},
    // pressure, rate
    {"mmhg", "mm[Hg]"},
    {"bpm", "/min"},
    {"beats/min", "/min"},
    {"beat/min", "/min"},
    {"beats/minute", "/min"},
    {"beatsperminute", "/min"},
    {"perminute", "/min"},
    {"/minute", "/min"},
    {"/min.", "/min"},
    // cells
    {"k/ul", "10*3/uL"},
    {"k/mcl", "10*3/uL"},
    {"k/mm3", "10*3/uL"},
    {"k/cumm", "10*3/uL"},
    {"th/ul", "10*3/uL"},
    {"th/mm3", "10*3/uL"},
    {"thou/ul", "10*3/uL"},
    {"thou/mcl", "10*3/uL"},
    {"thou/mm3", "10*3/uL"},
    {"thous/ul", "10*3/uL"},
    {"thous/mcl", "10*3/uL"},
    {"thousand/ul", "10*3/uL"},
    {"thousand/mcl", "10*3/uL"},
    {"tsd/ul", "10*3/uL"},
    {"103/ul", "10*3/uL"},
    {"10(3)/ul", "10*3/uL"},
    {"10e3/ul", "10*3/uL"},
    {"10e3/mcl", "10*3/uL"},
    {"10*3/ul", "10*3/uL"},
    {"10*3/mcl", "10*3/uL"},
    {"10*3/mm3", "10*3/uL"},
    {"10*3/cumm", "10*3/uL"},
    {"10e3/mm3", "10*3/uL"},
    {"/nl", "/nL"},
    {"109/l", "10*9/L"},
    {"10(9)/l", "10*9/L"},
    {"10e9/l", "10*9/L"},
    {"10*9/l", "10*9/L"},
    {"10*6/l", "10*6/L"},
    {"10e6/l", "10*6/L"},
    {"g/l", "10*9/L"},
    {"giga/l", "10*9/L"},
    {"gpt/l", "10*9/L"},
    {"cells/ul", "/uL"},
    {"cells/mcl", "/uL"},
    {"cells/mm3", "/uL"},
    {"cells/cumm", "/uL"},
    {"/ul", "/uL"},
    {"/mcl", "/uL"},
    {"/mm3", "/uL"},
    {"/cumm", "/uL"},
    {"#/ul", "/uL"},
    // mass in volume
    {"mg/l", "mg/L"},
    {"mg/dl", "mg/dL"},
    {"mg%", "mg/dL"},
    {"mg/ml", "mg/mL"},
    {"ug/ml", "ug/mL"},
    {"mcg/ml", "ug/mL"},
    {"ug/l", "ug/L"},
    {"mcg/l", "ug/L"},
    {"ug/dl", "ug/dL"},
    {"mcg/dl", "ug/dL"},
    {"ng/ml", "ng/mL"},
    {"g/dl", "g/dL"},
    {"g%", "g/dL"},
    {"gm/dl", "g/dL"},
    {"gms/dl", "g/dL"},
    {"gm%", "g/dL"},
    {"gm/l", "g/L"},
    {"grams/dl", "g/dL"},
    // filtration: that it is for 1.73 m2 of body surface, the LOINC code says
    {"ml/min", "mL/min"},
    {"ml/min/1.73", "mL/min"},
    {"ml/min/1.73m2", "mL/min"},
    {"ml/min/1,73m2", "mL/min"},
    {"ml/mn/1.73m2", "mL/min"},
    {"ml/mn/1,73m2", "mL/min"},
    {"ml/min/1.73sqm", "mL/min"},
    {"ml/min/1.73sq.m", "mL/min"},
    {"ml/min/1.73_m2", "mL/min"},
    {"ml/min/1.73m2bsa", "mL/min"},
    {"ml/minper1.73m2", "mL/min"},
    {"ml/min/bsa", "mL/min"},
    {"ml/min/(1.73m2)", "mL/min"},
    {"ml/min/(173.10*-2.m2)", "mL/min"},
    {"ml/min/1.73.m2", "mL/min"},
    {"ml/min/173.10*-2.m2", "mL/min"},
    // numbers
    {"inr", "{INR}"},
    {"ratio", "{INR}"},
    {"score", "{score}"},
    {"points", "{score}"},
    {"/10", "{score}"},
    {"percent", "%"},
    {"pct", "%"},
    // length of time
    {"day", "d"},
    {"days", "d"},
    {"week", "wk"},
    {"weeks", "wk"},
    {"wks", "wk"},
    {"month", "mo"},
    {"months", "mo"},
    {"year", "a"},
    {"years", "a"},
    {"yr", "a"},
    {"yrs", "a"},
};

/// Letters and signs beyond ASCII, and two ways to write a power, in one form.
constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
    {"\u00b2", "2"}, {"\u00b3", "3"}, {"\u2076", "6"},    {"\u2079", "9"},    {"\u00b5", "u"},
    {"\u03bc", "u"}, {"\u00b7", "."}, {"\u00b0", "deg"},  {"\u00ba", "deg"},  {"\u02da", "deg"},
    {"\u00d7", "x"}, {"**", "*"},     {"\u2103", "degc"}, {"\u2109", "degf"}, {"\u00a0", ""},
    {"^", "*"},      {"m*2", "m2"},   {"m*3", "m3"},      {"10*3*", "10*3"},
};

constexpr std::size_t kLongest = 40;

/// In lower case, without spaces, one way for each sign.
std::string plain(std::string_view text) {
  std::string out = to_lower(text);
  std::erase(out, ' ');
  for (const auto& [sign, plain_sign] : kSigns) {
    for (auto at = out.find(sign); at != std::string::npos;
         at = out.find(sign, at + plain_sign.size())) {
      out.replace(at, sign.size(), plain_sign);
    }
  }
  if (out.starts_with("x10")) {  // "x10^3/uL"
    out.erase(0, 1);
  }
  // An annotation tells people what is counted, never how many.
  for (auto open = out.find('{'); open != std::string::npos; open = out.find('{')) {
    const auto close = out.find('}', open);
    if (close == std::string::npos) {
      break;
    }
    out.replace(open, close + 1 - open, "");
  }
  return out;
}

}  // namespace

std::optional<std::string_view> ucum_of_spelling(std::string_view text) {
  if (text.size() > kLongest) {
    return std::nullopt;
  }
  const std::string spelled = plain(text);
  const auto* const found = std::ranges::find(kSpellings, spelled, &Spelling::text);
  return found == std::end(kSpellings) ? std::nullopt : std::optional{found->ucum};
}

}  // namespace cdss::fhir
