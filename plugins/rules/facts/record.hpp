#pragma once

#include <optional>
#include <string_view>

#include "core/json/view.hpp"

namespace cdss::rules {

/// One need of the rules: what was found for it, and whether that is all there is.
struct Source {
  std::optional<View> value;  ///< a resource or a Bundle; none when there is nothing to read
  bool is_known = false;      ///< searched and seen whole: only then is absence knowledge
};

/// The record of one patient as it came, need by need. Borrowed.
struct Record {
  Source patient;
  Source conditions;
  Source procedures;
  Source results;        ///< Observations: laboratory, vital signs, pain score, pregnancy status
  Source examination;    ///< Observations of the hip examination form
  Source questionnaire;  ///< QuestionnaireResponses to the form
  Source medications;    ///< MedicationRequests
  Source statements;     ///< MedicationStatements
  Source allergies;      ///< AllergyIntolerances
};

/// The members of a Record by the key of their need, in the order in which needs are declared.
inline constexpr struct {
  std::string_view key;
  Source Record::*source;
} kSources[] = {
    {"patient", &Record::patient},         {"conditions", &Record::conditions},
    {"procedures", &Record::procedures},   {"results", &Record::results},
    {"examination", &Record::examination}, {"questionnaire", &Record::questionnaire},
    {"medications", &Record::medications}, {"statements", &Record::statements},
    {"allergies", &Record::allergies},
};

}  // namespace cdss::rules
