#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/discovery/prefetch_values.hpp"

namespace cdss::hooks {

/// Counts the work that one evaluation of a token does, so that no record makes it long.
class StepCounter {
 public:
  /// Errors: Errc::out_of_range from the 100,001st step on.
  Result<void> count();

 private:
  std::size_t steps_ = 0;
};

/// The resources that a call brings with it, by the texts that a reference may call them: those of
/// the context, in Bundles or bare, and those of the prior keys. Borrows from the values.
class ReferenceIndex {
 public:
  /// Errors: those of StepCounter::count.
  static Result<ReferenceIndex> of(const TemplateValues& values, StepCounter& steps);

  /// The resource whose "Type/id" or fullUrl this is, or none.
  std::optional<View> find(std::string_view reference) const;

 private:
  ReferenceIndex() = default;
  Result<void> note(View value, StepCounter& steps);
  void note_resource(View resource, std::string_view full_url);

  std::unordered_map<std::string_view, View> resources_;
  std::vector<std::unique_ptr<std::string>> names_;  // what keys of resources_ borrow from
};

}  // namespace cdss::hooks
