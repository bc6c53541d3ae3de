// Which drafts are injections, which corticosteroids, and where they go.

#include <gtest/gtest.h>

#include "tests/plugins/rules/orders/session.hpp"

namespace {

using cdss::rules::Site;
using cdss::test::coded_service;
using cdss::test::kCptUri;
using cdss::test::medicine_draft;
using cdss::test::service_draft;
using cdss::test::Session;
using Kind = cdss::rules::DraftKind;

/// A MedicationRequest with a route.
std::string by_route(const std::string& medicine, const std::string& route) {
  return medicine_draft("m", medicine, R"(,"dosageInstruction":[{"route":)" + route + "}]");
}

std::string snomed_route(const std::string& code) {
  return R"({"coding":[{"system":"http://snomed.info/sct","code":")" + code + R"("}]})";
}

TEST(Drafts, AreInjectionsOnlyOfASteroidOrAnaestheticOrAtAJointBursaOrTendon) {
  const struct {
    std::string draft;
    Kind kind;
    bool is_steroid;
  } rows[] = {
      {service_draft("s", "cortisone shot"), Kind::injection, true},
      {service_draft("s", "Steroid shot, left hip"), Kind::injection, true},
      {service_draft("s", "Kenalog 40 mg"), Kind::injection, true},
      {service_draft("s", "lidocaine injection"), Kind::injection, false},
      {service_draft("s", "Bursa injection"), Kind::injection, false},
      {service_draft("s", "Injection", R"(,"bodySite":[{"text":"left hip"}])"), Kind::injection,
       false},
      {service_draft("s", "Injection", R"(,"reasonCode":[{"text":"psoas bursitis"}])"),
       Kind::injection, false},
      {service_draft("s", "Hip injection, no steroid"), Kind::injection, false},
      {service_draft("s", "Iliopsoas injection of steroid with contrast"), Kind::injection, true},
      {service_draft("s", "Injection"), Kind::other, false},
      {service_draft("s", "influenza vaccine injection"), Kind::other, false},
      {service_draft("s", "flu shot, left shoulder"), Kind::other, false},
      {service_draft("s", "CT abdomen with contrast injection"), Kind::other, false},
      {service_draft("s", "CT of the hip with contrast injection"), Kind::other, false},
      {service_draft("s", "cyanocobalamin injection"), Kind::other, false},
      {service_draft("s", "Botulinum toxin injection, hip flexors"), Kind::other, false},
      {service_draft("s", "insulin injection"), Kind::other, false},
      {service_draft("s", "heparin injection teaching"), Kind::other, false},
      {service_draft("s", "iron injection"), Kind::other, false},
      {service_draft("s", "allergy shots"), Kind::other, false},
      {service_draft("s", "No injection"), Kind::other, false},
      {service_draft("s", "Physical therapy after cortisone injection"), Kind::physical_therapy,
       false},
      {service_draft("s", "Dexamethasone suppression test"), Kind::other, false},
      {service_draft("s", "Diagnostic aspiration of the hip joint"), Kind::other, false},
      {coded_service("s", kCptUri, "20610", R"(,"orderDetail":[{"text":"aspiration only"}])"),
       Kind::other, false},
      {service_draft("s", "Epidural steroid injection"), Kind::needle, true},
      {service_draft("s", "Trigger point injection"), Kind::needle, false},
      {service_draft("s", "Sacroiliac joint injection"), Kind::needle, false},
      {service_draft("s", "Psoas trigger point injection"), Kind::injection, false},
      {service_draft("s", "MRI lumbar spine, epidural abscess?"), Kind::mri, false},
      {service_draft("s", "Kenalog intramuscular"), Kind::other, true},
      {medicine_draft("m", "prednisone 10 mg tablet"), Kind::medicine, true},
      {medicine_draft("m", "hydrocortisone 100 mg"), Kind::medicine, true},
      {medicine_draft("m", "hydrocortisone 1 % cream"), Kind::medicine, false},
      {medicine_draft("m", "triamcinolone nasal spray"), Kind::medicine, false},
      {medicine_draft("m", "dexamethasone ophthalmic suspension"), Kind::medicine, false},
      {medicine_draft("m", "inhaled corticosteroid"), Kind::medicine, false},
      {medicine_draft("m", "amoxicillin"), Kind::medicine, false},
      {medicine_draft("m", "Kenalog-40"), Kind::injection, true},
      {medicine_draft("m", "methylprednisolone 40 mg injection", R"(,"dosageInstruction":[{"text":
          "40 mg intramuscular once"}])"),
       Kind::medicine, true},
      {by_route("triamcinolone 40 mg", snomed_route("12130007")), Kind::injection, true},
      {by_route("triamcinolone 40 mg", snomed_route("372459003")), Kind::injection, true},
      {by_route("triamcinolone 40 mg", snomed_route("419762003")), Kind::injection, true},
      {by_route("triamcinolone 40 mg", snomed_route("404820008")), Kind::needle, true},
      {by_route("methylprednisolone injection", snomed_route("47625008")), Kind::medicine, true},
      {by_route("triamcinolone 40 mg", snomed_route("26643006")), Kind::medicine, true},
      {by_route("betamethasone 0.1 %", snomed_route("6064005")), Kind::medicine, false},
      {by_route("dexamethasone 0.1 %", snomed_route("54485002")), Kind::medicine, false},
      {by_route("ibuprofen", snomed_route("12130007")), Kind::medicine, false},
      {by_route("triamcinolone", R"({"text":"intra-articular"})"), Kind::injection, true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.draft);
    const Session session{std::vector<std::string>{row.draft}};
    ASSERT_EQ(session.drafts.size(), 1U);
    EXPECT_EQ(session.drafts[0].kind, row.kind);
    EXPECT_EQ(session.drafts[0].is_steroid, row.is_steroid);
  }
}

TEST(Drafts, OfAnInjectedSteroidAreInjectionsWithoutACodedRouteToo) {
  const auto dosed = [](const std::string& medicine, const std::string& text,
                        const std::string& more = {}) {
    return medicine_draft("m", medicine,
                          R"(,"dosageInstruction":[{"text":")" + text + '"' + more + "}]");
  };
  const auto at = [&](const char* code, const char* site) {
    return dosed("triamcinolone 40 mg", "once",
                 R"(,"route":)" + snomed_route(code) + R"(,"site":{"text":")" + site + R"("})");
  };
  const struct {
    std::string draft;
    Kind kind;
    Site site;
  } rows[] = {
      {dosed("Kenalog-40, not for intravenous use", "intra-articular, left hip"), Kind::injection,
       Site::hip},
      {dosed("Kenalog-40, not for intravenous, intradermal or epidural use", "left hip joint"),
       Kind::injection, Site::hip},
      {dosed("triamcinolone 40 mg/mL", "Inject into left hip bursa; ice for 24 h after injection"),
       Kind::injection, Site::hip},
      {dosed("methylprednisolone 40 mg", "Inject left iliopsoas bursa, rest following injection"),
       Kind::injection, Site::psoas},
      {dosed("triamcinolone 40 mg", "intramuscular, into the iliopsoas"), Kind::injection,
       Site::psoas},
      {dosed("triamcinolone 40 mg for intramuscular or intra-articular use", "left hip"),
       Kind::injection, Site::hip},
      {at("78421000", "left iliopsoas bursa"), Kind::injection, Site::psoas},
      {at("78421000", "left deltoid"), Kind::medicine, Site::unknown},
      {dosed("triamcinolone 40 mg", "40 mg intramuscular, deltoid"), Kind::medicine, Site::unknown},
      {dosed("methylprednisolone 1 g", "IV daily for joint pain"), Kind::medicine, Site::unknown},
      {dosed("prednisone 10 mg tablet", "for iliopsoas bursitis"), Kind::medicine, Site::unknown},
      {dosed("dexamethasone 4 mg tablet", "by mouth before the injection"), Kind::medicine,
       Site::unknown},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.draft);
    const Session session{std::vector<std::string>{row.draft}};
    EXPECT_EQ(session.drafts.at(0).kind, row.kind);
    EXPECT_EQ(session.drafts.at(0).site, row.site);
    EXPECT_TRUE(session.drafts.at(0).is_steroid);
  }
}

TEST(Drafts, AreInjectionsAtTheirPlaceWhateverElseIsSaidOfThem) {
  const auto beside = [](const std::string& detail) {
    return service_draft("s", "Left iliopsoas bursa injection",
                         R"(,"orderDetail":[{"text":")" + detail + R"("}])");
  };
  const struct {
    std::string draft;
    Kind kind;
  } rows[] = {
      {service_draft("s", "Fluoroscopic-guided left iliopsoas bursa injection with contrast"),
       Kind::injection},
      {service_draft("s", "CT-guided iliopsoas bursa injection with contrast"), Kind::injection},
      {service_draft("s", "CT guidance: psoas injection with contrast"), Kind::injection},
      {service_draft("s", "MRI-guided iliopsoas injection with gadolinium"), Kind::injection},
      {service_draft("s", "Psoas tendon injection with contrast, MRI reviewed"), Kind::injection},
      {service_draft("s", "Left hip joint injection with contrast"), Kind::injection},
      {service_draft("s", "Left hip arthrogram, intra-articular injection"), Kind::injection},
      {service_draft("s", "Iliopsoas injection, on insulin"), Kind::injection},
      {beside("Hold enoxaparin the evening before"), Kind::injection},
      {beside("takes insulin"), Kind::injection},
      {beside("iron deficiency"), Kind::injection},
      {beside("flu vaccine last week"), Kind::injection},
      {beside("allergy to penicillin"), Kind::injection},
      {service_draft("s", "Hip injection", R"(,"orderDetail":[{"text":"hold enoxaparin"}])"),
       Kind::injection},
      {service_draft("s", "MR arthrogram left hip, intra-articular gadolinium injection"),
       Kind::mri},
      {service_draft("s", "MRI right hip with intra-articular contrast"), Kind::mri},
      {service_draft("s", "Left hip MRI arthrogram, intra-articular injection"), Kind::mri},
      {service_draft("s", "MRI left hip with contrast, failed iliopsoas bursa injection"),
       Kind::mri},
      {service_draft("s", "CT arthrogram left hip with intra-articular injection"), Kind::other},
      {service_draft("s", "CT abdomen with contrast injection, psoas abscess?"), Kind::other},
      {service_draft("s", "Botulinum toxin injection, hip flexors"), Kind::other},
      {service_draft("s", "Enoxaparin injection teaching"), Kind::other},
      {service_draft("s", "Trigger point injection", R"(,"bodySite":[{"text":"left psoas"}])"),
       Kind::injection},
      {service_draft("s", "Ultrasound-guided iliopsoas intramuscular lidocaine injection"),
       Kind::injection},
      {service_draft("s", "Lidocaine injection, intramuscular",
                     R"(,"bodySite":[{"text":"left iliopsoas muscle"}])"),
       Kind::injection},
      {service_draft("s", "MRI right hip, intramuscular haematoma?"), Kind::mri},
      {service_draft("s", "Physical therapy, intramuscular stimulation"), Kind::physical_therapy},
      {service_draft("s", "Kenalog 40 mg intramuscular, deltoid"), Kind::other},
      {service_draft("s", "Methotrexate subcutaneous injection for joint disease"), Kind::other},
  };
  for (const auto& row : rows) {
    const Session session{std::vector<std::string>{row.draft}};
    EXPECT_EQ(session.drafts.at(0).kind, row.kind) << row.draft;
  }
}

TEST(Drafts, TakeTheirPlaceFromTheOrderBeforeItsReasonsAndNotes) {
  const struct {
    std::string draft;
    Site site;
  } rows[] = {
      {service_draft("s", "Knee injection",
                     R"(,"reasonCode":[{"text":"knee osteoarthritis"},{"text":"psoas strain"}])"),
       Site::elsewhere},
      {coded_service("s", kCptUri, "20610",
                     R"(,"reasonCode":[{"text":"knee osteoarthritis"},{"text":"psoas strain"}])"),
       Site::elsewhere},
      {coded_service("s", kCptUri, "20610",
                     R"(,"reasonCode":[{"text":"psoas strain"},{"text":"knee osteoarthritis"}])"),
       Site::psoas},
      {coded_service("s", kCptUri, "20610", R"(,"reasonCode":[{"text":"hip pain"}])"), Site::hip},
      {service_draft("s", "Joint injection", R"(,"reasonCode":[{"text":"hip osteoarthritis"}])"),
       Site::hip},
      {coded_service("s", kCptUri, "73721", R"(,"reasonCode":[{"text":"right hip pain"}])"),
       Site::hip},
      {coded_service("s", kCptUri, "73721", R"(,"reasonCode":[{"text":"right knee pain"}])"),
       Site::elsewhere},
      {service_draft("s", "Joint injection", R"(,"reasonCode":[{"text":"psoas bursitis"}])"),
       Site::psoas},
      {service_draft("s", "Psoas injection", R"(,"bodySite":[{"text":"lumbar"}])"), Site::psoas},
      {service_draft("s", "MRI of the knee", R"(,"note":[{"text":"hip prosthesis in place"}])"),
       Site::elsewhere},
      {service_draft("s", "MRI of the knee", R"(,"reasonCode":[{"text":"hip prosthesis"}])"),
       Site::elsewhere},
      {service_draft("s", "MRI of the knee", R"(,"orderDetail":[{"text":"hip prosthesis"}])"),
       Site::elsewhere},
      {service_draft("s", "MRI knee; patient has a hip replacement"), Site::elsewhere},
      {service_draft("s", "MRI of the hip replacement"), Site::hip},
      {service_draft("s", "MRI lumbar spine and hip"), Site::hip},
      {service_draft("s", "MRI", R"(,"orderDetail":[{"text":"left hip"}])"), Site::hip},
  };
  for (const auto& row : rows) {
    const Session session{std::vector<std::string>{row.draft}};
    EXPECT_EQ(session.drafts.at(0).site, row.site) << row.draft;
  }
}

}  // namespace
