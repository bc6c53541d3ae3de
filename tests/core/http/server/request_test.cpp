#include "core/http/server/request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cdss::http {
namespace {

TEST(Request, GivesEachHeaderOfANameInTheOrderSent) {
  Request request;
  request.headers = {{"Authorization", "Bearer a"},
                     {"Origin", "http://localhost"},
                     {"AUTHORIZATION", "Bearer b"},
                     {"Authorization-Info", "c"},
                     {"authorization", ""}};
  EXPECT_THAT(request.all("Authorization"), testing::ElementsAre("Bearer a", "Bearer b", ""));
  EXPECT_EQ(request.count("authorization"), 3U);
  EXPECT_EQ(request.header("origin"), "http://localhost");
  EXPECT_THAT(request.all("cookie"), testing::IsEmpty());
}

}  // namespace
}  // namespace cdss::http
