#include "fhir/compartment/patient_compartment.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "fhir/compartment/membership.hpp"
#include "fhir/types/resource_types.hpp"

namespace cdss::fhir {
namespace {

/// What a member of a resource is to the check.
enum class Role : std::uint8_t {
  none,
  subject,       ///< says whose record the resource is in
  participant,   ///< may say so
  participants,  ///< holds `actor`, which may say so
  links,         ///< holds `target`: records of one person
  targets,       ///< what the resource is about, among it perhaps patients
  entries,       ///< of a Bundle
  contained,
  parameters,
  wrapped,  ///< a resource in an object that is none
};

/// `type` is empty for a row that holds for all of them.
struct Row {
  std::string_view name;
  std::string_view type;
  Role role;
};

constexpr Row kRows[] = {
    {"subject", {}, Role::subject},          {"patient", {}, Role::subject},
    {"beneficiary", {}, Role::subject},      {"for", {}, Role::subject},
    {"individual", {}, Role::participant},   {"actor", {}, Role::participant},
    {"candidate", {}, Role::participant},    {"deliverTo", {}, Role::participant},
    {"participant", {}, Role::participants}, {"entry", {}, Role::entries},
    {"contained", {}, Role::contained},      {"parameter", {}, Role::parameters},
    {"link", "Person", Role::links},         {"target", "Provenance", Role::targets},
};

Role role_of(std::string_view name, std::string_view type) {
  for (const Row& row : kRows) {
    if (row.name == name) {
      return row.type.empty() || row.type == type ? row.role : Role::none;
    }
  }
  return name == "resource" && type.empty() ? Role::wrapped : Role::none;
}

/// Calls `take` for each element of an array, of arrays inside it too, or for the value itself.
template <class Take>
Result<void> for_each(View value, const Take& take) {
  if (!value.is_array()) {
    return take(value);
  }
  for (const View element : value.elements()) {
    CDSS_CHECK(for_each(element, take));
  }
  return {};
}

/// Where a resource stands.
struct Place {
  std::uint32_t holder;            ///< node that goes when it is left out
  std::string_view full_url = {};  ///< of its entry
  BundleUrns* bundle = nullptr;
  bool contained = false;  ///< inside a resource that answers for it
};

/// What the members of one resource say together.
struct StatedMembership {
  Membership subject = Membership::not_stated;      ///< all have to agree
  Membership participant = Membership::not_stated;  ///< one is enough
  std::optional<View> other;  ///< another patient, which one of ours beside it makes up for

  Membership together() const { return subject == Membership::not_stated ? participant : subject; }
};

/// Walks through resources and keeps what cannot be shown to be the patient's.
class Walk {
 public:
  /// @param ours  whether what says nothing of a patient is this one's.
  Walk(const PatientOfCall& patient, bool ours) : patient_{patient}, ours_{ours} {}

  Result<void> check(View value) {
    return for_each(value, [&](View resource) -> Result<void> {
      return resource.is_object() ? check_resource(resource, {.holder = resource.node()})
                                  : Result<void>{};
    });
  }

  /// What was kept, ascending, none inside another.
  std::vector<std::uint32_t> take(const cdss_document& document) {
    std::ranges::sort(unprovable_);
    std::uint32_t end = 0;
    std::erase_if(unprovable_, [&](std::uint32_t node) {
      const bool is_inside = node < end;
      end = is_inside ? end : document.nodes[node].next;
      return is_inside;
    });
    return std::move(unprovable_);
  }

 private:
  Result<void> check_resource(View resource, const Place& place) {
    const auto type = resource.text_or_empty("resourceType");
    const bool is_patient = type == "Patient" && !place.contained;
    const auto by_id = is_patient ? patient_membership(resource, place.full_url, patient_)
                                  : Membership::not_stated;
    if (by_id == Membership::other_patient) {
      return resource.error(Errc::malformed, "is another patient than context.patientId");
    }
    StatedMembership stated;
    BundleUrns urns{resource};
    for (const Member member : resource.members()) {
      CDSS_CHECK(check_member(role_of(member.name, type), member.value, place, urns, stated));
    }
    const auto membership = is_patient ? by_id : stated.together();
    if (stated.other && membership != Membership::member) {
      return another_patient(*stated.other);
    }
    // Nothing reads an object without a type.
    const bool is_member_by_default = ours_ || type.empty() || is_of_no_patient(type);
    if (!place.contained && membership != Membership::member &&
        !(membership == Membership::not_stated && is_member_by_default)) {
      unprovable_.push_back(place.holder);
    }
    return {};
  }

  Result<void> check_member(Role role, View value, const Place& place, BundleUrns& urns,
                            StatedMembership& stated) {
    const auto check_held = [&](std::string_view name, Role of) {
      return for_each(value, [&](View one) -> Result<void> {
        const auto held = one.find(name);
        return held ? check_member(of, *held, place, urns, stated) : Result<void>{};
      });
    };
    switch (role) {
      case Role::none:
        return {};
      case Role::subject:
        return for_each(value, [&](View one) { return take_subject(one, place, stated); });
      case Role::participant:
        return for_each(value, [&](View one) { return take_participant(one, place, stated); });
      case Role::participants:
        return check_held("actor", Role::participant);
      case Role::links:
        return check_held("target", Role::targets);
      case Role::targets:
        return for_each(value, [&](View one) { return take_target(one, place, stated); });
      default:
        return check_inside(role, value, place, urns);
    }
  }

  /// Resources inside a resource.
  Result<void> check_inside(Role role, View value, const Place& place, BundleUrns& urns) {
    return for_each(value, [&](View one) -> Result<void> {
      if (role == Role::parameters) {
        return check_parameter(one, place);
      }
      if (role == Role::entries) {
        const auto resource = one.find("resource");
        return resource ? check_object(*resource, {.holder = one.node(),
                                                   .full_url = one.text_or_empty("fullUrl"),
                                                   .bundle = &urns,
                                                   .contained = place.contained})
                        : Result<void>{};
      }
      Place inside = place;
      inside.contained = place.contained || role == Role::contained;
      return check_object(one, inside);
    });
  }

  Result<void> check_parameter(View parameter, const Place& place) {
    if (const auto value = parameter.find("valueReference");
        value && reference_membership(*value, patient_, nullptr) == Membership::other_patient) {
      return another_patient(*value);
    }
    if (const auto resource = parameter.find("resource")) {
      CDSS_CHECK(check_object(*resource, {.holder = parameter.node(),
                                          .full_url = {},
                                          .bundle = place.bundle,
                                          .contained = place.contained}));
    }
    const auto parts = parameter.find("part");
    return parts ? for_each(*parts, [&](View part) { return check_parameter(part, place); })
                 : Result<void>{};
  }

  Result<void> check_object(View resource, const Place& place) {
    return for_each(resource, [&](View one) -> Result<void> {
      return one.is_object() ? check_resource(one, place) : Result<void>{};
    });
  }

  Result<void> take_subject(View reference, const Place& place, StatedMembership& stated) {
    const auto membership = reference_membership(reference, patient_, place.bundle);
    if (membership == Membership::other_patient) {
      return another_patient(reference);
    }
    if (membership != Membership::not_stated && stated.subject != Membership::undetermined) {
      stated.subject = membership;
    }
    return {};
  }

  Result<void> take_participant(View reference, const Place& place, StatedMembership& stated) {
    const auto membership = participant_membership(reference, patient_, place.bundle);
    if (membership == Membership::other_patient) {
      return another_patient(reference);
    }
    stated.participant = std::max(stated.participant, membership);
    return {};
  }

  Result<void> take_target(View reference, const Place& place, StatedMembership& stated) {
    const auto membership = participant_membership(reference, patient_, place.bundle);
    if (membership != Membership::other_patient) {
      stated.participant = std::max(stated.participant, membership);
    } else if (!stated.other) {
      stated.other = reference;
    }
    return {};
  }

  static Error another_patient(View reference) {
    return reference.error(Errc::malformed, "is to another patient than context.patientId");
  }

  const PatientOfCall& patient_;
  bool ours_;
  std::vector<std::uint32_t> unprovable_;
};

}  // namespace

Result<std::vector<std::uint32_t>> check_patient_compartment(View value,
                                                             const PatientOfCall& patient,
                                                             Membership if_not_stated) {
  Walk walk{patient, if_not_stated == Membership::member};
  CDSS_CHECK(walk.check(value));
  return walk.take(value.document());
}

}  // namespace cdss::fhir
