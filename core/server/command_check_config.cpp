#include <iostream>

#include "core/base/file.hpp"
#include "core/server/catalogue.hpp"
#include "core/server/command_line.hpp"
#include "core/server/packages.hpp"
#include "core/worker/instance.hpp"

namespace cdss::server {
namespace {

constexpr std::string_view kUsage =
    "usage: psoas-cds check-config --config FILE\n"
    "       psoas-cds check-config --schema | --manual\n"
    "\n"
    "Reads the configuration, its client profile and its plugins, and says what is wrong.\n"
    "  --schema  print the JSON Schema of the configuration file\n"
    "  --manual  print its entries as Markdown tables\n";

/// Errors: those of read_file.
Result<void> check_tls(const config::Listen& listen) {
  for (const auto& path : {listen.tls_certificate, listen.tls_key}) {
    if (!path.empty()) {
      CDSS_CHECK(read_file(path));
    }
  }
  return {};
}

/// Errors: the first thing that would keep `serve` from starting as the file asks.
Result<void> check(const std::string& file) {
  CDSS_TRY(const auto settings, config::Settings::read(file));
  CDSS_TRY(const auto packages, load_packages(settings));
  for (const LeftOut& left_out : packages.left_out) {
    return left_out.error;
  }
  CDSS_CHECK(check_all_options(settings, packages));
  CDSS_CHECK(check_tls(settings.listen));
  Catalogue catalogue{settings.public_url};
  for (const auto& package : packages.loaded) {
    const auto& id = package->manifest().id;
    const Document options = options_of(settings, id);
    if (auto opened = worker::Instance::open(package, options.root()); !opened) {
      return within("plugin " + id, std::move(opened).error());
    }
    if (auto added = catalogue.add(package); !added) {
      return within("plugin " + id, std::move(added).error());
    }
  }
  std::cout << file << ": ok\n  client " << settings.clients.front().id << ", authentication "
            << settings.clients.front().authentication << '\n';
  for (const Offer& offer : catalogue.offers()) {
    std::cout << "  service " << offer.declaration->id << ", plugin "
              << offer.package->manifest().id << ' ' << offer.package->manifest().version
              << (offer.page_url.empty() ? ", cards link to no page" : ", page " + offer.page_url)
              << '\n';
  }
  for (const std::string& id : packages.disabled) {
    std::cout << "  plugin " << id << " is disabled\n";
  }
  return {};
}

}  // namespace

Exit check_config(Arguments arguments) {
  const auto line = parse_command_line(arguments, {"config"}, {"schema", "manual", "help"});
  if (!line) {
    return usage_error(line.error(), kUsage);
  }
  if (line->option("help")) {
    std::cout << kUsage;
    return Exit::ok;
  }
  if (line->option("schema")) {
    std::cout << config::settings_schema() << '\n';
    return Exit::ok;
  }
  if (line->option("manual")) {
    std::cout << config::settings_manual();
    return Exit::ok;
  }
  const auto file = line->option("config");
  if (!file || !line->operands.empty()) {
    return usage_error({Errc::missing, {}, "needs --config FILE and nothing else"}, kUsage);
  }
  if (const auto checked = check(*file); !checked) {
    report(checked.error());
    return Exit::refused;
  }
  return Exit::ok;
}

}  // namespace cdss::server
