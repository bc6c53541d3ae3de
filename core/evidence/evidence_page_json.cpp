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
  out.array("columns", [&](json::Array& columns) {
    for (const auto& column : table.columns) {
      columns.object([&](json::Object& object) {
        object.string("member", column.member);
        object.string("title", column.title);
      });
    }
  });
  out.array("rows", [&](json::Array& rows) {
    for (const auto& row : table.rows) {
      rows.object([&](json::Object& object) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
          write_cell(object, table.columns[i].member, row.cells[i]);
        }
      });
    }
  });
}

void write_inputs(json::Object& out, const plugin::ServiceDeclaration& service) {
  out.array("inputs", [&](json::Array& inputs) {
    for (const auto& need : service.needs) {
      inputs.object([&](json::Object& input) {
        input.string("key", need.key);
        input.string("resource", need.resource);
        input.string("query", plugin::prefetch_query(need));
        input.string("description", words_of(need));
        input.string("level", to_string(need.level));
      });
    }
  });
  out.array("requiredGroups", [&](json::Array& groups) {
    for (const auto& group : service.required) {
      groups.object([&](json::Object& object) { object.strings("anyOf", group); });
    }
  });
}

void write_options(json::Object& out, const plugin::Manifest& manifest, View here) {
  out.array("options", [&](json::Array& options) {
    for (const auto& option : manifest.options) {
      options.object([&](json::Object& object) {
        object.string("name", option.name);
        object.string("description", option.doc);
        object.string("default", default_of(option));
        object.string("allowed", bounds_of(option));
        object.string("here", value_here(here, option.name));
        object.string("source", option.source);
      });
    }
  });
}

void write_sources(json::Object& out, const plugin::Evidence& evidence) {
  out.string("factsNote", evidence.facts.note);
  out.array("facts", [&](json::Array& facts) {
    for (const auto& fact : evidence.facts.rows) {
      facts.object([&](json::Object& object) {
        object.string("id", fact.id);
        object.string("text", fact.text);
        object.strings("used", fact.used);
        object.string("leftOut", fact.left_out);
      });
    }
  });
  out.string("referencesNote", evidence.references.note);
  out.array("references", [&](json::Array& references) {
    for (const auto& reference : evidence.references.rows) {
      references.object([&](json::Object& object) {
        object.string("id", reference.id);
        object.string("text", reference.text);
        object.string("access", reference.access);
      });
    }
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
    out.array("tables", [&](json::Array& tables) {
      for (const auto& table : evidence.tables) {
        tables.object([&](json::Object& object) { write_table(object, table); });
      }
    });
    write_options(out, package.manifest(), options);
    out.object("sourceAttributes", [&](json::Object& object) {
      for (const auto& [name, text] : package.manifest().source) {
        object.string(name, text);
      }
    });
    write_sources(out, evidence);
    out.array("files", [&](json::Array& files) {
      for (const auto& file : package.knowledge()) {
        files.object([&](json::Object& object) {
          object.string("path", file.path);
          object.string("sha256", file.sha256);
        });
      }
    });
  });
}

}  // namespace cdss::evidence
