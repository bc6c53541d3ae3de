#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/base/options.hpp"
#include "plugins/rules/knowledge/knowledge.hpp"
#include "plugins/sdk/plugin.hpp"

namespace cdss::hip_replacement {

/// What a site may set.
struct Options {
  std::string show = "relevant";
};

/// The service `hip-replacement`: says that a hip arthroplasty is recorded, which, when and on
/// which side, when that matters now; red flags first, and how far infection and the implant have
/// been looked at. Constant once opened, Thread-safe. Clinical basis and limits: README.md.
class HipReplacement {
 public:
  static constexpr const char* kId = "hip-replacement";
  static constexpr const char* kVersion = "0.2.0";

  static sdk::Declaration declaration();

  /// Reads the options and the knowledge of the package. Errors: those of read_options and
  /// rules::Knowledge::read.
  static Result<HipReplacement> open(const sdk::Setup& setup);

  /// A card when a hip arthroplasty is recorded and matters now (README.md, HR-07 to HR-09,
  /// HR-11), or whenever it is recorded with the option `show` at `always`; none for one who has
  /// died. No errors: what cannot be read is left out, and the card says so.
  Result<sdk::Answer> evaluate(const sdk::Request& request) const;

 private:
  HipReplacement(Options options, std::unique_ptr<const rules::Knowledge> knowledge,
                 std::vector<rules::ConceptId> pain, std::vector<rules::ConceptId> views)
      : options_{std::move(options)},
        knowledge_{std::move(knowledge)},
        pain_{std::move(pain)},
        views_{std::move(views)} {}

  Options options_;
  std::unique_ptr<const rules::Knowledge> knowledge_;
  std::vector<rules::ConceptId> pain_;   // regional pain
  std::vector<rules::ConceptId> views_;  // radiographs that show a hip
};

}  // namespace cdss::hip_replacement
