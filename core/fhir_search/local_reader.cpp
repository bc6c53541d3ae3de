#include "core/fhir_search/local_reader.hpp"

#include <utility>

#include "core/base/text/ascii.hpp"
#include "fhir/resources/bundle.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir_search {
namespace {

constexpr Document::Limits kLimits{.bytes = std::size_t{64} << 20U,
                                   .nodes = std::size_t{16} << 20U};

Result<void> collect(View resource, std::string_view full_url, const std::string& file,
                     std::vector<LocalResource>& out);

Result<void> collect_bundle(View view, const std::string& file, std::vector<LocalResource>& out) {
  CDSS_TRY(const auto bundle, fhir::Bundle::read(view));
  if (!bundle.next.empty()) {
    return view.error_at("link", Errc::unsupported,
                         "says that there are more pages; bring all of them");
  }
  for (const auto& entry : bundle.entries) {
    if (entry.resource) {
      CDSS_CHECK(collect(*entry.resource, entry.full_url, file, out));
    } else if (!entry.entry.find("request") && !entry.entry.find("response")) {
      return entry.entry.error(Errc::malformed, "holds no resource");
    }
  }
  return {};
}

Result<void> collect(View resource, std::string_view full_url, const std::string& file,
                     std::vector<LocalResource>& out) {
  const auto type = fhir::resource_type(resource);
  if (!fhir::is_type_name(type)) {
    return resource.error(Errc::malformed, "is no FHIR resource: it has no resourceType");
  }
  if (type == "Bundle") {
    return collect_bundle(resource, file, out);
  }
  if (type != "OperationOutcome") {
    auto at = within(file, resource.error(Errc::malformed, {}));
    out.push_back({.view = resource, .full_url = full_url, .where = std::move(at.where)});
  }
  return {};
}

/// Reads one JSON text into `contents`. @param place  the file, and the line if it is one of many.
Result<void> read_one(std::string text, const std::string& place, LocalContents& contents) {
  CDSS_TRY(auto document, within(place, Document::parse(std::move(text), kLimits)));
  contents.documents.push_back(std::move(document));
  return within(place, collect(contents.documents.back().root(), {}, place, contents.resources));
}

struct Line {
  std::size_t number;  ///< from 1
  std::string_view text;
};

/// The lines that hold more than white space.
std::vector<Line> lines_of(std::string_view text) {
  constexpr std::string_view kWhite = " \t\r";
  std::vector<Line> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto line = trimmed(take_until(text, '\n'), kWhite);
    if (!line.empty()) {
      lines.push_back({number, line});
    }
  }
  return lines;
}

/// True for several lines of which the first is an object of its own; indented JSON has only its
/// bracket there.
bool is_ndjson(const std::vector<Line>& lines) {
  return lines.size() > 1 && lines.front().text.starts_with('{') &&
         lines.front().text.ends_with('}');
}

Result<void> read_text(LocalText& text, LocalContents& contents) {
  if (text.bytes.size() > kLimits.bytes) {
    return Error{Errc::out_of_range, text.name, "is longer than 64 MiB"};
  }
  const auto lines = lines_of(text.bytes);
  if (!is_ndjson(lines)) {
    return read_one(std::move(text.bytes), text.name, contents);
  }
  for (const Line& line : lines) {
    CDSS_CHECK(
        read_one(std::string{line.text}, text.name + ':' + std::to_string(line.number), contents));
  }
  return {};
}

}  // namespace

Result<LocalContents> read_local(std::vector<LocalText> texts) {
  LocalContents contents;
  for (LocalText& text : texts) {
    CDSS_CHECK(read_text(text, contents));
  }
  if (contents.resources.empty()) {
    return Error{Errc::missing, texts.empty() ? std::string{} : std::move(texts.front().name),
                 "holds no resource"};
  }
  return contents;
}

}  // namespace cdss::fhir_search
