#include "core/hooks/request/mend.hpp"

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
struct Mended {
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
std::optional<std::size_t> fit(const KnownHook& hook, View body, const Mended& mended) {
  const auto context = body.find("context");
  const auto is_there = [&](const ContextField& field) {
    if (!mended.context.empty()) {
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

std::string fitting_hook(View body, const CalledService& service, const Mended& mended) {
  std::string_view best;
  std::size_t most = 0;
  for (const std::string& name : service.hooks) {
    const auto* const hook = find_hook(name);
    const auto there = hook == nullptr ? std::nullopt : fit(*hook, body, mended);
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

std::string write_mended(View body, const Mended& mended) {
  std::string out{"{"};
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) {
      out += out.size() > 1 ? "," : "";
      json::append_string(out, name);
      out += ':' + value;
    }
  };
  add("hook", mended.hook);
  add("hookInstance", mended.hook_instance);
  add("context", mended.context);
  for (const Member member : body.members()) {
    const bool is_replaced = (member.name == "hook" && !mended.hook.empty()) ||
                             (member.name == "hookInstance" && !mended.hook_instance.empty()) ||
                             (member.name == "context" && !mended.context.empty());
    if (!is_replaced) {
      std::string value;
      json::append_value(value, member.value);
      add(member.name, value);
    }
  }
  return out + '}';
}

}  // namespace

std::optional<std::string> mend_request(View body, const Leniencies& leniencies,
                                        const CalledService& service) {
  if (!body.is_object()) {
    return std::nullopt;
  }
  Mended mended;
  if (leniencies.no_hook_instance && is_absent(body, "hookInstance")) {
    mended.hook_instance = json_string(new_uuid());
  }
  if (leniencies.no_context && is_absent(body, "context")) {
    mended.context = made_context(body);
  }
  if (leniencies.hook_is_service && body.text_or_empty("hook") == service.id &&
      std::ranges::find(service.hooks, service.id) == service.hooks.end()) {
    if (const auto hook = fitting_hook(body, service, mended); !hook.empty()) {
      mended.hook = json_string(hook);
    }
  }
  if (mended.hook.empty() && mended.hook_instance.empty() && mended.context.empty()) {
    return std::nullopt;
  }
  return write_mended(body, mended);
}

}  // namespace cdss::hooks
