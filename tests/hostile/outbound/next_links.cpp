// Where a FHIR server, or who sent the first page in its name, may say that a search goes on.

#include "tests/hostile/outbound/inputs.hpp"

namespace cdss::hostile {

using namespace std::string_literals;

std::vector<OutboundInput> next_links() {
  constexpr bool kLeadsHome = true;
  return {
      {"as servers write it", "http://127.0.0.1:{P}/fhir/r4/Condition?patient=p1&page=2",
       kLeadsHome},
      {"from the root", "/fhir/r4/Condition?patient=p1&page=2", kLeadsHome},
      {"from the folder", "Condition?patient=p1&page=2", kLeadsHome},
      {"from the page", "?patient=p1&page=2", kLeadsHome},
      {"on the base itself", "http://127.0.0.1:{P}/fhir/r4?_getpages=abc&page=2", kLeadsHome},
      {"without a scheme", "//127.0.0.1:{P}/fhir/r4/Condition?page=2", kLeadsHome},

      // Another origin.
      {"another port", "http://127.0.0.1:{T}/fhir/r4/Condition?page=2"},
      {"no port", "http://127.0.0.1/fhir/r4/Condition?page=2"},
      {"another port without a scheme", "//127.0.0.1:{T}/fhir/r4/Condition?page=2"},
      {"another address", "http://127.0.0.2:{P}/fhir/r4/Condition?page=2"},
      {"by name", "http://localhost:{P}/fhir/r4/Condition?page=2"},
      {"TLS on the same port", "https://127.0.0.1:{P}/fhir/r4/Condition?page=2"},
      {"another registered server", "https://fhir.example.org/fhir/Condition?page=2"},
      {"a name that begins like it", "http://127.0.0.1.evil.test:{P}/fhir/r4/Condition?page=2"},
      {"the registered host as user", "http://127.0.0.1:{P}@127.0.0.1:{T}/fhir/r4/Condition"},
      {"a user", "http://user@127.0.0.1:{P}/fhir/r4/Condition?page=2"},
      {"a backslash before an at sign", "http://127.0.0.1:{P}\\@127.0.0.1:{T}/fhir/r4/Condition"},
      {"a fragment before an at sign", "http://127.0.0.1:{T}#@127.0.0.1:{P}/fhir/r4/Condition"},
      {"a query before an at sign", "http://127.0.0.1:{T}?@127.0.0.1:{P}/fhir/r4/Condition"},
      {"decimal", "http://2130706433:{P}/fhir/r4/Condition?page=2"},
      {"hexadecimal", "http://0x7f.1:{P}/fhir/r4/Condition?page=2"},
      {"octal", "http://0177.0.0.1:{P}/fhir/r4/Condition?page=2"},
      {"short", "http://127.1:{P}/fhir/r4/Condition?page=2"},
      {"a dot at the end", "http://127.0.0.1.:{P}/fhir/r4/Condition?page=2"},
      {"this network", "http://0.0.0.0:{T}/fhir/r4/Condition?page=2"},
      {"IPv6 of this machine", "http://[::1]:{P}/fhir/r4/Condition?page=2"},
      {"IPv6 that carries the address", "http://[::ffff:127.0.0.1]:{P}/fhir/r4/Condition?page=2"},
      {"NAT64", "http://[64:ff9b::7f00:1]:{P}/fhir/r4/Condition?page=2"},
      {"a zone", "http://[fe80::1%25lo]:{P}/fhir/r4/Condition?page=2"},
      {"metadata", "http://169.254.169.254/latest/meta-data"},
      {"metadata without a scheme", "//169.254.169.254/latest/meta-data"},
      {"a private network", "https://10.0.0.1/fhir/r4/Condition?page=2"},
      {"an encoded host", "http://%31%32%37.0.0.1:{P}/fhir/r4/Condition?page=2"},
      {"an empty host", "http://:{T}/fhir/r4/Condition?page=2"},
      {"three slashes", "///127.0.0.1:{T}/fhir/r4/Condition"},
      {"four slashes", "////127.0.0.1:{T}/fhir/r4/Condition"},
      {"slash and backslash", "/\\127.0.0.1:{T}/fhir/r4/Condition"},
      {"two backslashes", "\\\\127.0.0.1:{T}/fhir/r4/Condition"},
      {"one slash behind the scheme", "http:/127.0.0.1:{T}/fhir/r4/Condition"},
      {"none", "http:127.0.0.1:{T}/fhir/r4/Condition"},
      {"a scheme and a relative path", "http:Condition?page=2"},

      // Other schemes.
      {"a file", "file:///etc/passwd"},
      {"a script", "javascript:alert(1)"},
      {"data", "data:application/fhir+json,{}"},
      {"gopher", "gopher://127.0.0.1:{T}/_GET%20/"},
      {"FTP", "ftp://127.0.0.1:{T}/Condition"},
      {"a name and no place", "urn:uuid:6f0d4b7e-0f6c-4c35-9d0b-3ea4f1a5a9a1"},
      {"no scheme that there is", "1http://127.0.0.1:{T}/fhir/r4"},

      // Out of the base.
      {"the root", "/"},
      {"another path", "/admin/export?page=2"},
      {"above the base", "/fhir/Condition?page=2"},
      {"a path that begins like the base", "/fhir/r4-evil/Condition?page=2"},
      {"a base of another case", "/FHIR/R4/Condition?page=2"},
      {"an encoded letter", "/%66hir/r4/Condition?page=2"},
      {"climbing", "../../admin/export"},
      {"climbing from the root", "/fhir/r4/../../admin/export"},
      {"climbing there and back", "/fhir/r4/../r4/Condition?page=2"},
      {"climbing at the end", "/fhir/r4/.."},
      {"a dot segment", "./Condition?page=2"},
      {"climbing, encoded", "/fhir/r4/%2e%2e/%2e%2e/admin"},
      {"climbing, encoded in capitals", "/fhir/r4/%2E%2E/admin"},
      {"climbing, encoded in part", "/fhir/r4/.%2e/admin"},
      {"climbing with an encoded slash", "/fhir/r4/..%2f..%2fadmin"},
      {"climbing with an encoded backslash", "/fhir/r4/..%5c..%5cadmin"},
      {"climbing by backslashes", "/fhir/r4\\..\\..\\admin"},
      {"climbing with a parameter", "/fhir/r4/..;x/admin"},
      {"an empty segment", "/fhir/r4//Condition?page=2"},
      {"an encoded slash", "/fhir%2fr4/Condition?page=2"},

      // No links.
      {"blank", " "},
      {"a blank before it", " /fhir/r4/Condition?page=2"},
      {"a blank behind it", "/fhir/r4/Condition?page=2 "},
      {"a newline in it", "/fhir/r4/Cond\nition?page=2"},
      {"a tab in the scheme", "ht\ttp://127.0.0.1:{T}/fhir/r4/Condition"},
      {"a second request", "/fhir/r4/Condition?page=2 HTTP/1.1\r\nHost: evil.test\r\n\r\n"},
      {"the same, encoded in the path", "/fhir/r4/Condition%0d%0aHost:%20evil.test"},
      {"NUL", "/fhir/r4/Condition?page=2\0.evil"s},
      {"NUL, encoded in the path", "/fhir/r4/Condition%00"},
      {"a fragment", "/fhir/r4/Condition?page=2#x"},
      {"a fragment alone", "#"},
      {"bytes above ASCII", "/fhir/r4/Condition?page=\xc3\xa9"},
      {"an encoding that is none", "/fhir/r4/Condition%zz"},
      {"too long", "/fhir/r4/Condition?page=" + std::string(9000, 'x')},
  };
}

}  // namespace cdss::hostile
