#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "core/plugin/option_declaration.hpp"
#include "core/plugin/service_declaration.hpp"

namespace cdss::plugin {

/// What one call of a plugin may use.
struct Limits {
  std::chrono::milliseconds deadline{2'000};           ///< 1 ms to 60 s
  std::size_t memory_bytes = std::size_t{256} << 20U;  ///< 16 MiB to 4 GiB
};

/// What the server knows of a plugin without opening it: its manifest.json.
struct Manifest {
  std::string id;       ///< lower-case letters, digits and -; names the package's folder
  std::string version;  ///< semantic version
  std::string library;  ///< file name of the shared object, one of `files`
  std::vector<ServiceDeclaration> services;  ///< at least one; ids are unique
  std::vector<OptionDeclaration> options;
  Limits limits;
  std::map<std::string, std::string> source;  ///< source attributes by name
  std::map<std::string, std::string> files;   ///< sha256, 64 lower-case hex digits, by path
};

/// Reads a manifest. Unknown members are ignored.
///
/// Each path in `files` is a file name or `knowledge/` and a file name, of letters, digits, - _ and
/// `.`, not beginning with a dot.
///
/// Errors: Errc::missing and Errc::malformed with the path of the element; Errc::unsupported for an
/// ABI other than CDSS_ABI; Errc::out_of_range for a limit outside its bounds; those of
/// read_service_declaration and read_option_declarations; those of check_prefetch for a template
/// that clients could not resolve or we could not fetch, `where` e.g. "services[0]: prefetch.labs".
Result<Manifest> read_manifest(View root);

/// The text of manifest.json for a declaration: the declaration as the plugin wrote it, then `abi`,
/// `library` and `files`.
///
/// @param declaration  What the plugin's `declare` wrote, parsed.
/// @param library      File name of the shared object.
/// @param files        sha256 by path, the library's among them.
/// Errors: those of read_manifest on what was written: what this returns can be read.
Result<std::string> write_manifest(View declaration, std::string_view library,
                                   const std::map<std::string, std::string>& files);

}  // namespace cdss::plugin
