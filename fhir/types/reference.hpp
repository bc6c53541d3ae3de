#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/json/view.hpp"

namespace cdss::fhir {

/// True for what can be the name of a resource type: a capital letter, and nothing but letters. It
/// need not be a type of R4 (is_r4_resource_type). Thread-safe.
bool is_type_name(std::string_view text);

/// True for a bare id: letters, digits, `-`, `.`, `_`, and neither "." nor ".." (those would climb
/// in a URL). Of any length: real servers go past the 64 of HL7 FHIR R4. Thread-safe.
bool is_id(std::string_view text);

/// True for an id as the standard has it: no `_`, and at most 64 characters. Beside is_id, which is
/// for what others send, this one is for what we ask: no URL of ours has an id that a server need
/// not know. Thread-safe. Source: HL7 FHIR R4, Data Types, "id".
bool is_r4_id(std::string_view text);

/// A pointer from one resource to another. Borrows from the Document.
struct Reference {
  /// How the target is named.
  enum class Kind : std::uint8_t {
    none,         ///< Nothing but perhaps a display.
    relative,     ///< "Patient/123", "Patient/123/_history/2"
    absolute,     ///< "https://ehr.example/fhir/Patient/123"
    urn,          ///< "urn:uuid:..." or "urn:oid:...": an entry of the same Bundle, by fullUrl
    contained,    ///< "#x": inside the same resource; "#" alone is the resource itself
    logical,      ///< By identifier only.
    conditional,  ///< "Practitioner?identifier=...": a search, which names no id
    other,        ///< Text of no known form: it cannot be followed.
  };

  Kind kind = Kind::none;
  std::string_view text;  ///< Reference.reference as written
  std::string_view type;  ///< resource type from the text, else Reference.type; may be empty
  std::string_view
      id;  ///< logical id (relative, absolute) or what follows '#'; empty for the others
  std::string_view display;

  /// Reads the text of Reference.reference. Never fails: Kind::other says that it is no reference.
  /// Source: HL7 FHIR R4, References between resources, "Literal references".
  static Reference parse(std::string_view text);

  bool is_present() const { return kind != Kind::none; }
  /// A relative or absolute reference to this resource, in any version and on any server.
  bool is_to(std::string_view resource_type, std::string_view resource_id) const {
    return !id.empty() && id == resource_id && type == resource_type &&
           (kind == Kind::relative || kind == Kind::absolute);
  }
};

/// Errors: Errc::malformed when `value` is no object or `reference` or `type` is not text. A broken
/// display is left empty.
Result<Reference> read_reference(View value);

}  // namespace cdss::fhir
