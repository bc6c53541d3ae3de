#include "core/hooks/request/normalize_request.hpp"

#include <algorithm>

#include "core/base/uuid.hpp"
#include "core/hooks/request/hooks.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::hooks {
namespace {

bool is_absent(View body, std::string_view name) {
  const auto member = body.find(name);
  return !member || member->is_null();
}

/// The id of the one patient that prefetch holds as a resource; empty when there is none, or are
/// several.
std::string_view patient_of(View body) {
  std::string_view found;
  if (const auto prefetch = body.find("prefetch")) {
    for (const Member member : prefetch->members()) {
      if (member.value.text_or_empty("resourceType") != "Patient") {
        continue;
      }
      const auto id = member.value.text_or_empty("id");
      if (!found.empty() && id != found) {
        return {};
      }
      found = id;
    }
  }
  return found;
}

/// The Bundle of drafts that prefetch holds.
std::optional<View> drafts_of(View body) {
  const auto prefetch = body.find("prefetch");
  const auto drafts = prefetch ? prefetch->find("draftMedicationRequests") : std::nullopt;
  return drafts && drafts->is_object() && drafts->size() > 0 ? drafts : std::nullopt;
}

/// A member to write in the place of what the client sent, as JSON text; empty leaves that as it
/// is.
struct Replacements {
  std::string hook;
  std::string hook_instance;
  std::string context;
};

std::string made_context(View body) {
  const auto patient = patient_of(body);
  if (patient.empty()) {
    return {};
  }
  return json::object([&](json::Object& out) {
    out.string("patientId", patient);
    if (const auto drafts = drafts_of(body)) {
      out.value("draftOrders", *drafts);
    }
  });
}

bool counts(const ContextField& field) {
  return field.required && field.type != FieldType::id && field.type != FieldType::reference;
}

/// How many of the fields that tell one hook from another are there; none when one is lacking.
std::optional<std::size_t> fit(const HookDefinition& hook, View body,
                               const Replacements& normalized) {
  const auto context = body.find("context");
  const auto is_there = [&](const ContextField& field) {
    if (!normalized.context.empty()) {
      return field.name == "draftOrders" && drafts_of(body).has_value();
    }
    return context && context->find(field.name).has_value();
  };
  std::size_t there = 0;
  for (const ContextField& field : hook.fields) {
    if (counts(field) && !is_there(field)) {
      return std::nullopt;
    }
    there += counts(field) ? 1 : 0;
  }
  return there;
}

std::string fitting_hook(View body, const CalledService& service, const Replacements& normalized) {
  std::string_view best;
  std::size_t most = 0;
  for (const std::string& name : service.hooks) {
    const auto* const hook = find_hook(name);
    const auto there = hook == nullptr ? std::nullopt : fit(*hook, body, normalized);
    if (there && (best.empty() || *there > most)) {
      best = name;
      most = *there;
    }
  }
  return std::string{best};
}

std::string json_string(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

std::string write_normalized(View body, const Replacements& normalized) {
  std::string out{"{"};
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) {
      out += out.size() > 1 ? "," : "";
      json::append_string(out, name);
      out += ':' + value;
    }
  };
  add("hook", normalized.hook);
  add("hookInstance", normalized.hook_instance);
  add("context", normalized.context);
  for (const Member member : body.members()) {
    const bool is_replaced = (member.name == "hook" && !normalized.hook.empty()) ||
                             (member.name == "hookInstance" && !normalized.hook_instance.empty()) ||
                             (member.name == "context" && !normalized.context.empty());
    if (!is_replaced) {
      std::string value;
      json::append_value(value, member.value);
      add(member.name, value);
    }
  }
  return out + '}';
}

}  // namespace

std::optional<std::string> normalize_request(View body, const Leniencies& leniencies,
                                             const CalledService& service) {
  if (!body.is_object()) {
    return std::nullopt;
  }
  Replacements normalized;
  if (leniencies.no_hook_instance && is_absent(body, "hookInstance")) {
    normalized.hook_instance = json_string(new_uuid());
  }
  if (leniencies.no_context && is_absent(body, "context")) {
    normalized.context = made_context(body);
  }
  if (leniencies.hook_is_service && body.text_or_empty("hook") == service.id &&
      std::ranges::find(service.hooks, service.id) == service.hooks.end()) {
    if (const auto hook = fitting_hook(body, service, normalized); !hook.empty()) {
      normalized.hook = json_string(hook);
    }
  }
  if (normalized.hook.empty() && normalized.hook_instance.empty() && normalized.context.empty()) {
    return std::nullopt;
  }
  return write_normalized(body, normalized);
}

}  // namespace cdss::hooks
