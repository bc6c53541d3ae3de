#include "plugins/treatment_escalation/orders.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "plugins/treatment_escalation/row_reading.hpp"

namespace cdss::treatment_escalation {
namespace {

Result<fhir::CodeableConcept> read_codeable_concept(View row, std::string_view name) {
  const auto value = row.find(name);
  if (!value) {
    return fhir::CodeableConcept{};
  }
  return fhir::read_codeable_concept(*value);
}

Result<fhir::Coding> read_side(View row, std::string_view name) {
  const auto value = row.find(name);
  if (!value) {
    return fhir::Coding{};
  }
  return fhir::read_coding(*value);
}

Result<fhir::RequestPriority> read_priority(View row) {
  CDSS_TRY(const auto text, row.required_string("priority"));
  if (text == "routine") {
    return fhir::RequestPriority::routine;
  }
  if (text == "urgent") {
    return fhir::RequestPriority::urgent;
  }
  if (text == "stat") {
    return fhir::RequestPriority::stat;
  }
  return row.error_at("priority", Errc::malformed, "must be routine, urgent or stat");
}

Result<std::int64_t> read_amount(View dose, std::string_view name) {
  CDSS_TRY(const auto value, dose.at(name));
  CDSS_TRY(const auto amount, value.integer());
  if (amount <= 0) {
    return value.error(Errc::out_of_range, "must be above 0");
  }
  return amount;
}

Result<fhir::DraftDosage> read_dose(View row) {
  CDSS_TRY(const auto dose, row.at("dose"));
  fhir::DraftDosage read;
  CDSS_TRY(read.text, dose.required_string("text"));
  CDSS_TRY(read.route, dose.required_string("route"));
  CDSS_TRY(read.least_mg, read_amount(dose, "least_mg"));
  CDSS_TRY(read.most_mg, read_amount(dose, "most_mg"));
  CDSS_TRY(read.least_hours, read_amount(dose, "least_hours"));
  CDSS_TRY(read.most_hours, read_amount(dose, "most_hours"));
  CDSS_TRY(read.most_mg_per_day, read_amount(dose, "most_mg_per_day"));
  CDSS_TRY(read.most_days, read_amount(dose, "most_days"));
  if (read.least_mg > read.most_mg || read.least_hours > read.most_hours ||
      read.most_mg > read.most_mg_per_day) {
    return dose.error(Errc::out_of_range, "must have each bound above the one below it");
  }
  return read;
}

Result<Order> read_order(View row) {
  Order order;
  CDSS_TRY(order.id, row.required_string("id"));
  CDSS_TRY(order.text, row.required_string("text"));
  CDSS_TRY(const auto resource, row.required_string("resource"));
  order.is_medicine = resource == "MedicationRequest";
  if (!order.is_medicine && resource != "ServiceRequest") {
    return row.error_at("resource", Errc::malformed, "must be ServiceRequest or MedicationRequest");
  }
  CDSS_TRY(order.code, read_codeable_concept(row, "code"));
  if (order.code.text.empty()) {
    return row.error_at("code", Errc::missing, "must have a text");
  }
  if (const auto of_hip = row.find("of_hip")) {
    CDSS_TRY(order.is_of_hip, of_hip->boolean());
  }
  CDSS_TRY(order.left, read_side(row, "left"));
  CDSS_TRY(order.right, read_side(row, "right"));
  CDSS_TRY(order.category, read_codeable_concept(row, "category"));
  CDSS_TRY(const auto detail, row.optional_string("detail"));
  order.detail = detail.value_or(std::string_view{});
  CDSS_TRY(order.reason, row.required_string("reason"));
  CDSS_TRY(order.priority, read_priority(row));
  CDSS_TRY(const auto steps, row.at("steps"));
  if (!steps.is_array()) {
    return steps.error(Errc::malformed, "must be an array");
  }
  for (const View step : steps.elements()) {
    CDSS_TRY(const auto text, step.string());
    order.steps.push_back(text);
  }
  if (order.is_medicine) {
    CDSS_TRY(order.dose, read_dose(row));
  }
  return order;
}

}  // namespace

Result<Orders> Orders::read(View root) {
  Orders orders;
  CDSS_TRY(const auto rows, read_rows(root, "rows"));
  for (const View row : rows.elements()) {
    CDSS_TRY(auto order, read_order(row));
    if (orders.find(order.id) != nullptr) {
      return row.error_at("id", Errc::malformed, "must stand once");
    }
    orders.orders_.push_back(std::move(order));
  }
  return orders;
}

const Order* Orders::find(std::string_view id) const {
  const auto found = std::ranges::find(orders_, id, &Order::id);
  return found == orders_.end() ? nullptr : &*found;
}

}  // namespace cdss::treatment_escalation
