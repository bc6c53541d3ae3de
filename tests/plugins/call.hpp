#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/abi/request.h"
#include "core/base/errors/result.hpp"
#include "core/json/document.hpp"
#include "plugins/sdk/plugin.hpp"
#include "tests/plugins/knowledge.hpp"
#include "tests/plugins/record_builder.hpp"

namespace cdss::test {

/// A key of a call and what is known of it.
struct GivenKey {
  std::string name;
  cdss_key_state state;
  std::string json;    ///< its value when present or truncated
  std::string reason;  ///< when unavailable or truncated
};

/// A block of memory as the host lays it before a plugin.
class Call {
 public:
  Call(std::string body, const std::vector<GivenKey>& keys, std::chrono::sys_days today = kToday,
       bool explain = true);

  sdk::Request request() const;
  const cdss_request& block() const;

 private:
  std::vector<std::max_align_t> bytes_;  // aligned to 16
};

/// Keys of a record, in this order: patient, conditions, procedures, examination, questionnaire
/// (empty), results, medications, statements (empty), allergies.
std::vector<GivenKey> keys_of(const RecordBuilder& record,
                              const std::string& patient = R"({"resourceType":"Patient","id":"p",
                                "birthDate":"1960-05-01"})");

/// Opens a plugin class on knowledge files, which must outlive it.
template <class Plugin>
Result<Plugin> open_plugin(const KnowledgeFiles& files, const Document& options) {
  std::vector<cdss_knowledge> knowledge;
  for (std::size_t i = 0; i < files.paths.size(); ++i) {
    knowledge.push_back(
        {{files.paths[i].data(), files.paths[i].size()}, files.documents[i].c_document()});
  }
  const cdss_setup setup{sizeof(cdss_setup), static_cast<std::uint32_t>(knowledge.size()),
                         knowledge.data(), options.c_document()};
  return Plugin::open(sdk::Setup{setup});
}

}  // namespace cdss::test
