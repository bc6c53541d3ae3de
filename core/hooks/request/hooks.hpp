#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/errors/result.hpp"

namespace cdss::hooks {

/// What a field of a hook's context holds.
enum class FieldType : std::uint8_t {
  id,               ///< bare id, "123", never "Patient/123" (REQ-15)
  reference,        ///< relative reference, "Practitioner/123" (ord-1)
  reference_array,  ///< array of such references, at least one
  bundle,           ///< a FHIR Bundle
  resource,         ///< one FHIR resource, bare or as the `resource` of an object around it
  array,            ///< array of objects
};

/// One row of a hook's context table.
struct ContextField {
  std::string_view name;
  FieldType type;
  bool required;
  /// The required field that this one replaces: an earlier version of the hook, or the
  /// examples on its page, name it so. Empty for a field of the table itself.
  std::string_view stands_for = {};

  /// Whether it holds one id, and so may be a prefetch token `{{context.name}}` (PF-06).
  constexpr bool is_single() const { return type == FieldType::id || type == FieldType::reference; }
};

/// A hook that the CDS Hooks Library defines.
struct HookDefinition {
  std::string_view name;
  std::string_view version;  ///< hookVersion of its definition, e.g. "1.0" (DISC-15)
  std::span<const ContextField> fields;

  /// The field of that name, or null.
  const ContextField* field(std::string_view field_name) const;
};

/// The hook of that name, or null when the library has none. Thread-safe.
/// Source: CDS Hooks Library 2.0.0-cibuild, metadata and context tables of the hook pages.
const HookDefinition* find_hook(std::string_view name);

/// True for a name in reverse domain form, as a hook outside the library must have (DISC-21):
/// letters, digits, hyphens and at least one inner dot, "org.example.noun-verb".
bool is_custom_hook(std::string_view name);

/// True for "Type/id": one type, one slash, one id as fhir::is_id has it. Source: invariant ord-1.
bool is_reference(std::string_view text);

}  // namespace cdss::hooks
