#ifndef CDSS_CORE_ABI_DOCUMENT_H
#define CDSS_CORE_ABI_DOCUMENT_H

/*
 * The Document: one JSON text as an array of fixed-size nodes beside the bytes they index.
 *
 * Nodes stand in reading order, so a container is followed by all that is inside it, and `next` of
 * a node is the index of the first node after its subtree. An object holds pairs: a name (a string
 * node), then its value. Nodes hold offsets only, so both arrays may be copied anywhere. Everything
 * here is read-only and Thread-safe.
 *
 *   {"a": [1, true]}      0 object  next 5  length 1 (members)
 *                         1 string  next 2  "a"
 *                         2 array   next 5  length 2 (elements)
 *                         3 number  next 4  "1"
 *                         4 true    next 5
 *
 * This layout is part of ABI 1 and does not change within it.
 */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a node is. Spelled as JSON names them. */
enum cdss_kind {
  cdss_null = 0,
  cdss_false = 1,
  cdss_true = 2,
  cdss_number = 3, /* text is the number exactly as it was written */
  cdss_string = 4, /* text is UTF-8 with escapes resolved */
  cdss_array = 5,
  cdss_object = 6
};

/* Bits of cdss_node.flags. */
enum cdss_flag {
  cdss_flag_nul = 1 /* the string holds U+0000, which no CDS Hooks or FHIR value may */
};

/* One JSON value, or one member name. 16 bytes. */
typedef struct cdss_node {
  uint32_t offset; /* string, number: first byte of its content in the text; else 0 */
  uint32_t length; /* string, number: bytes; array: elements; object: members; else 0 */
  uint32_t next;   /* index of the first node after this one's subtree */
  uint8_t kind;    /* enum cdss_kind */
  uint8_t flags;   /* enum cdss_flag */
  uint16_t reserved;
} cdss_node;

/* A parsed text, borrowed. Node 0 is the root; node_count is at least 1. */
typedef struct cdss_document {
  const cdss_node* nodes;
  const char* text;
  uint32_t node_count;
  uint32_t text_size;
} cdss_document;

/* Bytes that somebody else owns. */
typedef struct cdss_text {
  const char* bytes;
  size_t length;
} cdss_text;

/* "No such node". */
static const uint32_t cdss_no_node = UINT32_MAX;

/* The content of a string or number node; for other kinds an empty text. */
static inline cdss_text cdss_node_text(const cdss_document* document, uint32_t node) {
  const cdss_node* n = &document->nodes[node];
  cdss_text text = {document->text, 0};
  if (n->kind == cdss_string || n->kind == cdss_number) {
    text.bytes = document->text + n->offset;
    text.length = n->length;
  }
  return text;
}

/* The value of member `name` of an object, or cdss_no_node when it has none or is no object. */
static inline uint32_t cdss_find_member(const cdss_document* document, uint32_t object,
                                        const char* name, size_t name_length) {
  const cdss_node* o = &document->nodes[object];
  uint32_t at = object + 1;
  uint32_t i;
  if (o->kind != cdss_object) {
    return cdss_no_node;
  }
  for (i = 0; i < o->length; ++i) {
    const cdss_node* n = &document->nodes[at];
    if (n->length == name_length && memcmp(document->text + n->offset, name, name_length) == 0) {
      return at + 1;
    }
    at = document->nodes[at + 1].next;
  }
  return cdss_no_node;
}

#ifdef __cplusplus
}
#endif

#endif
