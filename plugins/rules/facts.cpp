#include "plugins/rules/facts.hpp"

namespace cdss::rules {

Facts Facts::read(const Knowledge& knowledge, const Record& record, std::chrono::sys_days today) {
  auto findings =
      Findings::read(knowledge.concepts, knowledge.sides, record.conditions.value, today);
  findings.add_procedures(knowledge.concepts, knowledge.sides, record.procedures.value, today);
  auto hip = knowledge.hip.assess(knowledge.concepts, knowledge.sides, findings,
                                  record.procedures.value, today);
  return {
      .knowledge = knowledge,
      .record = record,
      .today = today,
      .person = read_person(record.patient.value, today),
      .findings = std::move(findings),
      .hip = std::move(hip),
      .items = LocalItems::read(knowledge.score.items, record.examination.value,
                                record.questionnaire.value, today),
      .results = Results::read(knowledge.results, knowledge.concepts, record.results.value, today),
      .medicines = Medicines::read(knowledge.pharmacy, knowledge.concepts, record.medications.value,
                                   record.statements.value, today),
      .allergies =
          Allergies::read(knowledge.pharmacy, knowledge.concepts, record.allergies.value, today)};
}

}  // namespace cdss::rules
