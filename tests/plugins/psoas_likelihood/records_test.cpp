// Synthetic patients and measure test cases that others made, read by both plugins.

#include <filesystem>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/json/document.hpp"
#include "core/json/json_writer.hpp"
#include "fhir/resources/read_all.hpp"
#include "fhir/types/resource.hpp"
#include "plugins/hip_replacement/hip_replacement.hpp"
#include "plugins/psoas_likelihood/psoas_likelihood.hpp"
#include "tests/gzip.hpp"
#include "tests/plugins/call.hpp"

namespace {

using cdss::View;
using cdss::test::Call;
using cdss::test::GivenKey;
using cdss::test::RecordBuilder;

/// One patient's resources, by type, as JSON.
using Resources = std::map<std::string, std::vector<std::string>>;

std::string text_of(View value) {
  std::string text;
  cdss::json::append_value(text, value);
  return text;
}

/// Patients of a Synthea file (one resource a line) or of a measure's file (one Bundle a line).
std::vector<Resources> read_patients(const std::filesystem::path& path, bool is_bundle_a_line) {
  std::vector<Resources> patients(is_bundle_a_line ? 0 : 1);
  for (const auto& line : cdss::test::lines_of_gzip(path)) {
    const auto document = cdss::test::parsed(line);
    if (is_bundle_a_line) {
      patients.emplace_back();
    }
    cdss::fhir::for_each_resource(document.root(), [&](View resource) {
      patients.back()[std::string{cdss::fhir::resource_type(resource)}].push_back(
          text_of(resource));
    });
  }
  return patients;
}

GivenKey key(const std::string& name, const std::vector<std::string>& resources) {
  if (resources.empty()) {
    return {name, cdss_key_empty, "", ""};
  }
  return {name, cdss_key_present, RecordBuilder::bundle(resources), ""};
}

std::vector<GivenKey> keys_of(Resources& patient) {
  return {{"patient", cdss_key_present, patient["Patient"].at(0), ""},
          key("conditions", patient["Condition"]),
          key("procedures", patient["Procedure"]),
          key("examination", {}),
          key("questionnaire", patient["QuestionnaireResponse"])};
}

template <class Plugin>
const Plugin& opened(const char* knowledge) {
  static const auto kFiles = cdss::test::KnowledgeFiles::read(knowledge);
  static const auto kOptions = cdss::test::parsed("{}");
  static const auto kPlugin = cdss::test::open_plugin<Plugin>(kFiles, kOptions);
  if (!kPlugin) {
    throw std::runtime_error(kPlugin.error().message);
  }
  return *kPlugin;
}

/// What both plugins made of a set of patients.
struct Tally {
  std::size_t patients = 0;
  std::size_t unreadable = 0;
  std::map<std::string, std::size_t> flags;
  std::map<std::string, std::size_t> bands;
  std::map<std::string, std::size_t> cards;  // by kind

  void add(Resources& patient) {
    const Call call{R"({"hook":"patient-view","context":{"patientId":"p"}})", keys_of(patient)};
    const auto hip = opened<cdss::hip_replacement::HipReplacement>(CDSS_HIP_REPLACEMENT_KNOWLEDGE)
                         .evaluate(call.request());
    const auto psoas =
        opened<cdss::psoas_likelihood::PsoasLikelihood>(CDSS_PSOAS_LIKELIHOOD_KNOWLEDGE)
            .evaluate(call.request());
    ++patients;
    ++flags[std::string{cdss::test::parsed(hip->assessment).root().text_or_empty("thaFlag")}];
    ++bands[std::string{cdss::test::parsed(psoas->assessment).root().text_or_empty("band")}];
    for (const auto* answer : {&*hip, &*psoas}) {
      for (const auto& card : answer->cards) {
        ++cards[card.card_kind];
        unreadable += card.detail.find("could not be read") != std::string::npos ? 1U : 0U;
      }
    }
  }

  void print(const char* title) const {
    std::cout << title << ": " << patients << " patients";
    for (const auto* map : {&flags, &bands, &cards}) {
      for (const auto& [name, count] : *map) {
        std::cout << ", " << name << ' ' << count;
      }
    }
    std::cout << '\n';
  }
};

Tally tally_folder(const char* folder) {
  Tally tally;
  for (const auto& path : cdss::test::files_in(std::string{CDSS_TEST_DATA} + folder, ".gz")) {
    for (auto& patient : read_patients(path, false)) {
      tally.add(patient);
    }
  }
  return tally;
}

TEST(Records, OfSyntheaWithoutAHipReplacementHaveNoneAndAreNotLikely) {
  auto tally = tally_folder("/synthea/patients");
  tally.print("Synthea originals");
  EXPECT_EQ(tally.patients, 102U);
  EXPECT_EQ(tally.flags["none"], 102U);
  EXPECT_EQ(tally.bands["likely"], 0U);
}

TEST(Records, OfSyntheaWithAGraftedHipReplacementAllHaveIt) {
  auto tally = tally_folder("/synthea/derived-thr");
  tally.print("Synthea with a hip replacement");
  EXPECT_EQ(tally.patients, 16U);
  EXPECT_EQ(tally.flags["none"], 0U);
  EXPECT_EQ(tally.bands["likely"], 0U);
}

TEST(Records, OfMeasuresHaveAHipReplacementWhereItIsCoded) {
  Tally with;
  Tally without;
  for (const auto& path : cdss::test::files_in(CDSS_TEST_DATA "/ecqm", ".gz")) {
    for (auto& patient : read_patients(path, true)) {
      bool has = false;
      for (const auto& procedure : patient["Procedure"]) {
        has = has || procedure.find("\"0SR9") != std::string::npos ||
              procedure.find("\"0SRB") != std::string::npos;
      }
      (has ? with : without).add(patient);
    }
  }
  with.print("Measure cases with ICD-10-PCS 0SR9 or 0SRB");
  without.print("Measure cases without");
  EXPECT_EQ(with.patients, 40U);
  EXPECT_EQ(with.flags["none"], 0U);
  EXPECT_EQ(without.patients, 64U);
  EXPECT_EQ(without.flags["none"], 64U);
}

/// The keys of an example request; null means that the client looked and found nothing.
std::vector<GivenKey> keys_of_example(View body) {
  std::vector<GivenKey> keys;
  for (const auto& member : body.find("prefetch")->members()) {
    keys.push_back({std::string{member.name},
                    member.value.is_null() ? cdss_key_empty : cdss_key_present,
                    member.value.is_null() ? "" : text_of(member.value), ""});
  }
  return keys;
}

TEST(Examples, AreAnsweredWithACard) {
  const std::string folder = CDSS_SOURCE_DIR "/config/examples/";
  const auto hip_body = cdss::read_json_file(folder + "hip-replacement.json");
  ASSERT_TRUE(hip_body);
  const Call hip_call{text_of(hip_body->root()), keys_of_example(hip_body->root())};
  const auto hip = opened<cdss::hip_replacement::HipReplacement>(CDSS_HIP_REPLACEMENT_KNOWLEDGE)
                       .evaluate(hip_call.request());
  ASSERT_EQ(hip->cards.size(), 1U);
  EXPECT_EQ(hip->cards[0].card_kind, "hip-replacement-pathway");
  std::cout << hip->cards[0].summary << "\n\n" << hip->cards[0].detail << "\n\n";

  const auto psoas_body = cdss::read_json_file(folder + "psoas-likelihood.json");
  ASSERT_TRUE(psoas_body);
  const Call psoas_call{text_of(psoas_body->root()), keys_of_example(psoas_body->root())};
  const auto psoas =
      opened<cdss::psoas_likelihood::PsoasLikelihood>(CDSS_PSOAS_LIKELIHOOD_KNOWLEDGE)
          .evaluate(psoas_call.request());
  ASSERT_EQ(psoas->cards.size(), 1U);
  EXPECT_EQ(psoas->cards[0].card_kind, "psoas-likelihood-possible");
  std::cout << psoas->cards[0].summary << "\n\n"
            << psoas->cards[0].detail << '\n'
            << psoas->assessment << '\n';
}

}  // namespace
