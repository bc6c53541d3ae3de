// The evidence page as JSON.

#include "core/evidence/evidence_inputs.hpp"
#include "core/evidence/evidence_page.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::evidence {
namespace {

using plugin::EvidenceCell;

void write_cell(json::Object& out, const std::string& member, const EvidenceCell& cell) {
  switch (cell.kind) {
    case EvidenceCell::Kind::empty:
      break;
    case EvidenceCell::Kind::text:
      out.string(member, cell.texts.front());
      break;
    case EvidenceCell::Kind::number:
      out.number(member, cell.texts.front());
      break;
    case EvidenceCell::Kind::boolean:
      out.boolean(member, cell.texts.front() == "true");
      break;
    case EvidenceCell::Kind::texts:
      out.strings(member, cell.texts);
      break;
  }
}

void write_table(json::Object& out, const plugin::EvidenceTable& table) {
  out.string("id", table.id);
  out.string("title", table.title);
  out.string("intro", table.intro);
  out.string("note", table.note);
  out.string("file", table.file);
  out.objects("columns", table.columns, [](json::Object& object, const auto& column) {
    object.string("member", column.member);
    object.string("title", column.title);
  });
  out.objects("rows", table.rows, [&](json::Object& object, const auto& row) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      write_cell(object, table.columns[i].member, row.cells[i]);
    }
  });
}

void write_inputs(json::Object& out, const plugin::ServiceDeclaration& service) {
  out.objects("inputs", service.needs, [](json::Object& input, const auto& need) {
    input.string("key", need.key);
    input.string("resource", need.resource);
    input.string("query", plugin::prefetch_query(need));
    input.string("description", words_of(need));
    input.string("level", to_string(need.level));
  });
  out.objects("requiredGroups", service.required,
              [](json::Object& object, const auto& group) { object.strings("anyOf", group); });
}

void write_options(json::Object& out, const plugin::Manifest& manifest, View here) {
  out.objects("options", manifest.options, [&](json::Object& object, const auto& option) {
    object.string("name", option.name);
    object.string("description", option.doc);
    object.string("default", default_of(option));
    object.string("allowed", bounds_of(option));
    object.string("here", value_here(here, option.name));
    object.string("source", option.source);
  });
}

void write_sources(json::Object& out, const plugin::Evidence& evidence) {
  out.string("factsNote", evidence.facts.note);
  out.objects("facts", evidence.facts.rows, [](json::Object& object, const auto& fact) {
    object.string("id", fact.id);
    object.string("text", fact.text);
    object.strings("used", fact.used);
    object.string("leftOut", fact.left_out);
  });
  out.string("referencesNote", evidence.references.note);
  const auto& references = evidence.references.rows;
  out.objects("references", references, [](json::Object& object, const auto& reference) {
    object.string("id", reference.id);
    object.string("text", reference.text);
    object.string("access", reference.access);
  });
}

}  // namespace

std::string write_evidence_json(const plugin::Package& package,
                                const plugin::ServiceDeclaration& service, View options) {
  const auto& evidence = *package.evidence();
  return json::object([&](json::Object& out) {
    out.string("service", service.id);
    out.string("title", service.title);
    out.string("description", service.description);
    out.strings("hooks", service.hooks);
    out.string("plugin", package.manifest().id);
    out.string("version", package.manifest().version);
    out.string("knowledge", package.knowledge_hash());
    out.string("statement", evidence.statement);
    out.strings("intendedUse", evidence.intended_use);
    out.strings("population", evidence.population);
    out.strings("limits", evidence.limits);
    out.string("usageRequirements", service.usage_requirements);
    write_inputs(out, service);
    out.strings("logic", evidence.logic);
    out.objects("tables", evidence.tables, write_table);
    write_options(out, package.manifest(), options);
    out.object("sourceAttributes", [&](json::Object& object) {
      for (const auto& [name, text] : package.manifest().source) {
        object.string(name, text);
      }
    });
    write_sources(out, evidence);
    out.objects("files", package.knowledge(), [](json::Object& object, const auto& file) {
      object.string("path", file.path);
      object.string("sha256", file.sha256);
    });
  });
}

}  // namespace cdss::evidence
