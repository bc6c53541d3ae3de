// The JSON Schemas and the manual of the configuration, made from its rows.

#include <algorithm>
#include <initializer_list>

#include "core/config/settings.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::config {
namespace {

/// A list of texts with commas between them; `none` for an empty one.
std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) {
    all += (all.empty() ? "" : ", ") + text;
  }
  return all.empty() ? "none" : all;
}

std::string text_of(const OptionValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return std::to_string(*number);
  }
  if (const auto* truth = std::get_if<bool>(&value)) {
    return *truth ? "true" : "false";
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return text->empty() ? "none" : '"' + *text + '"';
  }
  return joined(std::get<std::vector<std::string>>(value));
}

template <class S>
std::string bounds_of(const Option<S>& row) {
  std::string bounds;
  if (row.max > 0) {
    bounds = std::to_string(row.min) + " to " + std::to_string(row.max);
    bounds += row.unit.empty() ? "" : ' ' + std::string{row.unit};
  }
  for (const auto choice : row.choices) {
    bounds += (bounds.empty() ? "" : ", ") + std::string{choice};
  }
  return bounds;
}

template <class S>
std::string manual_of(std::string_view title) {
  std::string text = "### " + std::string{title} +
                     "\n\n| name | default | bounds | meaning |\n|---|---|---|---|\n";
  for (const auto& row : S::rows()) {
    text += "| `" + std::string{row.name} + "` | " + text_of(option_value(row, S{})) + " | " +
            bounds_of(row) + " | " + std::string{row.doc} + " |\n";
  }
  return text + '\n';
}

void open_schema(json::Object& o, std::string_view title,
                 std::initializer_list<std::string_view> required) {
  o.string("$schema", "https://json-schema.org/draft/2020-12/schema");
  o.string("title", title);
  o.string("type", "object");
  o.boolean("additionalProperties", false);
  o.strings("required", required);
}

void write_schema_member(json::Object& properties) {
  properties.object("$schema", [](json::Object& p) { p.string("type", "string"); });
}

/// Where clients find the server, and where it finds its clients.
void write_addresses(json::Object& properties) {
  properties.object("public_url", [](json::Object& p) {
    p.string("type", "string");
    p.string("description", "The URL under which clients reach this server: prefix of every link.");
  });
  properties.object("clients", [](json::Object& p) {
    p.string("type", "array");
    p.integer("minItems", 1);
    p.integer("maxItems", 256);
    p.object("items", [](json::Object& item) { item.string("type", "string"); });
    p.string("description", "The client profiles, files whose paths start at this file's folder.");
  });
}

void write_plugin_members(json::Object& properties) {
  properties.object("plugin_options", [](json::Object& p) {
    p.string("type", "object");
    p.object("additionalProperties", [](json::Object& any) { any.string("type", "object"); });
    p.string("description",
             "Option values by plugin id; each plugin's manifest declares its options.");
  });
  properties.object("disabled_plugins", [](json::Object& p) {
    p.string("type", "array");
    p.boolean("uniqueItems", true);
    p.object("items", [](json::Object& item) { item.string("type", "string"); });
    p.string("description",
             "Ids of installed plugins that are not run and whose services are not offered.");
  });
}

}  // namespace

std::string settings_schema() {
  return json::object([](json::Object& o) {
    open_schema(o, "Psoas CDS configuration", {"public_url", "clients"});
    o.object("properties", [](json::Object& properties) {
      write_schema_member(properties);
      write_addresses(properties);
      Settings::for_each_section([&]<class S>(std::string_view name, S Settings::*) {
        properties.object(name, [](json::Object& section) {
          section.string("type", "object");
          section.boolean("additionalProperties", false);
          section.object("properties", [](json::Object& p) { declare_options(p, S::rows()); });
        });
      });
      write_plugin_members(properties);
    });
  });
}

std::string client_schema() {
  return json::object([](json::Object& o) {
    open_schema(o, "Psoas CDS client profile", {"id"});
    o.object("properties", [](json::Object& properties) {
      write_schema_member(properties);
      declare_options(properties, Client::rows());
    });
  });
}

namespace {

/// As text_of, but for the two lists that let everything in when they are empty.
std::string in_force(std::string_view name, const OptionValue& value) {
  const auto* list = std::get_if<std::vector<std::string>>(&value);
  if (list != nullptr && list->empty() && (name == "services" || name == "tenants")) {
    return "any";
  }
  return text_of(value);
}

}  // namespace

std::string client_table(const Client& client) {
  constexpr std::size_t kNameWidth = 24;
  std::string table;
  const Client defaults;
  for (const auto& row : Client::rows()) {
    const auto value = option_value(row, client);
    std::string name{row.name};
    name.resize(std::max(name.size(), kNameWidth), ' ');
    table += (value == option_value(row, defaults) ? "  " : "* ") + name +
             in_force(row.name, value) + '\n';
  }
  return table;
}

std::string settings_manual() {
  std::string manual;
  Settings::for_each_section(
      [&]<class S>(std::string_view name, S Settings::*) { manual += manual_of<S>(name); });
  manual += manual_of<Client>("Client profile (a file of its own)");
  manual.pop_back();  // the blank line that parts one table from the next
  return manual;
}

}  // namespace cdss::config
