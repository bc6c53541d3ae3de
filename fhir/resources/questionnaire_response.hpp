#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/types/partial_date.hpp"
#include "fhir/types/resource.hpp"
#include "fhir/types/value.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 QuestionnaireResponse: a filled-in form. Also in its R5 and STU3 shapes.
struct QuestionnaireResponse : Resource {
  static constexpr std::string_view kType = "QuestionnaireResponse";

  /// Errors: Errc::malformed when this is no QuestionnaireResponse, or questionnaire, authored or
  /// an item or answer is malformed, or the status is none of the value set; Errc::missing without a
  /// status, or for an item without linkId.
  static Result<QuestionnaireResponse> read(View resource);

  /// Source: HL7 FHIR R4 questionnaire-answers-status.
  enum class Status : std::uint8_t {
    in_progress,
    completed,
    amended,
    entered_in_error,
    stopped,
  };

  /// An item with its answers. Groups and nested items stand in one flat list, in the order
  /// written.
  struct Item {
    std::string_view link_id;
    std::vector<Value> answers;  ///< empty for a group and for a question left open
  };

  Status status = Status::in_progress;
  std::string_view questionnaire;  ///< canonical URL without "|version" (STU3: reference); or empty
  std::optional<PartialDate> authored;
  std::vector<Item> items;

  /// Whether it counts: completed or amended.
  bool is_completed() const { return status == Status::completed || status == Status::amended; }
};

}  // namespace cdss::fhir
