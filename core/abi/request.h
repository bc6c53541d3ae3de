#ifndef CDSS_CORE_ABI_REQUEST_H
#define CDSS_CORE_ABI_REQUEST_H

/*
 * One request to a plugin: a single block of memory that starts with this header and holds
 * documents and a table of prefetch keys. All offsets count from the first byte of the block, so it
 * may lie in shared memory at any address (aligned to 16). The host has checked every offset; a
 * plugin needs no checks of its own. Read-only, valid until evaluate returns. Thread-safe.
 */

#include "core/abi/document.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is known of a prefetch key. Only present and empty are knowledge. */
enum cdss_key_state {
  cdss_key_present = 0,     /* there is a resource or a Bundle with entries */
  cdss_key_empty = 1,       /* asked, and there is nothing: null or an empty Bundle */
  cdss_key_unavailable = 2, /* not sent and not fetched, or refused; `reason` says why */
  cdss_key_truncated = 3    /* some of it is here and more exists; `reason` says why it stops */
};

/* Bytes inside the block. */
typedef struct cdss_span {
  uint32_t offset;
  uint32_t length;
} cdss_span;

typedef struct cdss_key {
  cdss_span name;    /* the plugin's own name for the key, e.g. "conditions" */
  cdss_span reason;  /* for people, never patient data; empty when present or empty */
  uint32_t state;    /* enum cdss_key_state */
  uint32_t document; /* index of the document that holds the value; meaningless unless present or
                        truncated */
  uint32_t node;     /* the value's node in that document */
  uint32_t reserved;
} cdss_key;

typedef struct cdss_document_entry {
  uint64_t nodes; /* offset of the node array, aligned to 16 */
  uint64_t text;  /* offset of the text */
  uint32_t node_count;
  uint32_t text_size;
} cdss_document_entry;

/* Append-only: `size` tells how much of this header the host has filled. */
typedef struct cdss_request {
  uint32_t size;  /* sizeof(cdss_request) of the host */
  uint32_t abi;   /* 1 */
  uint64_t total; /* bytes of the whole block */
  int32_t today;  /* days since 1970-01-01, in the site's time zone; a plugin has no other clock */
  uint32_t explain;        /* 1 when the caller may see the assessment extension */
  cdss_span service;       /* id of the service that is called */
  uint32_t document_count; /* at least 1; document 0 is the body of the call */
  uint32_t key_count;
  uint64_t documents; /* offset of cdss_document_entry[document_count] */
  uint64_t keys;      /* offset of cdss_key[key_count] */
} cdss_request;

static inline const char* cdss_request_bytes(const cdss_request* request, uint64_t offset) {
  return (const char*)request + offset;
}

static inline cdss_text cdss_request_text(const cdss_request* request, cdss_span span) {
  cdss_text text;
  text.bytes = cdss_request_bytes(request, span.offset);
  text.length = span.length;
  return text;
}

/* Document number `index`, which is less than document_count. */
static inline cdss_document cdss_request_document(const cdss_request* request, uint32_t index) {
  const cdss_document_entry* entry =
      (const cdss_document_entry*)(const void*)cdss_request_bytes(request, request->documents) +
      index;
  cdss_document document;
  document.nodes = (const cdss_node*)(const void*)cdss_request_bytes(request, entry->nodes);
  document.text = cdss_request_bytes(request, entry->text);
  document.node_count = entry->node_count;
  document.text_size = entry->text_size;
  return document;
}

/* Key number `index`, which is less than key_count. */
static inline const cdss_key* cdss_request_key(const cdss_request* request, uint32_t index) {
  return (const cdss_key*)(const void*)cdss_request_bytes(request, request->keys) + index;
}

/* The key of that name, or NULL when the request has none. */
static inline const cdss_key* cdss_find_key(const cdss_request* request, const char* name,
                                            size_t name_length) {
  uint32_t i;
  for (i = 0; i < request->key_count; ++i) {
    const cdss_key* key = cdss_request_key(request, i);
    if (key->name.length == name_length &&
        memcmp(cdss_request_bytes(request, key->name.offset), name, name_length) == 0) {
      return key;
    }
  }
  return NULL; /* NOLINT(modernize-use-nullptr): this is C */
}

#ifdef __cplusplus
}
#endif

#endif
