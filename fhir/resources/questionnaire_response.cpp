#include "fhir/resources/questionnaire_response.hpp"

#include <string_view>
#include <utility>

#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using Item = QuestionnaireResponse::Item;
using Status = QuestionnaireResponse::Status;

constexpr detail::Code<Status> kStatuses[] = {
    {"completed", Status::completed}, {"in-progress", Status::in_progress},
    {"amended", Status::amended},     {"entered-in-error", Status::entered_in_error},
    {"stopped", Status::stopped},
};

Result<void> read_items(std::vector<Item>& out, View items);

/// Reads the value of one answer into item number `at`, and the items inside the answer after it.
Result<void> read_answer(std::vector<Item>& out, std::size_t at, View answer) {
  if (!answer.is_object()) {
    return answer.error(Errc::malformed, "must be an object");
  }
  constexpr std::string_view kValue = "value";
  for (const auto& [name, value] : answer.members()) {
    if (value.is_null()) {
      continue;
    }
    if (name == "item") {
      CDSS_CHECK(read_items(out, value));
    } else if (name.starts_with(kValue)) {
      CDSS_TRY(auto read, read_value(name.substr(kValue.size()), value));
      if (is_present(read)) {
        out[at].answers.push_back(std::move(read));
      }
    }
  }
  return {};
}

Result<void> read_item(std::vector<Item>& out, View item) {
  CDSS_TRY(const auto link_id, item.required_string("linkId"));
  const std::size_t at = out.size();
  out.push_back({.link_id = link_id, .answers = {}});
  for (const auto& [name, value] : item.members()) {
    if (value.is_null()) {
      continue;
    }
    if (name == "answer") {
      CDSS_CHECK(detail::for_each_element(
          value, [&, at](View answer) { return read_answer(out, at, answer); }));
    } else if (name == "item") {
      CDSS_CHECK(read_items(out, value));
    }
  }
  return {};
}

// Nesting is bounded by the depth that a Document may have.
Result<void> read_items(std::vector<Item>& out, View items) {
  return detail::for_each_element(items, [&](View item) { return read_item(out, item); });
}

/// R4's canonical URL, or STU3's Reference; without a version.
Result<void> read_questionnaire(QuestionnaireResponse& out, std::string_view /*suffix*/,
                                View value) {
  if (value.is_object()) {
    CDSS_TRY(const auto reference, read_reference(value));
    out.questionnaire = reference.text;
  } else {
    CDSS_CHECK(detail::assign(out.questionnaire, value.string()));
  }
  out.questionnaire = out.questionnaire.substr(0, out.questionnaire.find('|'));
  return {};
}

constexpr detail::Field<QuestionnaireResponse> kFields[] = {
    detail::code_field<&QuestionnaireResponse::status, kStatuses>("status",
                                                                  detail::Presence::required),
    detail::field_read_by<QuestionnaireResponse>("questionnaire", read_questionnaire),
    detail::field<&QuestionnaireResponse::authored>("authored"),
    detail::field_read_by<QuestionnaireResponse>(
        "item", [](QuestionnaireResponse& out, std::string_view,
                   View value) { return read_items(out.items, value); }),
};

}  // namespace

Result<QuestionnaireResponse> QuestionnaireResponse::read(View resource) {
  return detail::read_resource(resource, kFields);
}

}  // namespace cdss::fhir
