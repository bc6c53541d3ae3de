// What stands between the last chunk and the end of the message.

#include "tests/hostile/http/requests.hpp"

namespace cdss::hostile {
namespace {

std::string with_trailer(const std::string& lines) {
  return chunked("5\r\nhello\r\n0\r\n" + lines + "\r\n");
}

}  // namespace

using namespace std::string_literals;

std::vector<HttpRequest> trailers() {
  const std::string hello = "POST /a? [hello]";
  return {
      read_as("trailer", "RFC 9112, 7.1.2: may be dropped", with_trailer("A: b\r\n"), hello),
      read_as("trailer of a credential", "it must not pass for a header; the handler sees none",
              with_trailer("Authorization: Bearer x\r\n"), hello),
      read_as("Connection in a trailer", "RFC 9110, 6.5.1: it frames nothing there",
              with_trailer("Connection: close\r\n"), hello),
      refused("Content-Length in a trailer", "RFC 9110, 6.5.1",
              with_trailer("Content-Length: 5\r\n")),
      refused("Transfer-Encoding in a trailer", "RFC 9110, 6.5.1",
              with_trailer("Transfer-Encoding: chunked\r\n")),
      refused("Host in a trailer", "RFC 9110, 6.5.1", with_trailer("Host: evil.example\r\n")),
      refused("folded trailer", "the fold is the end of the message for some",
              with_trailer("A: b\r\n c\r\n")),
      refused("trailer that begins with a blank", "the end of the message for some",
              with_trailer(" A: b\r\n")),
      refused("trailer without a colon", "the next request line for some",
              with_trailer("GET /smuggled HTTP/1.1\r\n")),
      refused("space before the colon of a trailer", "RFC 9112, 5.1", with_trailer("A : b\r\n")),
      refused("empty name of a trailer", "no token", with_trailer(": b\r\n")),
      refused("trailer of a bare line feed", "the end of the line for some",
              with_trailer("A: b\nC: d\r\n")),
      refused("trailer ended by a line feed", "the end of the message for some",
              chunked("0\r\n\n" + kSmuggled)),
      refused("trailer with a carriage return", "the end of the line for some",
              with_trailer("A: b\rC: d\r\n")),
      refused("trailer with NUL", "ends it for readers in C", with_trailer("A: \0\r\n"s)),
      refused("trailer too long", "one line has a bound",
              with_trailer("A: " + std::string(5000, 'b') + "\r\n")),
      refused("many trailers", "all of them have a bound",
              [] {
                std::string many;
                for (int i = 0; i < 3000; ++i) {
                  many += "A: bcd\r\n";
                }
                return with_trailer(many);
              }()),
      refused("two bytes behind the last chunk", "any two bytes are skipped by some",
              chunked("0\r\nXX" + kSmuggled)),
      refused("last chunk of a line feed", "the end of the line for some",
              chunked("0\n\n" + kSmuggled)),
      refused("last chunk with data", "skipped by some", chunked("0\r\nhello\r\n\r\n")),
      cut("trailer without end", "nothing is to be answered", chunked("0\r\nA: b\r\n")),
  };
}

}  // namespace cdss::hostile
