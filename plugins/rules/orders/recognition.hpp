#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/facts/fact_definitions.hpp"
#include "plugins/rules/orders/negation.hpp"

namespace cdss::rules {

/// What a draft orders, as far as a rule asks. Medicines are told apart by their classes.
enum class DraftKind : std::uint8_t {
  other,
  medicine,
  injection,  ///< of a steroid or local anaesthetic, or at a joint, bursa or tendon
  needle,     ///< another that reaches deep: epidural, trigger point, sacroiliac joint
  guidance,   ///< imaging that guides a needle
  mri,
  surgery,            ///< release or lengthening of a tendon
  abductor_tenotomy,  ///< the abductors or extensors of the hip
  physical_therapy,
};

/// Where something is done, as far as the draft says.
enum class Site : std::uint8_t { unknown, psoas, hip, elsewhere };

/// Whether imaging guides a needle, as far as the draft says.
enum class Guidance : std::uint8_t { not_stated, guided, unguided };

/// How a draft service is recognised: by concept, else by a word that is not denied.
struct ServiceRow {
  DraftKind kind = DraftKind::other;
  std::vector<ConceptId> concepts;
  std::vector<std::string_view> words;
  /// Words count only when one of these is said too. For an injection, the psoas in a reason does
  /// as well. Empty: no such condition.
  std::vector<std::string_view> beside;
  /// Words count only when none of these is said in what is ordered.
  std::vector<std::string_view> unless;
  /// When one of these is said in what is ordered, `unless` is ignored, except for imaging with contrast.
  std::vector<std::string_view> despite;
  /// Words count only when none of these is said anywhere in the draft.
  std::vector<std::string_view> unless_beside;
  /// Classes of medicines. When one of them or a steroid is named, `beside` is met and `unless` is
  /// ignored.
  std::vector<std::string_view> medicines;
  /// Words in a text that begins with one of these do not count: it orders something else.
  std::vector<std::string_view> unless_first;
  /// Concepts count only when none of these is said anywhere in the draft.
  std::vector<std::string_view> never;
  Site site = Site::unknown;                 ///< what the concepts say of it
  Guidance guidance = Guidance::not_stated;  ///< what the concepts say of it
};

/// Words that tell something of a draft, in lower case.
struct DraftWords {
  std::vector<std::string_view> psoas;
  std::vector<std::string_view> hip;
  std::vector<std::string_view> hip_implant;  ///< they tell of a prosthesis, not of a place
  std::vector<std::string_view> elsewhere;
  std::vector<std::string_view> unguided;
  std::vector<std::string_view> guided;
  std::vector<std::string_view> metal;
  std::vector<std::string_view> imaging;   ///< modalities; a text that begins with `mri` orders it
  std::vector<std::string_view> mri;       ///< those of `imaging` that are magnetic resonance
  std::vector<std::string_view> guiding;   ///< a modality that does no more than guide a needle
  std::vector<std::string_view> contrast;  ///< what is injected or made for the sake of an image
  std::vector<std::string_view> steroid;   ///< beside the medicines of the class
  std::vector<std::string_view> local;     ///< forms and places in which a steroid stays local
  std::vector<std::string_view> parenteral;  ///< into a muscle, a vein or under the skin
  /// Joint, bursa, tendon or psoas as the aim of a needle: they go before `parenteral`.
  std::vector<std::string_view> aim;
  std::vector<std::string_view> reason;
};

/// What the code of a route tells.
struct Routes {
  std::vector<ConceptId> joint;       ///< at a joint, bursa or tendon
  std::vector<ConceptId> spinal;      ///< epidural and the like
  std::vector<ConceptId> parenteral;  ///< muscle, vein, under the skin
  std::vector<ConceptId> local;       ///< skin, eye, ear, nose, airways
};

/// How drafts are recognised: the first part of `order-rules.json`. Constant once read, so
/// Thread-safe. Borrows from the knowledge file.
struct Recognition {
  std::vector<ServiceRow> services;  ///< the first that fits holds, codes before words
  DraftWords words;
  Routes routes;
  Negation negation;
  /// Words by which a text tells of another time, read as a negation is: "after the injection",
  /// "status post left iliopsoas tenotomy". What they speak of is not what is ordered.
  Negation aside;

  /// Concepts of which the package has no value set are passed over.
  /// Errors: Errc::missing, Errc::malformed for a row or list that is not as above.
  static Result<Recognition> read(const FactDefinitions& definitions, View root);
};

}  // namespace cdss::rules
