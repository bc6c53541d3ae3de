#pragma once

#include <string_view>
#include <vector>

#include "plugins/hip_replacement/hip_replacement.hpp"
#include "tests/plugins/call.hpp"

namespace cdss::test {

/// The knowledge of the package, read once.
const KnowledgeFiles& hip_replacement_knowledge();

/// The answer of the service, which holds to the rules for answers and says nothing without a text.
sdk::Answer evaluate(const std::vector<GivenKey>& keys, const char* options = "{}");
sdk::Answer evaluate(const RecordBuilder& record, const char* options = "{}");

/// The one card for a record.
hooks::Card card_of(const RecordBuilder& record);

/// A total replacement of the right hip, or another operation by its SNOMED CT code.
RecordBuilder replaced(int days_ago, std::string_view code = "443435007");

/// A right hip replaced that long ago, with pain in the groin.
RecordBuilder painful(int days_ago);

}  // namespace cdss::test
