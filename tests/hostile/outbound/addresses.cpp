// Where a URL may lead that nothing has permitted to lead to this machine or its networks.

#include "tests/hostile/outbound/inputs.hpp"

namespace cdss::hostile {

std::vector<OutboundInput> addresses() {
  return {
      {"this machine by name", "https://localhost:{T}/"},
      {"in capitals", "https://LOCALHOST:{T}/"},
      {"by address", "https://127.0.0.1:{T}/"},
      {"by another", "https://127.0.0.2:{P}/"},
      {"by the last of them", "https://127.255.255.255:{P}/"},
      {"in IPv6", "https://[::1]:{P}/"},
      {"in IPv6 at length", "https://[0:0:0:0:0:0:0:1]:{P}/"},
      {"IPv6 that carries IPv4", "https://[::ffff:127.0.0.1]:{T}/"},
      {"the same in hexadecimal", "https://[::ffff:7f00:1]:{T}/"},
      {"the same the old way", "https://[::127.0.0.1]:{T}/"},
      {"6to4", "https://[2002:7f00:1::]:{T}/"},
      {"NAT64", "https://[64:ff9b::127.0.0.1]:{T}/"},
      {"Teredo", "https://[2001:0:7f00:1::]:{T}/"},
      {"a zone", "https://[::1%25lo]:{P}/"},
      {"unspecified, which leads here", "https://0.0.0.0:{T}/"},
      {"unspecified in IPv6", "https://[::]:{P}/"},
      {"zero", "https://0:{T}/"},
      {"decimal", "https://2130706433:{T}/"},
      {"hexadecimal", "https://0x7f000001:{T}/"},
      {"octal", "https://0177.0.0.1:{T}/"},
      {"short", "https://127.1:{T}/"},
      {"a dot at the end", "https://127.0.0.1.:{T}/"},
      {"plain HTTP", "http://127.0.0.1:{T}/"},
      {"plain HTTP to a stranger", "http://93.184.216.34/"},
      {"link-local", "https://169.254.1.1:{T}/"},
      {"metadata", "https://169.254.169.254/latest/meta-data"},
      {"metadata through IPv6", "https://[::ffff:a9fe:a9fe]/latest/meta-data"},
      {"link-local in IPv6", "https://[fe80::1]:{T}/"},
      {"site-local in IPv6", "https://[fec0::1]:{T}/"},
      {"metadata in IPv6", "https://[fd00:ec2::254]/latest/meta-data"},
      {"a private network", "https://10.0.0.1:{T}/"},
      {"another", "https://172.16.0.1:{T}/"},
      {"the last of them", "https://172.31.255.255:{T}/"},
      {"a third", "https://192.168.1.1:{T}/"},
      {"shared by carriers, and metadata of a cloud", "https://100.100.100.200/"},
      {"a private network through 6to4", "https://[2002:c0a8:101::1]:{T}/"},
      {"documentation", "https://192.0.2.1:{T}/"},
      {"benchmarks", "https://198.18.0.1:{T}/"},
      {"multicast", "https://224.0.0.1:{T}/"},
      {"multicast in IPv6", "https://[ff02::1]:{T}/"},
      {"reserved", "https://240.0.0.1:{T}/"},
      {"broadcast", "https://255.255.255.255:{T}/"},
  };
}

std::vector<OutboundInput> outbound_inputs() {
  std::vector<OutboundInput> all;
  for (auto* const table : {&fhir_servers, &key_addresses, &next_links, &redirects, &addresses}) {
    for (auto& input : table()) {
      all.push_back(std::move(input));
    }
  }
  return all;
}

}  // namespace cdss::hostile
