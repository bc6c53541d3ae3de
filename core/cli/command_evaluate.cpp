#include <iostream>

#include "core/base/clock.hpp"
#include "core/base/file.hpp"
#include "core/cli/command.hpp"
#include "core/cli/local_call.hpp"
#include "core/server/packages.hpp"
#include "core/server/service_call.hpp"
#include "core/worker/instance.hpp"
#include "fhir/types/partial_date.hpp"

namespace cdss::cli {
namespace {

constexpr std::string_view kUsage =
    "usage: psoas-cds evaluate --service ID [options] REQUEST.json\n"
    "       psoas-cds evaluate --service ID [options] --patient FILE [FILE...]\n"
    "\n"
    "Answers one CDS Hooks call without a server, in this process, and prints the response.\n"
    "The call is a request as an EHR sends it, or is made from a patient's whole record.\n"
    "  --service ID        the service to call, e.g. hip-replacement\n"
    "  --config FILE       take plugins, their options and the client profile from it\n"
    "  --today YYYY-MM-DD  evaluate as if it were that day\n"
    "  --patient FILE      the record: a FHIR R4 Bundle, or NDJSON with one resource on each\n"
    "                      line; it may be in several files, and - is standard input\n"
    "  --patient-id ID     whose record it is, when there are several Patients in it\n"
    "  --hook HOOK         the hook of the call; patient-view unless given\n"
    "  --context FILE      more of the hook's context, as a JSON object, e.g. draftOrders\n"
    "  --show-request      print the call that was made from the record, and do not evaluate it\n"
    "What the record cannot answer is excluded from the call and named on standard error.\n"
    "Exit status: 0 with a response, 1 when it is refused (the OperationOutcome is printed).\n";

constexpr std::size_t kLongestFile = std::size_t{64} << 20U;

struct Setup {
  config::Settings settings;
  std::chrono::sys_days today;
};

/// The day of the evaluation. Errors: Errc::malformed for a text that is no day.
Result<std::chrono::sys_days> read_today(const CommandLine& line) {
  const auto text = line.option("today");
  if (!text) {
    return Clock::system().today();
  }
  const auto date = fhir::PartialDate::parse(*text);
  if (!date || date->first_day() != date->last_day()) {
    return Error{Errc::malformed, "--today", "must be a day, written YYYY-MM-DD"};
  }
  return date->first_day();
}

/// Without a file, what config/development.json says. Errors: those of Settings::read.
Result<Setup> read_setup(const CommandLine& line) {
  Setup setup{.settings = {}, .today = {}};
  setup.settings.public_url = "http://127.0.0.1:8080";
  setup.settings.clients.push_back({.id = "development", .explain = true});
  if (const auto file = line.option("config")) {
    CDSS_TRY(setup.settings, config::Settings::read(*file));
  }
  CDSS_TRY(setup.today, read_today(line));
  return setup;
}

/// Runs the call through the plugin, opened in this process.
/// Errors: those of Instance::open, block_size and Instance::evaluate.
Result<std::string> run_plugin(const server::HostedService& hosted_service,
                               const config::Settings& settings, const worker::Call& call) {
  const Document options = server::options_of(settings, hosted_service.package->manifest().id);
  CDSS_TRY(auto instance, worker::Instance::open(hosted_service.package, options.root()));
  CDSS_TRY(const auto size, worker::block_size(call));
  std::vector<std::byte> block(size);
  worker::write_block(call, block);
  return instance.evaluate(*reinterpret_cast<const cdss_request*>(block.data()));
}

/// The services that are installed. What keeps a plugin out is reported.
/// Errors: those of load_packages, check_all_options and ServiceRegistry::add.
Result<server::ServiceRegistry> installed_services(const config::Settings& settings) {
  CDSS_TRY(const auto packages, server::load_packages(settings));
  for (const server::PackageFailure& failure : packages.failures) {
    report(failure.error);
  }
  CDSS_CHECK(server::check_all_options(settings, packages));
  server::ServiceRegistry registry{settings.public_url};
  for (const auto& package : packages.loaded) {
    CDSS_CHECK(registry.add(package));
  }
  return registry;
}

/// The bytes of a file, or of standard input for "-".
Result<fhir_search::LocalText> read_text(const std::string& name) {
  if (name != "-") {
    CDSS_TRY(auto bytes, read_file(name));
    return fhir_search::LocalText{.name = name, .bytes = std::move(bytes)};
  }
  fhir_search::LocalText text{.name = "standard input", .bytes = {}};
  std::vector<char> chunk(std::size_t{1} << 16U);
  while (std::cin.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) ||
         std::cin.gcount() > 0) {
    text.bytes.append(chunk.data(), static_cast<std::size_t>(std::cin.gcount()));
    if (text.bytes.size() > kLongestFile) {
      return Error{Errc::out_of_range, text.name, "is longer than 64 MiB"};
    }
  }
  return text;
}

/// Says what of the record is not in the call, so that nobody takes it for not recorded.
void report_excluded(const fhir_search::LocalRecord& record, const LocalCall& call) {
  if (record.others() > 0) {
    report({Errc::unsupported, "--patient",
            std::to_string(record.others()) + " resources of other patients are excluded"});
  }
  if (record.undetermined() > 0) {
    report({Errc::unsupported, "--patient",
            std::to_string(record.undetermined()) +
                " resources do not say whose they are, and no search for the patient finds them"});
  }
  for (const Error& excluded : call.excluded) {
    report(excluded);
  }
}

/// Errors: those of reading files and of LocalRecord::read.
Result<fhir_search::LocalRecord> read_record(const CommandLine& line) {
  std::vector<std::string> names{*line.option("patient")};
  names.insert(names.end(), line.operands.begin(), line.operands.end());
  std::vector<fhir_search::LocalText> texts;
  for (const std::string& name : names) {
    CDSS_TRY(auto text, read_text(name));
    texts.push_back(std::move(text));
  }
  auto record = fhir_search::LocalRecord::read(std::move(texts), line.option("patient-id"));
  if (!record && record.error().where.empty()) {
    auto error = within("--patient", std::move(record).error());
    if (error.code == Errc::unsupported) {
      error.message += "; --patient-id ID does";
    }
    return error;
  }
  return record;
}

/// The body of the call that is made from the record that the command line names.
/// Errors: those of read_record, read_json_file and make_local_call.
Result<std::string> make_body(const CommandLine& line, const server::HostedService& hosted_service,
                              std::chrono::sys_days today) {
  CDSS_TRY(const auto record, read_record(line));
  std::optional<Document> context;
  if (const auto file = line.option("context")) {
    CDSS_TRY(context, read_json_file(*file));
  }
  CDSS_TRY(auto call, make_local_call(record, hosted_service, line.option("hook"), context, today));
  report_excluded(record, call);
  return std::move(call.body);
}

/// Prints the response, or what refuses the call. Errors: what keeps it from being evaluated.
/// @param place  where the call comes from, for messages.
Result<Exit> answer_call(std::string body, const Setup& setup,
                         const server::HostedService& hosted_service, const std::string& place) {
  server::ServiceCall call{hosted_service,
                           std::make_shared<const config::Client>(setup.settings.clients.front()),
                           setup.today};
  call.receive(std::move(body));
  if (!call.is_refused()) {
    call.complete();
  }
  if (!call.is_refused()) {
    if (const auto excluded = call.excluded().resources; excluded > 0) {
      report({Errc::unsupported, place,
              std::to_string(excluded) +
                  " resources could not be shown to be the patient's and were excluded"});
    }
    CDSS_TRY(auto written, run_plugin(hosted_service, setup.settings, call.plugin_call()));
    call.take_answer(std::move(written));
  }
  if (!call.is_refused()) {
    call.answer();
  }
  for (const auto& what : call.dropped()) {
    report(
        within(what.replaced ? "replaced by a fixed text" : "left out of the answer", what.error));
  }
  std::cout << call.take_body() << '\n';
  return call.is_refused() ? Exit::refused : Exit::ok;
}

/// Errors: what keeps the call from being made at all.
Result<Exit> run(const CommandLine& line) {
  CDSS_TRY(const auto setup, read_setup(line));
  CDSS_TRY(const auto registry, installed_services(setup.settings));
  const auto service = *line.option("service");
  const server::HostedService* hosted_service = registry.find(service);
  if (hosted_service == nullptr) {
    return Error{Errc::missing, "--service " + service, "no installed plugin offers it"};
  }
  std::string body;
  if (line.option("patient")) {
    CDSS_TRY(body, make_body(line, *hosted_service, setup.today));
  } else {
    CDSS_TRY(body, read_file(line.operands.front()));
  }
  if (line.option("show-request")) {
    std::cout << body << '\n';
    return Exit::ok;
  }
  return answer_call(
      std::move(body), setup, *hosted_service,
      line.option("patient").value_or(line.operands.empty() ? "" : line.operands[0]));
}

/// Errors: those of read_today; Errc::missing and Errc::unsupported for options that do not go
/// together.
Result<void> check_line(const CommandLine& line) {
  const bool has_record = line.option("patient").has_value();
  if (!line.option("service") || (!has_record && line.operands.size() != 1)) {
    return Error{Errc::missing, {}, "needs --service ID and one request file, or --patient FILE"};
  }
  for (const char* option : {"patient-id", "hook", "context", "show-request"}) {
    if (!has_record && line.option(option)) {
      return Error{Errc::unsupported, std::string{"--"} + option, "needs --patient FILE"};
    }
  }
  CDSS_CHECK(read_today(line));
  return {};
}

}  // namespace

Command evaluate() {
  return {.usage = kUsage,
          .options = {"service", "config", "today", "patient", "patient-id", "hook", "context"},
          .flags = {"show-request"},
          .check = check_line,
          .run = run};
}

}  // namespace cdss::cli
