#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/document.hpp"

namespace cdss::test {

/// All resources of one patient, as an EHR holds them.
class Chart {
 public:
  /// @param resources  JSON text of each, with exactly one Patient among them.
  explicit Chart(std::vector<std::string> resources);

  /// One chart from the entries of a collection Bundle.
  static Chart of_bundle(const std::string& bundle);

  const std::string& patient_id() const { return patient_id_; }

  /// What a FHIR server answers to a prefetch query over this chart: a resource for a read, a
  /// searchset Bundle for a search by patient, `code` with `code`, `system|` or
  /// `system|code`, and `questionnaire`.
  /// Throws std::runtime_error for any other parameter: the server must not ask for it.
  std::string answer(std::string_view query) const;

 private:
  struct Entry {
    std::string json;
    std::string type;
    std::string id;
    std::vector<std::string> codings;  ///< "system|code" of `code`
    std::string questionnaire;         ///< of a QuestionnaireResponse
  };
  std::string patient_id_;
  std::vector<Entry> entries_;
};

/// What an EHR sends for a prefetch key: the JSON of the answer to its query; nothing leaves it
/// out.
using Answer =
    std::function<std::optional<std::string>(std::string_view key, const std::string& query)>;

/// A service call as an EHR makes it, with these further members before the last brace, e.g.
/// `"fhirServer": "..."`.
std::string make_call(const std::string& patient_id, View discovery_entry, const Answer& answer,
                      std::string_view more = {});

/// The same with each prefetch template of the discovery entry resolved over the chart.
std::string make_call(const Chart& chart, View discovery_entry);

}  // namespace cdss::test
