#include <algorithm>
#include <iostream>
#include <iterator>

#include "core/auth/profile.hpp"
#include "core/base/errors/faults.hpp"
#include "core/cli/command.hpp"
#include "core/http/server/tls.hpp"
#include "core/server/http_settings.hpp"
#include "core/server/packages.hpp"
#include "core/server/service_registry.hpp"
#include "core/worker/instance.hpp"

namespace cdss::cli {
namespace {

constexpr std::string_view kUsage =
    "usage: psoas-cds check-config --config FILE\n"
    "       psoas-cds check-config --schema | --client-schema | --manual\n"
    "\n"
    "Reads the configuration, its client profiles and its plugins, and says all that is wrong;\n"
    "when nothing is, prints what is in force. Values that are not the default have a *.\n"
    "  --schema         print the JSON Schema of the configuration file\n"
    "  --client-schema  print the JSON Schema of a client profile\n"
    "  --manual         print the entries of both as Markdown tables\n";

/// The files that serve would read, as it reads them.
void check_files(const config::Settings& settings, Faults& faults) {
  if (!settings.listen.tls_key.empty()) {
    if (auto context = http::make_tls_context(server::tls_settings(settings)); !context) {
      faults.push_back(std::move(context).error());
    }
  }
  if (!settings.outbound.certificate_authorities.empty()) {
    Log log{std::cerr, Clock::system()};
    Metrics metrics;
    auto client = http::Client::start(server::client_settings(settings.outbound), log, metrics);
    if (!client) {
      faults.push_back(std::move(client).error());
    }
  }
  for (const config::Client& client : settings.clients) {
    if (auto profile = auth::Profile::of(client); !profile) {
      faults.push_back(within(client.file.string(), std::move(profile).error()));
    }
  }
}

/// Opens each plugin with its options and adds what it offers to the registry.
void check_plugins(const config::Settings& settings, const server::Packages& packages,
                   server::ServiceRegistry& registry, Faults& faults) {
  for (const auto& package : packages.loaded) {
    const auto& id = package->manifest().id;
    const Document options = server::options_of(settings, id);
    if (auto opened = worker::Instance::open(package, options.root()); !opened) {
      faults.push_back(within("plugin " + id, std::move(opened).error()));
    }
    if (auto added = registry.add(package); !added) {
      faults.push_back(within("plugin " + id, std::move(added).error()));
    }
  }
}

/// What is in force, for people: services, then each client with its cautions and every entry.
void print_summary(const std::string& file, const config::Settings& settings,
                   const server::Packages& packages, const server::ServiceRegistry& registry) {
  std::cout << file << ": ok\n";
  for (const server::HostedService& hosted_service : registry.services()) {
    std::cout << "  service " << hosted_service.declaration->id << ", plugin "
              << hosted_service.package->manifest().id << ' '
              << hosted_service.package->manifest().version
              << (hosted_service.page_url.empty() ? ", cards link to no page"
                                                  : ", page " + hosted_service.page_url)
              << '\n';
  }
  for (const std::string& id : packages.disabled) {
    std::cout << "  plugin " << id << " is disabled\n";
  }
  for (const config::Client& client : settings.clients) {
    std::cout << "\nclient " << client.id << ", authentication "
              << config::name_of(client.authentication) << ", " << client.file.string() << '\n';
    for (const auto& caution : client.cautions()) {
      std::cout << "! CAUTION: " << caution << '\n';
    }
    std::cout << config::client_table(client);
  }
}

/// All that would keep `serve` from doing what the file asks; prints what is in force when there is
/// nothing. Plugins are not looked at before the settings are right.
Faults check(const std::string& file) {
  Faults faults;
  const auto settings = config::Settings::read(file, faults);
  if (!faults.empty()) {
    return faults;
  }
  check_files(settings, faults);
  const auto packages = server::load_packages(settings);
  if (!packages) {
    faults.push_back(packages.error());
    return faults;
  }
  for (const server::PackageFailure& failure : packages->failures) {
    faults.push_back(failure.error);
  }
  add_fault(server::check_all_options(settings, *packages), faults);
  server::ServiceRegistry registry{settings.public_url};
  if (faults.empty()) {  // else a plugin would refuse its options once more
    check_plugins(settings, *packages, registry, faults);
    std::ranges::move(config::unknown_services(settings, registry.ids()),
                      std::back_inserter(faults));
  }
  if (faults.empty()) {
    print_summary(file, settings, *packages, registry);
  }
  return faults;
}

Result<void> check_line(const CommandLine& line) {
  const bool prints =
      line.option("schema") || line.option("client-schema") || line.option("manual");
  if (!prints && (!line.option("config") || !line.operands.empty())) {
    return Error{Errc::missing, {}, "needs --config FILE and nothing else"};
  }
  return {};
}

Result<Exit> run(const CommandLine& line) {
  if (line.option("schema")) {
    std::cout << config::settings_schema() << '\n';
  } else if (line.option("client-schema")) {
    std::cout << config::client_schema() << '\n';
  } else if (line.option("manual")) {
    std::cout << config::settings_manual();
  } else {
    const auto faults = check(*line.option("config"));
    std::ranges::for_each(faults, report);
    return faults.empty() ? Exit::ok : Exit::refused;
  }
  return Exit::ok;
}

}  // namespace

Command check_config() {
  return {.usage = kUsage,
          .options = {"config"},
          .flags = {"schema", "client-schema", "manual"},
          .check = check_line,
          .run = run};
}

}  // namespace cdss::cli
