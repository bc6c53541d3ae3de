#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/view.hpp"
#include "plugins/rules/facts/findings.hpp"
#include "plugins/rules/terminology/concepts.hpp"
#include "plugins/rules/terminology/pharmacy.hpp"

namespace cdss::rules {

/// Is a medicine taken now, as far as its status tells?
enum class Taking : std::uint8_t {
  taken,
  on_hold,  ///< not now, but it can be resumed at any time
  unclear,  ///< the status is missing, `unknown`, or no code that we know
};

/// A medicine, or the substance of an allergy, that may be anything: none of its codes and words is
/// known, not even as harmless.
struct Unrecognised {
  Finding finding;
  std::string words = {};        ///< its name, as recorded: escape it; empty when there is none
  std::string_view system = {};  ///< without a name: "RxNorm"; empty when it is none that we know
  std::string code = {};         ///< without a name: its code, when that is plain
  bool is_referred = false;      ///< only referred to, by a reference that leads nowhere
};

/// One medicine of the record.
struct Medicine {
  const MedicineDefinition* definition;  ///< borrowed from the Pharmacy
  Finding finding;                       ///< days: when it was ordered or asserted
  Taking taking = Taking::taken;
  bool is_local = false;  ///< plainly for skin, eyes or ears

  /// Does it have that class in the form in which it is taken? An NSAID gel is no NSAID here.
  bool is_of(std::string_view medicine_class) const;
};

/// The medicines of a record. Borrows from the Pharmacy.
class Medicines {
 public:
  /// @param orders      MedicationRequests: a Bundle or one; none when there is nothing to read.
  /// @param statements  MedicationStatements, likewise.
  static Medicines read(const Pharmacy& pharmacy, const Concepts& concepts,
                        std::optional<View> orders, std::optional<View> statements,
                        std::chrono::sys_days today);

  /// A copy to judge a draft with: `taken` counts as taken too, and what the `excluded` resources
  /// say does not.
  ///
  /// @param excluded  references, e.g. "MedicationRequest/x".
  Medicines with(std::span<const std::string> excluded, std::span<const Medicine> taken) const;

  /// Taken now, or perhaps so: orders and statements that are active, on hold, or of an unclear
  /// status, in the order of the record. Unknown is never taken for safe, so rules that protect look
  /// at all of them. A rule that needs a medicine to be taken for sure looks at `taking`.
  std::span<const Medicine> active() const { return active_; }
  std::vector<const Medicine*> active_of(std::string_view medicine_class) const;
  bool has_active_of(std::string_view medicine_class) const;

  /// No longer taken: orders and statements of status completed or stopped.
  std::span<const Medicine> ended() const { return ended_; }

  /// Active, or perhaps so, and not recognised. While there is one, no medicine is suggested.
  std::span<const Unrecognised> unrecognised() const { return unrecognised_; }

  /// Resources, of any medicine, whose status does not say whether it is taken. Those on hold are
  /// not among them.
  std::size_t unclear() const { return unclear_; }

  /// Resources that could not be read at all.
  std::size_t refused() const { return refused_; }

 private:
  struct Reader;

  std::vector<Medicine> active_;
  std::vector<Medicine> ended_;
  std::vector<Unrecognised> unrecognised_;
  std::size_t unclear_ = 0;
  std::size_t refused_ = 0;
};

/// The allergies and intolerances of a record to medicines that the rules know: active (or without
/// a status) and not refuted. An unconfirmed one counts.
class Allergies {
 public:
  /// @param allergies  AllergyIntolerances: a Bundle or one; none when there is nothing to read.
  static Allergies read(const Pharmacy& pharmacy, const Concepts& concepts,
                        std::optional<View> allergies, std::chrono::sys_days today);

  std::vector<const Medicine*> of(std::string_view medicine_class) const;

  /// Active, and not recognised: neither a medicine nor a substance that is known.
  std::span<const Unrecognised> unrecognised() const { return unrecognised_; }

  /// Resources that could not be read at all.
  std::size_t refused() const { return refused_; }

 private:
  std::vector<Medicine> known_;
  std::vector<Unrecognised> unrecognised_;
  std::size_t refused_ = 0;
};

}  // namespace cdss::rules
