#pragma once

#include <string>
#include <vector>

namespace cdss::hostile {

/// A text that somebody makes us read in the hope that we go where it leads, perhaps with a token.
///
/// Registered are http://127.0.0.1:{P}/fhir/r4 and https://fhir.example.org/fhir as FHIR servers,
/// and http://127.0.0.1:{P}/keys/jwks as the address of keys. {P} stands for the port of the
/// registered server and {T} for that of one that is not, which listens on the same machine.
struct OutboundInput {
  const char* why;  ///< What a lenient reader makes of it, or which rule it tests.
  std::string text;
  /// Another spelling of what is registered, which may be followed; else it leads to no packet.
  bool leads_home = false;
};

/// Values of `fhirServer` in a service call.
std::vector<OutboundInput> fhir_servers();
/// Values of `jku` in the header of a client's token.
std::vector<OutboundInput> key_addresses();
/// Links to the next page, on a page of http://127.0.0.1:{P}/fhir/r4/Condition?patient=p1.
std::vector<OutboundInput> next_links();
/// Values of Location in an answer.
std::vector<OutboundInput> redirects();

/// URLs that nothing permits to lead to this machine or the site's networks.
std::vector<OutboundInput> addresses();

/// All of them.
std::vector<OutboundInput> outbound_inputs();

}  // namespace cdss::hostile
