#include "core/hooks/discovery/reference_index.hpp"

#include <utility>

namespace cdss::hooks {
namespace {

constexpr std::size_t kMostSteps = 100'000;

}  // namespace

Result<void> StepCounter::count() {
  if (++steps_ > kMostSteps) {
    return Error{Errc::out_of_range, {}, "takes too many steps to evaluate"};
  }
  return {};
}

Result<ReferenceIndex> ReferenceIndex::of(const TemplateValues& values, StepCounter& steps) {
  ReferenceIndex index;
  for (const Member field : values.context.members()) {
    CDSS_CHECK(index.note(field.value, steps));
    for (const View element : field.value.elements()) {
      CDSS_CHECK(index.note(element, steps));
    }
  }
  for (const PriorKey& prior : values.prior) {
    if (prior.value) {
      CDSS_CHECK(index.note(*prior.value, steps));
    }
  }
  return index;
}

std::optional<View> ReferenceIndex::find(std::string_view reference) const {
  const auto found = resources_.find(reference);
  return found == resources_.end() ? std::nullopt : std::optional{found->second};
}

/// Notes a resource, the one that an object holds as its `resource`, or those of a Bundle.
Result<void> ReferenceIndex::note(View value, StepCounter& steps) {
  CDSS_CHECK(steps.count());
  if (const auto inner = value.find("resource")) {
    note_resource(*inner, value.text_or_empty("fullUrl"));
    return {};
  }
  if (value.text_or_empty("resourceType") != "Bundle") {
    note_resource(value, {});
    return {};
  }
  const auto entries = value.find("entry");
  if (!entries) {
    return {};
  }
  for (const View entry : entries->elements()) {
    CDSS_CHECK(steps.count());
    if (const auto resource = entry.find("resource")) {
      note_resource(*resource, entry.text_or_empty("fullUrl"));
    }
  }
  return {};
}

void ReferenceIndex::note_resource(View resource, std::string_view full_url) {
  const auto type = resource.text_or_empty("resourceType");
  const auto id = resource.text_or_empty("id");
  if (type.empty()) {
    return;
  }
  if (!full_url.empty()) {
    resources_.emplace(full_url, resource);
  }
  if (!id.empty()) {
    names_.push_back(std::make_unique<std::string>(std::string{type}.append("/").append(id)));
    resources_.emplace(*names_.back(), resource);
  }
}

}  // namespace cdss::hooks
