// The values at the end of paths.

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <variant>

#include "core/hooks/discovery/prefetch_evaluate.hpp"
#include "core/hooks/discovery/reference_index.hpp"
#include "core/hooks/request/hooks.hpp"

namespace cdss::hooks {
namespace {

constexpr std::size_t kMostValues = 256;
constexpr std::size_t kMostValueBytes = std::size_t{64} << 10U;

/// The types that a choice such as medication[x] puts behind the element's name.
/// Source: HL7 FHIR R4, ElementDefinition, "value[x]" and the choices of the resources.
constexpr std::array<std::string_view, 36> kChoiceTypes{
    "Address",     "Age",      "Annotation",      "Attachment",  "Base64Binary", "Boolean",
    "Canonical",   "Code",     "CodeableConcept", "Coding",      "ContactPoint", "Date",
    "DateTime",    "Decimal",  "Duration",        "HumanName",   "Id",           "Identifier",
    "Instant",     "Integer",  "Markdown",        "Money",       "Oid",          "Period",
    "PositiveInt", "Quantity", "Range",           "Ratio",       "Reference",    "SampledData",
    "String",      "Time",     "Timing",          "UnsignedInt", "Uri",          "Url"};

/// A value on the way along a path.
struct Element {
  View view;
  View resource;  ///< the resource it stands in, whose `contained` "#x" means
};

/// A resource that a reference names and that is not available.
struct AbsentResource {
  std::string_view type;
  std::string_view id;
};

using Item = std::variant<Element, AbsentResource>;

bool is_resource(View view) {
  return !view.text_or_empty("resourceType").empty();
}

/// Whether member `name` of a resource is the element `base`, or that choice with its type.
bool is_element(std::string_view name, std::string_view base) {
  return name.starts_with(base) &&
         (name.size() == base.size() ||
          std::ranges::find(kChoiceTypes, name.substr(base.size())) != kChoiceTypes.end());
}

/// The part of a relative reference that names the resource: "Type/id" of "Type/id/_history/2".
std::string_view without_version(std::string_view reference) {
  const auto version = reference.find("/_history/");
  return reference.substr(0, version);
}

/// One evaluation: what it looks in and what it has used up.
class Evaluation {
 public:
  explicit Evaluation(const TemplateValues& values) : values_{values} {}

  Result<std::vector<Item>> follow(const TokenPath& path) {
    CDSS_TRY(auto items, begin(path));
    for (const PathStep& step : path.steps) {
      std::vector<Item> next;
      for (const Item& item : items) {
        CDSS_CHECK(take(step, item, next));
      }
      items = std::move(next);
    }
    return items;
  }

 private:
  Result<std::vector<Item>> begin(const TokenPath& path) const {
    if (path.key.empty()) {
      return std::vector<Item>{Element{values_.context, values_.context}};
    }
    const auto prior = std::ranges::find(values_.prior, path.key, &PriorKey::key);
    if (prior == values_.prior.end() || !prior->value) {
      return Error{Errc::missing, "prefetch." + path.key, "is not known, and another key needs it"};
    }
    return std::vector<Item>{Element{*prior->value, *prior->value}};
  }

  Result<void> take(const PathStep& step, const Item& item, std::vector<Item>& out) {
    CDSS_CHECK(steps_.count());
    if (const auto* const absent = std::get_if<AbsentResource>(&item)) {
      return take_absent(step, *absent, out);
    }
    const auto& element = std::get<Element>(item);
    if (step.kind == PathStep::Kind::resolve) {
      return resolve(element, out);
    }
    if (step.kind == PathStep::Kind::of_type) {
      if (element.view.text_or_empty("resourceType") == step.name) {
        out.push_back(item);
      }
      return {};
    }
    return take_children(step.name, element, out);
  }

  static Result<void> take_absent(const PathStep& step, const AbsentResource& absent,
                                  std::vector<Item>& out) {
    if (step.kind == PathStep::Kind::of_type) {
      if (absent.type == step.name) {
        out.emplace_back(absent);
      }
      return {};
    }
    if (step.kind == PathStep::Kind::element && step.name != "id") {
      return Error{Errc::missing, {}, "needs a resource that is not available"};
    }
    if (step.kind == PathStep::Kind::element) {
      out.emplace_back(absent);  // its id is all that can be asked of it
    }
    return {};
  }

  Result<void> take_children(std::string_view name, const Element& parent, std::vector<Item>& out) {
    const auto add = [&](View view) -> Result<void> {
      CDSS_CHECK(steps_.count());
      if (!view.is_null()) {
        const bool inside = name == "contained" || !is_resource(view);
        out.emplace_back(Element{view, inside ? parent.resource : view});
      }
      return {};
    };
    for (const Member member : parent.view.members()) {
      CDSS_CHECK(steps_.count());
      if (!is_element(member.name, name)) {
        continue;
      }
      if (!member.value.is_array()) {
        CDSS_CHECK(add(member.value));
        continue;
      }
      for (const View child : member.value.elements()) {
        CDSS_CHECK(add(child));
      }
    }
    return {};
  }

  /// Source: HL7 FHIR R4, References, "Resolving references in Bundles" and "Contained Resources".
  Result<void> resolve(const Element& element, std::vector<Item>& out) {
    const auto text = element.view.is_string() ? element.view.raw_text()
                                               : element.view.text_or_empty("reference");
    if (text.empty()) {
      return {};
    }
    if (text.starts_with('#')) {
      return resolve_contained(text.substr(1), element, out);
    }
    if (!at_hand_) {
      CDSS_TRY(at_hand_, ReferenceIndex::of(values_, steps_));
    }
    const auto reference = without_version(relative(text));
    auto found = at_hand_->find(text);
    if (!found && is_reference(reference)) {
      found = at_hand_->find(reference);
    }
    if (found) {
      out.emplace_back(Element{*found, *found});
      return {};
    }
    if (!is_reference(reference)) {
      return element.view.error(Errc::missing, "refers to what is not available");
    }
    const auto slash = reference.find('/');
    out.emplace_back(AbsentResource{reference.substr(0, slash), reference.substr(slash + 1)});
    return {};
  }

  /// A reference without the address of the client's own server.
  std::string_view relative(std::string_view reference) const {
    const auto base = values_.fhir_server.substr(0, values_.fhir_server.find_last_not_of('/') + 1);
    if (!base.empty() && reference.starts_with(base) &&
        reference.substr(base.size()).starts_with('/')) {
      reference.remove_prefix(base.size() + 1);
    }
    return reference;
  }

  Result<void> resolve_contained(std::string_view id, const Element& element,
                                 std::vector<Item>& out) {
    if (id.empty()) {
      out.emplace_back(Element{element.resource, element.resource});
      return {};
    }
    if (const auto contained = element.resource.find("contained")) {
      for (const View resource : contained->elements()) {
        CDSS_CHECK(steps_.count());
        if (resource.text_or_empty("id") == id) {
          out.emplace_back(Element{resource, element.resource});
          return {};
        }
      }
    }
    return element.view.error(Errc::missing, "refers to what is not available");
  }

  const TemplateValues& values_;
  std::optional<ReferenceIndex> at_hand_;  // made when the first reference is followed
  StepCounter steps_;
};

/// The text that the last value of a path stands for.
Result<std::string> text_of(const Item& item) {
  if (const auto* const absent = std::get_if<AbsentResource>(&item)) {
    return std::string{absent->id};
  }
  const View view = std::get<Element>(item).view;
  if (!view.is_object()) {
    return simple_text(view);
  }
  const auto reference = without_version(view.text_or_empty("reference"));
  if (!is_reference(reference)) {
    return view.error(Errc::malformed, "is no value that can stand in a URL");
  }
  return std::string{reference};
}

}  // namespace

Result<std::string> simple_text(View value) {
  if (value.is_boolean()) {
    return std::string{value.kind() == cdss_true ? "true" : "false"};
  }
  if (value.is_number()) {
    return std::string{value.raw_text()};
  }
  if (!value.is_string()) {
    return value.error(Errc::malformed, "is no value that can stand in a URL");
  }
  CDSS_TRY(const auto text, value.string());
  if (text.empty()) {
    return value.error(Errc::malformed, "must not be empty");
  }
  return std::string{text};
}

Result<std::vector<std::string>> path_values(const std::vector<TokenPath>& paths,
                                             const TemplateValues& values) {
  Evaluation evaluation{values};
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  for (const TokenPath& path : paths) {
    CDSS_TRY(const auto items, evaluation.follow(path));
    for (const Item& item : items) {
      CDSS_TRY(auto text, text_of(item));
      if (std::ranges::find(texts, text) != texts.end()) {
        continue;
      }
      bytes += text.size();
      if (texts.size() == kMostValues || bytes > kMostValueBytes) {
        return Error{Errc::out_of_range, {}, "gives more values than one search may hold"};
      }
      texts.push_back(std::move(text));
    }
  }
  if (texts.empty()) {
    return Error{Errc::missing, {}, "finds no value in this call"};
  }
  return texts;
}

}  // namespace cdss::hooks
