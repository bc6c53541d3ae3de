// What keeps a server from starting, and how it says so.

#include <gtest/gtest.h>

#include "core/http/server/server.hpp"
#include "tests/core/http/server/fixture.hpp"

namespace cdss::http {
namespace {

using namespace test;

TEST(Server, SaysWhatToDoWhenItsPortIsInUse) {
  Running running;
  const auto started =
      Server::start({.port = running.port()}, echo, error_body, running.log, running.metrics);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().message,
            "is in use already; stop what listens there or choose another port");
}

TEST(Server, SaysWhyItDoesNotStart) {
  Running running;
  const std::string taken = "listen 127.0.0.1:" + std::to_string(running.port());
  const struct {
    const char* what;
    Settings settings;
    Errc code;
    const char* where;
  } rows[] = {
      {"no address", {.address = "example.org"}, Errc::malformed, "listen example.org"},
      {"a port in use", {.port = running.port()}, Errc::unavailable, taken.c_str()},
      {"another's address", {.address = "192.0.2.1"}, Errc::unavailable, "listen 192.0.2.1:0"},
      {"another's IPv6 address",
       {.address = "2001:db8::1"},
       Errc::unavailable,
       "listen [2001:db8::1]:0"},
      {"no connections", {.connections = 0}, Errc::out_of_range, "connections"},
      {"a header past the buffer", {.header_bytes = 65536}, Errc::out_of_range, "header_bytes"},
      {"no certificate", {.tls = Tls{"/absent.pem", "/absent.pem"}}, Errc::missing, "/absent.pem"},
  };
  for (const auto& [what, settings, code, where] : rows) {
    SCOPED_TRACE(what);
    const auto started = Server::start(settings, echo, error_body, running.log, running.metrics);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, code);
    EXPECT_EQ(started.error().where, where);
  }
}

}  // namespace
}  // namespace cdss::http
