#include "core/config/settings.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/base_url.hpp"
#include "core/base/errors/faults.hpp"
#include "core/base/file.hpp"
#include "core/base/ip_address.hpp"
#include "core/config/clients.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::config {
namespace {

constexpr std::size_t kMostClients = 256;

void check_members(View root, Faults& faults) {
  static constexpr std::string_view kMembers[] = {
      "$schema", "public_url", "listen",         "limits",           "admin",  "outbound",
      "fhir",    "plugins",    "plugin_options", "disabled_plugins", "clients"};
  for (const Member member : root.members()) {
    if (std::ranges::find(kMembers, member.name) == std::end(kMembers)) {
      faults.push_back(member.value.error(Errc::unsupported, "is not a setting"));
    }
  }
}

Result<void> read_plugin_options(View root, Settings& settings) {
  const auto options = root.find("plugin_options");
  if (!options) {
    return {};
  }
  if (!options->is_object()) {
    return options->error(Errc::malformed, "must be an object with one object for each plugin id");
  }
  for (const Member plugin : options->members()) {
    if (!plugin.value.is_object()) {
      return plugin.value.error(Errc::malformed, "must be an object of option values");
    }
    json::append_value(settings.plugin_options[std::string{plugin.name}], plugin.value);
  }
  return {};
}

Result<void> read_disabled_plugins(View root, Settings& settings) {
  const auto list = root.find("disabled_plugins");
  if (!list) {
    return {};
  }
  if (!list->is_array()) {
    return list->error(Errc::malformed, "must be an array of plugin ids");
  }
  auto& disabled = settings.disabled_plugins;
  for (const View element : list->elements()) {
    CDSS_TRY(const auto id, element.string());
    if (std::ranges::find(disabled, id) != disabled.end()) {
      return element.error(Errc::malformed, "stands twice in this list");
    }
    disabled.emplace_back(id);
  }
  return {};
}

std::string absolute(const std::filesystem::path& file, const std::string& path) {
  return path.empty() ? path : (file.parent_path() / path).lexically_normal().string();
}

/// Where the profiles are. Errors: no list, or none in it.
Result<std::vector<std::string>> client_files(View root, const Settings& settings) {
  CDSS_TRY(const auto clients, root.at("clients"));
  if (!clients.is_array() || clients.size() == 0 || clients.size() > kMostClients) {
    return clients.error(Errc::malformed, "must list the files of 1 to " +
                                              std::to_string(kMostClients) + " client profiles");
  }
  std::vector<std::string> files;
  for (const View element : clients.elements()) {
    CDSS_TRY(const auto path, element.string());
    files.push_back(absolute(settings.file, std::string{path}));
  }
  return files;
}

Result<void> read_public_url(View root, Settings& settings) {
  CDSS_TRY(const auto url, root.required_string("public_url"));
  const auto base = BaseUrl::parse(url);
  if (!base) {
    return root.error_at("public_url", Errc::malformed,
                         "must be an http or https URL of a host and perhaps a path, without user "
                         "name, query or fragment");
  }
  settings.public_url = base->text();
  // Clients send it in `aud`, which is compared byte by byte.
  if (url != settings.public_url && url != settings.public_url + '/') {
    return root.error_at("public_url", Errc::malformed, "must be written " + settings.public_url);
  }
  return {};
}

bool is_ip_address(std::string_view text) {
  return is_ipv4_address(text) || is_ipv6_address(text);
}

void check_listeners(const Settings& settings, Faults& faults) {
  const Listen& listen = settings.listen;
  if (settings.admin.enabled && !is_loopback_address(settings.admin.address)) {
    faults.push_back({Errc::unsupported, "admin.address", "must be a loopback address"});
  }
  if (listen.tls_certificate.empty() != listen.tls_key.empty()) {
    faults.push_back(
        {Errc::unsupported, "listen", "needs both tls_certificate and tls_key, or neither"});
  }
  if (!listen.tls_client_authorities.empty() && listen.tls_key.empty()) {
    faults.push_back({Errc::unsupported, "listen.tls_client_authorities",
                      "needs tls_certificate and tls_key: client certificates come with TLS"});
  }
  if (listen.require_client_certificate && listen.tls_key.empty()) {
    faults.push_back({Errc::unsupported, "listen.require_client_certificate",
                      "needs tls_certificate and tls_key: client certificates come with TLS"});
  }
  if (!is_ip_address(listen.address)) {
    faults.push_back({Errc::malformed, "listen.address", "must be an IP address, e.g. 127.0.0.1"});
  }
}

/// Beyond this machine only authenticated clients are served, and only over TLS (SEC-01, SEC-04).
void check_reach(const Settings& settings, Faults& faults) {
  const Listen& listen = settings.listen;
  if (is_loopback_address(listen.address) || listen.allow_open_network ||
      !is_ip_address(listen.address)) {
    return;
  }
  const auto open = std::ranges::find_if(settings.clients, &Client::is_open);
  if (open != settings.clients.end()) {
    faults.push_back({Errc::unsupported, "listen.address",
                      "reaches beyond this machine while anyone can call as client " + open->id +
                          "; listen on 127.0.0.1, or set listen.allow_open_network"});
  }
  if (listen.tls_key.empty() && !listen.allow_plain_http) {
    faults.push_back({Errc::unsupported, "listen.address",
                      "reaches beyond this machine without TLS; set tls_certificate and tls_key, "
                      "or allow_plain_http when a proxy in front ends TLS"});
  }
}

/// Whoever must show a certificate must be able to show one that is taken.
void check_required_certificate(const Settings& settings, Faults& faults) {
  const Listen& listen = settings.listen;
  const bool any_is_known = !listen.tls_client_authorities.empty() ||
                            std::ranges::any_of(settings.clients, [](const Client& client) {
                              return !client.certificate_sha256.empty();
                            });
  if (listen.require_client_certificate && !listen.tls_key.empty() && !any_is_known) {
    faults.push_back({Errc::unsupported, "listen.require_client_certificate",
                      "ends every handshake without tls_client_authorities and without a client "
                      "profile that has certificate_sha256"});
  }
}

Settings read_all(View root, const std::filesystem::path& file, Faults& faults) {
  Settings settings;
  settings.file = std::filesystem::absolute(file);
  if (!root.is_object()) {
    faults.push_back(root.error(Errc::malformed, "must be an object"));
    return settings;
  }
  check_members(root, faults);
  add_fault(read_public_url(root, settings), faults);
  Settings::for_each_section([&]<class Section>(std::string_view name, Section Settings::*section) {
    if (const auto object = root.find(name)) {
      read_options(Section::rows(), *object, {}, settings.*section, faults);
    }
  });
  add_fault(read_plugin_options(root, settings), faults);
  add_fault(read_disabled_plugins(root, settings), faults);
  for (std::string* path : {&settings.listen.tls_certificate, &settings.listen.tls_key,
                            &settings.listen.tls_client_authorities,
                            &settings.outbound.certificate_authorities, &settings.plugins.folder}) {
    *path = absolute(settings.file, *path);
  }
  check_listeners(settings, faults);
  return settings;
}

}  // namespace

Settings Settings::read(const std::filesystem::path& file, std::vector<Error>& faults) {
  const auto document = read_json_file(file);
  if (!document) {
    faults.push_back(document.error());
    return {};
  }
  Faults own;
  Settings settings = read_all(document->root(), file, own);
  Faults of_clients;
  if (const auto files = client_files(document->root(), settings)) {
    for (const auto& client : *files) {
      settings.clients.push_back(Client::read(client, of_clients));
    }
  } else {
    own.push_back(files.error());
  }
  if (of_clients.empty()) {  // a profile that could not be read would only cause more faults
    check_reach(settings, own);
    check_required_certificate(settings, own);
    check_clients(settings, of_clients);
  }
  for (Error& fault : own) {
    faults.push_back(within(file.string(), std::move(fault)));
  }
  std::ranges::move(of_clients, std::back_inserter(faults));
  return settings;
}

void Settings::listen_on(std::int64_t port) {
  const std::string before = ':' + std::to_string(listen.port);
  listen.port = port;
  const auto base = BaseUrl::parse(public_url);
  if (port == 0 || !base || !base->url().is_on_loopback()) {
    return;
  }
  if (const auto origin = base->url().origin(); origin.ends_with(before)) {
    public_url.replace(origin.size() - before.size(), before.size(), ':' + std::to_string(port));
  }
}

Result<Settings> Settings::read(const std::filesystem::path& file) {
  std::vector<Error> faults;
  Settings settings = read(file, faults);
  if (!faults.empty()) {
    return std::move(faults.front());
  }
  return settings;
}

}  // namespace cdss::config
