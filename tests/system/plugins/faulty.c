/*
 * A plugin that fails in the way FAULT says, for tests of what that may cost. Its service has the
 * plugin's id.
 *
 *   crash      aborts
 *   hang       never returns
 *   garbage    answers what is no JSON
 *   silent     answers nothing
 *   sometimes  aborts when the last digit of hookInstance is one of a to f, else answers no cards
 *   redflag    answers a red-flag card that may not be shown, and one that may
 *   open       aborts when it is opened
 */

#include <stdlib.h>
#include <string.h>

#include "core/abi/plugin.h"

#define TEXT(x) #x
#define VALUE(x) TEXT(x)
#define ID "faulty-" VALUE(FAULT)

static int say(const cdss_host* host, const char* text) {
  return host->write(host->context, text, strlen(text));
}

static int declare(const cdss_host* host) {
  /* Only the hanging one is to meet its deadline: a sanitised worker may take long to start. */
  const char* deadline = strcmp(VALUE(FAULT), "hang") == 0 ? "150" : "20000";
  const int full =
      say(host, "{\"id\":\"" ID "\",\"version\":\"1.0.0\",\"services\":[{\"id\":\"" ID
                "\",\"hooks\":[\"patient-view\"],\"title\":\"Faulty\","
                "\"description\":\"Fails on purpose.\",\"needs\":[{\"key\":\"patient\","
                "\"resource\":\"Patient\",\"level\":\"wanted\"}]}],"
                "\"limits\":{\"memory_bytes\":268435456,\"deadline_ms\":") ||
      say(host, deadline) || say(host, "}}");
  return full ? cdss_failed : cdss_ok;
}

static int open_plugin(const cdss_setup* setup, const cdss_host* host, void** state) {
  (void)setup;
  (void)host;
  if (strcmp(VALUE(FAULT), "open") == 0) {
    abort();
  }
  *state = NULL;
  return cdss_ok;
}

static int is_bad_instance(const cdss_request* request) {
  const cdss_document body = cdss_request_document(request, 0);
  const uint32_t node = cdss_find_member(&body, 0, "hookInstance", strlen("hookInstance"));
  const cdss_text text = cdss_node_text(&body, node);
  return text.bytes[text.length - 1] >= 'a';
}

static int evaluate(void* state, const cdss_request* request, const cdss_host* host) {
  (void)state;
  if (strcmp(VALUE(FAULT), "crash") == 0 ||
      (strcmp(VALUE(FAULT), "sometimes") == 0 && is_bad_instance(request))) {
    abort();
  }
  if (strcmp(VALUE(FAULT), "hang") == 0) {
    volatile int forever = 1;
    while (forever) {
    }
  }
  if (strcmp(VALUE(FAULT), "garbage") == 0) {
    return say(host, "{\"cards\": [not json") == 0 ? cdss_ok : cdss_failed;
  }
  if (strcmp(VALUE(FAULT), "silent") == 0) {
    return cdss_ok;
  }
  if (strcmp(VALUE(FAULT), "redflag") == 0) {
    return say(host,
               "{\"cards\":[{\"summary\":\"Secret words\",\"detail\":\"<b>secret words</b>\","
               "\"indicator\":\"critical\",\"source\":{\"label\":\"faulty\"},\"extension\":"
               "{\"org.psoas-cds.card\":{\"card_kind\":\"red-flag-infection\"}}},"
               "{\"summary\":\"Good\",\"indicator\":\"info\",\"source\":{\"label\":\"faulty\"}}]"
               "}") == 0
               ? cdss_ok
               : cdss_failed;
  }
  return say(host, "{\"cards\":[]}") == 0 ? cdss_ok : cdss_failed;
}

static void close_plugin(void* state) {
  (void)state;
}

__attribute__((visibility("default"))) const cdss_plugin cdss_plugin_v1 = {
    sizeof(cdss_plugin), CDSS_ABI, ID, "1.0.0", declare, open_plugin, evaluate, close_plugin};
