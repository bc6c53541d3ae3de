// Requests in the shape of each client that a profile is shipped for: tests/data/clients/README.md.

#include <fstream>
#include <iterator>

#include "core/hooks/request/normalize_request.hpp"
#include "core/hooks/request/request.hpp"
#include "tests/core/hooks/support.hpp"

namespace cdss::hooks {
namespace {

std::string request_of(const char* client) {
  std::ifstream in{std::string{CDSS_TEST_DATA} + "/clients/" + client + "/request.json",
                   std::ios::binary};
  EXPECT_TRUE(in) << client;
  return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(Clients, SendRequestsThatAreReadOrForgiven) {
  const struct {
    const char* client;
    const char* refused_at;  // without leniencies; null: accepted
    const char* hook;        // with them
    std::size_t resources;
  } rows[] = {
      {"development", nullptr, "patient-view", 0}, {"strict", nullptr, "patient-view", 0},
      {"epic", nullptr, "patient-view", 0},        {"oracle", nullptr, "patient-view", 0},
      {"inferno", nullptr, "encounter-start", 0},  {"sandbox", nullptr, "order-sign", 1},
      {"bahmni", "hookInstance", "order-sign", 1},
  };
  constexpr Leniencies kAll{.no_hook_instance = true,
                            .no_context = true,
                            .hook_is_service = true,
                            .draft_shapes = true,
                            .message_in_errors = true};
  const std::vector<std::string> hooks{"patient-view", "order-select", "order-sign"};
  for (const auto& [client, refused_at, hook, resources] : rows) {
    SCOPED_TRACE(client);
    auto document = parse(request_of(client));
    const auto strict = read_request(document.root());
    EXPECT_EQ(strict.has_value(), refused_at == nullptr);
    if (!strict) {
      EXPECT_EQ(strict.error().where, refused_at);
    }
    const cdss_node* const nodes = document.c_document().nodes;
    const auto normalized = normalize_request(std::move(document), kAll,
                                              {.id = "treatment-escalation", .hooks = hooks});
    ASSERT_TRUE(normalized);
    EXPECT_EQ(normalized->c_document().nodes != nodes, refused_at != nullptr);
    const auto read = read_request(normalized->root(), kAll);
    ASSERT_TRUE(read) << read.error().where << ": " << read.error().message;
    EXPECT_EQ(read->hook, hook);
    EXPECT_FALSE(read->context.patient_id.empty());
    EXPECT_EQ(read->context.resources.size(), resources);
  }
}

}  // namespace
}  // namespace cdss::hooks
