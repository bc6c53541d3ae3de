// The client side: URLs, addresses, and calls to servers on the loopback.

#include <memory>

#include <gtest/gtest.h>

#include "core/http/client/address.hpp"
#include "core/http/client/client.hpp"
#include "tests/core/http/certificate.hpp"
#include "tests/core/http/client/asking.hpp"
#include "tests/core/http/server/fixture.hpp"

namespace cdss::http {
namespace {

using test::Certificate;
using test::get;
using test::Held;
using test::Running;

TEST(Address, KnowsWhereItLeads) {
  using enum AddressKind;
  const struct {
    const char* address;
    AddressKind kind;
  } rows[] = {
      {"8.8.8.8", global},
      {"172.32.0.1", global},
      {"100.128.0.1", global},
      {"9.255.255.255", global},
      {"11.0.0.0", global},
      {"2606:4700::1", global},
      {"2a00:1450:4001::5", global},
      {"127.0.0.1", loopback},
      {"127.255.255.254", loopback},
      {"::1", loopback},
      {"::ffff:127.0.0.1", loopback},
      {"10.0.0.1", private_network},
      {"172.16.0.1", private_network},
      {"172.31.255.255", private_network},
      {"192.168.1.1", private_network},
      {"100.64.0.1", private_network},
      {"100.100.100.199", private_network},
      {"100.100.100.200", forbidden},
      {"fd00:ec2::254", forbidden},
      {"fd00:ec3::254", private_network},
      {"fc00::1", private_network},
      {"fd12:3456::1", private_network},
      {"::ffff:10.0.0.1", private_network},
      {"64:ff9b::a00:1", private_network},
      {"2002:c0a8:101::1", private_network},
      {"2002:7f00:1::", loopback},
      {"0.0.0.0", forbidden},
      {"169.254.169.254", forbidden},
      {"224.0.0.1", forbidden},
      {"240.0.0.1", forbidden},
      {"255.255.255.255", forbidden},
      {"192.0.2.1", forbidden},
      {"198.18.0.1", forbidden},
      {"203.0.113.9", forbidden},
      {"::", forbidden},
      {"fe80::1", forbidden},
      {"fe80::1%eth0", forbidden},
      {"ff02::1", forbidden},
      {"fec0::1", forbidden},
      {"2001:db8::1", forbidden},
      {"2001::1", forbidden},
      {"::ffff:169.254.169.254", forbidden},
      {"::7f00:1", forbidden},
      {"", forbidden},
      {"localhost", forbidden},
      {"127.1", forbidden},
  };
  for (const auto& [address, kind] : rows) {
    EXPECT_EQ(kind_of(address), kind) << address;
  }
}

std::string at(const char* scheme, const char* host, const Running& server, const char* path) {
  return test::url_of(server, path, std::string{scheme} + "://" + host);
}

TEST(Client, JWT_24_FetchesOverTlsFromAServerThatItTrusts) {
  const Certificate certificate;
  const Running server{test::echo, {.tls = certificate.files()}};
  const auto client = test::start_client({.ca_file = certificate.files().certificate});
  for (const char* host : {"localhost", "127.0.0.1"}) {
    const auto reply = get(*client, at("https", host, server, "/keys?a=b"));
    ASSERT_TRUE(reply) << reply.error().message;
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->content_type, "text/plain");
    EXPECT_EQ(reply->body, "GET /keys?a=b []");
  }
}

TEST(Client, JWT_24_RefusesAServerThatItDoesNotTrust) {
  const Certificate certificate;
  const Certificate stranger;
  const Certificate other_name{{.alternative_names = "DNS:ehr.example"}};
  const Running server{test::echo, {.tls = certificate.files()}};
  const auto by_system = test::start_client();
  EXPECT_EQ(get(*by_system, at("https", "localhost", server, "/")).error().code, Errc::unavailable);
  const auto by_stranger = test::start_client({.ca_file = stranger.files().certificate});
  EXPECT_EQ(get(*by_stranger, at("https", "localhost", server, "/")).error().code,
            Errc::unavailable);
  const Running misnamed{test::echo, {.tls = other_name.files()}};
  const auto by_name = test::start_client({.ca_file = other_name.files().certificate});
  EXPECT_EQ(get(*by_name, at("https", "localhost", misnamed, "/")).error().code, Errc::unavailable);
  EXPECT_EQ(server.server != nullptr, true);
}

TEST(Client, JWT_24_GoesNeitherToThisMachineNorOverPlainHttpUnlessTold) {
  const Running server;
  const auto client = test::start_client();
  EXPECT_EQ(get(*client, at("http", "127.0.0.1", server, "/"), false).error().code,
            Errc::unsupported);
  EXPECT_EQ(get(*client, at("https", "localhost", server, "/"), false).error().code,
            Errc::unsupported);
  for (const char* url : {"https://10.0.0.1/", "https://169.254.169.254/", "https://[fe80::1]/",
                          "https://192.168.0.1/", "https://0.0.0.0/", "http://93.184.216.34/"}) {
    EXPECT_EQ(get(*client, url).error().code, Errc::unsupported) << url;
  }
  EXPECT_EQ(get(*client, at("http", "localhost", server, "/"))->body, "GET /? []");
}

TEST(Client, JWT_24_FollowsNoRedirect) {
  const Running server{[](const Request&, const Respond& respond) {
    Response response;
    response.status = 302;
    response.headers = {{"Location", "/other"}};
    respond(std::move(response));
  }};
  const auto client = test::start_client();
  const auto reply = get(*client, at("http", "127.0.0.1", server, "/"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 302);
}

TEST(Client, JWT_24_BoundsTheTimeAndTheSizeOfAnAnswer) {
  Held held;
  const Running slow{held.handler()};
  const auto hasty = test::start_client({.timeout = std::chrono::milliseconds{50}});
  EXPECT_EQ(get(*hasty, at("http", "127.0.0.1", slow, "/")).error().code, Errc::timed_out);
  const Running large{[](const Request&, const Respond& respond) {
    Response response;
    response.body = std::string(1001, 'x');
    respond(std::move(response));
  }};
  const auto client = test::start_client({.body_bytes = 1000});
  EXPECT_EQ(get(*client, at("http", "127.0.0.1", large, "/")).error().code, Errc::out_of_range);
}

TEST(Client, SaysWhatIsWrong) {
  const auto client = test::start_client({.timeout = std::chrono::milliseconds{2000}});
  EXPECT_EQ(get(*client, "not a url").error().code, Errc::unsupported);
  EXPECT_EQ(get(*client, "http://127.0.0.1:1/").error().code, Errc::unavailable);
  EXPECT_EQ(test::try_client({.ca_file = "/nowhere/ca.pem"}).error().code, Errc::missing);
}

TEST(Client, DropsWhatRunsWhenItEnds) {
  Held held;
  const Running server{held.handler()};
  const auto alive = std::make_shared<int>(0);
  Respond respond;  // outlives the client: dropped earlier, it would answer 500
  {
    const auto client = test::start_client();
    client->ask({.url = at("http", "127.0.0.1", server, "/"), .loopback = true},
                [alive](const Result<Reply>&) { ADD_FAILURE(); });
    respond = held.take();
  }
  EXPECT_EQ(alive.use_count(), 1);
}

}  // namespace
}  // namespace cdss::http
