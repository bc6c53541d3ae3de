// What drafts of services order, and where.

#include <gtest/gtest.h>

#include "tests/plugins/rules/orders/session.hpp"

namespace {

using cdss::rules::DraftKind;
using cdss::rules::Guidance;
using cdss::rules::Site;
using cdss::test::coded_service;
using cdss::test::kCptUri;
using cdss::test::kSnomedUri;
using cdss::test::medicine_draft;
using cdss::test::service_draft;
using cdss::test::Session;

constexpr std::string_view kLoincUri = "http://loinc.org";

TEST(Drafts, OfServicesAreToldApartByCodeOrWord) {
  const struct {
    std::string draft;
    DraftKind kind;
    Site site;
    Guidance guidance;
  } rows[] = {
      {service_draft("s", "MRI left hip without contrast"), DraftKind::mri, Site::hip,
       Guidance::not_stated},
      {coded_service("s", kLoincUri, "36020-6"), DraftKind::mri, Site::hip, Guidance::not_stated},
      {service_draft("s", "MRI of the knee"), DraftKind::mri, Site::elsewhere,
       Guidance::not_stated},
      {coded_service("s", kCptUri, "73721"), DraftKind::mri, Site::unknown, Guidance::not_stated},
      {coded_service("s", kCptUri, "73721", R"(,"bodySite":[{"text":"Left hip"}])"), DraftKind::mri,
       Site::hip, Guidance::not_stated},
      {service_draft("s", "US-guided iliopsoas bursa injection"), DraftKind::injection, Site::psoas,
       Guidance::guided},
      {service_draft("s", "Psoas injection, unguided"), DraftKind::injection, Site::psoas,
       Guidance::unguided},
      {service_draft("s", "Psoas injection"), DraftKind::injection, Site::psoas,
       Guidance::not_stated},
      {service_draft("s", "Injection, without ultrasound guidance, hip"), DraftKind::injection,
       Site::hip, Guidance::unguided},
      {service_draft("s", "Psoas injection, not guided"), DraftKind::injection, Site::psoas,
       Guidance::unguided},
      {service_draft("s", "Psoas injection, non-guided"), DraftKind::injection, Site::psoas,
       Guidance::unguided},
      {service_draft("s", "Psoas injection, no guidance"), DraftKind::injection, Site::psoas,
       Guidance::unguided},
      {service_draft("s", "Psoas injection", R"(,"note":[{"text":"no ultrasound guidance"}])"),
       DraftKind::injection, Site::psoas, Guidance::unguided},
      {service_draft("s", "Psoas injection, ultrasound not available"), DraftKind::injection,
       Site::psoas, Guidance::unguided},
      {service_draft("s", "Psoas injection, no ultrasound"), DraftKind::injection, Site::psoas,
       Guidance::unguided},
      {service_draft("s", "Psoas injection by landmarks"), DraftKind::injection, Site::psoas,
       Guidance::unguided},
      {service_draft("s", "Psoas injection, not blind: ultrasound"), DraftKind::injection,
       Site::psoas, Guidance::guided},
      {service_draft("s", "Psoas injection under CT guidance"), DraftKind::injection, Site::psoas,
       Guidance::guided},
      {service_draft("s", "Left psoas block"), DraftKind::injection, Site::psoas,
       Guidance::not_stated},
      {service_draft("s", "Femoral nerve block"), DraftKind::other, Site::unknown,
       Guidance::not_stated},
      {service_draft("s", "Knee injection"), DraftKind::injection, Site::elsewhere,
       Guidance::not_stated},
      {coded_service("s", kCptUri, "20610"), DraftKind::injection, Site::unknown,
       Guidance::unguided},
      {coded_service("s", kCptUri, "20611"), DraftKind::injection, Site::unknown, Guidance::guided},
      {coded_service("s", kCptUri, "20550", R"(,"reasonCode":{"text":"Iliopsoas tendinitis"})"),
       DraftKind::injection, Site::psoas, Guidance::not_stated},
      {coded_service("s", kSnomedUri, "297279009"), DraftKind::injection, Site::unknown,
       Guidance::not_stated},
      {coded_service("s", kCptUri, "20552"), DraftKind::needle, Site::unknown,
       Guidance::not_stated},
      {coded_service("s", kCptUri, "27096"), DraftKind::needle, Site::unknown,
       Guidance::not_stated},
      {coded_service("s", kCptUri, "76942"), DraftKind::guidance, Site::unknown,
       Guidance::not_stated},
      {coded_service("s", kCptUri, "27005"), DraftKind::surgery, Site::psoas, Guidance::not_stated},
      {coded_service("s", kCptUri, "27006"), DraftKind::abductor_tenotomy, Site::unknown,
       Guidance::not_stated},
      {service_draft("s", "Arthroscopic iliopsoas tenotomy"), DraftKind::surgery, Site::psoas,
       Guidance::not_stated},
      {service_draft("s", "Achilles tendon lengthening"), DraftKind::surgery, Site::unknown,
       Guidance::not_stated},
      {coded_service("s", kSnomedUri, "306170007"), DraftKind::physical_therapy, Site::unknown,
       Guidance::not_stated},
      {service_draft("s", "Physical therapy, shoulder"), DraftKind::physical_therapy,
       Site::elsewhere, Guidance::not_stated},
      {coded_service("s", kLoincUri, "24762-7"), DraftKind::other, Site::unknown,
       Guidance::not_stated},
      {service_draft("s", "Complete blood count"), DraftKind::other, Site::unknown,
       Guidance::not_stated},
      {medicine_draft("s", "triamcinolone 40 mg, peritendinous injection at the hip"),
       DraftKind::injection, Site::hip, Guidance::not_stated},
      {medicine_draft("s", "prednisone 10 mg tablet"), DraftKind::medicine, Site::unknown,
       Guidance::not_stated},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.draft);
    const std::vector<std::string> one{row.draft};
    const Session session{one};
    ASSERT_EQ(session.drafts.size(), 1U);
    EXPECT_EQ(session.drafts[0].kind, row.kind);
    EXPECT_EQ(session.drafts[0].site, row.site);
    if (row.kind == DraftKind::injection) {
      EXPECT_EQ(session.drafts[0].guidance, row.guidance);
    }
  }
}

TEST(Drafts, AreTherapyByItsWordsToo) {
  for (const char* text :
       {"PT eval and treat", "PT evaluation", "Referral to PT", "See physical therapist",
        "Rehabilitation, left hip", "Outpatient rehab", "Therapeutic exercise, 12 visits",
        "PT eval and treat after left hip injection"}) {
    const Session session{std::vector<std::string>{service_draft("s", text)}};
    EXPECT_EQ(session.drafts.at(0).kind, DraftKind::physical_therapy) << text;
  }
  for (const char* text : {"PT/INR", "PT and PTT", "Cardiac rehabilitation", "Alcohol rehab"}) {
    const Session session{std::vector<std::string>{service_draft("s", text)}};
    EXPECT_EQ(session.drafts.at(0).kind, DraftKind::other) << text;
  }
}

TEST(Drafts, AreSurgeryOnlyWhereItIsWhatIsOrdered) {
  const struct {
    const char* text;
    DraftKind kind;
  } rows[] = {
      {"Physical therapy: manual psoas release and stretching", DraftKind::physical_therapy},
      {"Psoas release by manual therapy", DraftKind::physical_therapy},
      {"Physiotherapy, protocol of iliopsoas tenotomy", DraftKind::physical_therapy},
      {"Physical therapy after left iliopsoas tenotomy", DraftKind::physical_therapy},
      {"Massage, psoas release", DraftKind::other},
      {"MRI left hip, status post iliopsoas tenotomy", DraftKind::mri},
      {"MRI left hip, s/p arthroscopic iliopsoas tenotomy", DraftKind::mri},
      {"MRI left hip, iliopsoas tenotomy 2023", DraftKind::mri},
      {"Left hip MRI, history of psoas release", DraftKind::mri},
      {"Arthroscopic iliopsoas release", DraftKind::surgery},
      {"Iliopsoas tendon release", DraftKind::surgery},
      {"Arthroscopic psoas release, physical therapy afterwards", DraftKind::surgery},
      {"Iliopsoas tenotomy, MRI reviewed", DraftKind::surgery},
      {"Iliopsoas tenotomy after failed injection", DraftKind::surgery},
      {"Iliopsoas tenotomy, history of hip replacement", DraftKind::surgery},
      {"Iliopsoas tenotomy, s/p total hip arthroplasty", DraftKind::surgery},
      {"Status post total hip replacement: iliopsoas tenotomy", DraftKind::surgery},
      {"After failed physical therapy, iliopsoas tenotomy", DraftKind::surgery},
      {"Iliopsoas injection before tenotomy", DraftKind::injection},
      {"Iliopsoas bursa injection; ice after injection", DraftKind::injection},
      {"Repeat hip injection after failed hip injection", DraftKind::injection},
      {"Hip injection, no steroid", DraftKind::injection},
      {"MRI hip, post left hip injection", DraftKind::mri},
  };
  for (const auto& row : rows) {
    const Session session{std::vector<std::string>{service_draft("s", row.text)}};
    EXPECT_EQ(session.drafts.at(0).kind, row.kind) << row.text;
  }
  const Session coded{std::vector<std::string>{
      coded_service("s", kCptUri, "20551", R"(,"orderDetail":[{"text":"rest after injection"}])")}};
  EXPECT_EQ(coded.drafts.at(0).kind, DraftKind::injection);
}

TEST(Drafts, SayWhetherMetalArtifactsAreReduced) {
  const struct {
    std::string draft;
    bool is_reduced;
  } rows[] = {
      {service_draft("s", "MARS MRI of the hip"), true},
      {service_draft("s", "MRI hip", R"(,"orderDetail":{"text":"metal artifact reduction"})"),
       true},
      {service_draft("s", "MRI hip", R"(,"note":[{"text":"please use MAVRIC"}])"), true},
      {service_draft("s", "MRI hip", R"(,"note":{"text":"hip prosthesis"})"), false},
      {service_draft("s", "MRI hip, standard, no MARS"), false},
      {service_draft("s", "MRI hip without MARS"), false},
      {service_draft("s", "MRI hip without contrast, MARS"), true},
      {service_draft("s", "MRI hip, marsupialised cyst"), false},
  };
  for (const auto& row : rows) {
    const std::vector<std::string> one{row.draft};
    const Session session{one};
    EXPECT_EQ(session.drafts.at(0).has_metal_protocol, row.is_reduced) << row.draft;
  }
}

}  // namespace
