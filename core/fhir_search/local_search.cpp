#include "core/fhir_search/local_search.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/base/date_time.hpp"
#include "core/base/text/ascii.hpp"
#include "core/base/text/number.hpp"
#include "core/base/text/percent.hpp"
#include "core/fhir_search/local_filter.hpp"
#include "core/hooks/request/hooks.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::fhir_search {
namespace {

using Matches = std::vector<const LocalEntry*>;

/// One name of `_sort`.
struct Order {
  const LocalParameter* parameter;  ///< a date
  bool descending;
};

/// A search, read.
struct Search {
  std::string_view type;
  std::vector<LocalFilter> filters;
  std::vector<Order> orders;
  bool is_fully_ordered = true;  ///< whether `_sort` has only names that can be sorted by
  std::optional<std::size_t> count;
};

Result<std::size_t> read_count(std::string_view value) {
  const auto count = parse_number<std::size_t>(value);
  if (!count || *count == 0) {
    return Error{Errc::malformed, {}, "is no whole number above 0"};
  }
  return *count;
}

void read_sort(std::string_view value, Search& search) {
  while (!value.empty()) {
    auto name = take_until(value, ',');
    const bool descending = name.starts_with('-');
    name.remove_prefix(descending ? 1 : 0);
    const auto* const parameter = find_local_parameter(search.type, name);
    if (parameter == nullptr || parameter->kind != LocalParameterKind::date) {
      search.is_fully_ordered = false;
      return;  // what comes behind it orders within it only
    }
    search.orders.push_back({parameter, descending});
  }
}

Result<void> read_parameter(std::string_view name, std::string_view encoded, Search& search) {
  const std::string value = percent_decoded(encoded);
  if (name == "_count") {
    CDSS_TRY(search.count, read_count(value));
    return {};
  }
  if (name == "_sort") {
    read_sort(value, search);
    return {};
  }
  if (name.find(':') != std::string_view::npos) {
    return Error{Errc::unsupported, {}, "has a modifier, and no terminology server is available"};
  }
  const auto* const parameter = find_local_parameter(search.type, name);
  if (parameter == nullptr) {
    return Error{Errc::unsupported, {}, "is no search parameter that is known here for this type"};
  }
  CDSS_TRY(auto filter, LocalFilter::read(*parameter, value));
  search.filters.push_back(std::move(filter));
  return {};
}

Result<Search> read_search(std::string_view type, std::string_view query) {
  Search search{.type = type};
  while (!query.empty()) {
    auto value = take_until(query, '&');
    const auto name = take_until(value, '=');
    if (auto read = read_parameter(name, value, search); !read) {
      auto error = std::move(read).error();
      error.where = name;
      return error;
    }
  }
  if (search.count && !search.is_fully_ordered) {
    return Error{Errc::unsupported, "_sort",
                 "is by something else than dates, so that _count would cut at another place"};
  }
  return search;
}

/// The first or last moment that a date, a moment or a Period can mean, as far as it is written.
std::optional<Timestamp> moment_of(View value, bool last) {
  if (value.is_object()) {
    const auto end = value.find(last ? "end" : "start");
    const auto other = value.find(last ? "start" : "end");
    return end ? moment_of(*end, last) : other ? moment_of(*other, last) : std::nullopt;
  }
  const auto date = DateTime::parse(value.raw_text());
  if (!date) {
    return std::nullopt;
  }
  if (const auto moment = date->moment()) {
    return moment;
  }
  return last ? Timestamp{date->last_day + std::chrono::days{1}} - std::chrono::microseconds{1}
              : Timestamp{date->first_day};
}

/// The moment by which a resource is sorted; those without one come last.
std::optional<Timestamp> sort_key(const LocalEntry& entry, const Order& order) {
  std::optional<Timestamp> key;
  for (const View value : values_at(entry.document->root(), *order.parameter)) {
    const auto moment = moment_of(value, order.descending);
    if (moment && (!key || (order.descending ? *moment > *key : *moment < *key))) {
      key = moment;
    }
  }
  return key;
}

void sort_by(const Order& order, Matches& found) {
  std::vector<std::pair<std::optional<Timestamp>, const LocalEntry*>> keyed;
  keyed.reserve(found.size());
  for (const LocalEntry* entry : found) {
    keyed.emplace_back(sort_key(*entry, order), entry);
  }
  std::ranges::stable_sort(keyed, [&](const auto& a, const auto& b) {
    if (!a.first || !b.first) {
      return a.first.has_value() && !b.first;
    }
    return order.descending ? *a.first > *b.first : *a.first < *b.first;
  });
  std::ranges::transform(keyed, found.begin(), [](const auto& pair) { return pair.second; });
}

Matches find_all(const Search& search, std::span<const LocalEntry> entries) {
  Matches found;
  for (const LocalEntry& entry : entries) {
    const View resource = entry.document->root();
    if (entry.type == search.type &&
        std::ranges::all_of(search.filters,
                            [&](const LocalFilter& filter) { return filter.fits(resource); })) {
      found.push_back(&entry);
    }
  }
  for (auto order = search.orders.rbegin(); order != search.orders.rend(); ++order) {
    sort_by(*order, found);  // stable, so that the first name decides
  }
  return found;
}

std::string write_searchset(const Matches& found, std::size_t count) {
  return json::object([&](json::Object& out) {
    out.string("resourceType", "Bundle");
    out.string("type", "searchset");
    if (count == found.size()) {
      out.integer("total", static_cast<std::int64_t>(count));
    }
    out.array("entry", [&](json::Array& entries) {
      for (std::size_t i = 0; i < count; ++i) {
        entries.object([&](json::Object& entry) {
          entry.json("resource", found[i]->text);
          entry.object("search", [](json::Object& search) { search.string("mode", "match"); });
        });
      }
    });
  });
}

Result<std::string> read_by_id(std::string_view query, std::span<const LocalEntry> entries) {
  if (!hooks::is_reference(query)) {
    return Error{Errc::malformed, {}, "is neither Type/id nor Type?name=value"};
  }
  const auto slash = query.find('/');
  const auto found = std::ranges::find_if(entries, [&](const LocalEntry& entry) {
    return entry.type == query.substr(0, slash) && entry.id == query.substr(slash + 1);
  });
  return found == entries.end() ? std::string{"null"} : found->text;
}

}  // namespace

Result<std::string> answer_locally(std::string_view query, std::span<const LocalEntry> entries) {
  const auto mark = query.find('?');
  if (mark == std::string_view::npos) {
    return read_by_id(query, entries);
  }
  CDSS_TRY(const auto search, read_search(query.substr(0, mark), query.substr(mark + 1)));
  const auto found = find_all(search, entries);
  return write_searchset(found, std::min(found.size(), search.count.value_or(found.size())));
}

}  // namespace cdss::fhir_search
