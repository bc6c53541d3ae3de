// The promise that a plugin built for ABI 1 loads on every host with ABI 1, as numbers. A change
// here breaks plugins that are out there: it needs a new ABI, or a member at a struct's end.

#include <cstddef>

#include <gtest/gtest.h>

#include "core/abi/plugin.h"
#include "core/abi/request.h"

namespace {

static_assert(sizeof(void*) == 8, "the figures below are those of a 64-bit machine");

#define LAYOUT(type, member, at) static_assert(offsetof(type, member) == (at))

static_assert(sizeof(cdss_node) == 16);
LAYOUT(cdss_node, offset, 0);
LAYOUT(cdss_node, length, 4);
LAYOUT(cdss_node, next, 8);
LAYOUT(cdss_node, kind, 12);
LAYOUT(cdss_node, flags, 13);
LAYOUT(cdss_node, reserved, 14);

static_assert(sizeof(cdss_document) == 24);
LAYOUT(cdss_document, nodes, 0);
LAYOUT(cdss_document, text, 8);
LAYOUT(cdss_document, node_count, 16);
LAYOUT(cdss_document, text_size, 20);

static_assert(sizeof(cdss_text) == 16);
LAYOUT(cdss_text, bytes, 0);
LAYOUT(cdss_text, length, 8);

static_assert(sizeof(cdss_span) == 8);
LAYOUT(cdss_span, offset, 0);
LAYOUT(cdss_span, length, 4);

static_assert(sizeof(cdss_key) == 32);
LAYOUT(cdss_key, name, 0);
LAYOUT(cdss_key, reason, 8);
LAYOUT(cdss_key, state, 16);
LAYOUT(cdss_key, document, 20);
LAYOUT(cdss_key, node, 24);
LAYOUT(cdss_key, reserved, 28);

static_assert(sizeof(cdss_document_entry) == 24);
LAYOUT(cdss_document_entry, nodes, 0);
LAYOUT(cdss_document_entry, text, 8);
LAYOUT(cdss_document_entry, node_count, 16);
LAYOUT(cdss_document_entry, text_size, 20);

static_assert(sizeof(cdss_request) == 56);
LAYOUT(cdss_request, size, 0);
LAYOUT(cdss_request, abi, 4);
LAYOUT(cdss_request, total, 8);
LAYOUT(cdss_request, today, 16);
LAYOUT(cdss_request, explain, 20);
LAYOUT(cdss_request, service, 24);
LAYOUT(cdss_request, document_count, 32);
LAYOUT(cdss_request, key_count, 36);
LAYOUT(cdss_request, documents, 40);
LAYOUT(cdss_request, keys, 48);

static_assert(sizeof(cdss_host) == 24);
LAYOUT(cdss_host, size, 0);
LAYOUT(cdss_host, reserved, 4);
LAYOUT(cdss_host, context, 8);
LAYOUT(cdss_host, write, 16);

static_assert(sizeof(cdss_knowledge) == 40);
LAYOUT(cdss_knowledge, path, 0);
LAYOUT(cdss_knowledge, document, 16);

static_assert(sizeof(cdss_setup) == 40);
LAYOUT(cdss_setup, size, 0);
LAYOUT(cdss_setup, knowledge_count, 4);
LAYOUT(cdss_setup, knowledge, 8);
LAYOUT(cdss_setup, options, 16);

static_assert(sizeof(cdss_plugin) == 56);
LAYOUT(cdss_plugin, size, 0);
LAYOUT(cdss_plugin, abi, 4);
LAYOUT(cdss_plugin, id, 8);
LAYOUT(cdss_plugin, version, 16);
LAYOUT(cdss_plugin, declare, 24);
LAYOUT(cdss_plugin, open, 32);
LAYOUT(cdss_plugin, evaluate, 40);
LAYOUT(cdss_plugin, close, 48);

TEST(AbiLayout, NumbersThatPluginsWereBuiltWithStayTheSame) {
  EXPECT_EQ(CDSS_ABI, 1);
  const int kinds[] = {cdss_null,   cdss_false, cdss_true,  cdss_number,
                       cdss_string, cdss_array, cdss_object};
  for (int i = 0; i < 7; ++i) {
    EXPECT_EQ(kinds[i], i);
  }
  const int states[] = {cdss_key_present, cdss_key_empty, cdss_key_unavailable, cdss_key_truncated};
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(states[i], i);
  }
  const int statuses[] = {cdss_ok, cdss_failed, cdss_bad_knowledge};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(statuses[i], i);
  }
  EXPECT_EQ(cdss_flag_nul, 1);
}

}  // namespace
