#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdss::hostile {

/// What becomes of a call.
enum class Ends {
  refused,   ///< 400, logged and counted as a safety event
  excluded,  ///< no card comes of what was left out, which is logged and counted
  answered,  ///< a card, and nothing is logged
};

/// One way in which a call holds what is another patient's, or nobody's, or this patient's. Each
/// would get a card if all of it were believed.
struct Shape {
  std::string what;      ///< for people
  std::string prefetch;  ///< members
  Ends ends = Ends::refused;
  std::string where = {};             ///< path that the refusal names
  std::string hook = "patient-view";  ///< that hip-replacement or treatment-escalation offers
  std::string context = {};           ///< further members
  std::string call = {};              ///< further members
  int status = 200;                   ///< of a call of which something is left out
};

inline constexpr std::string_view kOwnId = "own-1";
inline constexpr std::string_view kForeignId = "foreign-7";

/// JSON text of parts of a call. A resource gets further members as text that starts with a comma.
std::string reference_to(std::string_view text);
std::string subject_of(std::string_view reference_text);  ///< `, "subject": {"reference": ".."}`
std::string hip_replacement(std::string_view more);       ///< a Procedure that is worth a card
std::string bundle_of(const std::vector<std::string>& resources);
std::string own_patient();  ///< prefetch member `patient`
/// Prefetch of the own patient, who has no conditions, with this under `procedures`.
std::string with_procedures(std::string_view value);
/// The same with the own patient's hip replacement there, and this under `unasked`.
std::string with_unasked(std::string_view value);
/// Prefetch of the own patient, whose kidneys do not bear the draft below.
std::string with_failing_kidneys();
std::string ibuprofen(std::string_view more);  ///< a draft that is worth a card for them

/// The whole call.
std::string call_of(const Shape& shape);

std::vector<Shape> foreign_references();
std::vector<Shape> foreign_elements();
std::vector<Shape> foreign_insides();
std::vector<Shape> foreign_contexts();
std::vector<Shape> undetermined();
std::vector<Shape> own();

/// All of these.
std::vector<Shape> shapes();

}  // namespace cdss::hostile
