#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cdss::fhir_client {

/// What a client's token lets its bearer read, as far as its `scope` tells. A value.
///
/// SMART scopes of version 1 ("patient/*.read", "user/Condition.*") and 2 ("patient/Condition.rs",
/// "patient/Observation.rs?category=laboratory") may stand beside each other and beside others
/// (openid, launch, fhirUser), which say nothing of resources. What looks like a SMART scope and is
/// not well formed grants nothing.
///
/// Source: HL7 SMART App Launch 1.0 and 2.2, "Scopes for requesting FHIR resources"; FA-09.
class Scopes {
 public:
  /// What is asked of the server. Source: HL7 FHIR R4, RESTful API, "read" and "search".
  enum class Interaction : std::uint8_t { read, search };

  /// How much of an answer to expect.
  enum class Coverage : std::uint8_t {
    none,  ///< no scope covers it: it must not be asked (FA-10)
    part,  ///< only scopes with a filter do: what does not pass it is excluded, unsaid
    full,
  };

  /// Reads the value of `scope`: scopes with white space between them. Reads no more than the first
  /// 1,000. Never fails.
  static Scopes parse(std::string_view text);

  /// A scope without any SMART scope excludes nothing clearly: everything is `full` then, and the
  /// server decides. A filter whose parameters all stand in the query takes nothing from it:
  /// `full`.
  ///
  /// @param query  the search parameters, without "?"; empty for a read.
  Coverage cover(std::string_view resource_type, Interaction interaction,
                 std::string_view query = {}) const;

 private:
  struct Scope {
    std::string resource_type;  // or "*"
    bool read = false;
    bool search = false;
    std::vector<std::string> filter;  // its "name=value"; empty: all of the type
  };

  std::vector<Scope> scopes_;
  bool are_smart_ = false;  // one of them looks like a SMART scope
};

}  // namespace cdss::fhir_client
