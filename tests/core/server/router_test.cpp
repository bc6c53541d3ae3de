#include "core/server/router.hpp"

#include <gtest/gtest.h>

namespace cdss::server {
namespace {

TEST(ServicePath, FB_01_NamesAServiceOrWhereItsFeedbackGoes) {
  const struct {
    const char* rest;
    const char* service;
    bool is_feedback;
  } rows[] = {
      {"hip-replacement", "hip-replacement", false},
      {"hip-replacement/feedback", "hip-replacement", true},
      {"feedback", "feedback", false},  // a service may be called so
      {"feedback/feedback", "feedback", true},
      {"hip-replacement/feedback/", "hip-replacement/feedback/", false},
      {"my-feedback", "my-feedback", false},
      {"/feedback", "", true},
      {"", "", false},
  };
  for (const auto& [rest, service, is_feedback] : rows) {
    SCOPED_TRACE(rest);
    const auto path = ServicePath::of(rest);
    EXPECT_EQ(path.service, service);
    EXPECT_EQ(path.is_feedback, is_feedback);
  }
}

}  // namespace
}  // namespace cdss::server
