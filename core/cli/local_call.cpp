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

/// What the record answers to one template. Errors: of PrefetchTemplate::expand and
/// LocalRecord::answer.
Result<Document> answer_to(const hooks::PrefetchTemplate& prefetch,
                           const fhir_search::LocalRecord& record,
                           const hooks::TemplateValues& values) {
  CDSS_TRY(const auto query, prefetch.expand(values));
  CDSS_TRY(auto text, record.answer(query));
  return Document::parse(std::move(text), {.bytes = std::size_t{1} << 30U});
}

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
  LocalCall call;
  std::vector<Document> answers;
  std::vector<hooks::PriorKey> prefetch;
  for (const auto& [key, resource, query] : hosted_service.at(chosen)->wanted) {
    auto answer = answer_to(
        *query, record, {.context = context_document.root(), .today = today, .prior = prefetch});
    prefetch.push_back({.key = key, .value = {}});
    if (answer) {
      answers.push_back(*std::move(answer));
      prefetch.back().value = answers.back().root();
    } else {
      call.excluded.push_back(within("prefetch." + std::string{key}, std::move(answer).error()));
    }
  }
  call.body = json::object([&](json::Object& out) {
    out.string("hook", chosen);
    out.string("hookInstance", new_uuid());
    out.json("context", context_text);
    out.object("prefetch", [&](json::Object& object) {
      for (const hooks::PriorKey& key : prefetch) {
        if (key.value && key.value->is_null()) {
          object.json(key.key, "null");  // searched, nothing there: a writer leaves null values out
        } else if (key.value) {
          object.value(key.key, *key.value);
        }
      }
    });
  });
  return call;
}

}  // namespace cdss::cli
