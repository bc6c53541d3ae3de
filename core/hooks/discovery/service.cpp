#include "core/hooks/discovery/service.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "core/hooks/discovery/prefetch_template.hpp"
#include "core/hooks/request/hooks.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::hooks {
namespace {

constexpr int kMostRounds = 2;

Result<void> check_text(std::string_view name, std::string_view text) {
  if (trimmed(text).empty()) {
    return Error{Errc::missing, std::string{name}, "must not be empty"};
  }
  return {};
}

/// Characters that stand in a URL path as they are (RFC 3986, unreserved), and no step upwards.
bool is_path_segment(std::string_view id) {
  return id != "." && id != ".." && only_letters_digits_and("-._~", id);
}

/// A FHIR `code`: visible text, single spaces inside, none at the ends.
bool is_code(std::string_view text) {
  char before = ' ';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || (c == ' ' && before == ' ')) {
      return false;
    }
    before = c;
  }
  return before != ' ';
}

/// The round of fetching in which a template can be filled: after those of the keys that it names,
/// which stand before it (PF-12), so that none needs itself by any way round (PF-13).
///
/// @param rounds  of the entries in `before`.
Result<int> round_of(const PrefetchTemplate& parsed, std::span<const PrefetchEntry> before,
                     std::span<const int> rounds) {
  int round = 1;
  for (const std::string& key : parsed.prior_keys()) {
    const auto found = std::ranges::find(before, key, &PrefetchEntry::key);
    if (found == before.end()) {
      return Error{Errc::malformed, {}, "needs a key after % that does not stand before it"};
    }
    round = std::max(round, rounds[static_cast<std::size_t>(found - before.begin())] + 1);
  }
  if (round > kMostRounds) {
    return Error{Errc::unsupported, {}, "needs a key after % that needs another key itself"};
  }
  return round;
}

Result<int> check_entry(const PrefetchEntry& entry, std::span<const PrefetchEntry> before,
                        std::span<const int> rounds, const Service& service) {
  if (std::ranges::find(before, entry.key, &PrefetchEntry::key) != before.end()) {
    return Error{Errc::malformed, {}, "must not stand twice"};
  }
  CDSS_TRY(const auto parsed, PrefetchTemplate::parse(entry.query, service.hook, service.tokens));
  return round_of(parsed, before, rounds);
}

void write_entry(json::Object& out, const Service& service) {
  out.string("hook", service.hook);
  out.string("title", service.title);
  out.string("description", service.description);
  out.string("id", service.id);
  out.object("prefetch", [&](json::Object& prefetch) {
    for (const auto& [key, query] : service.prefetch) {
      prefetch.string(key, query);
    }
  });
  out.string("usageRequirements", service.usage_requirements);
  out.string("version", kSpecificationVersion);
  if (const auto* const hook = find_hook(service.hook)) {
    out.string("hookVersion", hook->version);
  }
}

}  // namespace

Result<void> check_prefetch(const Service& service) {
  const std::span<const PrefetchEntry> entries{service.prefetch};
  std::vector<int> rounds;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!is_code(entries[i].key)) {
      return Error{Errc::malformed, "prefetch", "has a key that is no FHIR code"};
    }
    auto round = check_entry(entries[i], entries.first(i), rounds, service);
    if (!round) {
      auto error = std::move(round).error();
      error.where = "prefetch." + entries[i].key;
      return error;
    }
    rounds.push_back(*round);
  }
  return {};
}

Result<void> check(const Service& service) {
  CDSS_CHECK(check_text("id", service.id));
  if (!is_path_segment(service.id)) {
    return Error{Errc::malformed, "id", "must need no escaping in a URL: A-Z a-z 0-9 - . _ ~"};
  }
  CDSS_CHECK(check_text("hook", service.hook));
  if (find_hook(service.hook) == nullptr && !is_custom_hook(service.hook)) {
    return Error{Errc::unsupported, "hook",
                 "must be a hook of the CDS Hooks Library or in reverse domain form"};
  }
  CDSS_CHECK(check_text("title", service.title));
  CDSS_CHECK(check_text("description", service.description));
  if (!service.usage_requirements.empty()) {
    CDSS_CHECK(check_text("usageRequirements", service.usage_requirements));
  }
  return check_prefetch(service);
}

Result<void> check(std::span<const Service> services) {
  for (std::size_t i = 0; i < services.size(); ++i) {
    const std::string where = "services[" + std::to_string(i) + "]";
    if (auto checked = check(services[i]); !checked) {
      auto error = std::move(checked).error();
      error.where = where + '.' + error.where;
      return error;
    }
    if (std::ranges::any_of(services.first(i), [&](const Service& other) {
          return other.id == services[i].id && other.hook == services[i].hook;
        })) {
      return Error{Errc::malformed, where, "has the id and the hook of another entry"};
    }
  }
  return {};
}

std::string write_discovery(std::span<const Service> services) {
  return json::object([&](json::Object& out) {
    out.array_even_if_empty("services", [&](json::Array& array) {
      for (const Service& service : services) {
        array.object([&](json::Object& entry) { write_entry(entry, service); });
      }
    });
  });
}

}  // namespace cdss::hooks
