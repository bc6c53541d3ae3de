#pragma once

// How the writers of this folder write what several resources share. For its .cpp files only.

#include <span>
#include <string_view>

#include "core/json/json_writer.hpp"
#include "fhir/drafts/draft_order.hpp"
#include "fhir/types/codeable_concept.hpp"

namespace cdss::fhir::detail {

/// A CodeableConcept; nothing when it is empty.
void write(json::Object& out, std::string_view name, const CodeableConcept& value);

/// The same as the only element of an array.
void write_one(json::Object& out, std::string_view name, const CodeableConcept& value);

/// `name` as a Reference with that text; nothing when it is empty.
void write_reference(json::Object& out, std::string_view name, std::string_view text);

/// resourceType, status, intent and priority.
void write_head(json::Object& out, std::string_view type, const DraftOrder& order);

/// subject, encounter, authoredOn, requester, reasonCode, reasonReference and note.
///
/// @param reason_types  the types that reasonReference may point to.
void write_context(json::Object& out, const DraftOrder& order,
                   std::span<const std::string_view> reason_types);

}  // namespace cdss::fhir::detail
