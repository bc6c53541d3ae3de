#include "core/http/client/client_resolver.hpp"

#include <algorithm>
#include <memory>
#include <sstream>

#include <gtest/gtest.h>

namespace cdss::http {
namespace {

/// The system takes an address that stands where a name does, without a network.
Origin named(const char* address) {
  return {.tls = false, .host = address, .port = 80, .loopback = true};
}

class ClientResolverTest : public testing::Test {
 protected:
  void resolve(const Origin& origin, const std::shared_ptr<void>& who) {
    resolver.resolve(Url::HostKind::name, origin, who, [this](const Result<Endpoints>& found) {
      found ? texts.push_back(found->at(0).address().to_string())
            : codes.push_back(found.error().code);
    });
  }
  /// Until so many answers have come.
  void run(std::size_t answers) {
    while (texts.size() + codes.size() < answers) {
      ASSERT_EQ(io.run_one_for(std::chrono::seconds{10}), 1U);
    }
  }

  std::ostringstream lines;
  Log log{lines, Clock::system()};
  Metrics metrics;
  boost::asio::io_context io;
  ClientResolver resolver{io, log, metrics};
  const std::shared_ptr<void> asker = std::make_shared<int>();
  std::vector<std::string> texts;
  std::vector<Errc> codes;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{io.get_executor()};
};

TEST_F(ClientResolverTest, TellsAllWhoWaitForOneNameAndForAnother) {
  resolve(named("127.0.0.1"), asker);
  resolve(named("127.0.0.1"), asker);
  resolve(named("127.0.0.2"), asker);
  EXPECT_TRUE(texts.empty()) << "the system is not asked on this thread";
  run(3);
  std::ranges::sort(texts);
  EXPECT_EQ(texts, (std::vector<std::string>{"127.0.0.1", "127.0.0.1", "127.0.0.2"}));
  resolve(named("127.0.0.1"), asker);
  run(4);
  EXPECT_EQ(texts.size(), 4U);
}

TEST_F(ClientResolverTest, TellsNobodyWhoHasGone) {
  auto gone = std::make_shared<int>();
  resolve(named("127.0.0.1"), gone);
  resolve(named("127.0.0.1"), asker);
  gone.reset();
  run(1);
  EXPECT_EQ(texts.size(), 1U);
}

TEST_F(ClientResolverTest, FA_12_KeepsTheAddressesThatAreOfAPermittedKind) {
  auto outsider = named("127.0.0.1");
  outsider.loopback = false;
  outsider.tls = true;
  resolve(outsider, asker);
  auto site = named("10.0.0.1");
  resolve(site, asker);  // plain HTTP goes to this machine only
  site.tls = true;
  resolve(site, asker);
  resolve(named("169.254.169.254"), asker);
  run(4);
  EXPECT_EQ(codes, std::vector<Errc>(4, Errc::unsupported));
  site.private_network = true;
  resolve(site, asker);
  run(5);
  EXPECT_EQ(texts, std::vector<std::string>{"10.0.0.1"});
}

}  // namespace
}  // namespace cdss::http
