#include <algorithm>
#include <utility>

#include "core/fhir_client/fetch.hpp"
#include "core/json/document_builder.hpp"
#include "core/record/key_state.hpp"
#include "fhir/compartment/patient_compartment.hpp"

namespace cdss::fhir_client {
namespace {

constexpr std::string_view kExcluded =
    "some of what the FHIR server answered cannot be shown to be this patient's";

/// What a key becomes when its query brought nothing to work on: what was sent for it stays.
void keep_what_was_sent(record::KeyRecord& key, cdss_key_state state, std::string_view reason) {
  if (state == cdss_key_empty && key.state == cdss_key_unavailable) {
    key.state = cdss_key_empty;
    key.reason.clear();
  } else if (!reason.empty()) {
    key.reason += ", and " + std::string{reason};
  }
}

void take(record::PatientRecord& record, record::KeyRecord& key, QueryResult fetched) {
  record.documents.push_back(*std::move(fetched.document));
  key.state = fetched.state;
  key.reason = std::move(fetched.reason);
  key.value = record.documents.back().root();
  key.document = static_cast<std::uint32_t>(record.documents.size());
}

/// The same answer without what cannot be shown to be the patient's; without a document when
/// nothing is left to work on.
QueryResult without(QueryResult fetched, std::span<const std::uint32_t> nodes,
                    std::string_view resource) {
  const View root = fetched.document->root();
  auto left = nodes.front() == root.node() ? Result<Document>{Error{Errc::missing, {}, {}}}
                                           : copy_of(root, nodes);
  const auto state =
      left ? record::judge(left->root(), resource, false).state : cdss_key_unavailable;
  QueryResult rest{.key = std::move(fetched.key), .reason = std::string{kExcluded}};
  if (state == cdss_key_present || state == cdss_key_truncated) {
    rest.state = cdss_key_truncated;
    rest.document = *std::move(left);
  }
  return rest;
}

/// @return how many resources were excluded.
Result<std::size_t> add_one(record::PatientRecord& record, record::KeyRecord& key,
                            QueryResult fetched, const fhir::PatientOfCall& patient,
                            std::string_view resource) {
  key.fetch = record::FetchState::settled;
  std::size_t excluded = 0;
  if (fetched.document) {
    auto to_exclude = fhir::check_patient_compartment(fetched.document->root(), patient,
                                                      fhir::Membership::undetermined);
    if (!to_exclude) {
      Error error = std::move(to_exclude).error();
      error.where = "fetched." + fetched.key + (error.where.empty() ? "" : '.' + error.where);
      return error;
    }
    excluded = to_exclude->size();
    if (excluded > 0) {
      fetched = without(std::move(fetched), *to_exclude, resource);
    }
  }
  // A part that was asked for anew need not hold more than the part that was sent.
  const bool is_other_part = key.missing_because != record::MissingBecause::later_pages &&
                             key.value && fetched.state == cdss_key_truncated;
  if (fetched.document && !is_other_part) {
    take(record, key, std::move(fetched));
  } else {
    keep_what_was_sent(key, fetched.state, fetched.reason);
  }
  return excluded;
}

}  // namespace

Result<std::size_t> add_fetched(record::PatientRecord& record, std::vector<QueryResult> fetched,
                                std::span<const record::PrefetchKey> wanted,
                                const hooks::HookRequest& request) {
  const fhir::PatientOfCall patient{.id = request.context.patient_id,
                                    .fhir_server = request.fhir_server.value_or("")};
  std::size_t excluded = 0;
  for (QueryResult& one : fetched) {
    const auto key = std::ranges::find(record.keys, one.key, &record::KeyRecord::key);
    const auto want = std::ranges::find(wanted, one.key, &record::PrefetchKey::key);
    if (key != record.keys.end() && want != wanted.end()) {
      CDSS_TRY(const auto count, add_one(record, *key, std::move(one), patient, want->resource));
      excluded += count;
    }
  }
  return excluded;
}

}  // namespace cdss::fhir_client
