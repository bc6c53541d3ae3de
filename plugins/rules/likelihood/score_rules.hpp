#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/facts/fact_definitions.hpp"
#include "plugins/rules/likelihood/half_points.hpp"
#include "plugins/rules/terminology/concepts.hpp"

namespace cdss::rules {

/// One row of the score: what is looked for, what it weighs, and where that comes from. A row
/// counts once, however many of its concepts or items are there.
struct ScoreRow {
  std::string id;
  std::string text;                       ///< in words, for people, e.g. "groin pain"
  std::vector<ConceptId> concepts;        ///< coded conditions; or
  bool reads_procedures = false;          ///< its concepts also come as completed Procedures
  std::vector<std::string> items;         ///< ids of local items
  HalfPoints points;                      ///< when one of them is there
  HalfPoints points_if_absent;            ///< items: when it was looked for and not found
  std::optional<std::size_t> group;       ///< index in ScoreRules::groups
  std::optional<std::size_t> unless_row;  ///< adds nothing when that row is there
  bool needs_hip_replacement = false;     ///< adds nothing while the THA flag is none
  bool needs_same_side = false;  ///< likewise while the pain is on the other side than the implant
  bool only_sign = false;        ///< adds nothing when any other examination item is present
  bool is_site = false;          ///< gate 1: pain in the right place, or a diagnosis made
  bool is_mechanical = false;    ///< gate 1: a mechanical feature
  bool is_alternative = false;   ///< another condition that can explain the pain: always named
  std::string card_note;         ///< what the card says of the row when it counts; may be empty
  std::string grade;             ///< A, B, C or X; empty where none is given
  std::vector<std::string> sources;  ///< "S2-06", "[7]"
};

/// Rows that together weigh no more, or no less, than so much.
struct ScoreGroup {
  std::string id;
  std::string text;  ///< the bound in words, for people
  std::optional<HalfPoints> min;
  std::optional<HalfPoints> max;
  std::optional<std::size_t> within;  ///< the group to which this sum is added; a later index
};

/// One thing that a cap asks for: any of these.
struct CapPart {
  std::vector<ConceptId> concepts;  ///< coded and confirmed
  std::vector<std::string> items;   ///< present
  std::optional<int> within_days;   ///< how long a coded one counts
};

/// Another cause that holds a likely at possible.
struct CapRow {
  std::string id;            ///< "CX01"
  std::string text;          ///< in words, for people
  std::vector<CapPart> all;  ///< each of them holds; empty for a rule of the program (CX06, GX01)
  std::string grade;
  std::vector<std::string> sources;
};

/// The score as data. Constant after it is read, Thread-safe.
struct ScoreRules {
  std::vector<ScoreRow> rows;
  std::vector<ScoreGroup> groups;
  std::vector<CapRow> caps;
  std::vector<std::string> diagnosis;  ///< ids of rows beside which no cap CX01 to CX05 holds
  std::vector<std::string> propose;    ///< the items to propose first when none is recorded
  HalfPoints possible;                 ///< the lowest score of band possible
  HalfPoints likely;                   ///< the lowest score of band likely

  /// Reads `{bands: {possible, likely}, propose: [id], groups: [{id, text, min, max,
  /// within}], rows: [{id, text, concepts | items, procedures, points, points_if_absent, group,
  /// unless_row, needs_hip_replacement, needs_same_side, only_sign, site, mechanical,
  /// alternative, grade, sources}], caps_unless_rows: [id], caps: [{id, text, all:
  /// [{concepts, items, within_days}], grade, sources}]}`.
  ///
  /// A row of concepts of which the package has no value set is refused, and so is a row, group or
  /// item that is named and not there.
  /// Errors: Errc::missing, Errc::malformed, Errc::out_of_range with the path of the element.
  ///
  static Result<ScoreRules> read(const FactDefinitions& definitions, View knowledge);

  /// Is the row in the group of that name.
  bool is_in_group(const ScoreRow& row, std::string_view group) const;
};

}  // namespace cdss::rules
