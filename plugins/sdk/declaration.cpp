#include "plugins/sdk/declaration.hpp"

#include <string_view>

namespace cdss::sdk {
namespace {

std::string_view to_string(Level level) {
  constexpr std::string_view kLevels[] = {"required", "wanted", "optional"};
  return kLevels[static_cast<std::size_t>(level)];
}

/// An array of arrays of texts; empty when there is none.
std::string groups_of_keys(const std::vector<std::vector<std::string>>& groups) {
  std::string out;
  for (const auto& group : groups) {
    out += out.empty() ? "[[" : ",[";
    for (std::size_t i = 0; i < group.size(); ++i) {
      out += i == 0 ? "" : ",";
      json::append_string(out, group[i]);
    }
    out += ']';
  }
  return out.empty() ? out : out + ']';
}

void write(json::Object& out, const Need& need) {
  out.string("key", need.key);
  out.string("resource", need.resource);
  out.string("query", need.query);
  out.string("prefetch", need.prefetch);
  out.string("level", to_string(need.level));
}

void write(json::Object& out, const Service& service) {
  out.string("id", service.id);
  out.strings("hooks", service.hooks);
  out.string("title", service.title);
  out.string("description", service.description);
  out.string("usageRequirements", service.usage_requirements);
  if (service.prefetch_tokens == hooks::PrefetchTokens::fhirpath) {
    out.string("prefetchTokens", "fhirpath");
  }
  out.array("needs", [&](json::Array& needs) {
    for (const Need& need : service.needs) {
      needs.object([&](json::Object& object) { write(object, need); });
    }
  });
  out.json("required", groups_of_keys(service.required));
}

}  // namespace

std::string write(const Declaration& declaration) {
  return json::object([&](json::Object& out) {
    out.string("id", declaration.id);
    out.string("version", declaration.version);
    out.array("services", [&](json::Array& services) {
      for (const Service& service : declaration.services) {
        services.object([&](json::Object& object) { write(object, service); });
      }
    });
    if (declaration.options) {
      out.object("options", [&](json::Object& options) { declaration.options(options); });
    }
    out.object("limits", [&](json::Object& limits) {
      limits.integer("deadline_ms", declaration.limits.deadline.count());
      limits.integer("memory_bytes", static_cast<std::int64_t>(declaration.limits.memory_bytes));
    });
    out.object("source", [&](json::Object& source) {
      for (const auto& [name, text] : declaration.source) {
        source.string(name, text);
      }
    });
  });
}

}  // namespace cdss::sdk
