#pragma once

#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/drafts/draft_order.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {

/// One thing that can be suggested: a row of `orders.json`. Borrows from the knowledge file.
struct Order {
  std::string_view id;       ///< e.g. "crp"
  std::string_view text;     ///< what the clinician reads on the suggestion
  bool is_medicine = false;  ///< a MedicationRequest; else a ServiceRequest
  fhir::CodeableConcept code;
  bool is_of_hip = false;  ///< done at the hip: the side is told as the body site
  fhir::Coding left;       ///< stands for the coding of `code` when the side is left; may be empty
  fhir::Coding right;      ///< the same for right
  fhir::CodeableConcept category;
  std::string_view detail;  ///< how it is to be done; may be empty
  std::string_view reason;  ///< why it is suggested
  fhir::RequestPriority priority = fhir::RequestPriority::routine;
  fhir::DraftDosage dose;  ///< of a medicine
};

/// The catalogue of `orders.json`. Constant after it is read, so Thread-safe.
struct Orders {
  std::vector<Order> rows;

  /// @param root  must outlive the result.
  /// Errors: Errc::missing, Errc::malformed, Errc::out_of_range for a row that is not as above: an
  /// id twice, an unknown resource or priority, a medicine without bounds of dose in order.
  static Result<Orders> read(View root);

  /// The row of that id; null when there is none.
  const Order* find(std::string_view id) const { return find_by_id(rows, id); }
};

}  // namespace cdss::rules
