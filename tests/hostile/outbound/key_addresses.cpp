// Where a token may say that its key is.

#include "tests/hostile/outbound/inputs.hpp"

namespace cdss::hostile {

using namespace std::string_literals;

std::vector<OutboundInput> key_addresses() {
  constexpr bool kLeadsHome = true;
  return {
      {"as it is registered", "http://127.0.0.1:{P}/keys/jwks", kLeadsHome},

      // Any other spelling is another address: the field is compared byte by byte.
      {"the case of the scheme", "HTTP://127.0.0.1:{P}/keys/jwks"},
      {"a slash at the end", "http://127.0.0.1:{P}/keys/jwks/"},
      {"an empty query", "http://127.0.0.1:{P}/keys/jwks?"},
      {"a query", "http://127.0.0.1:{P}/keys/jwks?kid=ec"},
      {"a fragment", "http://127.0.0.1:{P}/keys/jwks#"},
      {"an encoded letter", "http://127.0.0.1:{P}/keys/%6awks"},
      {"another case of the path", "http://127.0.0.1:{P}/keys/JWKS"},
      {"a dot segment", "http://127.0.0.1:{P}/keys/./jwks"},
      {"climbing", "http://127.0.0.1:{P}/keys/jwks/../../open/jwks"},
      {"climbing there and back", "http://127.0.0.1:{P}/keys/x/../jwks"},
      {"climbing, encoded", "http://127.0.0.1:{P}/keys/%2e%2e/open/jwks"},
      {"climbing by backslashes", "http://127.0.0.1:{P}/keys\\..\\open\\jwks"},
      {"an empty segment", "http://127.0.0.1:{P}//keys/jwks"},
      {"a path that begins like it", "http://127.0.0.1:{P}/keys/jwks-evil"},
      {"below it", "http://127.0.0.1:{P}/keys/jwks/evil"},
      {"an upload on the same origin", "http://127.0.0.1:{P}/uploads/jwks.json"},
      {"a redirect on the same origin", "http://127.0.0.1:{P}/go?to=http://127.0.0.1:{T}/jwks"},
      {"a blank before it", " http://127.0.0.1:{P}/keys/jwks"},
      {"a blank behind it", "http://127.0.0.1:{P}/keys/jwks "},
      {"a newline behind it", "http://127.0.0.1:{P}/keys/jwks\n"},
      {"NUL behind it", "http://127.0.0.1:{P}/keys/jwks\0"s},
      {"two addresses", "http://127.0.0.1:{P}/keys/jwks,http://127.0.0.1:{T}/keys/jwks"},

      // Another origin.
      {"another port", "http://127.0.0.1:{T}/keys/jwks"},
      {"no port", "http://127.0.0.1/keys/jwks"},
      {"another address", "http://127.0.0.2:{P}/keys/jwks"},
      {"by name", "http://localhost:{P}/keys/jwks"},
      {"TLS", "https://127.0.0.1:{P}/keys/jwks"},
      {"the registered host as user", "http://127.0.0.1:{P}@127.0.0.1:{T}/keys/jwks"},
      {"a user", "http://user@127.0.0.1:{P}/keys/jwks"},
      {"a backslash before an at sign", "http://127.0.0.1:{P}\\@127.0.0.1:{T}/keys/jwks"},
      {"a fragment before an at sign", "http://127.0.0.1:{T}#@127.0.0.1:{P}/keys/jwks"},
      {"a query before an at sign", "http://127.0.0.1:{T}?@127.0.0.1:{P}/keys/jwks"},
      {"a name that begins like it", "http://127.0.0.1.evil.test:{P}/keys/jwks"},
      {"another machine", "https://evil.test/keys/jwks"},
      {"decimal", "http://2130706433:{P}/keys/jwks"},
      {"hexadecimal", "http://0x7f000001:{P}/keys/jwks"},
      {"octal", "http://0177.0.0.1:{P}/keys/jwks"},
      {"short", "http://127.1:{P}/keys/jwks"},
      {"a dot at the end", "http://127.0.0.1.:{P}/keys/jwks"},
      {"this network", "http://0.0.0.0:{T}/keys/jwks"},
      {"IPv6 of this machine", "http://[::1]:{P}/keys/jwks"},
      {"IPv6 that carries the address", "http://[::ffff:127.0.0.1]:{P}/keys/jwks"},
      {"6to4", "http://[2002:7f00:1::]:{P}/keys/jwks"},
      {"NAT64", "http://[64:ff9b::7f00:1]:{P}/keys/jwks"},
      {"metadata", "http://169.254.169.254/keys/jwks"},
      {"a private network", "https://10.0.0.1/keys/jwks"},

      // No address that keys can be fetched from.
      {"scheme-relative", "//127.0.0.1:{T}/keys/jwks"},
      {"a path", "/keys/jwks"},
      {"no scheme", "127.0.0.1:{T}/keys/jwks"},
      {"a file", "file:///proc/self/environ"},
      {"data that is the key", "data:application/jwk-set+json,{\"keys\":[]}"},
      {"FTP", "ftp://127.0.0.1:{T}/keys/jwks"},
      {"gopher", "gopher://127.0.0.1:{T}/_GET%20/keys/jwks"},
      {"empty", ""},
      {"blank", " "},
      {"too long", "http://127.0.0.1:{T}/" + std::string(4000, 'x')},
  };
}

}  // namespace cdss::hostile
