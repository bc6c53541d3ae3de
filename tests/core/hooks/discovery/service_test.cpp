#include "core/hooks/discovery/service.hpp"

#include <gtest/gtest.h>

namespace cdss::hooks {
namespace {

Service service() {
  return {.id = "hip-replacement",
          .hook = "patient-view",
          .title = "Hip replacement",
          .description = "Flags a recent hip replacement.",
          .usage_requirements = {},
          .prefetch = {{"patient", "Patient/{{context.patientId}}"},
                       {"conditions", "Condition?patient={{context.patientId}}"}}};
}

void expect_refused(const Service& refused, const std::string& where, Errc code) {
  const auto checked = check(refused);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().where, where);
  EXPECT_EQ(checked.error().code, code);
}

TEST(Service, DISC_06_DISC_07_DISC_08_DISC_09_RequiresItsTexts) {
  EXPECT_TRUE(check(service()));
  const std::pair<std::string Service::*, const char*> rows[] = {
      {&Service::id, "id"},
      {&Service::hook, "hook"},
      {&Service::title, "title"},
      {&Service::description, "description"},
  };
  for (const auto& [member, name] : rows) {
    for (const auto* const blank : {"", "   ", "\n\t"}) {
      auto changed = service();
      changed.*member = blank;
      expect_refused(changed, name, Errc::missing);
    }
  }
}

TEST(Service, DISC_12_RefusesBlankUsageRequirements) {
  auto changed = service();
  changed.usage_requirements = "Needs conditions.";
  EXPECT_TRUE(check(changed));
  changed.usage_requirements = "  ";
  expect_refused(changed, "usageRequirements", Errc::missing);
}

TEST(Service, DISC_10_DISC_11_RequiresPrefetchKeysThatAreCodes) {
  for (const auto* const key : {"patient", "hip procedures", "caf\xC3\xA9", "a-b_c.d"}) {
    auto changed = service();
    changed.prefetch[0].key = key;
    EXPECT_TRUE(check(changed)) << key;
  }
  for (const auto* const key : {"", " a", "a ", "a  b", "a\tb", "a\nb"}) {
    auto changed = service();
    changed.prefetch[0].key = key;
    expect_refused(changed, "prefetch", Errc::malformed);
  }
  auto twice = service();
  twice.prefetch[1].key = "patient";
  expect_refused(twice, "prefetch.patient", Errc::malformed);
}

TEST(Service, PF_02_ChecksItsTemplates) {
  auto changed = service();
  changed.prefetch[1].query = "";
  expect_refused(changed, "prefetch.conditions", Errc::malformed);
  changed.prefetch[1].query = "Condition?patient={{context.draftOrders}}";
  expect_refused(changed, "prefetch.conditions", Errc::unsupported);
}

TEST(Service, PF_12_PF_13_ListsATemplateAfterThoseItNeeds) {
  auto changed = service();
  changed.tokens = PrefetchTokens::fhirpath;
  changed.prefetch = {
      {"orders", "ServiceRequest?patient={{context.patientId}}"},
      {"doctors", "Practitioner?_id={{%orders.entry.resource.requester.resolve().id}}"},
      {"others", "Practitioner?_id={{%orders.entry.id}}"}};
  EXPECT_TRUE(check(changed));
  EXPECT_LT(write_discovery({&changed, 1}).find("\"orders\""),
            write_discovery({&changed, 1}).find("\"doctors\""));
  changed.prefetch[2].query = "Practitioner?_id={{%orders.entry.id|%doctors.entry.id}}";
  expect_refused(changed, "prefetch.others", Errc::unsupported);  // it would take a third round
  std::swap(changed.prefetch[0], changed.prefetch[1]);
  expect_refused(changed, "prefetch.doctors", Errc::malformed);
  changed.prefetch = {{"self", "Practitioner?_id={{%self.id}}"}};
  expect_refused(changed, "prefetch.self", Errc::malformed);
  changed.prefetch = {{"one", "Practitioner?_id={{%two.id}}"},
                      {"two", "Practitioner?_id={{%one.id}}"}};
  expect_refused(changed, "prefetch.one", Errc::malformed);
  changed.prefetch = {{"one", "Practitioner?_id={{%nobody.id}}"}};
  expect_refused(changed, "prefetch.one", Errc::malformed);
}

TEST(Service, PF_06_RefusesFhirPathUnlessAskedFor) {
  auto changed = service();
  changed.prefetch[1].query =
      "Condition?patient={{context.patientId}}&onset-date=gt{{today() - 90 days}}";
  expect_refused(changed, "prefetch.conditions", Errc::unsupported);
  changed.tokens = PrefetchTokens::fhirpath;
  EXPECT_TRUE(check(changed));
}

TEST(Service, DISC_19_RefusesAnIdThatNeedsEscaping) {
  for (const auto* const id : {"a/b", "a%20b", "a b", "..", ".", "a?b", "\xC3\xA9"}) {
    auto changed = service();
    changed.id = id;
    expect_refused(changed, "id", Errc::malformed);
  }
  auto changed = service();
  changed.id = "Hip-Replacement_1.0~x";
  EXPECT_TRUE(check(changed));
}

TEST(Service, DISC_21_RequiresAHookOfTheLibraryOrAReverseDomainName) {
  auto changed = service();
  changed.hook = "patient-viewed";
  expect_refused(changed, "hook", Errc::unsupported);
  changed.hook = "org.example.bed-assign";
  EXPECT_TRUE(check(changed));
}

TEST(Service, DISC_17_DISC_18_TakesOneIdOnSeveralHooksButNoPairTwice) {
  std::vector<Service> services{service(), service()};
  const auto twice = check(services);
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().where, "services[1]");
  services[1].hook = "encounter-start";
  EXPECT_TRUE(check(services));
  services[1].title.clear();
  const auto untitled = check(services);
  ASSERT_FALSE(untitled);
  EXPECT_EQ(untitled.error().where, "services[1].title");
}

TEST(Discovery, DISC_04_IsAnEmptyArrayWithoutServices) {
  EXPECT_EQ(write_discovery({}), R"({"services":[]})");
}

TEST(Discovery, DISC_13_DISC_14_ShowsVersionsAndKeepsTheOrderOfPrefetch) {
  auto first = service();
  first.prefetch = {{"z", "Patient/{{context.patientId}}"},
                    {"a", "Condition?patient={{context.patientId}}"}};
  first.usage_requirements = "Needs conditions.";
  auto second = service();
  second.hook = "org.example.bed-assign";
  second.prefetch.clear();
  const std::vector<Service> services{first, second};
  EXPECT_EQ(write_discovery(services),
            R"({"services":[{"hook":"patient-view","title":"Hip replacement",)"
            R"("description":"Flags a recent hip replacement.","id":"hip-replacement",)"
            R"("prefetch":{"z":"Patient/{{context.patientId}}",)"
            R"("a":"Condition?patient={{context.patientId}}"},)"
            R"("usageRequirements":"Needs conditions.","version":"2.0.0","hookVersion":"1.0"},)"
            R"({"hook":"org.example.bed-assign","title":"Hip replacement",)"
            R"("description":"Flags a recent hip replacement.","id":"hip-replacement",)"
            R"("version":"2.0.0"}]})");
}

}  // namespace
}  // namespace cdss::hooks
