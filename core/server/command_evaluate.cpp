#include <iostream>

#include "core/base/clock.hpp"
#include "core/base/file.hpp"
#include "core/server/call.hpp"
#include "core/server/command_line.hpp"
#include "core/server/packages.hpp"
#include "core/worker/instance.hpp"
#include "fhir/partial_date.hpp"

namespace cdss::server {
namespace {

constexpr std::string_view kUsage =
    "usage: psoas-cds evaluate --service ID [--config FILE] [--today YYYY-MM-DD] REQUEST.json\n"
    "\n"
    "Answers one CDS Hooks call without a server, in this process, and prints the response.\n"
    "  --service ID        the service to call, e.g. hip-replacement\n"
    "  --config FILE       take plugins, their options and the client profile from it\n"
    "  --today YYYY-MM-DD  evaluate as if it were that day\n"
    "Exit status: 0 with a response, 1 when the call is refused (the OperationOutcome is "
    "printed).\n";

struct Setup {
  config::Settings settings;
  std::chrono::sys_days today;
};

/// Without a file, what config/development.json says.
/// Errors: those of Settings::read and PartialDate::parse.
Result<Setup> read_setup(const CommandLine& line) {
  Setup setup{.settings = {}, .today = Clock::system().today()};
  setup.settings.public_url = "http://127.0.0.1:8080";
  setup.settings.clients.push_back({.id = "development", .explain = true});
  if (const auto file = line.option("config")) {
    CDSS_TRY(setup.settings, config::Settings::read(*file));
  }
  if (const auto text = line.option("today")) {
    const auto date = fhir::PartialDate::parse(*text);
    if (!date || date->first_day() != date->last_day()) {
      return Error{Errc::malformed, "--today", "must be a day, written YYYY-MM-DD"};
    }
    setup.today = date->first_day();
  }
  return setup;
}

/// Runs the call through the plugin, opened in this process.
/// Errors: those of Instance::open, block_size and Instance::evaluate.
Result<std::string> run_plugin(const Offer& offer, const config::Settings& settings,
                               const worker::Call& call) {
  const Document options = options_of(settings, offer.package->manifest().id);
  CDSS_TRY(auto instance, worker::Instance::open(offer.package, options.root()));
  CDSS_TRY(const auto size, worker::block_size(call));
  std::vector<std::byte> block(size);
  worker::write_block(call, block);
  return instance.evaluate(*reinterpret_cast<const cdss_request*>(block.data()));
}

/// Prints the response, or what refuses the call.
/// Errors: what keeps the call from being made at all.
Result<Exit> answer(const Setup& setup, const std::string& service, const std::string& file) {
  CDSS_TRY(const auto packages, load_packages(setup.settings));
  for (const LeftOut& left_out : packages.left_out) {
    report(left_out.error);
  }
  CDSS_CHECK(check_all_options(setup.settings, packages));
  Catalogue catalogue{setup.settings.public_url};
  for (const auto& package : packages.loaded) {
    CDSS_CHECK(catalogue.add(package));
  }
  const Offer* offer = catalogue.find(service);
  if (offer == nullptr) {
    return Error{Errc::missing, "--service " + service, "no installed plugin offers it"};
  }
  CDSS_TRY(auto body, read_file(file));
  const auto prepared = PreparedCall::make(std::move(body), *offer, setup.today,
                                           ClientTerms::of(setup.settings.clients.front()));
  if (!prepared) {
    std::cout << prepared.error().body() << '\n';
    return Exit::refused;
  }
  if (const auto withheld = (*prepared)->withheld(); withheld.resources > 0) {
    report({Errc::unsupported, file,
            std::to_string(withheld.resources) +
                " resources could not be shown to be the patient's and were left out"});
  }
  CDSS_TRY(auto written, run_plugin(*offer, setup.settings, (*prepared)->call()));
  std::vector<hooks::Dropped> dropped;
  const auto response = (*prepared)->finish(std::move(written), dropped);
  for (const auto& what : dropped) {
    report(
        within(what.replaced ? "replaced by a fixed text" : "left out of the answer", what.error));
  }
  std::cout << (response ? *response : response.error().body()) << '\n';
  return response ? Exit::ok : Exit::refused;
}

}  // namespace

Exit evaluate(Arguments arguments) {
  const auto line = parse_command_line(arguments, {"service", "config", "today"}, {"help"});
  if (!line) {
    return usage_error(line.error(), kUsage);
  }
  if (line->option("help")) {
    std::cout << kUsage;
    return Exit::ok;
  }
  const auto service = line->option("service");
  if (!service || line->operands.size() != 1) {
    return usage_error({Errc::missing, {}, "needs --service ID and one request file"}, kUsage);
  }
  const auto setup = read_setup(*line);
  if (!setup) {
    if (setup.error().where == "--today") {
      return usage_error(setup.error(), kUsage);
    }
    report(setup.error());
    return Exit::refused;
  }
  const auto exit = answer(*setup, *service, line->operands.front());
  if (!exit) {
    report(exit.error());
    return Exit::refused;
  }
  return *exit;
}

}  // namespace cdss::server
