#include "fhir/types/reference.hpp"

#include <gtest/gtest.h>

#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

using Kind = Reference::Kind;

TEST(Reference, SaysHowItsTargetIsNamed) {
  const struct {
    const char* text;
    Kind kind;
    const char *type, *id;
  } rows[] = {
      {"Patient/123", Kind::relative, "Patient", "123"},
      {"Patient/a-b.C_9", Kind::relative, "Patient", "a-b.C_9"},
      {"Patient/123/_history/2", Kind::relative, "Patient", "123"},
      {"https://ehr.example/fhir/Patient/123", Kind::absolute, "Patient", "123"},
      {"http://ehr.example/Patient/123/_history/2", Kind::absolute, "Patient", "123"},
      {"https://ehr.example/123", Kind::absolute, "", ""},
      {"https://ehr.example", Kind::absolute, "", ""},
      {"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", Kind::urn, "", ""},
      {"urn:oid:1.2.3", Kind::urn, "", ""},
      {"#med", Kind::contained, "", "med"},
      {"#", Kind::contained, "", ""},
      {"Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999", Kind::conditional,
       "Practitioner", ""},
      {"https://ehr.example/Patient?identifier=1", Kind::conditional, "", ""},
      {"", Kind::none, "", ""},
      {"123", Kind::other, "", ""},
      {"patient/123", Kind::other, "", ""},
      {"Patient/", Kind::other, "", ""},
      {"/Patient/123", Kind::other, "", ""},
      {"fhir/Patient/123", Kind::other, "", ""},
      {"Patient/1 2", Kind::other, "", ""},
      {"Patient/123#x", Kind::other, "", ""},
      {"urn:isbn:1", Kind::other, "", ""},
      {"Patient/123/_history", Kind::other, "", ""},
  };
  for (const auto& [text, kind, type, id] : rows) {
    SCOPED_TRACE(text);
    const auto reference = Reference::parse(text);
    EXPECT_EQ(reference.kind, kind);
    EXPECT_EQ(reference.type, type);
    EXPECT_EQ(reference.id, id);
    EXPECT_EQ(reference.text, text);
  }
}

TEST(Reference, HasTypeNamesOfLettersOnly) {
  for (const char* name : {"Patient", "P", "VirtualServiceDetail"}) {
    EXPECT_TRUE(is_type_name(name)) << name;
  }
  for (const char* name : {"", "patient", "Patient1", "Patient/1", " Patient", "Pati\xC3\xABnt"}) {
    EXPECT_FALSE(is_type_name(name)) << name;
  }
}

TEST(Reference, HasIdsOfTheStandardAndOfRealServers) {
  for (const auto& id : {std::string{"a"}, std::string{"a-b.C9"}, std::string(64, 'x')}) {
    EXPECT_TRUE(is_id(id)) << id;
    EXPECT_TRUE(is_r4_id(id)) << id;
  }
  for (const auto& id : {std::string{"a_b"}, std::string(65, 'x')}) {
    EXPECT_TRUE(is_id(id)) << id;
    EXPECT_FALSE(is_r4_id(id)) << id;
  }
  for (const char* id : {"", ".", "..", "a/b", "a b", "\xC3\xAB"}) {
    EXPECT_FALSE(is_id(id)) << id;
    EXPECT_FALSE(is_r4_id(id)) << id;
  }
}

TEST(Reference, IsToAResourceByTypeAndId) {
  EXPECT_TRUE(Reference::parse("Patient/1").is_to("Patient", "1"));
  EXPECT_TRUE(Reference::parse("https://ehr.example/Patient/1").is_to("Patient", "1"));
  EXPECT_FALSE(Reference::parse("Patient/1").is_to("Patient", "2"));
  EXPECT_FALSE(Reference::parse("Group/1").is_to("Patient", "1"));
  EXPECT_FALSE(Reference::parse("#1").is_to("Patient", "1"));
  EXPECT_FALSE(Reference::parse("").is_to("", ""));
}

TEST(Reference, ReadsALogicalReferenceByItsIdentifier) {
  const auto document = json(
      R"({"type": "Patient", "identifier": {"system": "urn:mrn", "value": "7"}, "display": "x"})");
  const auto reference = read_reference(document.root());
  ASSERT_TRUE(reference);
  EXPECT_EQ(reference->kind, Kind::logical);
  EXPECT_EQ(reference->type, "Patient");
  EXPECT_EQ(reference->display, "x");
}

TEST(Reference, BearsABrokenIdentifierAndDisplayButNotABrokenReference) {
  const auto bearable = json(R"({"reference": "Patient/1", "identifier": 3, "display": false})");
  const auto reference = read_reference(bearable.root());
  ASSERT_TRUE(reference);
  EXPECT_TRUE(reference->is_to("Patient", "1"));
  for (const char* const text : {R"({"reference": 1})", R"("Patient/1")", R"({"type": []})"}) {
    SCOPED_TRACE(text);
    const auto document = json(text);
    const auto broken = read_reference(document.root());
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, Errc::malformed);
  }
}

}  // namespace
}  // namespace cdss::fhir
