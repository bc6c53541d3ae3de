// The test program is also the worker that its pools start.

#include <cstring>

#include <gtest/gtest.h>

#include "core/worker/worker_main.hpp"

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "worker") == 0) {
    return cdss::worker::run_worker();
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
