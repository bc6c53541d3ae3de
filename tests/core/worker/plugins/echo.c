/* Writes what it was given: options, knowledge, keys, today, and the body's texts. */

#include <stdlib.h>

#include "tests/core/worker/plugins/test_plugin.h"

struct state {
  long window_days;
  uint32_t knowledge_count;
  uint32_t first_length; /* of the array `codes` in the first knowledge file */
};

static int open_echo(const cdss_setup* setup, const cdss_host* host, void** out) {
  const uint32_t window = cdss_find_member(&setup->options, 0, "window_days", 11);
  struct state* state = calloc(1, sizeof *state);
  if (state == NULL) {
    return say(host, "no memory") == cdss_ok ? cdss_failed : cdss_failed;
  }
  state->window_days = 90;
  if (window != cdss_no_node) {
    state->window_days = strtol(cdss_node_text(&setup->options, window).bytes, NULL, 10);
  }
  state->knowledge_count = setup->knowledge_count;
  if (setup->knowledge_count > 0) {
    const cdss_document* document = &setup->knowledge[0].document;
    const uint32_t codes = cdss_find_member(document, 0, "codes", 5);
    state->first_length = codes == cdss_no_node ? 0 : document->nodes[codes].length;
  }
  *out = state;
  return cdss_ok;
}

static void say_key(const cdss_request* request, const cdss_host* host, uint32_t i) {
  static const char* const kStates[] = {"present", "empty", "unavailable", "truncated"};
  const cdss_key* key = cdss_request_key(request, i);
  say(host, i == 0 ? "" : ",");
  say(host, "{\"name\":\"");
  say_bytes(host, cdss_request_text(request, key->name));
  say(host, "\",\"state\":\"");
  say(host, kStates[key->state]);
  say(host, "\",\"reason\":\"");
  say_bytes(host, cdss_request_text(request, key->reason));
  say(host, "\",\"value\":\"");
  if (key->state == cdss_key_present || key->state == cdss_key_truncated) {
    const cdss_document document = cdss_request_document(request, key->document);
    say_bytes(host, cdss_node_text(&document, key->node));
  }
  say(host, "\"}");
}

static int evaluate_echo(void* opened, const cdss_request* request, const cdss_host* host) {
  const struct state* state = opened;
  const cdss_document body = cdss_request_document(request, 0);
  const uint32_t secret = cdss_find_member(&body, 0, "secret", 6);
  const uint32_t note = cdss_find_member(&body, 0, "note", 4);
  uint32_t i;
  say(host, "{\"service\":\"");
  say_bytes(host, cdss_request_text(request, request->service));
  say(host, "\",\"today\":");
  say_number(host, request->today);
  say(host, ",\"explain\":");
  say_number(host, request->explain);
  say(host, ",\"documents\":");
  say_number(host, request->document_count);
  say(host, ",\"windowDays\":");
  say_number(host, state->window_days);
  say(host, ",\"knowledge\":");
  say_number(host, state->knowledge_count);
  say(host, ",\"codes\":");
  say_number(host, state->first_length);
  say(host, ",\"keys\":[");
  for (i = 0; i < request->key_count; ++i) {
    say_key(request, host, i);
  }
  say(host, "],\"secret\":\"");
  if (secret != cdss_no_node) {
    say_bytes(host, cdss_node_text(&body, secret));
  }
  say(host, "\",\"note\":\"");
  if (note != cdss_no_node) {
    say_bytes(host, cdss_node_text(&body, note));
  }
  return say(host, "\"}");
}

PLUGIN("echo", open_echo, evaluate_echo, free);
