// Header fields: their names, values and ends.

#include "tests/hostile/http/requests.hpp"

namespace cdss::hostile {

using namespace std::string_literals;

namespace {

std::string repeated_fields(int count) {
  std::string fields;
  for (int i = 0; i < count; ++i) {
    fields += "A: b\r\n";
  }
  return fields;
}

}  // namespace

std::vector<HttpRequest> fields() {
  return {
      read_as("blanks around a value", "RFC 9110, 5.5: not part of it", get("A: \t b \t\r\n"),
              "GET /a? []"),
      read_as("empty value", "RFC 9110, 5.5", get("A:\r\n"), "GET /a? []"),
      read_as("value above ASCII", "RFC 9110, 5.5: obs-text", get("A: \xc3\xa9\r\n"), "GET /a? []"),
      read_as("every character of a token", "RFC 9110, 5.6.2", get("!#$%&'*+-.^_`|~09Az: b\r\n"),
              "GET /a? []"),
      refused("folded value", "RFC 9112, 5.2: reject or unfold", get("A: b\r\n c\r\n")),
      refused("value folded with a tab", "RFC 9112, 5.2", get("A: b\r\n\tc\r\n")),
      refused("value folded at once", "the field is empty or not", get("A:\r\n b\r\n")),
      refused("fold to nothing", "a line of blanks is the end of the header for some",
              get("A: b\r\n \r\n")),
      refused("fold before the first field", "RFC 9112, 2.2: white space before the first field",
              "GET /a HTTP/1.1\r\n A: b\r\n" + kHost + "\r\n"),
      refused("folded Transfer-Encoding", "Node.js, CVE-2022-32215",
              post("Transfer-Encoding: chunked\r\n , identity\r\n", "0\r\n\r\n" + kSmuggled)),
      refused("Transfer-Encoding in a fold", "a field for who does not unfold",
              post("A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                   "0\r\n\r\n" + kSmuggled)),
      refused("space before the colon", "RFC 9112, 5.1: reject", get("A : b\r\n")),
      refused("tab before the colon", "RFC 9112, 5.1: reject", get("A\t: b\r\n")),
      refused("Content-Length with a space before the colon", "another field for some",
              post("Content-Length : 5\r\n", "hello")),
      refused("Transfer-Encoding with a space before the colon", "another field for some",
              post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n" + kSmuggled)),
      refused("space in a name", "the name begins before or behind it",
              post("A Content-Length: 5\r\n", "hello")),
      refused("empty name", "HAProxy, CVE-2023-25725: it ended the list of fields",
              get(": b\r\nA: b\r\n")),
      refused("no colon", "skipped by some, the end for others", get("Abc\r\n")),
      refused("no colon before Transfer-Encoding", "joined with the next line by some",
              post("A\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + kSmuggled)),
      refused("brackets in a name", "no token", get("A(b): c\r\n")),
      refused("quotation marks around a name", "no token",
              post("\"Content-Length\": 5\r\n", "hello")),
      refused("comma in a name", "no token", get("A,b: c\r\n")),
      refused("NUL in a name", "ends it for readers in C",
              post("Content-Length\0x: 5\r\n"s, "hello")),
      refused("NUL before a name", "no token", post("\0Content-Length: 5\r\n"s, "hello")),
      refused("name above ASCII", "no token", get("\xc3\x80: b\r\n")),
      refused("soft hyphen in a name", "some drop it",
              post("Content\xc2\xad-Length: 5\r\n", "hello")),
      refused("control character in a name", "no token", get("A\x01: b\r\n")),
      refused("DEL in a name", "no token", get("A\x7f: b\r\n")),
      refused("NUL in a value", "RFC 9110, 5.5: reject", get("A: b\0c\r\n"s)),
      refused("carriage return in a value", "RFC 9110, 5.5: reject; ends the line for some",
              get("A: b\rTransfer-Encoding: chunked\r\n")),
      refused("line feed in a value", "ends the line for many",
              get("A: b\nTransfer-Encoding: chunked\r\n")),
      refused("bell in a value", "no field value has it", get("A: \x07\r\n")),
      refused("escape in a value", "would run in a terminal that shows a log",
              get("A: \x1b[2J\r\n")),
      refused("vertical tab around a value", "trimmed by who asks isspace()",
              get("A: \x0b"
                  "b\r\n")),
      refused("DEL in a value", "no field value has it", get("A: \x7f\r\n")),
      refused("header ended by a bare line feed", "the body begins there for many",
              "GET /a HTTP/1.1\r\n" + kHost + "\n" + kSmuggled),
      refused("header ended by CR CR LF", "the body begins there for some",
              "GET /a HTTP/1.1\r\n" + kHost + "\r\r\n\r\n"),
      refused("header ended by LF CR LF", "the body begins there for some",
              "GET /a HTTP/1.1\r\nHost: localhost\n\r\n" + kSmuggled),
      refused("header too long", "header_bytes is the most that is kept",
              get("A: " + std::string(20'000, 'a') + "\r\n"), 431),
      refused("header without end", "header_bytes is the most that is kept",
              "GET /a HTTP/1.1\r\n" + kHost + "A: " + std::string(40'000, 'a'), 431),
      refused("thousands of fields", "header_bytes is the most that is kept",
              get(repeated_fields(5000)), 431),
      refused("few bytes in many fields", "a field takes many times its bytes in memory",
              get(repeated_fields(120)), 431),
      read_as("ninety fields", "fewer than are too many", get(repeated_fields(90)), "GET /a? []"),

      read_as("Connection: close", "RFC 9112, 9.6", get("Connection: close\r\n"), "GET /a? []",
              true),
      read_as("close among others", "it is a list", get("Connection: x , Close\r\n"), "GET /a? []",
              true),
      refused("Connection that is no list", "RFC 9110, 7.6.1", get("Connection: a b c\r\n")),
      read_as("close in two fields", "they are one list",
              get("Connection: keep-alive\r\nConnection: close\r\n"), "GET /a? []", true),
      read_as("upgrade to HTTP/2", "RFC 9113, 3.1: no longer; the request is answered as it is",
              get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n"),
              "GET /a? []"),
      read_as("upgrade to a WebSocket", "not offered, so ignored",
              get("Connection: Upgrade\r\nUpgrade: websocket\r\n"), "GET /a? []"),
      read_as("Expect on GET", "RFC 9110, 10.1.1: no body to wait for",
              get("Expect: 100-continue\r\n"), "GET /a? []"),
      read_as("Expect with the body at once", "RFC 9110, 10.1.1: 100 may be left out",
              post("Expect: 100-Continue\r\nContent-Length: 5\r\n", "hello"), "POST /a? [hello]"),
      refused("another expectation", "RFC 9110, 10.1.1", get("Expect: 200-ok\r\n"), 417),
      refused("expectation with more", "a list for some",
              post("Expect: 100-continue, x\r\nContent-Length: 5\r\n", "hello"), 417),
      refused("empty expectation", "proxies wait for 100 or do not",
              post("Expect:\r\nContent-Length: 5\r\n", "hello"), 417),
  };
}

}  // namespace cdss::hostile
