#include "core/cli/listen_on.hpp"

#include <gtest/gtest.h>

namespace cdss::cli {
namespace {

TEST(ListenOn, MovesLinksToThisMachineAndNoOthers) {
  const struct {
    const char* before;
    std::int64_t port;
    const char* after;
  } rows[] = {
      {"http://127.0.0.1:8080", 9000, "http://127.0.0.1:9000"},
      {"http://localhost:8080/cds", 9000, "http://localhost:9000/cds"},
      {"https://[::1]:8080", 9000, "https://[::1]:9000"},
      {"http://127.0.0.1:8080", 0, "http://127.0.0.1:8080"},
      {"http://127.0.0.1:18080", 9000, "http://127.0.0.1:18080"},
      {"http://127.0.0.1", 9000, "http://127.0.0.1"},
      {"http://127.0.0.1/a:8080", 9000, "http://127.0.0.1/a:8080"},
      {"https://cds.example.org:8080", 9000, "https://cds.example.org:8080"},
  };
  for (const auto& [before, port, after] : rows) {
    config::Settings settings;
    settings.public_url = before;
    listen_on(port, settings);
    EXPECT_EQ(settings.public_url, after);
    EXPECT_EQ(settings.listen.port, port);
  }
}

}  // namespace
}  // namespace cdss::cli
