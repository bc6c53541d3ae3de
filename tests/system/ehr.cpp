#include "tests/system/ehr.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/base/uuid.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::test {
namespace {

constexpr std::string_view kPatientToken = "{{context.patientId}}";

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(at + 1);
  }
}

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string out{text};
  for (std::size_t at = 0; (at = out.find(what, at)) != std::string::npos; at += with.size()) {
    out.replace(at, what.size(), with);
  }
  return out;
}

/// Whether one alternative of a token search parameter fits a coding "system|code".
bool fits(std::string_view wanted, std::string_view coding) {
  const auto bar = coding.find('|');
  if (wanted.ends_with('|')) {
    return coding.substr(0, bar + 1) == wanted;
  }
  return wanted.find('|') == std::string_view::npos ? coding.substr(bar + 1) == wanted
                                                    : coding == wanted;
}

std::vector<std::string> codings_of(View resource) {
  std::vector<std::string> codings;
  const auto code = resource.find("code");
  const auto list = code ? code->find("coding") : std::nullopt;
  if (list) {
    for (const View coding : list->elements()) {
      codings.push_back(std::string{coding.text_or_empty("system")} + '|' +
                        std::string{coding.text_or_empty("code")});
    }
  }
  return codings;
}

/// What the context of each of our hooks holds: the draft order is one that no rule has a word on.
std::string context_of(std::string_view hook, const std::string& patient_id) {
  std::string context = R"({"userId": "Practitioner/example", "patientId": ")" + patient_id + '"';
  if (hook == "encounter-start") {
    context += R"(, "encounterId": "e1")";
  } else if (hook == "order-select" || hook == "order-sign") {
    context += hook == "order-select" ? R"(, "selections": ["MedicationRequest/draft"])" : "";
    context +=
        R"(, "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [{"resource":
      {"resourceType": "MedicationRequest", "id": "draft", "status": "draft", "intent": "order",
       "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm",
         "code": "617311", "display": "atorvastatin 40 MG Oral Tablet"}]},
       "subject": {"reference": "Patient/)" +
        patient_id + R"("}}}]})";
  } else if (hook == "appointment-book") {
    context += R"(, "appointments": {"resourceType": "Bundle", "entry": [{"resource":
      {"resourceType": "Appointment", "status": "proposed", "participant": []}}]})";
  }
  return context + '}';
}

}  // namespace

Chart::Chart(std::vector<std::string> resources) {
  for (auto& json : resources) {
    const auto document = Document::parse(json);
    if (!document) {
      throw std::runtime_error{"a resource of the chart is not JSON"};
    }
    const View root = document->root();
    Entry entry{.json = std::move(json),
                .type = std::string{root.text_or_empty("resourceType")},
                .id = std::string{root.text_or_empty("id")},
                .codings = codings_of(root),
                .questionnaire = std::string{root.text_or_empty("questionnaire")}};
    if (entry.type == "Patient") {
      patient_id_ = entry.id;
    }
    entries_.push_back(std::move(entry));
  }
}

Chart Chart::of_bundle(const std::string& bundle) {
  const auto document = Document::parse(bundle);
  if (!document) {
    throw std::runtime_error{"a Bundle of charts is not JSON"};
  }
  std::vector<std::string> resources;
  const View entries = *document->root().at("entry");
  for (const View entry : entries.elements()) {
    json::append_value(resources.emplace_back(), *entry.at("resource"));
  }
  return Chart{std::move(resources)};
}

std::string Chart::answer(std::string_view query) const {
  const auto mark = query.find('?');
  if (mark == std::string_view::npos) {
    for (const Entry& entry : entries_) {
      if (query == entry.type + '/' + entry.id) {
        return entry.json;
      }
    }
    return "null";
  }
  std::vector<std::string_view> codes;
  std::string_view questionnaire;
  for (const auto parameter : split(query.substr(mark + 1), '&')) {
    if (parameter.starts_with("code=")) {
      codes = split(parameter.substr(5), ',');
    } else if (parameter.starts_with("questionnaire=")) {
      questionnaire = parameter.substr(14);
    } else if (parameter != "patient=" + patient_id_) {
      throw std::runtime_error{"the server asks for what this EHR cannot search: " +
                               std::string{parameter}};
    }
  }
  std::string out = R"({"resourceType": "Bundle", "type": "searchset", "entry": [)";
  char separator = ' ';
  for (const Entry& entry : entries_) {
    const bool coded = std::ranges::any_of(entry.codings, [&](const std::string& coding) {
      return std::ranges::any_of(codes, [&](std::string_view code) { return fits(code, coding); });
    });
    if (entry.type == query.substr(0, mark) && (codes.empty() || coded) &&
        (questionnaire.empty() || entry.questionnaire == questionnaire)) {
      out += separator + (R"({"resource": )" + entry.json) + '}';
      separator = ',';
    }
  }
  return out + "]}";
}

std::string make_call(const std::string& patient_id, View discovery_entry, const Answer& answer,
                      std::string_view more) {
  const auto hook = discovery_entry.text_or_empty("hook");
  std::string call = R"({"hook": ")" + std::string{hook} + R"(", "hookInstance": ")" + new_uuid() +
                     R"(", "context": )" + context_of(hook, patient_id) + R"(, "prefetch": {)";
  std::string_view separator;
  if (const auto prefetch = discovery_entry.find("prefetch")) {
    for (const Member key : prefetch->members()) {
      if (const auto value =
              answer(key.name, replaced(key.value.raw_text(), kPatientToken, patient_id))) {
        call.append(separator).append("\"").append(key.name).append("\": ").append(*value);
        separator = ", ";
      }
    }
  }
  call += '}';
  if (!more.empty()) {
    call.append(", ").append(more);
  }
  return call + '}';
}

std::string make_call(const Chart& chart, View discovery_entry) {
  return make_call(chart.patient_id(), discovery_entry,
                   [&](std::string_view, const std::string& query) { return chart.answer(query); });
}

}  // namespace cdss::test
