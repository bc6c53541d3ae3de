#pragma once

#include <chrono>

#include "plugins/rules/findings.hpp"
#include "plugins/rules/hip_replacement.hpp"
#include "plugins/rules/knowledge.hpp"
#include "plugins/rules/local_items.hpp"
#include "plugins/rules/medicines.hpp"
#include "plugins/rules/person.hpp"
#include "plugins/rules/record.hpp"
#include "plugins/rules/results.hpp"

namespace cdss::rules {

/// A record as the rules see it: read once, then looked at by every rule. Borrows the knowledge and
/// the record.
struct Facts {
  const Knowledge& knowledge;
  const Record& record;
  std::chrono::sys_days today;
  Person person;
  Findings findings;
  HipReplacement hip;
  LocalItems items;
  Results results;
  Medicines medicines;
  Allergies allergies;

  static Facts read(const Knowledge& knowledge, const Record& record, std::chrono::sys_days today);
};

}  // namespace cdss::rules
