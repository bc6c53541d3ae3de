#include "core/hooks/discovery/prefetch_evaluate.hpp"

#include <utility>

#include "core/base/date_time.hpp"
#include "core/hooks/request/hooks.hpp"

namespace cdss::hooks {
namespace {

Result<std::string> user_id(View context, std::string_view type) {
  CDSS_TRY(const auto user, context.required_string("userId"));
  if (!is_reference(user)) {
    return context.error_at("userId", Errc::malformed,
                            "must be a resource type, a slash and an id");
  }
  const auto slash = user.find('/');
  if (user.substr(0, slash) != type) {
    return context.error_at("userId", Errc::missing, "is a user of another type");
  }
  return std::string{user.substr(slash + 1)};
}

Result<std::string> field_value(View context, std::string_view name) {
  CDSS_TRY(const auto value, context.at(name));
  if (value.is_null()) {
    return value.error(Errc::missing, "is required");
  }
  return simple_text(value);
}

Result<std::string> date_text(const TemplateValues& values, int days) {
  using std::chrono::year;
  if (!values.today) {
    return Error{Errc::missing, {}, "needs to know what day it is"};
  }
  const auto day = *values.today + std::chrono::days{days};
  const std::chrono::year_month_day date{day};
  if (date.year() < year{1} || date.year() > year{9999}) {
    return Error{Errc::out_of_range, {}, "gives a day that FHIR cannot write"};
  }
  return iso_date(day);
}

Result<std::vector<std::string>> alone(Result<std::string> value) {
  CDSS_TRY(auto text, std::move(value));
  return std::vector<std::string>{std::move(text)};
}

Result<std::vector<std::string>> evaluate_kind(const PrefetchToken& token,
                                               const TemplateValues& values) {
  switch (token.kind) {
    case PrefetchToken::Kind::user:
      return alone(user_id(values.context, token.name));
    case PrefetchToken::Kind::field:
      return alone(field_value(values.context, token.name));
    case PrefetchToken::Kind::date:
      return alone(date_text(values, token.days));
    case PrefetchToken::Kind::paths:
      break;
  }
  return path_values(token.paths, values);
}

}  // namespace

Result<std::vector<std::string>> evaluate(const PrefetchToken& token,
                                          const TemplateValues& values) {
  auto texts = evaluate_kind(token, values);
  if (!texts && texts.error().where.empty()) {
    auto error = std::move(texts).error();
    error.where = token.text;
    return error;
  }
  return texts;
}

}  // namespace cdss::hooks
