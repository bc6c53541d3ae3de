#include "fhir/compartment/patient_reference.hpp"

#include <gtest/gtest.h>

namespace cdss::fhir {
namespace {

void expect_all(std::initializer_list<std::string_view> texts, PatientReference expected) {
  for (const auto text : texts) {
    EXPECT_EQ(classify_patient_reference(text, "p1"), expected) << text;
  }
}

TEST(PatientReference, KnowsThisPatientInEverySpelling) {
  expect_all({"Patient/p1",
              "/Patient/p1",
              "./Patient/p1",
              "fhir/Patient/p1",
              "Patient//p1",
              "Patient/./p1",
              "Patient/p1/",
              "Patient/p1?_format=json",
              "Patient/p1#name",
              "Patient/p1/_history/2",
              "Patient/p1/_history/2/",
              "patient/p1",
              "PATIENT/p1",
              " Patient/p1",
              "\t\nPatient/p1 ",
              "https://f.example.org/r4/Patient/p1",
              "HTTPS://f.example.org/Patient/p1",
              "http://f.example.org:80/a/b/Patient/p1/",
              "https://patient/Patient/p1",
              "https://f.example.org/patient/r4/Patient/p1",
              "//f.example.org/Patient/p1",
              "https://f.example.org//Patient//p1/_history/1?a#b"},
             PatientReference::this_patient);
}

TEST(PatientReference, KnowsAnotherPatientInEverySpelling) {
  expect_all({"Patient/p2",
              "/Patient/p2",
              "./Patient/p2",
              "fhir/Patient/p2",
              "Patient//p2",
              "Patient/p2/",
              "Patient/p2?x=Patient/p1",
              "Patient/p2#Patient/p1",
              "Patient/p2/_history/1",
              "patient/p2",
              "PATIENT/p2",
              " Patient/p2",
              "Patient/P1",
              "Patient/p1x",
              "Patient/p",
              "https://f.example.org/Patient/p2",
              "HttpS://f.example.org/Patient/p2",
              "https://f.example.org/patient/p2",
              "https://Patient/Patient/p2",
              "ftp://f.example.org/Patient/p2",
              "urn:x:Patient/Patient/p2"},
             PatientReference::other_patient);
}

TEST(PatientReference, TakesAnOddTextAboutAPatientForAnother) {
  expect_all({"Patient",
              "Patient/",
              "/Patient",
              "Patient/p1/Patient/p2",
              "Patient/p2/Patient/p1",
              "Patient/p1/Observation/o1",
              "Patient/p1/$everything",
              "Patient/p1/_history",
              "Patient/p1|2",
              "Patient;v=1/p1",
              "Patient\\p1",
              "Patient%2Fp1",
              "Patien%74/p1",
              "Patient/p%31",
              "Patient/p1%00",
              "Patient/p1/../p2",
              "../Patient/p1",
              "Pat\tient/p1",
              "Pat\xE2\x80\x8Bient/p1",
              "Practitioner%3F/Patient/p2",
              "https://f.example.org/Patient/p2/Practitioner/d1"},
             PatientReference::other_patient);
}

TEST(PatientReference, KnowsOtherTypes) {
  expect_all({"Group/1", "/Group/1", "https://f.example.org/r4/Practitioner/p1", "Device/p1/",
              "Observation/o1/_history/3", "Practitioner?identifier=1", "Observation/a?patient=p2",
              "https://f.example.org/patient/r4/Observation/o1", "PatientX/p1",
              "https://patient.example.org/Practitioner/d1", "Practitioner/a%20b"},
             PatientReference::not_a_patient);
}

TEST(PatientReference, SaysWhatTheTextAloneDoesNotTell) {
  expect_all(
      {"", "  ", "#p1", "#Patient/p1", "urn:uuid:4e0a3a1e-3283-4575-ab82-028d55fe2719",
       "URN:UUID:4e0a3a1e-3283-4575-ab82-028d55fe2719", "urn:oid:1.2.3", "Patient?identifier=1",
       "/patient?identifier=1", "Patient/?identifier=1",
       "https://f.example.org/Patient?identifier=1", "p1", "group/1", "https://f.example.org"},
      PatientReference::unresolved);
}

TEST(PatientReference, KnowsNoPatientWithoutAnId) {
  for (const auto* const text : {"Patient/p1", "Patient/", "Patient//"}) {
    EXPECT_EQ(classify_patient_reference(text, ""), PatientReference::other_patient) << text;
  }
}

TEST(PatientReference, ComparesTheServerWhereItIsKnown) {
  const struct {
    std::string_view text;
    std::string_view server;
    PatientReference expected;
  } rows[] = {
      {"Patient/p1", "https://f.example.org/r4", PatientReference::this_patient},
      {" Patient/p1", "https://f.example.org/r4", PatientReference::this_patient},
      {"https://f.example.org/r4/Patient/p1", "https://f.example.org/r4",
       PatientReference::this_patient},
      {"http://F.example.org:80/r4/Patient/p1/", "https://f.example.org:443/r4/",
       PatientReference::this_patient},
      {"r4/Patient/p1", "https://f.example.org/r4", PatientReference::this_patient},
      {"https://f.example.org/R4/Patient/p1", "https://f.example.org/r4",
       PatientReference::other_server},
      {"https://f.example.org/Patient/p1", "https://f.example.org/r4",
       PatientReference::other_server},
      {"https://f.example.org.evil/r4/Patient/p1", "https://f.example.org/r4",
       PatientReference::other_server},
      {"ftp://f.example.org/r4/Patient/p1", "https://f.example.org/r4",
       PatientReference::other_server},
      {"https://g.example.org/Patient/p2", "https://f.example.org/r4",
       PatientReference::other_patient},
  };
  for (const auto& [text, server, expected] : rows) {
    EXPECT_EQ(classify_patient_reference(text, PatientOfCall{.id = "p1", .fhir_server = server}),
              expected)
        << text;
  }
}

}  // namespace
}  // namespace cdss::fhir
