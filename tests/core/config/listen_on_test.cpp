#include <gtest/gtest.h>

#include "core/config/settings.hpp"

namespace cdss::config {
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
    Settings settings;
    settings.public_url = before;
    settings.listen_on(port);
    EXPECT_EQ(settings.public_url, after);
    EXPECT_EQ(settings.listen.port, port);
  }
}

}  // namespace
}  // namespace cdss::config
