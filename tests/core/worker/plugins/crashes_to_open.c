/* Never gets as far as saying anything. */

#include <stdlib.h>

#include "tests/core/worker/plugins/test_plugin.h"

static int open_crashed(const cdss_setup* setup, const cdss_host* host, void** state) {
  (void)setup;
  (void)host;
  (void)state;
  abort();
}

static int evaluate_never(void* state, const cdss_request* request, const cdss_host* host) {
  (void)state;
  (void)request;
  (void)host;
  return cdss_failed;
}

PLUGIN("crashes-to-open", open_crashed, evaluate_never, close_nothing);
