#include "plugins/rules/orders/orders.hpp"

#include <optional>
#include <utility>

namespace cdss::rules {
namespace {

/// Empty when absent.
template <class T>
Result<T> optional_member(View row, std::string_view name, Result<T> (*read)(View)) {
  const auto value = row.find(name);
  return value ? read(*value) : Result<T>{T{}};
}

constexpr Name<fhir::RequestPriority> kPriorities[] = {{"routine", fhir::RequestPriority::routine},
                                                       {"urgent", fhir::RequestPriority::urgent},
                                                       {"stat", fhir::RequestPriority::stat}};
constexpr Name<bool> kResources[] = {{"MedicationRequest", true}, {"ServiceRequest", false}};

Result<fhir::DraftDosage> read_dose(View row) {
  CDSS_TRY(const auto dose, row.at("dose"));
  fhir::DraftDosage read;
  CDSS_TRY(read.text, dose.required_string("text"));
  CDSS_TRY(const auto route, dose.at("route"));
  CDSS_TRY(read.route, fhir::read_codeable_concept(route));
  CDSS_TRY(read.least_mg, required_positive(dose, "least_mg"));
  CDSS_TRY(read.most_mg, required_positive(dose, "most_mg"));
  CDSS_TRY(read.least_hours, required_positive(dose, "least_hours"));
  CDSS_TRY(read.most_hours, required_positive(dose, "most_hours"));
  CDSS_TRY(read.most_mg_per_day, required_positive(dose, "most_mg_per_day"));
  CDSS_TRY(read.most_days, required_positive(dose, "most_days"));
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
  CDSS_TRY(order.is_medicine, read_name(row, "resource", kResources));
  CDSS_TRY(order.code, optional_member(row, "code", fhir::read_codeable_concept));
  if (order.code.text.empty()) {
    return row.error_at("code", Errc::missing, "must have a text");
  }
  CDSS_TRY(order.is_of_hip, optional_flag(row, "of_hip"));
  CDSS_TRY(order.left, optional_member(row, "left", fhir::read_coding));
  CDSS_TRY(order.right, optional_member(row, "right", fhir::read_coding));
  CDSS_TRY(order.category, optional_member(row, "category", fhir::read_codeable_concept));
  CDSS_TRY(order.detail, optional_text(row, "detail"));
  CDSS_TRY(order.reason, row.required_string("reason"));
  CDSS_TRY(order.priority, read_name(row, "priority", kPriorities));
  CDSS_CHECK(array_at(row, "steps"));  // for people
  CDSS_CHECK(optional_texts(row, "steps"));
  if (order.is_medicine) {
    CDSS_TRY(order.dose, read_dose(row));
  }
  return order;
}

}  // namespace

Result<Orders> Orders::read(View root) {
  Orders orders;
  CDSS_TRY(const auto rows, rows_at(root, "rows"));
  for (const View row : rows.elements()) {
    CDSS_TRY(auto order, read_order(row));
    if (orders.find(order.id) != nullptr) {
      return row.error_at("id", Errc::malformed, "must stand once");
    }
    orders.rows.push_back(std::move(order));
  }
  return orders;
}

}  // namespace cdss::rules
