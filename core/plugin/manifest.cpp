#include "core/plugin/manifest.hpp"

#include <algorithm>
#include <utility>

#include "core/abi/plugin.h"
#include "core/base/text/ascii.hpp"
#include "core/json/document.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::plugin {
namespace {

/// MAJOR.MINOR.PATCH, then what semver permits after - or +. Source: semver.org 2.0.0, 2, 9, 10.
bool is_semantic_version(std::string_view text) {
  const auto tail = text.find_first_of("-+");
  std::string_view core = text.substr(0, tail);
  if (tail != std::string_view::npos) {
    const std::string_view after = text.substr(tail + 1);
    if (after.empty() || !only_letters_digits_and(".-+", after)) {
      return false;
    }
  }
  for (int part = 0; part < 3; ++part) {
    const auto dot = part < 2 ? core.find('.') : core.size();
    if (dot == std::string_view::npos) {
      return false;
    }
    const std::string_view number = core.substr(0, dot);
    if (number.empty() || number.size() > 9 || !std::ranges::all_of(number, is_digit) ||
        (number.size() > 1 && number.front() == '0')) {
      return false;
    }
    core.remove_prefix(std::min(dot + 1, core.size()));
  }
  return true;
}

bool is_file_name(std::string_view name) {
  return !name.empty() && name.size() <= 100 && name.front() != '.' &&
         only_letters_digits_and("._-", name);
}

bool is_package_path(std::string_view path) {
  constexpr std::string_view kKnowledge = "knowledge/";
  if (path.starts_with(kKnowledge)) {
    path.remove_prefix(kKnowledge.size());
  }
  return is_file_name(path) && path != "manifest.json" && path != "manifest.sig";
}

Result<std::string> read_id(View root) {
  CDSS_TRY(const auto id, root.required_string("id"));
  if (id.size() > 64 || id.front() == '-' || !only_letters_digits_and("-", id) ||
      std::ranges::any_of(id, is_upper)) {
    return root.error_at("id", Errc::malformed, "must be lower-case letters, digits and -");
  }
  return std::string{id};
}

Result<std::string> read_version(View root) {
  CDSS_TRY(const auto version, root.required_string("version"));
  if (!is_semantic_version(version)) {
    return root.error_at("version", Errc::malformed, "must be a semantic version such as 1.0.0");
  }
  return std::string{version};
}

Result<void> check_abi(View root) {
  CDSS_TRY(const auto member, root.at("abi"));
  CDSS_TRY(const auto abi, member.integer());
  if (abi != CDSS_ABI) {
    return member.error(Errc::unsupported, "is not the plugin ABI of this program, which is " +
                                               std::to_string(CDSS_ABI));
  }
  return {};
}

Result<std::vector<ServiceDeclaration>> read_services(View root) {
  CDSS_TRY(const auto array, root.at("services"));
  CDSS_CHECK(array.check_filled_array("must be an array with at least one service"));
  std::vector<ServiceDeclaration> services;
  for (const View element : array.elements()) {
    CDSS_TRY(auto service, read_service_declaration(element));
    if (std::ranges::find(services, service.id, &ServiceDeclaration::id) != services.end()) {
      return element.error_at("id", Errc::malformed, "stands twice in this manifest");
    }
    CDSS_CHECK(
        within("services[" + std::to_string(services.size()) + "]", check_prefetch(service)));
    services.push_back(std::move(service));
  }
  return services;
}

Result<std::int64_t> read_limit(View limits, std::string_view name, std::int64_t least,
                                std::int64_t most, std::int64_t absent) {
  const auto member = limits.find(name);
  if (!member) {
    return absent;
  }
  CDSS_TRY(const auto value, member->integer());
  if (value < least || value > most) {
    return member->error(Errc::out_of_range,
                         "must be from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return value;
}

Result<Limits> read_limits(View root) {
  Limits limits;
  CDSS_TRY(const auto member, root.optional_object("limits"));
  if (!member) {
    return limits;
  }
  CDSS_TRY(const auto deadline,
           read_limit(*member, "deadline_ms", 1, 60'000, limits.deadline.count()));
  CDSS_TRY(const auto memory,
           read_limit(*member, "memory_bytes", std::int64_t{16} << 20U, std::int64_t{4} << 30U,
                      static_cast<std::int64_t>(limits.memory_bytes)));
  limits.deadline = std::chrono::milliseconds{deadline};
  limits.memory_bytes = static_cast<std::size_t>(memory);
  return limits;
}

Result<std::map<std::string, std::string>> read_source(View root) {
  std::map<std::string, std::string> source;
  const auto member = root.find("source");
  if (!member) {
    return source;
  }
  CDSS_CHECK(member->check_object("must be an object of texts"));
  for (const Member attribute : member->members()) {
    CDSS_TRY(const auto text, attribute.value.string());
    source.emplace(attribute.name, text);
  }
  return source;
}

Result<std::map<std::string, std::string>> read_files(View root) {
  CDSS_TRY(const auto member, root.at("files"));
  CDSS_CHECK(member.check_object("must be an object of sha256 by path"));
  std::map<std::string, std::string> files;
  for (const Member file : member.members()) {
    if (!is_package_path(file.name)) {
      return file.value.error(Errc::malformed,
                              "must be named by a plain file name, or one after knowledge/");
    }
    CDSS_TRY(const auto hash, file.value.string());
    if (hash.size() != 64 || !std::ranges::all_of(hash, is_hex_digit) ||
        std::ranges::any_of(hash, is_upper)) {
      return file.value.error(Errc::malformed, "must be a sha256 in lower-case hexadecimal");
    }
    files.emplace(file.name, hash);
  }
  return files;
}

/// The library is the one file outside knowledge/, so that each file has exactly one meaning.
Result<void> check_library(View root, const Manifest& manifest) {
  if (!is_file_name(manifest.library) || !manifest.files.contains(manifest.library)) {
    return root.error_at("library", Errc::malformed, "must be a file name that files lists");
  }
  for (const auto& [path, hash] : manifest.files) {
    if (path != manifest.library && path.find('/') == std::string::npos) {
      return root.error_at("files", Errc::unsupported,
                           "must list the library and files below knowledge/ alone");
    }
  }
  return {};
}

}  // namespace

Result<Manifest> read_manifest(View root) {
  CDSS_CHECK(root.check_object());
  Manifest manifest;
  CDSS_TRY(manifest.id, read_id(root));
  CDSS_TRY(manifest.version, read_version(root));
  CDSS_CHECK(check_abi(root));
  CDSS_TRY(const auto library, root.required_string("library"));
  manifest.library = library;
  CDSS_TRY(manifest.services, read_services(root));
  if (const auto options = root.find("options")) {
    CDSS_TRY(manifest.options, read_option_declarations(*options));
  }
  CDSS_TRY(manifest.limits, read_limits(root));
  CDSS_TRY(manifest.source, read_source(root));
  CDSS_TRY(manifest.files, read_files(root));
  CDSS_CHECK(check_library(root, manifest));
  return manifest;
}

Result<std::string> write_manifest(View declaration, std::string_view library,
                                   const std::map<std::string, std::string>& files) {
  CDSS_CHECK(declaration.check_object());
  std::string text = json::object([&](json::Object& out) {
    for (const Member member : declaration.members()) {
      if (member.name != "abi" && member.name != "library" && member.name != "files") {
        out.value(member.name, member.value);
      }
    }
    out.integer("abi", CDSS_ABI);
    out.string("library", library);
    out.object("files", [&](json::Object& list) {
      for (const auto& [path, hash] : files) {
        list.string(path, hash);
      }
    });
  });
  text += '\n';
  CDSS_TRY(const auto document, Document::parse(text));
  CDSS_TRY(const auto checked, read_manifest(document.root()));
  return text;
}

}  // namespace cdss::plugin
