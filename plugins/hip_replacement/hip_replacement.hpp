#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/options.hpp"
#include "core/base/result.hpp"
#include "plugins/rules/concepts.hpp"
#include "plugins/rules/hip_replacement.hpp"
#include "plugins/rules/sides.hpp"
#include "plugins/sdk/plugin.hpp"

namespace cdss::hip_replacement {

/// What a site may set.
struct Options {
  std::string show = "relevant";
};

/// The rows of Options.
std::span<const Option<Options>> option_rows();

/// The service `hip-replacement`: says that a hip arthroplasty is recorded, which, when and on
/// which side, when that matters now. Constant once opened, Thread-safe. Clinical basis and limits:
/// README.md.
class HipReplacement {
 public:
  static constexpr const char* kId = "hip-replacement";
  static constexpr const char* kVersion = "0.1.0";

  static sdk::Declaration declaration();

  /// Reads the options and value sets. Errors: those of read_options, Concepts::read,
  /// SideReader::make and HipReplacementRules::make; Errc::missing for a concept of regional pain.
  static Result<HipReplacement> open(const sdk::Setup& setup);

  /// A card when a hip arthroplasty is recorded and matters now (README.md, HR-07 to HR-09), or
  /// whenever it is recorded with the option `show` at `always`; none for one who has died. No
  /// errors: what cannot be read is left out, and the card says so.
  Result<sdk::Answer> evaluate(const sdk::Request& request) const;

 private:
  HipReplacement(Options options, rules::Concepts concepts, rules::SideReader sides,
                 rules::HipReplacementRules hip, std::vector<rules::ConceptId> pain)
      : options_{std::move(options)},
        concepts_{std::move(concepts)},
        sides_{sides},
        hip_{std::move(hip)},
        pain_{std::move(pain)} {}

  Options options_;
  rules::Concepts concepts_;
  rules::SideReader sides_;
  rules::HipReplacementRules hip_;
  std::vector<rules::ConceptId> pain_;  // regional pain
};

}  // namespace cdss::hip_replacement
