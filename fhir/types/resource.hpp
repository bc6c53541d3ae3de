#pragma once

#include <string>
#include <string_view>

#include "core/json/view.hpp"

namespace cdss::fhir {

/// What every resource has. Borrows from the Document, and so does every value derived from it:
/// valid as long as the Document (or the plugin request) lives.
///
/// A resource T derived from it also has
///
///   static constexpr std::string_view kType;   the resourceType that is read as T
///   static Result<T> read(View resource);
struct Resource {
  std::string_view type;  ///< resourceType as written
  std::string_view id;    ///< empty when absent: drafts may have none

  /// "Procedure/abc", for evidence; empty without an id.
  std::string reference() const;
};

/// The resourceType of an object; empty when it has none.
std::string_view resource_type(View resource);

}  // namespace cdss::fhir
