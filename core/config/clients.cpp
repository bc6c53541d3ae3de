// The client profiles of one configuration beside each other: what no two may share, and which of
// them a caller is.

#include "core/config/clients.hpp"

#include <algorithm>
#include <map>

namespace cdss::config {
namespace {

Error fault_of(const Client& client, Errc code, const std::string& element, std::string message) {
  return within(client.file.string(), {code, element, std::move(message)});
}

/// Tells of each text that two profiles have at the same place.
class Owners {
 public:
  Owners(std::string element, std::string rule)
      : element_{std::move(element)}, rule_{std::move(rule)} {}

  /// @param shares  Whether both may have it, given the client that came first.
  template <class Shares>
  void add(const Client& client, const std::vector<std::string>& texts, std::vector<Error>& faults,
           Shares shares) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto [first, is_new] = owners_.emplace(texts[i], &client);
      if (!is_new && !shares(*first->second)) {
        faults.push_back(
            fault_of(client, Errc::unsupported, element_ + '[' + std::to_string(i) + ']',
                     "is in the profile of client " + first->second->id + " already; " + rule_));
      }
    }
  }

 private:
  std::string element_;
  std::string rule_;
  std::map<std::string, const Client*> owners_;
};

void check_ids(const Settings& settings, std::vector<Error>& faults) {
  std::map<std::string, const Client*> owners;
  for (const Client& client : settings.clients) {
    const auto [first, is_new] = owners.emplace(client.id, &client);
    if (!is_new) {
      faults.push_back(fault_of(
          client, Errc::unsupported, "id",
          "is the id of " + first->second->file.string() + " already; give each client its own"));
    }
  }
}

void check_open_clients(const Settings& settings, std::vector<Error>& faults) {
  const Client* first = settings.open_client();
  for (const Client& client : settings.clients) {
    if (client.authentication == Authentication::none && &client != first) {
      faults.push_back(fault_of(
          client, Errc::unsupported, "authentication",
          "is none, as that of client " + first->id + "; the two could not be told apart"));
    }
  }
}

void check_owners(const Settings& settings, std::vector<Error>& faults) {
  Owners issuers{"issuers", "an issuer belongs to one profile, which decides what its calls get"};
  const std::string rule = "only profiles that also need a JWT can share a certificate";
  Owners fingerprints{"certificate_sha256", rule};
  Owners names{"certificate_names", rule};
  for (const Client& client : settings.clients) {
    issuers.add(client, client.issuers, faults, [](const Client&) { return false; });
    const auto both_need_jwt = [&](const Client& first) {
      return first.needs_jwt() && client.needs_jwt();
    };
    fingerprints.add(client, client.certificate_sha256, faults, both_need_jwt);
    names.add(client, client.certificate_names, faults, both_need_jwt);
  }
}

/// Client certificates come with TLS, and only a known authority vouches for a name in one.
void check_certificates(const Settings& settings, std::vector<Error>& faults) {
  for (const Client& client : settings.clients) {
    if (client.needs_certificate() && settings.listen.tls_key.empty()) {
      faults.push_back(fault_of(client, Errc::missing, "authentication",
                                "needs TLS here: set listen.tls_certificate and listen.tls_key"));
    } else if (!client.certificate_names.empty() &&
               settings.listen.tls_client_authorities.empty()) {
      faults.push_back(fault_of(client, Errc::missing, "certificate_names",
                                "needs listen.tls_client_authorities: a name counts only in a "
                                "certificate that a known authority signed"));
    }
  }
}

}  // namespace

void check_clients(const Settings& settings, std::vector<Error>& faults) {
  check_ids(settings, faults);
  check_open_clients(settings, faults);
  check_owners(settings, faults);
  check_certificates(settings, faults);
}

const Client* Settings::client_of_issuer(std::string_view issuer) const {
  const auto found = std::ranges::find_if(clients, [&](const Client& client) {
    return std::ranges::find(client.issuers, issuer) != client.issuers.end();
  });
  return found == clients.end() ? nullptr : &*found;
}

const Client* Settings::open_client() const {
  const auto found = std::ranges::find(clients, Authentication::none, &Client::authentication);
  return found == clients.end() ? nullptr : &*found;
}

bool Settings::allows_origin(std::string_view origin) const {
  return std::ranges::any_of(clients,
                             [&](const Client& client) { return client.allows_origin(origin); });
}

std::vector<Error> unknown_services(const Settings& settings, std::span<const std::string> ids) {
  std::vector<Error> faults;
  for (const Client& client : settings.clients) {
    for (std::size_t i = 0; i < client.services.size(); ++i) {
      if (std::ranges::find(ids, client.services[i]) == ids.end()) {
        faults.push_back(fault_of(
            client, Errc::missing, "services[" + std::to_string(i) + ']',
            "is offered by no plugin that runs; correct it, or install or enable its plugin"));
      }
    }
  }
  return faults;
}

}  // namespace cdss::config
