#include "fhir/compartment/patient_reference.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/text/ascii.hpp"
#include "core/base/text/percent.hpp"
#include "fhir/types/reference.hpp"

namespace cdss::fhir {
namespace {

constexpr std::string_view kPatient = "patient";

bool is_patient(std::string_view segment) {
  return equal_ignoring_case(segment, kPatient);
}

/// True for "Patient" and for what a lenient reader might take for it, such as "patient;v=1".
bool may_mean_patient(std::string_view segment) {
  constexpr std::string_view kWordCharacters = "0123456789-_.";  // then it is another word
  if (!starts_ignoring_case(segment, kPatient)) {
    return false;
  }
  const auto rest = segment.substr(kPatient.size());
  return rest.empty() ||
         (!is_letter(rest.front()) && kWordCharacters.find(rest.front()) == std::string_view::npos);
}

constexpr bool is_plain(char c) {
  return c > ' ' && c < '\x7F' && c != '%' && c != '\\';
}

/// `path` as the most lenient reader has it: percent signs decoded, backslashes turned, and what is
/// no printable ASCII left out.
std::string folded(std::string_view path) {
  std::string out;
  for (const char c : percent_decoded(path)) {
    if (c == '\\') {
      out += '/';
    } else if (c > ' ' && c < '\x7F') {
      out += c;
    }
  }
  return out;
}

/// What stands between the slashes of `path`, without what is empty and ".".
std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    const auto segment = take_until(path, '/');
    if (!segment.empty() && segment != ".") {
      segments.push_back(segment);
    }
  }
  return segments;
}

/// Takes scheme and authority off an absolute http(s) URL and gives the authority, without a port
/// that goes without saying; none when it is no such URL.
std::optional<std::string_view> take_authority(std::string_view& text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (starts_ignoring_case(text, scheme)) {
      text.remove_prefix(scheme.size());
      auto authority = text.substr(0, text.find('/'));
      text.remove_prefix(authority.size());
      for (const std::string_view port : {":443", ":80"}) {
        authority.remove_suffix(authority.ends_with(port) ? port.size() : 0);
      }
      return authority;
    }
  }
  return std::nullopt;
}

/// Whether what stands before "Patient/id" may be the base URL of `server`, which is empty when it
/// is not known.
bool is_on(std::string_view server, std::optional<std::string_view> authority,
           std::span<const std::string_view> base) {
  if (server.empty() || (!authority && base.empty())) {
    return true;
  }
  auto path = server.substr(0, server.find_first_of("?#"));
  const auto of_server = take_authority(path);
  const auto segments = segments_of(path);
  if (authority) {
    return of_server && equal_ignoring_case(*of_server, *authority) &&
           std::ranges::equal(segments, base);
  }
  return base.size() <= segments.size() &&
         std::equal(base.rbegin(), base.rend(), segments.rbegin());
}

/// @param authority  of an absolute URL: what stands before type and id is a server's base, and
///                   there a lower case "patient" is a name like any other.
PatientReference classify(std::vector<std::string_view> segments,
                          std::optional<std::string_view> authority, bool query,
                          const PatientOfCall& patient) {
  if (segments.size() > 2 && segments[segments.size() - 2] == "_history") {
    segments.resize(segments.size() - 2);
  }
  if (query && !segments.empty() && is_patient(segments.back())) {
    return PatientReference::unresolved;
  }
  const bool conditional = query && !segments.empty() && is_type_name(segments.back());
  const std::size_t tail = std::min<std::size_t>(segments.size(), conditional ? 1 : 2);
  const auto type = segments.end() - static_cast<std::ptrdiff_t>(tail);
  const bool stray = std::any_of(segments.begin(), type, [&](std::string_view segment) {
    return may_mean_patient(segment) && !(authority && segment == kPatient);
  });
  if (tail == 2 && !stray && is_patient(*type)) {
    if (segments.back() != patient.id) {
      return PatientReference::other_patient;
    }
    return is_on(patient.fhir_server, authority, {segments.begin(), type})
               ? PatientReference::this_patient
               : PatientReference::other_server;
  }
  if (stray || std::any_of(type, segments.end(), may_mean_patient)) {
    return PatientReference::other_patient;
  }
  return (tail == 2 || conditional) && is_type_name(*type) ? PatientReference::not_a_patient
                                                           : PatientReference::unresolved;
}

/// "Patient/id", as nearly every reference is written: nothing is taken apart for it.
bool is_as_written_most(std::string_view text, std::string_view patient_id) {
  constexpr std::string_view kPrefix = "Patient/";
  return !patient_id.empty() && text.starts_with(kPrefix) &&
         text.substr(kPrefix.size()) == patient_id;
}

}  // namespace

PatientReference classify_patient_reference(std::string_view reference_text,
                                            const PatientOfCall& patient) {
  if (is_as_written_most(reference_text, patient.id)) {
    return PatientReference::this_patient;
  }
  const auto text = trimmed(reference_text, " \t\r\n\f\v");
  if (text.starts_with('#') || starts_ignoring_case(text, "urn:uuid:") ||
      starts_ignoring_case(text, "urn:oid:")) {
    return PatientReference::unresolved;
  }
  const auto end = std::min(text.find_first_of("?#"), text.size());
  const bool query = end < text.size() && text[end] == '?';
  auto path = text.substr(0, end);
  const auto authority = take_authority(path);
  const bool plain = std::ranges::all_of(path, is_plain);
  const std::string kept = plain ? std::string{} : folded(path);
  auto segments = segments_of(plain ? path : std::string_view{kept});
  const bool odd = !plain || std::ranges::find(segments, "..") != segments.end();
  if (odd && std::ranges::any_of(segments, may_mean_patient)) {
    return PatientReference::other_patient;
  }
  return classify(std::move(segments), authority, query, patient);
}

}  // namespace cdss::fhir
