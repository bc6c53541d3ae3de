#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "plugins/rules/facts/findings.hpp"
#include "plugins/rules/facts/local_items.hpp"
#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/terminology/named_concepts.hpp"

namespace cdss::rules {

/// Where it hurts. A set of places is a sum of these.
namespace pain {
inline constexpr std::uint16_t kGroin = 1U << 0U;
inline constexpr std::uint16_t kHip = 1U << 1U;
inline constexpr std::uint16_t kThigh = 1U << 2U;
inline constexpr std::uint16_t kButtock = 1U << 3U;
inline constexpr std::uint16_t kLowBack = 1U << 4U;
inline constexpr std::uint16_t kPelvis = 1U << 5U;
inline constexpr std::uint16_t kLowerQuadrant = 1U << 6U;
inline constexpr std::uint16_t kFlank = 1U << 7U;
inline constexpr std::uint16_t kSciatica = 1U << 8U;
inline constexpr std::uint16_t kRadiculopathy = 1U << 9U;

/// Pain, as the rules say it without naming a place.
inline constexpr std::uint16_t kRegional =
    kGroin | kHip | kLowBack | kThigh | kPelvis | kLowerQuadrant | kFlank;
/// Pain of the hip region, where an implant hurts.
inline constexpr std::uint16_t kHipRegion = kGroin | kHip | kThigh | kButtock;
/// Pain of the back or from it.
inline constexpr std::uint16_t kSpine = kLowBack | kSciatica | kRadiculopathy;
}  // namespace pain

/// One complaint of the record.
struct Pain {
  std::uint16_t place;
  std::string_view text;  ///< "groin pain"
  Finding finding;
  /// How long it has lasted at least. Repeated records of one pain count as one as long as no year
  /// lies between them.
  std::chrono::days age{0};
};

/// The pains of a record, active, confirmed or only suspected, and how old they are.
/// Source: plugins/rules/README.md, "Pain".
class Pains {
 public:
  static Pains read(const NamedConcepts& named, const Findings& findings, const LocalItems& items,
                    std::chrono::sys_days today);

  std::span<const Pain> all() const { return pains_; }

  /// Those in these places.
  Reasons in(std::uint16_t places) const;
  /// Those of them that are no older than that.
  Reasons within(std::uint16_t places, int days) const;
  /// Those of them that are new: no older than 90 days, or the record says that the pain is new or
  /// clearly worse, which then is among the reasons.
  Reasons fresh(std::uint16_t places) const;
  /// Those of them with an onset in the record that lies no further back than that.
  Reasons began_within(std::uint16_t places, int days) const;
  /// Does the record say when one of them began?
  bool has_onset(std::uint16_t places) const;
  /// The age of the oldest of them; none when there is none.
  std::optional<std::chrono::days> oldest(std::uint16_t places) const;
  /// The age of the oldest of those that are new; none when there is none.
  std::optional<std::chrono::days> oldest_fresh(std::uint16_t places) const;

 private:
  template <class Keep>
  Reasons select(std::uint16_t places, Keep keep) const;

  std::vector<Pain> pains_;
  Reasons worse_;  // that the pain is new or clearly worse; empty when it is not said
  std::chrono::sys_days today_;
};

}  // namespace cdss::rules
