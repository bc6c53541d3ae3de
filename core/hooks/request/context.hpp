#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/request/hooks.hpp"
#include "core/hooks/request/leniencies.hpp"
#include "core/json/view.hpp"

namespace cdss::hooks {

/// What we use of a hook's context. Borrowed from the request's Document.
struct Context {
  std::string_view patient_id;       ///< bare id; empty only for a hook outside the library
  std::optional<View> draft_orders;  ///< order-select, order-sign: a Bundle
  /// Every Bundle and resource that the hook's table knows and the client sent, that one among
  /// them: whose record each is in is still to be checked. With Leniencies::draft_shapes one may
  /// be of any shape.
  std::vector<View> resources;
};

/// Reads a hook's context and checks it against the hook's table.
///
/// A Bundle may lack `type`, `entry` and whatever an entry may hold; a resource may lack its id and
/// be of any status. With Leniencies::draft_shapes it may also be an array of resources or a single
/// one, and its `entry` of any shape: what cannot be read is passed over by those who read it. With
/// Leniencies::no_context the patient is the only field that must be there.
///
/// @param view  the `context` of a request.
/// @param hook  null for a hook outside the library: then only what we use is checked.
/// Errors: Errc::missing for a required field that is absent and that no other field replaces;
/// Errc::malformed for one that is null, empty or of the wrong type, and for an optional one that
/// is null or of the wrong type. `where` names the element.
/// Source: rows REQ-11, REQ-15, REQ-16, DISC-25; context tables of the CDS Hooks Library.
Result<Context> read_context(View view, const HookDefinition* hook,
                             const Leniencies& leniencies = {});

/// The text of the member `name` of `parent`, if it is there: a bare id or a reference.
/// Errors: Errc::malformed for any other value.
Result<std::optional<std::string_view>> read_optional_text(View parent, std::string_view name,
                                                           FieldType type);

}  // namespace cdss::hooks
