// Where an answer may say that what was asked for is.

#include "tests/hostile/outbound/inputs.hpp"

namespace cdss::hostile {

std::vector<OutboundInput> redirects() {
  return {
      {"another port", "http://127.0.0.1:{T}/fhir/r4/Condition"},
      {"another address", "http://127.0.0.2:{P}/fhir/r4/Condition"},
      {"by name", "http://localhost:{T}/fhir/r4/Condition"},
      {"IPv6 of this machine", "http://[::1]:{P}/fhir/r4/Condition"},
      {"TLS", "https://127.0.0.1:{T}/fhir/r4/Condition"},
      {"scheme-relative", "//127.0.0.1:{T}/fhir/r4/Condition"},
      {"with the registered host as user", "http://127.0.0.1:{P}@127.0.0.1:{T}/fhir/r4/Condition"},
      {"with a user of its own", "http://user:password@127.0.0.1:{T}/fhir/r4/Condition"},
      {"backslashes", "\\\\127.0.0.1:{T}\\fhir\\r4\\Condition"},
      {"decimal", "http://2130706433:{T}/fhir/r4/Condition"},
      {"this network", "http://0.0.0.0:{T}/fhir/r4/Condition"},
      {"metadata", "http://169.254.169.254/latest/meta-data"},
      {"a private network", "https://10.0.0.1/fhir/r4/Condition"},
      {"another registered server", "https://fhir.example.org/fhir/Condition"},
      {"another path of the same server", "/admin/export"},
      {"itself", "http://127.0.0.1:{P}/fhir/r4/Condition?patient=p1"},
      {"the same folder", "Condition?patient=p1&page=2"},
      {"climbing", "../../admin"},
      {"a file", "file:///etc/passwd"},
      {"gopher", "gopher://127.0.0.1:{T}/_GET%20/"},
      {"a second field", "http://127.0.0.1:{T}/\r\nRefresh: 0; url=http://127.0.0.1:{T}/"},
      {"a second Location", "/a\r\nLocation: http://127.0.0.1:{T}/b"},
      {"folded", "/a\r\n http://127.0.0.1:{T}/b"},
      {"empty", ""},
  };
}

}  // namespace cdss::hostile
