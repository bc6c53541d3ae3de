#include "core/cli/local_call.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/uuid.hpp"
#include "core/hooks/discovery/prefetch_template.hpp"
#include "core/hooks/request/hooks.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::cli {
namespace {

constexpr std::string_view kUser = "Practitioner/example";

Result<std::string> choose_hook(const server::HostedService& hosted_service,
                                const std::optional<std::string>& hook) {
  if (hook && hosted_service.at(*hook) == nullptr) {
    return Error{Errc::unsupported, "--hook " + *hook, "is not one that this service offers"};
  }
  if (hook) {
    return *hook;
  }
  return hosted_service.at("patient-view") != nullptr ? "patient-view"
                                                      : hosted_service.declaration->hooks.front();
}

Result<std::string> write_context(const std::string& patient_id,
                                  const std::optional<Document>& more) {
  if (more && !more->root().is_object()) {
    return Error{Errc::malformed, "--context", "must be a JSON object"};
  }
  if (more && more->root().find("patientId") &&
      more->root().text_or_empty("patientId") != patient_id) {
    return Error{Errc::malformed, "--context", "is about another patient than --patient"};
  }
  return json::object([&](json::Object& out) {
    if (!more || !more->root().find("userId")) {
      out.string("userId", kUser);
    }
    out.string("patientId", patient_id);
    if (more) {
      for (const Member member : more->root().members()) {
        if (member.name != "patientId") {
          out.value(member.name, member.value);
        }
      }
    }
  });
}

/// Whether the context has what the hook's table requires. Errors: Errc::missing.
Result<void> check_context(View context, const std::string& hook) {
  const auto* const known = hooks::find_hook(hook);
  if (known == nullptr) {
    return {};
  }
  for (const auto& field : known->fields) {
    const bool is_there = std::ranges::any_of(known->fields, [&](const hooks::ContextField& other) {
      return (other.name == field.name || other.stands_for == field.name) &&
             context.find(other.name);
    });
    if (field.required && !is_there) {
      return Error{
          Errc::missing, "--hook " + hook,
          "needs " + std::string{field.name} + " in its context; --context FILE brings it"};
    }
  }
  return {};
}

/// The answers to the templates of a service, in their order.
class Answers {
 public:
  Answers(const fhir_search::LocalRecord& record, View context, std::chrono::sys_days today)
      : record_{record}, context_{context}, today_{today} {}

  /// Resolves one template. Errors: of PrefetchTemplate and LocalRecord::answer.
  Result<void> add(const hooks::PrefetchEntry& entry, const hooks::Service& service) {
    prior_.push_back({.key = entry.key, .value = {}});
    CDSS_TRY(const auto parsed,
             hooks::PrefetchTemplate::parse(entry.query, service.hook, service.tokens));
    CDSS_TRY(const auto query,
             parsed.expand({.context = context_, .today = today_, .prior = prior_}));
    CDSS_TRY(auto text, record_.answer(query));
    CDSS_TRY(auto document, Document::parse(text, {.bytes = std::size_t{1} << 30U}));
    documents_.push_back(std::move(document));
    prior_.back().value = documents_.back().root();
    texts_.emplace_back(entry.key, std::move(text));
    return {};
  }

  /// Key and JSON text of each that could be answered.
  const std::vector<std::pair<std::string, std::string>>& texts() const { return texts_; }

 private:
  const fhir_search::LocalRecord& record_;
  View context_;
  std::chrono::sys_days today_;
  std::vector<Document> documents_;
  std::vector<hooks::PriorKey> prior_;
  std::vector<std::pair<std::string, std::string>> texts_;
};

}  // namespace

Result<LocalCall> make_local_call(const fhir_search::LocalRecord& record,
                                  const server::HostedService& hosted_service,
                                  const std::optional<std::string>& hook,
                                  const std::optional<Document>& context,
                                  std::chrono::sys_days today) {
  CDSS_TRY(const auto chosen, choose_hook(hosted_service, hook));
  CDSS_TRY(const auto context_text, write_context(record.patient_id(), context));
  CDSS_TRY(const auto context_document, Document::parse(context_text));
  CDSS_CHECK(check_context(context_document.root(), chosen));
  const auto service = plugin::discovery_entry(*hosted_service.declaration, chosen);
  Answers answers{record, context_document.root(), today};
  LocalCall call;
  for (const auto& entry : service.prefetch) {
    if (auto added = answers.add(entry, service); !added) {
      call.excluded.push_back(within("prefetch." + entry.key, std::move(added).error()));
    }
  }
  call.body = json::object([&](json::Object& out) {
    out.string("hook", chosen);
    out.string("hookInstance", new_uuid());
    out.json("context", context_text);
    out.object("prefetch", [&](json::Object& prefetch) {
      for (const auto& [key, text] : answers.texts()) {
        prefetch.json(key, text);
      }
    });
  });
  return call;
}

}  // namespace cdss::cli
