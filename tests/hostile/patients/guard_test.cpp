// Every shape by which a call may hold another patient's data, held to the guard alone.

#include <set>

#include <gtest/gtest.h>

#include "core/json/document.hpp"
#include "core/json/document_builder.hpp"
#include "core/record/patient_guard.hpp"
#include "tests/hostile/patients/shapes.hpp"

namespace cdss::hostile {
namespace {

TEST(WrongPatients, AreOfAtLeastAHundredShapes) {
  std::set<std::string> calls;
  std::size_t wrong = 0;
  for (const Shape& shape : shapes()) {
    EXPECT_TRUE(calls.insert(call_of(shape)).second) << shape.what;
    wrong += shape.ends == Ends::refused ? 1 : 0;
  }
  EXPECT_GE(wrong, 100U);
}

TEST(WrongPatients, PF_45_AreRefusedAtTheElementThatSaysSo) {
  for (const Shape& shape : shapes()) {
    SCOPED_TRACE(shape.what);
    const auto document = Document::parse(call_of(shape));
    ASSERT_TRUE(document) << document.error().where << ' ' << document.error().message;
    const auto request = hooks::read_request(document->root());
    ASSERT_TRUE(request) << request.error().where << ' ' << request.error().message;
    const auto checked = record::check_patient(*request);
    ASSERT_EQ(checked.has_value(), shape.ends != Ends::refused);
    if (!checked) {
      EXPECT_EQ(checked.error().code, Errc::malformed);
      EXPECT_EQ(checked.error().where, shape.where);
    }
  }
}

TEST(WrongPatients, PF_45_AreLeftOutWhereNobodyCanTell) {
  for (const Shape& shape : shapes()) {
    if (shape.ends == Ends::refused) {
      continue;
    }
    SCOPED_TRACE(shape.what);
    const auto document = Document::parse(call_of(shape));
    ASSERT_TRUE(document);
    const auto request = hooks::read_request(document->root());
    ASSERT_TRUE(request);
    const auto checked = record::check_patient(*request);
    ASSERT_TRUE(checked);
    ASSERT_EQ(checked->nodes.size(), shape.ends == Ends::excluded ? 1U : 0U);
    if (!checked->is_empty()) {
      EXPECT_EQ((View{document->c_document(), checked->nodes.front()}.path()), shape.where);
    }
    const auto less = copy_of(document->root(), checked->nodes);
    ASSERT_TRUE(less);
    const auto again = hooks::read_request(less->root());
    ASSERT_TRUE(again);
    const auto nothing_more = record::check_patient(*again);
    ASSERT_TRUE(nothing_more);
    EXPECT_TRUE(nothing_more->is_empty());
  }
}

}  // namespace
}  // namespace cdss::hostile
