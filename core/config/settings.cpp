#include "core/config/settings.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "core/base/file.hpp"
#include "core/base/json_writer.hpp"

namespace cdss::config {
namespace {

template <class Section>
Result<void> read_section(View root, std::string_view name, Section& into) {
  if (const auto object = root.find(name)) {
    CDSS_TRY(into, read_options(Section::rows(), *object));
  }
  return {};
}

Result<void> check_members(View root) {
  static constexpr std::string_view kMembers[] = {
      "$schema", "public_url",     "listen",           "limits", "admin",
      "plugins", "plugin_options", "disabled_plugins", "clients"};
  if (!root.is_object()) {
    return root.error(Errc::malformed, "must be an object");
  }
  for (const Member member : root.members()) {
    if (std::ranges::find(kMembers, member.name) == std::end(kMembers)) {
      return member.value.error(Errc::unsupported, "is not a setting");
    }
  }
  return {};
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

Result<void> read_clients(View root, Settings& settings) {
  CDSS_TRY(const auto clients, root.at("clients"));
  if (!clients.is_array() || clients.size() != 1) {
    return clients.error(
        Errc::unsupported,
        "must name exactly one client profile, since callers are not told apart yet");
  }
  for (const View element : clients.elements()) {
    CDSS_TRY(const auto path, element.string());
    CDSS_TRY(auto client, Client::read(absolute(settings.file, std::string{path})));
    settings.clients.push_back(std::move(client));
  }
  return {};
}

Result<void> read_public_url(View root, Settings& settings) {
  CDSS_TRY(const auto url, root.required_string("public_url"));
  const bool web = url.starts_with("https://") || url.starts_with("http://");
  if (!web || url.find_first_of(" ?#\"<>\\") != std::string_view::npos) {
    return root.error_at("public_url", Errc::malformed,
                         "must be an http or https URL without query or fragment");
  }
  settings.public_url = url.ends_with('/') ? url.substr(0, url.size() - 1) : url;
  return {};
}

bool is_ip_address(const std::string& text) {
  in6_addr address{};  // room for either
  return inet_pton(AF_INET, text.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

Result<void> check_reach(const Settings& settings) {
  if (settings.admin.enabled && !is_loopback(settings.admin.address)) {
    return Error{Errc::unsupported, "admin.address", "must be a loopback address"};
  }
  if (settings.listen.tls_certificate.empty() != settings.listen.tls_key.empty()) {
    return Error{Errc::unsupported, "listen", "needs both tls_certificate and tls_key, or neither"};
  }
  if (!is_ip_address(settings.listen.address)) {
    return Error{Errc::malformed, "listen.address", "must be an IP address, e.g. 127.0.0.1"};
  }
  if (is_loopback(settings.listen.address) || settings.listen.allow_open_network) {
    return {};
  }
  for (const Client& client : settings.clients) {
    if (client.authentication == "none") {
      return Error{
          Errc::unsupported, "listen.address",
          "reaches beyond this machine while client " + client.id +
              " is not authenticated; listen on 127.0.0.1, or set listen.allow_open_network"};
    }
  }
  return {};
}

Result<void> read_all(View root, Settings& settings) {
  CDSS_CHECK(check_members(root));
  CDSS_CHECK(read_public_url(root, settings));
  CDSS_CHECK(read_section(root, "listen", settings.listen));
  CDSS_CHECK(read_section(root, "limits", settings.limits));
  CDSS_CHECK(read_section(root, "admin", settings.admin));
  CDSS_CHECK(read_section(root, "plugins", settings.plugins));
  CDSS_CHECK(read_plugin_options(root, settings));
  CDSS_CHECK(read_disabled_plugins(root, settings));
  settings.listen.tls_certificate = absolute(settings.file, settings.listen.tls_certificate);
  settings.listen.tls_key = absolute(settings.file, settings.listen.tls_key);
  settings.plugins.folder = absolute(settings.file, settings.plugins.folder);
  return {};
}

}  // namespace

bool is_loopback(std::string_view address) {
  const std::string text{address};
  in_addr v4{};
  in6_addr v6{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) {
    return (ntohl(v4.s_addr) >> 24U) == IN_LOOPBACKNET;
  }
  if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) {
    return false;
  }
  constexpr int kMappedV4 = 12;  // its four bytes are the last
  return IN6_IS_ADDR_LOOPBACK(&v6) ||
         (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[kMappedV4] == IN_LOOPBACKNET);
}

Result<Settings> Settings::read(const std::filesystem::path& file) {
  CDSS_TRY(const auto document, read_json_file(file));
  Settings settings;
  settings.file = std::filesystem::absolute(file);
  if (auto failed = read_all(document.root(), settings); !failed) {
    return within(file.string(), std::move(failed).error());
  }
  CDSS_CHECK(read_clients(document.root(), settings));
  if (auto failed = check_reach(settings); !failed) {
    return within(file.string(), std::move(failed).error());
  }
  return settings;
}

}  // namespace cdss::config
