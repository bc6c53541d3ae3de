#include "core/hooks/card/override_reasons.hpp"

#include <algorithm>
#include <iterator>

namespace cdss::hooks {
namespace {

constexpr std::string_view kCodes[] = {
    // The advice does not apply.
    "cds-not-applicable",
    "patient-ineligible",
    "indication-order-exists",
    "action-completed",
    "action-unsuccessful",
    "action-performed-no-adverse-effect",
    "action-not-priority",
    // It came at the wrong time or to the wrong person.
    "cds-suboptimal-context",
    "limited-time",
    "wrong-time-workflow",
    "inappropriate-recipient",
    "need-more-info",
    // Its evidence is doubted.
    "recipient-disagrees-evidence",
    "does-not-align-latest-evidence",
    "expert-contradicts",
    "policy-contradicts",
    "recipient-does-not-trust",
    // It could do harm.
    "recipient-concerns-outcomes",
    "risk-benefit-ratio",
    "mitigate-risk-negative-outcome",
    "likely-negative-health-outcomes",
    "patient-contraindication",
    // The patient wants something else.
    "does-not-align-preferences",
    "patient-fears-discomfort",
    "patient-does-not-want-change",
    "cultural-religious-reason",
    "prefers-alternative",
    "patient-refuses",
    // It cannot be done.
    "not-convenient-feasible",
    "inadequate-support",
    "service-not-available",
    "implementation-challenges",
    "too-costly-uncovered",
    "recipient-does-not-understand",
    "comorbidity-disability",
};
static_assert(std::size(kCodes) == 35);

}  // namespace

bool is_non_adherence_reason(std::string_view code) {
  return std::ranges::find(kCodes, code) != std::end(kCodes);
}

}  // namespace cdss::hooks
