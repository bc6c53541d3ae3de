#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/http/server/fixture.hpp"

namespace cdss::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace test;

/// A TLS server whose certificate can be replaced.
class TlsReload : public testing::Test {
 protected:
  Settings settings() const {
    Settings settings;
    settings.tls = first.files();
    return settings;
  }
  bool shows(const Certificate& certificate) {
    Client client{running.port()};
    return client.start_tls({}) && client.sees(certificate);
  }
  std::uint64_t reloads(Label outcome) {
    return running.counted("http_tls_reloads_total", outcome);
  }

  const Certificate first;
  const Certificate second;
  Running running{echo, settings()};
};

TEST_F(TlsReload, ShowsTheNewCertificateFromTheNextConnectionOn) {
  Client open{running.port()};
  ASSERT_TRUE(open.start_tls({}));
  replace(first.files(), second.files());
  EXPECT_TRUE(shows(first)) << "nobody has asked yet";
  ASSERT_TRUE(running.server->reload_tls());
  EXPECT_TRUE(shows(second));
  open.send(kGet);
  EXPECT_EQ(open.receive().status, 200) << "what is open goes on";
  EXPECT_EQ(reloads("good"), 2U) << "the start counts";
}

TEST_F(TlsReload, MakesNewTicketKeys) {
  Client before{running.port()};
  ASSERT_TRUE(before.start_tls({}));
  before.send(kGet);
  before.receive();
  ASSERT_TRUE(running.server->reload_tls());
  const auto session = before.session();
  Client after{running.port()};
  ASSERT_TRUE(after.start_tls({.resume = session.get()}));
  EXPECT_FALSE(after.was_resumed());
}

TEST_F(TlsReload, ReadsTheFilesWhenTheyHaveChangedAndOnlyThen) {
  running.server->reload_tls_if_changed();
  EXPECT_EQ(reloads("good"), 1U);
  replace(first.files(), second.files());
  running.server->reload_tls_if_changed();
  EXPECT_TRUE(shows(second));
  running.server->reload_tls_if_changed();
  EXPECT_EQ(reloads("good"), 2U);
  EXPECT_THAT(running.lines.str(), HasSubstr("tls_reloaded"));
}

TEST_F(TlsReload, ReadsTheFilesAgainWhenTheirRightsHaveChanged) {
  std::filesystem::permissions(first.files().key, std::filesystem::perms::owner_read);
  running.server->reload_tls_if_changed();
  EXPECT_EQ(reloads("good"), 2U) << "a renewal may write first and hand over later";
}

TEST_F(TlsReload, KeepsWhatWasGoodAndSaysWhy) {
  const Certificate expired{{.from_s = -7200, .to_s = -3600}};
  Tls mixed = second.files();
  mixed.key = expired.files().key;
  const struct {
    Tls by;
    Errc code;
    const char* reason;
  } rows[] = {
      {expired.files(), Errc::out_of_range, "has expired"},
      {mixed, Errc::missing, "belongs to the certificate"},
  };
  std::uint64_t bad = 0;
  for (const auto& [by, code, reason] : rows) {
    SCOPED_TRACE(reason);
    replace(first.files(), by);
    const auto reloaded = running.server->reload_tls();
    ASSERT_FALSE(reloaded);
    EXPECT_EQ(reloaded.error().code, code);
    EXPECT_THAT(running.lines.str(), HasSubstr(reason));
    EXPECT_TRUE(shows(first));
    EXPECT_EQ(reloads("bad"), ++bad);
    running.server->reload_tls_if_changed();
    EXPECT_EQ(reloads("bad"), bad) << "files that were bad are not read again until they change";
  }
  std::filesystem::remove(first.files().key);
  running.server->reload_tls_if_changed();
  EXPECT_EQ(reloads("bad"), bad + 1);
  EXPECT_TRUE(shows(first));
  replace(first.files(), second.files());
  running.server->reload_tls_if_changed();
  EXPECT_TRUE(shows(second));
}

TEST_F(TlsReload, NeedsTls) {
  Running plain;
  const auto reloaded = plain.server->reload_tls();
  ASSERT_FALSE(reloaded);
  EXPECT_EQ(reloaded.error().code, Errc::unsupported);
  plain.server->reload_tls_if_changed();
  EXPECT_THAT(plain.lines.str(), Not(HasSubstr("tls_reload")));
}

}  // namespace
}  // namespace cdss::http
