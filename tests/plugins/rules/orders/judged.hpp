#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "plugins/rules/orders/conflicts.hpp"
#include "tests/plugins/rules/orders/session.hpp"

/// One draft held against a made-up patient.
namespace cdss::test::judged {

using rules::Conflict;
using rules::Effect;
using rules::PatientContext;
using rules::Step;

/// A patient in whom these rules hold.
class Patient {
 public:
  Patient() { patient_context_.step = Step::L4; }

  Patient& avoid(const char* id) { return add(id, Effect::avoid); }
  Patient& withhold(const char* id) { return add(id, Effect::withhold); }
  Patient& caution(const char* id) { return add(id, Effect::caution); }
  Patient& red_flag(const char* id) {
    for (const auto& row : ShippedRules::get().knowledge->red_flags.rows) {
      if (row.id == id) {
        red_flags_.push_back({.row = &row, .reasons = {}});
      }
    }
    return *this;
  }
  Patient& on(const char* medicine) {
    const auto& definitions = ShippedRules::get().definitions();
    for (const auto* known :
         definitions.pharmacy.recognise(definitions.concepts, {.codings = {}, .text = medicine})) {
      for (const auto& medicine_class : known->classes) {
        patient_context_.taken[medicine_class].push_back({.text = known->text, .finding = {}});
      }
    }
    return *this;
  }
  Patient& at(Step step) {
    patient_context_.step = step;
    return *this;
  }
  Patient& set(bool PatientContext::*member, bool value = true) {
    patient_context_.*member = value;
    return *this;
  }
  Patient& beside(double acetaminophen_mg) {
    patient_context_.acetaminophen_beside_mg = acetaminophen_mg;
    return *this;
  }
  Patient& pain(const char* condition) {
    patient_context_.regional_findings.emplace_back(condition);
    return set(&PatientContext::has_regional_pain);
  }
  PatientContext patient_context() const {
    PatientContext made = patient_context_;
    made.red_flags = red_flags_;
    return made;
  }

 private:
  Patient& add(const char* id, Effect effect) {
    rows_->push_back(
        {.id = id, .treatment = {}, .text = id, .advice = {}, .grade = {}, .sources = {}});
    patient_context_.safety.found.push_back(
        {.row = &rows_->back(), .effect = effect, .reasons = {}});
    return *this;
  }

  std::shared_ptr<std::deque<rules::SafetyRow>> rows_ =
      std::make_shared<std::deque<rules::SafetyRow>>();
  std::vector<rules::RedFlag> red_flags_;
  PatientContext patient_context_;
};

inline std::vector<Conflict> judge(const Session& session, std::size_t index,
                                   const Patient& patient) {
  const auto patient_context = patient.patient_context();
  return rules::judge(order_rules(), ShippedRules::get().concepts(), session.drafts.at(index),
                      session.drafts, patient_context);
}

/// "id:indicator:causes" of each conflict of the only draft.
inline std::vector<std::string> conflicts(const std::string& draft, const Patient& patient) {
  const Session session{std::vector<std::string>{draft}};
  std::vector<std::string> texts;
  for (const auto& conflict : judge(session, 0, patient)) {
    std::string text{conflict.rule->id};
    text += ":" + std::string{to_string(conflict.severity)} + ":";
    for (const auto& cause : conflict.conflict_reasons) {
      text += (text.back() == ':' ? "" : ",") + std::string{cause.id};
    }
    texts.push_back(text);
  }
  return texts;
}

struct Row {
  std::string draft;
  Patient patient;
  std::vector<std::string> conflicts;
};

inline void check(const std::vector<Row>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(conflicts(rows[i].draft, rows[i].patient), rows[i].conflicts)
        << "row " << i << ": " << rows[i].draft;
  }
}

}  // namespace cdss::test::judged
