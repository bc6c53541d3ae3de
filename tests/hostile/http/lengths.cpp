// Where a body with a length ends.

#include "tests/hostile/http/requests.hpp"

namespace cdss::hostile {
namespace {

/// A request whose body is "hello" for who reads 5 of `value`.
std::string with_length(const std::string& value) {
  return post("Content-Length:" + value + "\r\n", "hello");
}

}  // namespace

using namespace std::string_literals;

std::vector<HttpRequest> lengths() {
  const std::string behind = "0\r\n\r\n" + kSmuggled;  // ended before the request, or behind it
  const std::string five = "Content-Length: 5\r\n";
  return {
      read_as("a length", "RFC 9112, 6.3", with_length(" 5"), "POST /a? [hello]"),
      read_as("length of nothing", "RFC 9112, 6.3", post("Content-Length: 0\r\n", ""),
              "POST /a? []"),
      read_as("POST without a length", "RFC 9112, 6.3: no body", post("", ""), "POST /a? []"),
      read_as("GET with a body", "RFC 9110, 9.3.1: it is framed all the same",
              get("Content-Length: 5\r\n") + "hello", "GET /a? [hello]"),
      read_as("request in a body", "a body is a body: the length says so",
              post("Content-Length: " + std::to_string(kSmuggled.size()) + "\r\n", kSmuggled),
              "POST /a? [" + kSmuggled + "]"),
      read_as("request in the body of GET", "proxies that forget the body of GET see two",
              get("Content-Length: " + std::to_string(kSmuggled.size()) + "\r\n") + kSmuggled,
              "GET /a? [" + kSmuggled + "]"),
      read_as("leading zeros", "RFC 9110, 8.6: digits; decimal, never octal", with_length(" 0005"),
              "POST /a? [hello]"),
      read_as("tabs around a length", "OWS is blank or tab", with_length("\t5\t"),
              "POST /a? [hello]"),
      read_as("length on HTTP/1.0", "RFC 9112, 6.3",
              "POST /a HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello", "POST /a? [hello]", true),
      refused("signed length", "hyper, CVE-2021-32715; Jetty, CVE-2023-40167", with_length(" +5")),
      refused("negative length", "wraps to a huge one", with_length(" -5")),
      refused("negative nothing", "zero for some", with_length(" -0")),
      refused("hexadecimal length", "strtol with base 0 reads it", with_length(" 0x5")),
      refused("length with an underscore", "Python's int() reads 1_0 as 10", with_length(" 0_5")),
      refused("length with a point", "read up to the point by some", with_length(" 5.0")),
      refused("length with an exponent", "50 for readers of numbers", with_length(" 5e1")),
      refused("length with letters behind", "read up to the letters by some", with_length(" 5a")),
      refused("length with a blank inside", "5 for some, 50 for others", with_length(" 5 0")),
      refused("length in quotation marks", "some take them away", with_length(" \"5\"")),
      refused("length with a semicolon", "parameters for some", with_length(" 5;a=b")),
      refused("length in other digits", "isdigit() of wide text", with_length(" \xd9\xa5")),
      refused("length with NUL", "ends it for readers in C", with_length(" 5\0"s)),
      refused("length with vertical tab", "isspace() is true for it",
              with_length(" \x0b"
                          "5")),
      refused("length with form feed", "isspace() is true for it", with_length(" 5\x0c")),
      refused("empty length", "HAProxy, CVE-2023-40225: forwarded as it was", with_length("")),
      refused("list of equal lengths", "RFC 9112, 6.3 lets a server take it or not",
              with_length(" 5, 5")),
      refused("list of lengths", "RFC 9112, 6.3", with_length(" 5, 42")),
      refused("list that ends with a comma", "an empty element for some", with_length(" 5,")),
      refused("list that begins with a comma", "an empty element for some", with_length(" ,5")),
      refused("two equal lengths", "RFC 9112, 6.3 lets a server take it or not",
              post(five + five, "hello")),
      refused("two lengths", "CL.CL: the first or the last counts",
              post("Content-Length: " + std::to_string(behind.size()) + "\r\n" + five, behind)),
      refused("two lengths the other way", "CL.CL: the first or the last counts",
              post(five + "Content-Length: " + std::to_string(behind.size()) + "\r\n", behind)),
      refused("length of zero and another", "0.CL: the first or the last counts",
              post("Content-Length: 0\r\n" + five, "hello")),
      refused("two lengths in other cases", "names are compared in any case",
              post(five + "content-length: 6\r\n", "hello!")),
      refused("length past 64 bits", "wraps to 5", with_length(" 18446744073709551621")),
      refused("length past 32 bits", "5 for who cuts it", with_length(" 4294967301"), 413),
      refused("length of all bits", "-1 for some", with_length(" 18446744073709551615"), 413),
      refused("body too long", "body_bytes is the most that is read",
              post("Content-Length: 2000000\r\n", ""), 413),
      read_as(
          "another field whose name begins with Content-Length",
          "HAProxy, CVE-2021-40346: a name of 270 bytes overflowed",
          post("Content-Length0" + std::string(255, 'a') + ":\r\nContent-Length: 5\r\n", "hello"),
          "POST /a? [hello]"),
      read_as("underscore in Content-Length", "another field; CGI makes both one name",
              post("Content_Length: 1\r\nContent-Length: 5\r\n", "hello"), "POST /a? [hello]"),
      cut("body shorter than its length", "nothing is to be answered",
          post("Content-Length: 6\r\n", "hello")),
  };
}

}  // namespace cdss::hostile
