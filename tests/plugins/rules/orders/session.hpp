#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plugins/rules/orders/drafts.hpp"
#include "plugins/rules/orders/order_rules.hpp"
#include "plugins/rules/orders/orders.hpp"
#include "tests/plugins/call.hpp"

namespace cdss::test {

/// The knowledge that the service ships with.
const KnowledgeFiles& escalation_knowledge();
const rules::OrderRules& order_rules();
const rules::Orders& orders();

/// A MedicationRequest of status draft. `more` is further members as JSON, beginning with a comma.
std::string medicine_draft(const std::string& id, const std::string& text,
                           const std::string& more = {});
/// The same with an RxNorm code and no words.
std::string coded_draft(const std::string& id, const std::string& rxnorm);
/// A ServiceRequest of status draft.
std::string service_draft(const std::string& id, const std::string& text,
                          const std::string& more = {});
/// The same with a code of a system, and no words.
std::string coded_service(const std::string& id, std::string_view system, const std::string& code,
                          const std::string& more = {});

/// The body of a call of order-sign, or of order-select when there are selections.
std::string order_call(const std::vector<std::string>& drafts,
                       const std::vector<std::string>& selections = {});

/// The body of a call, as it is.
struct Body {
  explicit Body(std::string text) : json{std::move(text)} {}
  std::string json;
};

/// The drafts of a call, with what they borrow from.
struct Session {
  explicit Session(const std::vector<std::string>& resources,
                   const std::vector<std::string>& selections = {});
  explicit Session(Body body);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Call call;
  std::vector<rules::Draft> drafts;
};

}  // namespace cdss::test
