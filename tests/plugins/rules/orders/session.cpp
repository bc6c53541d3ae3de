#include "tests/plugins/rules/orders/session.hpp"

#include <stdexcept>

#include "plugins/treatment_escalation/suggestions.hpp"

namespace cdss::test {
namespace {

template <class T>
T good(Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().where + ": " + result.error().message);
  }
  return *std::move(result);
}

View knowledge(std::string_view name) {
  const auto& files = escalation_knowledge();
  for (std::size_t i = 0; i < files.paths.size(); ++i) {
    if (files.paths[i].ends_with(name)) {
      return files.documents[i].root();
    }
  }
  throw std::logic_error{"not in the package"};
}

std::string draft(const std::string& type, const std::string& id,
                  const std::string& codeable_concept, const std::string& more) {
  return R"({"resourceType":")" + type + R"(","id":")" + id +
         R"(","status":"draft","intent":"order","subject":{"reference":"Patient/p"},)" +
         codeable_concept + more + "}";
}

}  // namespace

const KnowledgeFiles& escalation_knowledge() {
  static const auto kFiles = KnowledgeFiles::read(CDSS_TREATMENT_ESCALATION_KNOWLEDGE);
  return kFiles;
}

const rules::OrderRules& order_rules() {
  static const auto kRules = good(rules::OrderRules::read(
      ShippedRules::get().definitions(), orders(), knowledge("/order-rules.json")));
  return kRules;
}

const rules::Orders& orders() {
  static const auto kOrders = good(rules::Orders::read(knowledge("/orders.json")));
  return kOrders;
}

std::string medicine_draft(const std::string& id, const std::string& text,
                           const std::string& more) {
  return draft("MedicationRequest", id, R"("medicationCodeableConcept":{"text":")" + text + R"("})",
               more);
}

std::string coded_draft(const std::string& id, const std::string& rxnorm) {
  return draft("MedicationRequest", id,
               R"("medicationCodeableConcept":{"coding":[{"system":)"
               R"("http://www.nlm.nih.gov/research/umls/rxnorm","code":")" +
                   rxnorm + R"("}]})",
               {});
}

std::string service_draft(const std::string& id, const std::string& text, const std::string& more) {
  return draft("ServiceRequest", id, R"("code":{"text":")" + text + R"("})", more);
}

std::string coded_service(const std::string& id, std::string_view system, const std::string& code,
                          const std::string& more) {
  return draft(
      "ServiceRequest", id,
      R"("code":{"coding":[{"system":")" + std::string{system} + R"(","code":")" + code + R"("}]})",
      more);
}

std::string order_call(const std::vector<std::string>& drafts,
                       const std::vector<std::string>& selections) {
  std::string body = R"({"hook":")";
  body += selections.empty() ? "order-sign" : "order-select";
  body += R"(","context":{"patientId":"p","userId":"Practitioner/9")";
  std::string list;
  for (const auto& selection : selections) {
    list += (list.empty() ? "\"" : ",\"") + selection + '"';
  }
  body += list.empty() ? "" : R"(,"selections":[)" + list + "]";
  return body + R"(,"draftOrders":)" + RecordBuilder::bundle(drafts) + "}}";
}

Session::Session(const std::vector<std::string>& resources,
                 const std::vector<std::string>& selections)
    : Session{Body{order_call(resources, selections)}} {}

Session::Session(Body body)
    : call{std::move(body.json), {}},
      drafts{rules::read_drafts(ShippedRules::get().definitions(), order_rules(),
                                treatment_escalation::sources_of(call.request()))} {}

}  // namespace cdss::test
