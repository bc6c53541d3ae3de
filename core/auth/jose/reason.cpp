#include "core/auth/jose/reason.hpp"

namespace cdss::auth {
namespace {

struct Row {
  Label label;
  Explanation explanation;
};

constexpr Row kRows[] = {
#define REASON(name, what, advice) {#name, {what, advice}},
#include "core/auth/jose/reason.def"
#undef REASON
};

}  // namespace

Label label_of(Reason reason) {
  return kRows[static_cast<std::size_t>(reason)].label;
}

Explanation explain(Reason reason) {
  return kRows[static_cast<std::size_t>(reason)].explanation;
}

}  // namespace cdss::auth
