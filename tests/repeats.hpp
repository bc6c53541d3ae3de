#pragma once

#include <cstdlib>

namespace cdss::test {

/// How often to try made-up input: ten times `usual` under `tests/run long`; half of it under a
/// sanitizer, where each try takes longer.
inline int repeats(int usual) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr int kSlowness = 2;
#else
  constexpr int kSlowness = 1;
#endif
  const int factor = std::getenv("CDSS_TEST_LONG") != nullptr ? 10 : 1;
  return factor * usual / kSlowness;
}

}  // namespace cdss::test
