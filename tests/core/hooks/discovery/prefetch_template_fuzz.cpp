// Whatever the template, what it expands to is one relative URL: no white space, no braces, no
// scheme, no step upwards, and no "?" or "&" beside its own. Input: a template, a line break, the
// value of context.userId, which the drafts and an earlier key refer to as well.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/hooks/discovery/prefetch_template.hpp"
#include "core/json/document.hpp"
#include "core/json/json_writer.hpp"

namespace {

void expect(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

void check(std::string_view text, std::string_view query) {
  expect(!query.empty() && query.front() != '/' && query.substr(0, 3) != "../");
  expect(std::ranges::all_of(query, [](char c) { return c > ' ' && c < '\x7F'; }));
  expect(query.find_first_of("{}|#\\\"<>") == std::string_view::npos);
  expect(std::ranges::count(query, '&') == std::ranges::count(text, '&'));
  expect(std::ranges::count(query, '?') == std::ranges::count(text, '?'));
}

/// A context as of order-sign; `user` is put wherever a reference may stand.
cdss::Document make_context(std::string_view user) {
  return *cdss::Document::parse(cdss::json::object([&](cdss::json::Object& out) {
    out.string("userId", user);
    out.string("patientId", "p1");
    out.string("encounterId", "e.1");
    out.array("selections", [&](cdss::json::Array& array) {
      array.string("Task/t1");
      array.string(user);
    });
    out.object("draftOrders", [&](cdss::json::Object& bundle) {
      bundle.string("resourceType", "Bundle");
      bundle.array("entry", [&](cdss::json::Array& entries) {
        entries.object([&](cdss::json::Object& entry) {
          entry.string("fullUrl", "urn:uuid:1");
          entry.object("resource", [&](cdss::json::Object& task) {
            task.string("resourceType", "Task");
            task.string("id", "t1");
            task.number("priority", "1.50");
            task.object("requester",
                        [&](cdss::json::Object& other) { other.string("reference", user); });
            task.array("note", [&](cdss::json::Array& notes) {
              notes.string(user);
              notes.string("urn:uuid:1");
            });
          });
        });
      });
    });
  }));
}

void check_all(std::string_view text, const cdss::hooks::TemplateValues& values) {
  using cdss::hooks::PrefetchTemplate;
  for (const auto* const hook : {"patient-view", "order-select", "org.example.custom-hook"}) {
    const auto simple = PrefetchTemplate::parse(text, hook);
    const auto parsed = PrefetchTemplate::parse(text, hook, cdss::hooks::PrefetchTokens::fhirpath);
    if (!parsed) {
      continue;
    }
    const auto query = parsed->expand(values);
    if (query) {
      check(text, *query);
    }
    if (simple && query) {
      const auto same = simple->expand(values);
      expect(same && *same == *query);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto text = input.substr(0, input.find('\n'));
  const auto user = input.substr(std::min(text.size() + 1, input.size()));
  const auto context = make_context(user);
  const cdss::hooks::PriorKey prior[] = {{.key = "prior", .value = context.root()},
                                         {.key = "unknown", .value = {}}};
  check_all(text, {.context = context.root(),
                   .today = std::chrono::sys_days{std::chrono::year{2024} / 9 / 13},
                   .prior = prior,
                   .fhir_server = "https://ehr.example.org/fhir"});
  return 0;
}
