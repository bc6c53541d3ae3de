#ifndef CDSS_CORE_ABI_PLUGIN_H
#define CDSS_CORE_ABI_PLUGIN_H

/*
 * What a plugin exports and what it is given: ABI 1.
 *
 * A plugin is a shared object that exports one symbol, `cdss_plugin_v1`, a constant cdss_plugin.
 * Structs are sized and append-only: read no member beyond `size`. No memory crosses the line: a
 * plugin writes its answer through the host's sink and keeps nothing it was given after the call
 * returns. No exception or longjmp leaves a plugin. A plugin reads no clock, file, network or
 * environment.
 */

#include "core/abi/document.h"
#include "core/abi/request.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CDSS_ABI 1

/* What a call gives back. */
enum cdss_status {
  cdss_ok = 0,
  cdss_failed = 1, /* a defect of the plugin: the host counts it and answers without it */
  cdss_bad_knowledge =
      2 /* `open` only: options or a knowledge file are not as the plugin needs them */
};

/* The host's side of a call. Owned by the host; valid until the call returns; used by the calling
 * thread only. */
typedef struct cdss_host {
  uint32_t size;
  uint32_t reserved;
  void* context; /* handed back to `write` unread */
  /* Appends bytes to the answer. Returns 0, or 1 when the answer is longer than the host permits:
   * stop then. */
  int (*write)(void* context, const char* bytes, size_t length);
} cdss_host;

/* One file of the package's knowledge folder, read, hashed and parsed by the host. */
typedef struct cdss_knowledge {
  cdss_text path; /* relative to the package, e.g. "knowledge/weights.json" */
  cdss_document document;
} cdss_knowledge;

/* Given once to `open`; borrowed until `close` returns. */
typedef struct cdss_setup {
  uint32_t size;
  uint32_t knowledge_count;
  const cdss_knowledge* knowledge; /* sorted by path */
  cdss_document
      options; /* an object: the site's option values by name; absent ones keep their default */
} cdss_setup;

/* The plugin table. Constant for the life of the process. */
typedef struct cdss_plugin {
  uint32_t size;
  uint32_t abi; /* CDSS_ABI */
  const char* id;
  const char* version; /* semantic version */

  /* Writes the declaration (services, needs, options, limits) as JSON: what the manifest is made
   * from. */
  int (*declare)(const cdss_host* host);

  /* Makes the state that evaluate reads, or on failure writes one sentence to the host. Called
   * once, first. */
  int (*open)(const cdss_setup* setup, const cdss_host* host, void** state);

  /* Answers one request by writing a CDS Hooks response object as JSON. Called from one thread at a
   * time. */
  int (*evaluate)(void* state, const cdss_request* request, const cdss_host* host);

  /* Frees what open made. Called last, once, when open succeeded. */
  void (*close)(void* state);
} cdss_plugin;

#ifdef __cplusplus
}
#endif

#endif
