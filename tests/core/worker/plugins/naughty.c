/* Does what the member `do` of the body tells it: every way to misbehave, or to answer. */

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/socket.h>

#include "tests/core/worker/plugins/test_plugin.h"

static int writes_the_request(const cdss_request* request) {
  *(volatile unsigned char*)(size_t)(const void*)request = 0;
  return cdss_ok;
}

static int takes_memory(const cdss_host* host) {
  /* Twice what its manifest permits, touched. */
  const size_t size = (size_t)128 << 20;
  char* memory = malloc(size);
  if (memory == NULL) {
    return say(host, "{\"memory\":\"refused\"}");
  }
  memset(memory, 1, size);
  say(host, memory[size / 2] == 1 ? "{\"memory\":\"given\"}" : "{}");
  free(memory);
  return cdss_ok;
}

static int answers_long(const cdss_host* host) {
  static char block[4096];
  memset(block, ' ', sizeof block);
  while (host->write(host->context, block, sizeof block) == 0) {
  }
  return cdss_ok;
}

static int evaluate_naughty(void* state, const cdss_request* request, const cdss_host* host) {
  (void)state;
  if (body_says(request, "do", "abort")) {
    abort();
  }
  if (body_says(request, "do", "segv")) {
    raise(SIGSEGV);
  }
  if (body_says(request, "do", "kill")) {
    raise(SIGKILL);
  }
  if (body_says(request, "do", "write the request")) {
    return writes_the_request(request);
  }
  if (body_says(request, "do", "exit")) {
    exit(0);
  }
  if (body_says(request, "do", "hang")) {
    for (;;) {
      pause();
    }
  }
  if (body_says(request, "do", "lie")) {
    send(3, "nonsense", 8, 0);
  }
  if (body_says(request, "do", "fail")) {
    return cdss_failed;
  }
  if (body_says(request, "do", "huge")) {
    return answers_long(host);
  }
  if (body_says(request, "do", "garbage")) {
    return say(host, "\xff{{no JSON");
  }
  if (body_says(request, "do", "memory")) {
    return takes_memory(host);
  }
  if (body_says(request, "do", "leave")) {
    /* Answers, and is gone before the next call. */
    say(host, "{\"left\":true}");
    signal(SIGALRM, SIG_DFL);
    ualarm(100000, 0);
    return cdss_ok;
  }
  if (body_says(request, "do", "slow")) {
    usleep(200000);
  }
  if (body_says(request, "do", "print")) {
    puts("a patient's name");
    fflush(stdout);
  }
  return say(host, "{\"answer\":42}");
}

PLUGIN("naughty", open_nothing, evaluate_naughty, close_nothing);
