// Whatever the files, a record that is read is one patient's, and every answer over it is what was
// asked for: JSON, of the type, and with no patient other than the one. Input: a query, a line
// break, a file.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/fhir_search/local_record.hpp"
#include "core/json/document.hpp"
#include "fhir/types/reference.hpp"

namespace {

using cdss::View;

void expect(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

void check(std::string_view query, const std::string& answer, const std::string& patient_id) {
  const auto document = cdss::Document::parse(answer);
  expect(document.has_value());
  const View root = document->root();
  if (root.is_null()) {
    return;
  }
  const auto type = query.substr(0, query.find_first_of("?/"));
  if (query.find('?') == std::string_view::npos) {
    expect(root.text_or_empty("resourceType") == type);
    return;
  }
  expect(root.text_or_empty("resourceType") == "Bundle");
  const auto entries = root.find("entry");
  if (!entries) {
    return;
  }
  for (const View entry : entries->elements()) {
    const View resource = *entry.at("resource");
    expect(resource.text_or_empty("resourceType") == type);
    expect(type != "Patient" || resource.text_or_empty("id") == patient_id);
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto query = input.substr(0, input.find('\n'));
  const auto file = input.substr(std::min(query.size() + 1, input.size()));
  const auto record =
      cdss::fhir_search::LocalRecord::read({{.name = "file", .bytes = std::string{file}}}, {});
  if (!record) {
    return 0;
  }
  const std::string& id = record->patient_id();
  expect(cdss::fhir::is_id(id));
  for (const std::string& asked :
       {std::string{query}, "Patient/" + id, "Patient?_id=" + id, "Condition?patient=" + id,
        "Observation?patient=" + id + "&date=ge2000&_sort=-date&_count=2"}) {
    if (const auto answer = record->answer(asked)) {
      check(asked, *answer, id);
    }
  }
  return 0;
}
