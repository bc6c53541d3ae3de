/* Says why it will not open. */

#include "tests/core/worker/plugins/test_plugin.h"

static int open_refused(const cdss_setup* setup, const cdss_host* host, void** state) {
  (void)setup;
  (void)state;
  say(host, "knowledge/weights.json lacks the weight of fever");
  return cdss_bad_knowledge;
}

static int evaluate_never(void* state, const cdss_request* request, const cdss_host* host) {
  (void)state;
  (void)request;
  (void)host;
  return cdss_failed;
}

PLUGIN("refuses-to-open", open_refused, evaluate_never, close_nothing);
