#include "core/fhir_search/local_record.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/json/json_writer.hpp"
#include "fhir/compartment/patient_reference.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource.hpp"
#include "fhir/types/resource_types.hpp"

namespace cdss::fhir_search {
namespace {

constexpr std::string_view kUuid = "urn:uuid:";
constexpr Document::Limits kLimits{.bytes = std::size_t{128} << 20U,
                                   .nodes = std::size_t{16} << 20U};

/// The "Type/id" of resources by the fullUrl of their entries.
using Names = std::unordered_map<std::string_view, std::string>;

/// The id of a resource, or what its entry's `urn:uuid:` gives it; may be empty.
std::string_view id_of(const LocalResource& found) {
  const auto id = found.view.text_or_empty("id");
  return id.empty() && found.full_url.starts_with(kUuid) ? found.full_url.substr(kUuid.size()) : id;
}

Names names_of(const std::vector<LocalResource>& resources) {
  Names names;
  for (const LocalResource& found : resources) {
    const auto id = id_of(found);
    if (!found.full_url.empty() && fhir::is_id(id)) {
      names.emplace(found.full_url,
                    std::string{fhir::resource_type(found.view)}.append("/").append(id));
    }
  }
  return names;
}

/// Appends `value` as it was read, but for references to what has a name. As deep as a Document.
void append_renamed(std::string& out, View value, const Names& names) {
  std::string_view separator;
  if (value.is_array()) {
    out += '[';
    for (const View element : value.elements()) {
      out += std::exchange(separator, ",");
      append_renamed(out, element, names);
    }
    out += ']';
    return;
  }
  if (!value.is_object()) {
    json::append_value(out, value);
    return;
  }
  out += '{';
  for (const Member member : value.members()) {
    out += std::exchange(separator, ",");
    json::append_string(out, member.name);
    out += ':';
    const auto name = member.name == "reference" && member.value.is_string()
                          ? names.find(member.value.raw_text())
                          : names.end();
    if (name != names.end()) {
      json::append_string(out, name->second);
    } else {
      append_renamed(out, member.value, names);
    }
  }
  out += '}';
}

/// The resource with an id, if it can have one, and each reference by name.
std::string renamed(const LocalResource& found, const Names& names) {
  std::string text;
  append_renamed(text, found.view, names);
  const auto id = id_of(found);
  if (!found.view.find("id") && !id.empty()) {
    std::string member = "\"id\":";
    json::append_string(member, id);
    text.insert(1, member + ',');  // there is a resourceType behind it
  }
  return text;
}

/// Whose record a resource is in, as far as the element of its type says.
fhir::PatientReference owner_of(View resource, std::string_view type, std::string_view patient_id) {
  const auto element = fhir::patient_element(type);
  if (element.empty()) {
    return fhir::PatientReference::this_patient;
  }
  const auto reference = resource.find(element);
  return fhir::classify_patient_reference(
      reference ? reference->text_or_empty("reference") : std::string_view{}, patient_id);
}

}  // namespace

Result<LocalRecord> LocalRecord::read(std::vector<LocalText> texts,
                                      std::optional<std::string> patient_id) {
  CDSS_TRY(const auto contents, read_local(std::move(texts)));
  LocalRecord record;
  CDSS_CHECK(record.add(contents.resources));
  CDSS_CHECK(record.choose_patient(std::move(patient_id)));
  record.exclude_others();
  return record;
}

Result<void> LocalRecord::add(const std::vector<LocalResource>& resources) {
  const auto names = names_of(resources);
  std::unordered_map<std::string, std::size_t> known;  // "Type/id": where in entries_
  for (const LocalResource& found : resources) {
    LocalEntry entry{.text = renamed(found, names),
                     .type = std::string{fhir::resource_type(found.view)},
                     .id = std::string{id_of(found)}};
    const auto [at, is_new] = known.emplace(entry.type + '/' + entry.id, entries_.size());
    if (!is_new && !entry.id.empty()) {
      if (entries_[at->second].text != entry.text) {
        return Error{Errc::malformed, found.where, "has the type and id of another resource"};
      }
      continue;
    }
    CDSS_TRY(entry.document, Document::parse(entry.text, kLimits));
    entries_.push_back(std::move(entry));
  }
  return {};
}

Result<void> LocalRecord::choose_patient(std::optional<std::string> patient_id) {
  const auto is_patient = [](const LocalEntry& entry) { return entry.type == "Patient"; };
  const auto count = std::ranges::count_if(entries_, is_patient);
  if (count == 0) {
    return Error{Errc::missing, {}, "there is no Patient"};
  }
  if (!patient_id) {
    if (count > 1) {
      return Error{Errc::unsupported,
                   {},
                   "there are " + std::to_string(count) + " Patients, and one must be chosen"};
    }
    patient_id = std::ranges::find_if(entries_, is_patient)->id;
  }
  if (!fhir::is_id(*patient_id)) {
    return Error{Errc::malformed, {}, "the Patient has no id that can stand in a URL"};
  }
  const bool is_here = std::ranges::any_of(entries_, [&](const LocalEntry& entry) {
    return is_patient(entry) && entry.id == *patient_id;
  });
  if (!is_here) {
    return Error{Errc::missing, {}, "there is no Patient of that id"};
  }
  patient_id_ = *std::move(patient_id);
  return {};
}

void LocalRecord::exclude_others() {
  using fhir::PatientReference;
  const auto owner = [&](const LocalEntry& entry) {
    if (entry.type == "Patient") {
      return entry.id == patient_id_ ? PatientReference::this_patient
                                     : PatientReference::other_patient;
    }
    return owner_of(entry.document->root(), entry.type, patient_id_);
  };
  others_ = std::erase_if(entries_, [&](const LocalEntry& entry) {
    return owner(entry) == PatientReference::other_patient;
  });
  undetermined_ =
      static_cast<std::size_t>(std::ranges::count_if(entries_, [&](const LocalEntry& entry) {
        return owner(entry) != PatientReference::this_patient;
      }));
}

}  // namespace cdss::fhir_search
