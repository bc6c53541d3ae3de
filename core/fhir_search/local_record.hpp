#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/fhir_search/local_reader.hpp"
#include "core/fhir_search/local_search.hpp"

namespace cdss::fhir_search {

/// One patient's whole record, in memory, and what a FHIR server would answer to reads and searches
/// over it. For trying cases without an EHR. Constant once made, Thread-safe.
class LocalRecord {
 public:
  /// Puts the resources of files together.
  ///
  /// A reference to an entry's fullUrl (`urn:uuid:` in the transaction Bundles of Synthea) is
  /// written as "Type/id" of that entry, so that every reader sees one spelling; a resource without
  /// an id takes that of its `urn:uuid:`. Resources of other patients are excluded. The same
  /// resource twice counts once.
  ///
  /// @param patient_id  whose record it is; none when the files hold one Patient.
  /// Errors: those of read_local; Errc::missing when there is no Patient, none of that id, or the
  /// one has no id; Errc::unsupported when there are several and `patient_id` is none;
  /// Errc::malformed when one type and id stands for resources that differ, or the Patient's id is
  /// no id.
  static Result<LocalRecord> read(std::vector<LocalText> texts,
                                  std::optional<std::string> patient_id);

  const std::string& patient_id() const { return patient_id_; }

  /// Resources that were excluded because they belong to another patient.
  std::size_t others() const { return others_; }
  /// Resources whose type belongs to a patient and that do not say to which: no search for the
  /// patient finds them.
  std::size_t undetermined() const { return undetermined_; }

  /// The answer to an expanded prefetch template, as of answer_locally.
  Result<std::string> answer(std::string_view query) const {
    return answer_locally(query, entries_);
  }

 private:
  LocalRecord() = default;
  Result<void> add(const std::vector<LocalResource>& resources);
  Result<void> choose_patient(std::optional<std::string> patient_id);
  void exclude_others();

  std::vector<LocalEntry> entries_;
  std::string patient_id_;
  std::size_t others_ = 0;
  std::size_t undetermined_ = 0;
};

}  // namespace cdss::fhir_search
