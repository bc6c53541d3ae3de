#include "core/hooks/request/normalize_request.hpp"

#include <algorithm>

#include "core/base/uuid.hpp"
#include "core/hooks/request/hooks.hpp"
#include "core/json/document_builder.hpp"

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

/// What to put in the place of what the client sent; an empty text leaves that as it is.
struct Replacements {
  std::string_view hook;
  std::string hook_instance;
  std::string_view patient_id;  // of a new context
};

bool counts(const ContextField& field) {
  return field.required && !field.is_single();
}

/// How many of the fields that tell one hook from another are there; none when one is lacking.
std::optional<std::size_t> fit(const HookDefinition& hook, View body,
                               const Replacements& replacements) {
  const auto context = body.find("context");
  const auto is_there = [&](const ContextField& field) {
    if (!replacements.patient_id.empty()) {
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

std::string_view fitting_hook(View body, const CalledService& service,
                              const Replacements& replacements) {
  std::string_view best;
  std::size_t most = 0;
  for (const std::string& name : service.hooks) {
    const auto* const hook = find_hook(name);
    const auto there = hook == nullptr ? std::nullopt : fit(*hook, body, replacements);
    if (there && (best.empty() || *there > most)) {
      best = name;
      most = *there;
    }
  }
  return best;
}

Result<Document> replace(View body, const Replacements& by) {
  DocumentBuilder out{body.document().text_size};
  out.begin_object();
  if (!by.hook.empty()) {
    out.name("hook").string(by.hook);
  }
  if (!by.hook_instance.empty()) {
    out.name("hookInstance").string(by.hook_instance);
  }
  if (!by.patient_id.empty()) {
    out.name("context").begin_object();
    out.name("patientId").string(by.patient_id);
    if (const auto drafts = drafts_of(body)) {
      out.name("draftOrders").value(*drafts);
    }
    out.end();
  }
  for (const Member member : body.members()) {
    const bool is_replaced = (member.name == "hook" && !by.hook.empty()) ||
                             (member.name == "hookInstance" && !by.hook_instance.empty()) ||
                             (member.name == "context" && !by.patient_id.empty());
    if (!is_replaced) {
      out.name(member.name).value(member.value);
    }
  }
  out.end();
  return std::move(out).build();
}

}  // namespace

Result<Document> normalize_request(Document body, const Leniencies& leniencies,
                                   const CalledService& service) {
  const View root = body.root();
  Replacements by;
  if (leniencies.no_hook_instance && is_absent(root, "hookInstance")) {
    by.hook_instance = new_uuid();
  }
  if (leniencies.no_context && is_absent(root, "context")) {
    by.patient_id = patient_of(root);
  }
  if (leniencies.hook_is_service && root.text_or_empty("hook") == service.id &&
      std::ranges::find(service.hooks, service.id) == service.hooks.end()) {
    by.hook = fitting_hook(root, service, by);
  }
  const bool is_proper = by.hook.empty() && by.hook_instance.empty() && by.patient_id.empty();
  return is_proper || !root.is_object() ? Result<Document>{std::move(body)} : replace(root, by);
}

}  // namespace cdss::hooks
