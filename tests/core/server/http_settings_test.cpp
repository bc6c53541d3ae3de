#include "core/server/http_settings.hpp"

#include <gtest/gtest.h>

namespace cdss::server {
namespace {

TEST(ClientSettings, AreThoseOfTheConfiguration) {
  config::Outbound outbound;
  outbound.certificate_authorities = "/site/authorities.pem";
  outbound.timeout_ms = 1234;
  outbound.allow_private_networks = true;
  const auto settings = client_settings(outbound);
  EXPECT_EQ(settings.ca_file, "/site/authorities.pem");
  EXPECT_EQ(settings.timeout, std::chrono::milliseconds{1234});
  EXPECT_TRUE(settings.private_networks);
  EXPECT_FALSE(client_settings({}).private_networks);
}

}  // namespace
}  // namespace cdss::server
