#include "core/hooks/request/context.hpp"

#include <algorithm>

#include "fhir/types/reference.hpp"

namespace cdss::hooks {
namespace {

/// The text of a bare id or a reference. Errors: Errc::malformed for any other value.
Result<std::string_view> read_field_text(View value, FieldType type) {
  CDSS_TRY(const auto text, value.string());
  if (text.empty()) {
    return value.error(Errc::malformed, "must not be empty");
  }
  if (type == FieldType::id && !fhir::is_id(text)) {
    return value.error(Errc::malformed, "must be a bare id, without a resource type");
  }
  if (type == FieldType::reference && !is_reference(text)) {
    return value.error(Errc::malformed, "must be a resource type, a slash and an id");
  }
  return text;
}

/// Errors: Errc::malformed when an entry is of a shape that a Bundle cannot hold.
Result<void> check_entries(View bundle) {
  const auto entries = bundle.find("entry");
  if (!entries) {
    return {};
  }
  CDSS_CHECK(entries->check_array());
  for (const View entry : entries->elements()) {
    CDSS_CHECK(entry.check_object());
    if (const auto resource = entry.find("resource")) {
      CDSS_CHECK(resource->check_object("must be a FHIR resource"));
    }
  }
  return {};
}

Result<void> check_bundle(View value, const Leniencies& leniencies) {
  const bool is_container = value.is_object() || (value.is_array() && leniencies.draft_shapes);
  if (!is_container || value.size() == 0) {
    return value.error(Errc::malformed, "must be a Bundle");
  }
  if (leniencies.draft_shapes) {
    return {};
  }
  CDSS_TRY(const auto type, value.required_string("resourceType"));
  if (type != "Bundle") {
    return value.error_at("resourceType", Errc::malformed, "must be Bundle");
  }
  return check_entries(value);
}

Result<void> check_reference_array(View value) {
  CDSS_CHECK(value.check_array());
  CDSS_CHECK(value.check_filled_array("must not be empty"));
  for (const View element : value.elements()) {
    CDSS_CHECK(read_field_text(element, FieldType::reference));
  }
  return {};
}

Result<void> check_object_array(View value) {
  CDSS_CHECK(value.check_array());
  for (const View element : value.elements()) {
    CDSS_CHECK(element.check_object());
  }
  return {};
}

Result<void> check_field(View value, FieldType type, const Leniencies& leniencies) {
  switch (type) {
    case FieldType::id:
    case FieldType::reference:
      CDSS_CHECK(read_field_text(value, type));
      return {};
    case FieldType::reference_array:
      return check_reference_array(value);
    case FieldType::bundle:
      return check_bundle(value, leniencies);
    case FieldType::resource:
      if (!value.is_object() || value.size() == 0) {
        return value.error(Errc::malformed, "must be an object with members");
      }
      return {};
    case FieldType::array:
      return check_object_array(value);
  }
  return {};
}

bool is_served(View context, const HookDefinition& hook, std::string_view name) {
  return std::ranges::any_of(hook.fields, [&](const ContextField& field) {
    return field.stands_for == name && context.find(field.name);
  });
}

Result<void> check_fields(View context, const HookDefinition& hook, const Leniencies& leniencies) {
  for (const ContextField& field : hook.fields) {
    if (const auto value = context.find(field.name)) {
      CDSS_CHECK(check_field(*value, field.type, leniencies));
      continue;
    }
    const bool is_demanded =
        field.required && (!leniencies.no_context || field.name == "patientId");
    if (is_demanded && !is_served(context, hook, field.name)) {
      return context.error_at(field.name, Errc::missing, "is required");
    }
  }
  return {};
}

void add_resources(View value, std::vector<View>& resources) {
  for (const View element : value.elements()) {
    add_resources(element, resources);
  }
  if (value.is_object()) {
    const auto wrapped = value.find("resource");
    resources.push_back(wrapped && !value.find("resourceType") ? *wrapped : value);
  }
}

std::vector<View> resources_of(View context, const HookDefinition& hook) {
  std::vector<View> resources;
  for (const ContextField& field : hook.fields) {
    const bool holds_resources = field.type == FieldType::bundle ||
                                 field.type == FieldType::resource ||
                                 field.type == FieldType::array;
    const auto value = holds_resources ? context.find(field.name) : std::nullopt;
    if (value) {
      add_resources(*value, resources);
    }
  }
  return resources;
}

}  // namespace

Result<Context> read_context(View view, const HookDefinition* hook, const Leniencies& leniencies) {
  if (hook != nullptr) {
    CDSS_CHECK(check_fields(view, *hook, leniencies));
  }
  Context context;
  CDSS_CHECK(read_optional_text(view, "userId", FieldType::reference));
  CDSS_TRY(const auto patient, read_optional_text(view, "patientId", FieldType::id));
  context.patient_id = patient.value_or(std::string_view{});
  CDSS_CHECK(read_optional_text(view, "encounterId", FieldType::id));
  if (hook == nullptr) {
    return context;
  }
  if (hook->field("draftOrders") != nullptr) {
    context.draft_orders = view.find("draftOrders");
  }
  context.resources = resources_of(view, *hook);
  return context;
}

Result<std::optional<std::string_view>> read_optional_text(View parent, std::string_view name,
                                                           FieldType type) {
  const auto member = parent.find(name);
  if (!member) {
    return std::optional<std::string_view>{};
  }
  CDSS_TRY(const auto text, read_field_text(*member, type));
  return std::optional{text};
}

}  // namespace cdss::hooks
