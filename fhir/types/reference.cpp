#include "fhir/types/reference.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

/// FHIR ids have letters, digits, '-' and '.'; some servers use '_' as well.
bool has_form_of_id(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
  });
}

/// Takes the last segment of a path off.
std::string_view take_last(std::string_view& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return std::exchange(path, {});
  }
  const auto segment = path.substr(slash + 1);
  path = path.substr(0, slash);
  return segment;
}

/// Fills type and id from a path that ends in "Type/id" or "Type/id/_history/version"; what is
/// before the type is left in `path`. False when it does not end so.
bool take_type_and_id(std::string_view& path, Reference& out) {
  auto id = take_last(path);
  auto type = take_last(path);
  if (type == "_history") {
    id = take_last(path);
    type = take_last(path);
  }
  if (!is_type_name(type) || !has_form_of_id(id)) {
    return false;
  }
  out.type = type;
  out.id = id;
  return true;
}

}  // namespace

bool is_type_name(std::string_view text) {
  return !text.empty() && is_upper(text.front()) && std::ranges::all_of(text, is_letter);
}

bool is_id(std::string_view text) {
  return text != "." && text != ".." && has_form_of_id(text);
}

bool is_r4_id(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  return is_id(text) && text.size() <= kLongest && text.find('_') == std::string_view::npos;
}

Reference Reference::parse(std::string_view text) {
  Reference reference;
  reference.text = text;
  if (text.empty()) {
    return reference;
  }
  if (text.starts_with('#')) {
    reference.kind = Kind::contained;
    reference.id = text.substr(1);
  } else if (text.starts_with("urn:uuid:") || text.starts_with("urn:oid:")) {
    reference.kind = Kind::urn;
  } else if (text.find('?') != std::string_view::npos) {
    reference.kind = Kind::conditional;
    const auto type = text.substr(0, text.find('?'));
    reference.type = is_type_name(type) ? type : std::string_view{};
  } else if (text.starts_with("https://") || text.starts_with("http://")) {
    reference.kind = Kind::absolute;
    take_type_and_id(text, reference);
  } else {
    const bool named = take_type_and_id(text, reference);
    const bool starts_with_it = reference.type.data() == reference.text.data();
    reference.kind = named && starts_with_it ? Kind::relative : Kind::other;
    if (reference.kind == Kind::other) {
      reference.type = reference.id = {};
    }
  }
  return reference;
}

Result<Reference> read_reference(View value) {
  static constexpr detail::Field<Reference> kFields[] = {
      detail::field<&Reference::text>("reference"),
      detail::field<&Reference::type>("type"),
      detail::words_field<&Reference::display>("display"),
  };
  Reference read;
  CDSS_CHECK(detail::read_members(value, read, kFields));
  auto reference = Reference::parse(read.text);
  reference.display = read.display;
  if (reference.type.empty()) {
    reference.type = read.type;
  }
  const auto identifier = value.find("identifier");
  if (!reference.is_present() && identifier && !identifier->text_or_empty("value").empty()) {
    reference.kind = Reference::Kind::logical;
  }
  return reference;
}

}  // namespace cdss::fhir
