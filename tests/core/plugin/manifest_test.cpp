#include "core/plugin/manifest.hpp"

#include <string>

#include <gmock/gmock.h>

#include "core/abi/plugin.h"
#include "core/json/document.hpp"

namespace cdss::plugin {
namespace {

constexpr std::string_view kHash =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A manifest that is in order.
std::string good() {
  return R"({"id":"hip-replacement","version":"1.0.0","abi":1,"library":"hip_replacement.so",
    "services":[{"id":"hip-replacement","hooks":["patient-view","encounter-start"],
      "title":"Hip replacement","description":"Tells of a hip replacement",
      "usageRequirements":"None",
      "needs":[{"key":"patient","resource":"Patient","level":"required"},
               {"key":"procedures","resource":"Procedure","query":"status=completed"},
               {"key":"conditions","resource":"Condition","level":"optional"}],
      "required":[["patient"],["conditions","procedures"]],"more":{"unknown":true}}],
    "options":{"window_days":{"type":"integer","default":90,"unit":"d","minimum":1,"maximum":365,
                              "description":"Days","source":"README.md, HR-2"},
               "show":{"type":"string","default":"relevant","enum":["relevant","always"]},
               "quiet":{"type":"boolean","default":false},
               "note":{"type":"string"}},
    "limits":{"deadline_ms":500,"memory_bytes":67108864},
    "source":{"developer":"Psoas CDS","funding":"none"},
    "files":{"hip_replacement.so":")" +
         std::string{kHash} + R"(","knowledge/codes.json":")" + std::string{kHash} + R"("}})";
}

/// `good()` with one text put in the place of another.
std::string with(std::string_view old, std::string_view fresh) {
  std::string text = good();
  const auto at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), fresh);
}

Result<Manifest> read(std::string text) {
  const auto document = Document::parse(std::move(text));
  EXPECT_TRUE(document);
  return read_manifest(document->root());
}

TEST(Manifest, ReadsWhatAPluginDeclares) {
  const auto manifest = read(good());
  ASSERT_TRUE(manifest) << manifest.error().where << ' ' << manifest.error().message;
  EXPECT_EQ(manifest->id, "hip-replacement");
  EXPECT_EQ(manifest->version, "1.0.0");
  EXPECT_EQ(manifest->library, "hip_replacement.so");
  EXPECT_EQ(manifest->limits.deadline, std::chrono::milliseconds{500});
  EXPECT_EQ(manifest->limits.memory_bytes, 67108864U);
  EXPECT_EQ(manifest->source.at("funding"), "none");
  EXPECT_EQ(manifest->files.at("knowledge/codes.json"), kHash);
  ASSERT_EQ(manifest->services.size(), 1U);
  const auto& service = manifest->services[0];
  EXPECT_THAT(service.hooks, testing::ElementsAre("patient-view", "encounter-start"));
  EXPECT_EQ(service.usage_requirements, "None");
  ASSERT_EQ(service.needs.size(), 3U);
  EXPECT_EQ(service.needs[0].level, Level::required);
  EXPECT_EQ(service.needs[1].level, Level::wanted);
  EXPECT_EQ(service.needs[2].level, Level::optional);
  EXPECT_THAT(service.required,
              testing::ElementsAre(testing::ElementsAre("patient"),
                                   testing::ElementsAre("conditions", "procedures")));
  ASSERT_EQ(manifest->options.size(), 4U);
  EXPECT_EQ(std::get<std::int64_t>(manifest->options[0].value), 90);
  EXPECT_EQ(std::get<std::string>(manifest->options[3].value), "");
}

TEST(Manifest, PF_01_GeneratesPrefetchFromNeeds) {
  EXPECT_EQ(prefetch_query({"patient", "Patient", "", Level::required}),
            "Patient/{{context.patientId}}");
  EXPECT_EQ(prefetch_query({"conditions", "Condition", "", Level::wanted}),
            "Condition?patient={{context.patientId}}");
  EXPECT_EQ(
      prefetch_query({"procedures", "Procedure", "status=completed&_count=50", Level::wanted}),
      "Procedure?patient={{context.patientId}}&status=completed&_count=50");
}

TEST(Manifest, NamesTheElementThatIsWrong) {
  const struct {
    const char* old;
    const char* fresh;
    const char* where;
    Errc code;
  } rows[] = {
      {R"("id":"hip-replacement","version")", R"("version")", "id", Errc::missing},
      {R"("id":"hip-replacement","version")", R"("id":"Hip","version")", "id", Errc::malformed},
      {R"("id":"hip-replacement","version")", R"("id":"../x","version")", "id", Errc::malformed},
      {"1.0.0", "1.0", "version", Errc::malformed},
      {"1.0.0", "1.0.0.0", "version", Errc::malformed},
      {"1.0.0", "01.0.0", "version", Errc::malformed},
      {"1.0.0", "1.0.0-", "version", Errc::malformed},
      {R"("abi":1)", R"("abi":2)", "abi", Errc::unsupported},
      {R"("library":"hip_replacement.so")", R"("library":"other.so")", "library", Errc::malformed},
      {R"("library":"hip_replacement.so")", R"("library":"knowledge/codes.json")", "library",
       Errc::malformed},
      {R"(["patient-view","encounter-start"])", "[]", "services[0].hooks", Errc::malformed},
      {R"("description":"Tells of a hip replacement",)", "", "services[0].description",
       Errc::missing},
      {R"("resource":"Procedure")", R"("resource":"procedure")", "services[0].needs[1].resource",
       Errc::malformed},
      {"status=completed", "status=a b", "services[0].needs[1].query", Errc::malformed},
      {"status=completed", "&status=a", "services[0].needs[1].query", Errc::malformed},
      {"status=completed", "status=a}} b{{x", "services[0].needs[1].query", Errc::malformed},
      {"status=completed", "a=b?c=d", "services[0].needs[1].query", Errc::malformed},
      {R"("level":"optional")", R"("prefetch":"Procedure?_id=1")", "services[0].needs[2].prefetch",
       Errc::malformed},
      {R"("level":"optional")", R"("prefetch":"Conditions?_id=1")", "services[0].needs[2].prefetch",
       Errc::malformed},
      {R"("level":"optional")", R"("prefetch":"Condition?a=b c")", "services[0].needs[2].prefetch",
       Errc::malformed},
      {R"("level":"optional")", R"("query":"a=b","prefetch":"Condition?_id=1")",
       "services[0].needs[2].prefetch", Errc::malformed},
      {R"("usageRequirements":"None")", R"("prefetchTokens":"all")", "services[0].prefetchTokens",
       Errc::unsupported},
      {R"("key":"conditions")", R"("key":"patient")", "services[0].needs[2].key", Errc::malformed},
      {R"("level":"optional")", R"("level":"some")", "services[0].needs[2].level",
       Errc::unsupported},
      {R"(["conditions","procedures"])", R"(["devices"])", "services[0].required[1]",
       Errc::malformed},
      {R"("default":90)", R"("default":400)", "options.window_days.default", Errc::out_of_range},
      {R"("default":90)", R"("default":"90")", "options.window_days.default", Errc::malformed},
      {R"("default":false)", R"("description":"x")", "options.quiet.default", Errc::missing},
      {R"("type":"boolean")", R"("type":"number")", "options.quiet.type", Errc::unsupported},
      {R"("deadline_ms":500)", R"("deadline_ms":0)", "limits.deadline_ms", Errc::out_of_range},
      {"67108864", "1", "limits.memory_bytes", Errc::out_of_range},
      {R"("funding":"none")", R"("funding":1)", "source.funding", Errc::malformed},
      {R"("knowledge/codes.json":"0)", R"("knowledge/codes.json":"A)", "files.?", Errc::malformed},
      {"knowledge/codes.json", "knowledge/../codes.json", "files.?", Errc::malformed},
      {"knowledge/codes.json", "../codes.json", "files.?", Errc::malformed},
      {"knowledge/codes.json", "/etc/passwd", "files.?", Errc::malformed},
      {"knowledge/codes.json", "knowledge/a/b.json", "files.?", Errc::malformed},
      {"knowledge/codes.json", "knowledge/.hidden", "files.?", Errc::malformed},
      {"knowledge/codes.json", "manifest.json", "files.manifest.json", Errc::malformed},
      {"knowledge/codes.json", "other.json", "files", Errc::unsupported},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.fresh);
    const auto manifest = read(with(row.old, row.fresh));
    ASSERT_FALSE(manifest);
    EXPECT_EQ(manifest.error().code, row.code);
    EXPECT_EQ(manifest.error().where, row.where);
    EXPECT_FALSE(manifest.error().message.empty());
  }
}

TEST(Manifest, ChecksTheSitesOptions) {
  const auto manifest = read(good());
  ASSERT_TRUE(manifest);
  const auto check = [&](std::string text) {
    return check_options(manifest->options, Document::parse(std::move(text))->root());
  };
  EXPECT_TRUE(check("{}"));
  EXPECT_TRUE(check(R"({"window_days":365,"show":"always","quiet":true,"note":"any"})"));
  EXPECT_EQ(check("[]").error().code, Errc::malformed);
  EXPECT_EQ(check(R"({"window":1})").error().code, Errc::unsupported);
  EXPECT_EQ(check(R"({"window_days":366})").error().code, Errc::out_of_range);
  EXPECT_EQ(check(R"({"window_days":1.5})").error().code, Errc::malformed);
  EXPECT_EQ(check(R"({"quiet":"yes"})").error().where, "quiet");
  const auto show = check(R"({"show":"never"})");
  EXPECT_EQ(show.error().code, Errc::out_of_range);
  EXPECT_EQ(show.error().message, "must be one of relevant, always");
}

TEST(Manifest, WritesWhatItCanRead) {
  const auto declaration = *Document::parse(with(R"("abi":1,"library":"hip_replacement.so",)", ""));
  const auto text = write_manifest(declaration.root(), "x.so", {{"x.so", std::string{kHash}}});
  ASSERT_TRUE(text) << text.error().where << ' ' << text.error().message;
  const auto manifest = read(*text);
  ASSERT_TRUE(manifest);
  EXPECT_EQ(manifest->library, "x.so");
  EXPECT_EQ(manifest->files.size(), 1U) << "the declaration's own list does not count";
  EXPECT_EQ(manifest->services[0].needs.size(), 3U);
  EXPECT_FALSE(write_manifest(declaration.root(), "x.so", {})) << "it could not be read";
}

TEST(Manifest, PF_04_IsWrittenOnlyWithTemplatesThatClientsCanResolve) {
  const std::string simple = R"("usageRequirements":"None")";
  const std::string fhirpath = R"("prefetchTokens":"fhirpath")";
  const struct {
    std::string tokens;
    const char* need;  ///< in place of the level of the need "conditions"
    const char* says;  ///< empty: it is written
  } rows[] = {
      {simple, R"("query":"clinical-status=active")", ""},
      {simple, R"("prefetch":"Condition/{{context.encounterId}}")", ""},
      {simple, R"("query":"onset-date=gt{{today() - 90 days}}")", "neither context.field nor"},
      {fhirpath, R"("query":"onset-date=gt{{today() - 90 days}}")", ""},
      {fhirpath, R"("query":"onset-date=gt{{today() - 3 months}}")", "whole days"},
      {fhirpath,
       R"("prefetch":"Condition?_id={{%procedures.entry.resource.reasonReference.resolve().id}}")",
       ""},
      {fhirpath, R"("prefetch":"Condition?_id={{%conditions.entry.id}}")", "stand before it"},
      {fhirpath, R"("query":"code:not=1")", "modifier"},
      {fhirpath, R"("prefetch":"{{context.userId}}")", ""},
      {fhirpath, R"("prefetch":"{{context.draftOrders.id}}")", "the hook does not permit"},
  };
  for (const auto& [tokens, need, says] : rows) {
    SCOPED_TRACE(need);
    std::string text = with(R"("level":"optional")", need);
    text.replace(text.find(simple), simple.size(), tokens);
    const auto declaration = *Document::parse(std::move(text));
    const auto written = write_manifest(declaration.root(), "x.so", {{"x.so", std::string{kHash}}});
    EXPECT_EQ(written.has_value(), *says == '\0');
    if (!written) {
      EXPECT_NE(written.error().where.find("services[0]"), std::string::npos);
      EXPECT_NE(written.error().where.find("prefetch.conditions"), std::string::npos);
      EXPECT_NE(written.error().message.find(says), std::string::npos) << written.error().message;
    }
  }
}

}  // namespace
}  // namespace cdss::plugin
