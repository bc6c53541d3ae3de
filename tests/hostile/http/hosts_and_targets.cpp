// Which resource of which host is meant.

#include "tests/hostile/http/requests.hpp"

namespace cdss::hostile {
namespace {

std::string with_host(const std::string& value) {
  return "GET /a HTTP/1.1\r\nHost:" + value + "\r\n\r\n";
}

}  // namespace

using namespace std::string_literals;

std::vector<HttpRequest> hosts_and_targets() {
  return {
      refused("no Host", "RFC 9112, 3.2", "GET /a HTTP/1.1\r\n\r\n"),
      refused("two Hosts", "the first or the last counts", get("Host: evil.example\r\n")),
      refused("two equal Hosts", "RFC 9112, 3.2: more than one line", get(kHost)),
      refused("two Hosts in other cases", "names are compared in any case",
              get("hOST: evil.example\r\n")),
      refused("two Hosts on HTTP/1.0", "the version changes nothing here",
              "GET /a HTTP/1.0\r\n" + kHost + kHost + "\r\n"),
      refused("empty Host", "RFC 9112, 3.2: empty only where the target has no authority",
              with_host("")),
      refused("blank Host", "the same", with_host(" \t ")),
      refused("two hosts in one Host", "the first or the last counts",
              with_host(" localhost, evil.example")),
      refused("Host with a space", "RFC 9112, 3.2: invalid value",
              with_host(" localhost evil.example")),
      refused("Host with a path", "taken for part of the address", with_host(" localhost/evil")),
      refused("Host with a user", "the host is before or behind the at sign",
              with_host(" localhost@evil.example")),
      refused("Host with a fragment", "cut off by some", with_host(" localhost#evil.example")),
      refused("Host with a query", "cut off by some", with_host(" localhost?evil.example")),
      refused("Host with a backslash", "a slash for some", with_host(" localhost\\evil.example")),
      refused("Host with NUL", "ends it for readers in C", with_host(" localhost\0.evil"s)),
      refused("Host above ASCII", "no host has such bytes", with_host(" local\xc2\xadhost")),
      refused("Host with two ports", "the first or the last counts", with_host(" localhost:80:81")),
      refused("Host with a port of letters", "no number", with_host(" localhost:http")),
      refused("Host with a port too long", "no port", with_host(" localhost:0000000080")),
      refused("Host of a port alone", "no host", with_host(" :80")),
      refused("Host in half a bracket", "no address", with_host(" [::1")),
      refused("Host behind a bracket", "the address ends at the bracket or not",
              with_host(" [::1]evil.example")),
      refused("Host of an address with a zone", "not allowed in a Host",
              with_host(" [fe80::1%25lo]")),
      read_as("Host with a port", "RFC 9110, 7.2", with_host(" localhost:8080"), "GET /a? []"),
      read_as("Host of an IPv6 address", "RFC 3986, 3.2.2", with_host(" [::1]:8080"), "GET /a? []"),
      read_as("Host without a blank", "OWS is optional", with_host("localhost"), "GET /a? []"),

      read_as("absolute form", "RFC 9112, 3.2.2: servers must accept it",
              line("GET http://localhost/a?b=c HTTP/1.1"), "GET /a?b=c []"),
      read_as("absolute form without a path", "it is the root",
              line("GET http://localhost HTTP/1.1"), "GET /? []"),
      read_as("absolute form with a query alone", "RFC 3986, 6.2.3",
              line("GET http://localhost?b HTTP/1.1"), "GET /?b []"),
      read_as("absolute form in capitals", "schemes and hosts are compared in any case",
              line("GET HTTP://LOCALHOST/a HTTP/1.1"), "GET /a? []"),
      refused("absolute form of another host", "Host or target: proxies and caches differ",
              line("GET http://evil.example/a HTTP/1.1")),
      refused("absolute form of another port", "Host or target: proxies and caches differ",
              line("GET http://localhost:81/a HTTP/1.1")),
      refused("absolute form with a user", "Host or target: proxies and caches differ",
              line("GET http://evil@localhost/a HTTP/1.1")),
      refused("absolute form without a host", "no authority", line("GET http:///a HTTP/1.1")),
      refused("absolute form of another scheme", "no server for it",
              line("GET ftp://localhost/a HTTP/1.1")),
      refused("absolute form of one slash", "no authority", line("GET http:/a HTTP/1.1")),
      refused("authority form", "for CONNECT alone", line("GET localhost:80 HTTP/1.1")),
      refused("relative target", "no form of RFC 9112, 3.2", line("GET a HTTP/1.1")),
      refused("query alone", "no form of RFC 9112, 3.2", line("GET ?b=c HTTP/1.1")),
      refused("asterisk", "for OPTIONS alone", line("GET * HTTP/1.1")),
      read_as("OPTIONS with an asterisk", "RFC 9112, 3.2.4", line("OPTIONS * HTTP/1.1"),
              "OPTIONS *? []"),
      refused("asterisk and more", "no form of RFC 9112, 3.2", line("OPTIONS *a HTTP/1.1")),
      refused("fragment", "HAProxy, CVE-2023-45539: rules saw what servers cut off",
              line("GET /a#.png HTTP/1.1")),
      refused("backslash", "a slash for some", line("GET /a\\..\\b HTTP/1.1")),
      refused("angle brackets", "no URI has them; shown in some error pages",
              line("GET /<a> HTTP/1.1")),
      refused("quotation mark", "ends the target in logs", line("GET /\"a HTTP/1.1")),
      refused("brace", "no URI has it", line("GET /{a} HTTP/1.1")),
      refused("half an escape", "RFC 3986, 2.1", line("GET /a%4 HTTP/1.1")),
      refused("escape of letters", "RFC 3986, 2.1", line("GET /a%zz HTTP/1.1")),
      refused("percent alone", "RFC 3986, 2.1", line("GET /% HTTP/1.1")),
      refused("NUL in the target", "ends it for readers in C", line("GET /a\0b HTTP/1.1"s)),
      refused("control character in the target", "no URI has it", line("GET /a\x01 HTTP/1.1")),
      refused("DEL in the target", "no URI has it", line("GET /a\x7f HTTP/1.1")),
      refused("byte above ASCII in the target", "no URI has it", line("GET /a\xff HTTP/1.1")),
      read_as("escapes are kept", "nothing is decoded before it is routed",
              line("GET /%2e%2e/%00?%0d%0a HTTP/1.1"), "GET /%2e%2e/%00?%0d%0a []"),
      read_as("dots are kept", "nothing is resolved before it is routed",
              line("GET /a/../b//c HTTP/1.1"), "GET /a/../b//c? []"),
  };
}

}  // namespace cdss::hostile
