#pragma once

#include <string>
#include <vector>

#include "plugins/rules/likelihood/likelihood.hpp"
#include "tests/plugins/knowledge.hpp"

namespace cdss::test {

inline rules::Likelihood score(const RecordBuilder& record) {
  return ShippedRules::get().likelihood(record);
}

/// "groin_pain +2", ...
inline std::vector<std::string> contributions(const rules::Likelihood& likelihood) {
  std::vector<std::string> texts;
  for (const auto& part : likelihood.contributions) {
    texts.push_back(part.id + ' ' + part.points.signed_text());
  }
  return texts;
}

}  // namespace cdss::test
