// Chunks and their extensions.

#include "tests/hostile/http/requests.hpp"

namespace cdss::hostile {
namespace {

const std::string kLast = "0\r\n\r\n";

/// A body of "hello" whose first chunk begins with this line end included.
std::string with_size(const std::string& line) {
  return chunked(line + "hello\r\n" + kLast);
}

}  // namespace

using namespace std::string_literals;

std::vector<HttpRequest> chunks() {
  const std::string hello = "POST /a? [hello]";
  return {
      read_as("several chunks", "RFC 9112, 7.1", chunked("3\r\nhel\r\n2\r\nlo\r\n" + kLast), hello),
      read_as("size in capitals", "hexadecimal in any case", chunked("A\r\n0123456789\r\n" + kLast),
              "POST /a? [0123456789]"),
      read_as("size with leading zeros", "RFC 9112, 7.1: any number of digits, up to 16 here",
              with_size("0000000000000005\r\n"), hello),
      read_as("last chunk of several zeros", "RFC 9112, 7.1: 1*(\"0\")",
              chunked("5\r\nhello\r\n000\r\n\r\n"), hello),
      read_as("extension", "RFC 9112, 7.1.1: ignored", with_size("5;a\r\n"), hello),
      read_as("extension with a value", "RFC 9112, 7.1.1", with_size("5;a=b;c=\"d;\\\"e\"\r\n"),
              hello),
      read_as("extension with bad blanks", "RFC 9112, 7.1.1: BWS is to be taken",
              with_size("5 ; a = b\r\n"), hello),
      read_as("extension on the last chunk", "RFC 9112, 7.1.1",
              chunked("5\r\nhello\r\n0;a=b\r\n\r\n"), hello),
      read_as("request in a chunk", "a body is a body",
              chunked("2b\r\n" + kSmuggled + "\r\n" + kLast), "POST /a? [" + kSmuggled + "]"),

      refused("empty size", "zero for some", with_size("\r\n")),
      refused("size of letters", "zero for some", with_size("xyz\r\n")),
      refused("size with 0x", "waitress, CVE-2022-24761: Python's int() reads it",
              with_size("0x5\r\n")),
      refused("signed size", "waitress, CVE-2022-24761: Python's int() reads it",
              with_size("+5\r\n")),
      refused("negative size", "wraps to a huge one", with_size("-5\r\n")),
      refused("size with an underscore", "Python's int() reads it", with_size("0_5\r\n")),
      refused("blank before the size", "trimmed by some", with_size(" 5\r\n")),
      refused("blank behind the size", "padding for some", with_size("5 \r\n")),
      refused("tab behind the size", "padding for some", with_size("5\t\r\n")),
      refused("vertical tab behind the size", "isspace() is true for it", with_size("5\x0b\r\n")),
      refused("NUL behind the size", "ends it for readers in C", with_size("5\0\r\n"s)),
      refused("comma behind the size", "the rest is ignored by some", with_size("5,6\r\n")),
      refused("letters behind the size", "the rest is ignored by some", with_size("5g\r\n")),
      refused("size past 64 bits", "hyper, CVE-2021-32714: wraps to 5",
              with_size("10000000000000005\r\n")),
      refused("size of seventeen digits", "cut by who keeps sixteen",
              with_size("00000000000000005\r\n")),
      refused("size of all bits", "-1 for some", with_size("ffffffffffffffff\r\n"), 413),
      refused("size of the sign bit", "negative for some", with_size("8000000000000005\r\n"), 413),
      refused("size past 32 bits", "5 for who cuts it", with_size("100000005\r\n"), 413),
      refused("chunk too long", "body_bytes is the most that is read", with_size("200000\r\n"),
              413),

      refused("size line of a bare line feed", "Go, CVE-2025-22871", with_size("5\n")),
      refused("size line of a bare carriage return", "the end of the line for some",
              with_size("5\r")),
      refused("size line of CR CR LF", "some take CR away twice", with_size("5\r\r\n")),
      refused("size line of CR and something", "any byte behind CR is LF for some",
              with_size("5\rX")),
      refused("line feed in an extension", "the end of the line for some, CVE-2025-22871",
              with_size("5;a\n")),
      refused("line feed and a size in an extension", "TERM.EXT: two chunk lines or one",
              chunked("2;\nxx\r\n33\r\nab\r\n" + kLast + kSmuggled)),
      refused("line feed in a quoted extension", "the end of the line for some",
              with_size("5;a=\"\n\"\r\n")),
      refused("CRLF in a quoted extension", "the end of the line for most",
              with_size("5;a=\"\r\n\"\r\n")),
      refused("carriage return in a quoted extension", "the end of the line for some",
              with_size("5;a=\"\r\"\r\n")),
      refused("NUL in a quoted extension", "ends it for readers in C",
              with_size("5;a=\"\0\"\r\n"s)),
      refused("quoted extension without end", "runs into the chunk for some",
              with_size("5;a=\"b\r\n")),
      refused("extension without a name", "no token", with_size("5;\r\n")),
      refused("extension without a value", "no token", with_size("5;a=\r\n")),
      refused("extension without a semicolon", "the rest is ignored by some",
              with_size("5 a=b\r\n")),
      refused("extension of a bare carriage return", "the end of the line for some",
              with_size("5;a\rb\r\n")),
      refused("extension above a line", "Puma, CVE-2024-21647: read without bound",
              with_size("5;" + std::string(5000, 'a') + "\r\n")),
      refused("many extensions", "a byte of body for a kilobyte of line",
              [] {
                std::string all;
                for (int i = 0; i < 20; ++i) {
                  all += "1;" + std::string(1000, 'a') + "\r\nx\r\n";
                }
                return chunked(all + kLast);
              }()),

      refused("no CRLF behind a chunk", "the next size begins at once for some",
              chunked("5\r\nhello0\r\n\r\n" + kSmuggled)),
      refused("chunk longer than its size", "the rest is skipped by some",
              chunked("5\r\nhello!\r\n" + kLast)),
      refused("chunk shorter than its size", "the next line is part of it",
              chunked("7\r\nhello\r\n" + kLast + kSmuggled)),
      refused("chunk ended by a line feed", "CR is optional for some",
              chunked("5\r\nhello\n" + kLast + kSmuggled)),
      refused("chunk ended by two bytes", "any two bytes are skipped by some",
              chunked("5\r\nhelloXX" + kLast + kSmuggled)),
      refused("chunk ended by CR and something", "any byte behind CR is skipped by some",
              chunked("5\r\nhello\rX" + kLast + kSmuggled)),
      refused("chunk ended twice", "the empty line is a size of nothing for some",
              chunked("5\r\nhello\r\n\r\n" + kLast + kSmuggled)),
      cut("no last chunk", "nothing is to be answered", chunked("5\r\nhello\r\n")),
      cut("half a last chunk", "nothing is to be answered", chunked("5\r\nhello\r\n0\r\n")),
      cut("half a chunk", "nothing is to be answered", chunked("6\r\nhello")),
  };
}

}  // namespace cdss::hostile
