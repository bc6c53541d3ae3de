#ifndef CDSS_TESTS_CORE_WORKER_PLUGINS_TEST_PLUGIN_H
#define CDSS_TESTS_CORE_WORKER_PLUGINS_TEST_PLUGIN_H

/* What the small plugins of the worker tests share: a declaration, and writing text. */

#include <stdio.h>
#include <string.h>

#include "core/abi/plugin.h"

#define EXPORT __attribute__((visibility("default")))

static inline int say(const cdss_host* host, const char* text) {
  return host->write(host->context, text, strlen(text)) == 0 ? cdss_ok : cdss_failed;
}

static inline int say_bytes(const cdss_host* host, cdss_text text) {
  return host->write(host->context, text.bytes, text.length) == 0 ? cdss_ok : cdss_failed;
}

static inline int say_number(const cdss_host* host, long long number) {
  char text[32];
  snprintf(text, sizeof text, "%lld", number);
  return say(host, text);
}

/* A service `name` that reads the patient and the conditions, and one option. */
static inline int declare_as(const cdss_host* host, const char* name) {
  say(host, "{\"id\":\"");
  say(host, name);
  say(host, "\",\"version\":\"1.2.3\",\"services\":[{\"id\":\"");
  say(host, name);
  return say(host,
             "\",\"hooks\":[\"patient-view\"],\"description\":\"A plugin for tests\",\"needs\":["
             "{\"key\":\"patient\",\"resource\":\"Patient\",\"level\":\"required\"},"
             "{\"key\":\"conditions\",\"resource\":\"Condition\"}]}],"
             "\"options\":{\"window_days\":{\"type\":\"integer\",\"default\":90,\"minimum\":1,"
             "\"maximum\":365,\"doc\":\"Days\"}},"
             "\"limits\":{\"deadline_ms\":60000,\"memory_bytes\":67108864}}");
}

/* True when member `name` of the body is the text `value`. */
static inline int body_says(const cdss_request* request, const char* name, const char* value) {
  const cdss_document body = cdss_request_document(request, 0);
  const uint32_t node = cdss_find_member(&body, 0, name, strlen(name));
  cdss_text text;
  if (node == cdss_no_node) {
    return 0;
  }
  text = cdss_node_text(&body, node);
  return text.length == strlen(value) && memcmp(text.bytes, value, text.length) == 0;
}

#define PLUGIN(name, open_it, evaluate_it, close_it)                                              \
  static int declare_it(const cdss_host* host) {                                                  \
    return declare_as(host, name);                                                                \
  }                                                                                               \
  EXPORT const cdss_plugin cdss_plugin_v1 = {sizeof(cdss_plugin), CDSS_ABI, name,        "1.2.3", \
                                             declare_it,          open_it,  evaluate_it, close_it}

static inline int open_nothing(const cdss_setup* setup, const cdss_host* host, void** state) {
  (void)setup;
  (void)host;
  *state = NULL;
  return cdss_ok;
}

static inline void close_nothing(void* state) {
  (void)state;
}

#endif
