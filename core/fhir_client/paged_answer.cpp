#include "core/fhir_client/paged_answer.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/fhir_client/page_link.hpp"
#include "core/json/json_writer.hpp"
#include "core/record/key_state.hpp"
#include "fhir/resources/bundle.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir_client {
namespace {

/// Pages as one searchset: their entries in order, and the first `total` that stands in one. What
/// stands on two pages, because the search moved while it was read, is taken once.
std::string write_joined(const std::vector<Document>& pages) {
  std::string text = R"({"resourceType":"Bundle","type":"searchset","entry":[)";
  std::optional<std::int64_t> total;
  bool is_first = true;
  std::set<std::string> taken;  // "Type/id"
  for (const Document& page : pages) {
    const auto bundle = fhir::read_bundle(page.root());
    if (!bundle) {
      continue;  // it was read before: this cannot be
    }
    total = total ? total : bundle->total;
    for (const auto& entry : bundle->entries) {
      const auto id = entry.resource ? entry.resource->text_or_empty("id") : std::string_view{};
      if (!id.empty() &&
          !taken.insert(std::string{fhir::resource_type(*entry.resource)}.append("/").append(id))
               .second) {
        continue;
      }
      text += std::exchange(is_first, false) ? "" : ",";
      json::append_value(text, entry.entry);
    }
  }
  text += ']';
  if (total) {
    text += ",\"total\":" + std::to_string(*total);
  }
  return text + '}';
}

std::string partly(std::string_view reason) {
  return "only a part of it could be read: " + std::string{reason};
}

}  // namespace

PagedAnswer::PagedAnswer(Query query, const config::BaseUrl& base, std::size_t most_pages)
    : query_{std::move(query)}, base_{base}, most_pages_{most_pages} {}

std::optional<std::string> PagedAnswer::begin() {
  asked_.push_back(base_.text() + '/' + query_.relative);
  if (query_.first_page.empty()) {
    return asked_.back();
  }
  auto page = Document::parse(std::move(query_.first_page));
  const auto bundle = page ? fhir::read_bundle(page->root()) : Result<fhir::Bundle>{page.error()};
  if (!bundle) {
    stopped_ = "what the client sent of it is malformed";
    return std::nullopt;
  }
  pages_.push_back(*std::move(page));
  has_first_ = true;
  return follow(bundle->next);  // the text of a Document does not move with it
}

std::optional<std::string> PagedAnswer::take(std::string body) {
  auto document = Document::parse(std::move(body));
  if (!document) {
    blame("the FHIR server answered with what is no JSON, or too much of it");
    return std::nullopt;
  }
  if (fhir::resource_type(document->root()) == "OperationOutcome") {
    fail("the FHIR server answered with an error");
    return std::nullopt;
  }
  if (query_.is_search) {
    return take_page(*std::move(document));
  }
  take_resource(*std::move(document));
  return std::nullopt;
}

/// Another patient is taken, for the guard to find; another resource of any other type is not what
/// was asked for.
void PagedAnswer::take_resource(Document resource) {
  const View root = resource.root();
  const auto id = std::string_view{query_.relative}.substr(query_.resource.size() + 1);
  if (fhir::resource_type(root) != query_.resource ||
      (query_.resource != "Patient" && root.text_or_empty("id") != id)) {
    return blame("the FHIR server answered something else than what was asked for");
  }
  pages_.push_back(std::move(resource));
}

std::optional<std::string> PagedAnswer::take_page(Document page) {
  const auto bundle = fhir::read_bundle(page.root());
  if (!bundle || bundle->bundle_type != "searchset") {
    blame("the FHIR server answered something else than what was asked for");
    return std::nullopt;
  }
  pages_.push_back(std::move(page));
  return bundle->has_next ? follow(bundle->next) : std::nullopt;
}

std::optional<std::string> PagedAnswer::follow(std::string_view link) {
  auto next = next_page(base_, asked_.back(), link);
  if (!next) {
    blame("the link to its next page leads elsewhere");
  } else if (std::ranges::find(asked_, *next) != asked_.end()) {
    blame("its pages lead back to one that was read");
  } else if (pages_.size() - (has_first_ ? 1 : 0) >= most_pages_) {
    fail("it has more pages than may be read");
  } else {
    asked_.push_back(*std::move(next));
    return asked_.back();
  }
  return std::nullopt;
}

void PagedAnswer::fail(std::string_view reason) {
  stopped_ = reason;
}

void PagedAnswer::blame(std::string_view reason) {
  fail(reason);
  fault_ = reason;
}

void PagedAnswer::find_nothing() {
  is_nothing_ = true;
}

/// The pages in one Document. When they are too much for one, those that are most: the first.
std::optional<Document> PagedAnswer::joined() {
  if (pages_.size() > 1) {
    if (auto all = Document::parse(write_joined(pages_))) {
      return *std::move(all);
    }
    stopped_ = "it is more than may be read";
    if (has_first_) {
      return std::nullopt;  // the record has it already
    }
  }
  return std::move(pages_.front());
}

void PagedAnswer::judge_bundle(QueryResult& fetched) {
  const record::KeyState judged = record::judge(fetched.document->root(), query_.resource, true);
  fetched.state = judged.state;
  fetched.reason = judged.reason;
  if (judged.missing_because == record::MissingBecause::wrong_content) {
    fetched.reason = "the FHIR server answered something else than what was asked for";
  }
  const std::string_view why_part =
      !stopped_.empty() ? stopped_
                        : (query_.is_filtered ? "the client's token covers no more" : "");
  if (why_part.empty()) {
    return;
  }
  if (judged.state == cdss_key_present || judged.state == cdss_key_truncated) {
    fetched.state = cdss_key_truncated;
    fetched.reason = partly(why_part);
  } else {
    fetched.state = cdss_key_unavailable;
    fetched.reason = why_part;
  }
}

QueryResult PagedAnswer::finish() && {
  QueryResult fetched{.key = query_.key, .reason = std::string{stopped_}, .document = {}};
  const bool has_news = pages_.size() > (has_first_ ? 1U : 0U);
  if (is_nothing_) {
    fetched.state = query_.is_filtered ? cdss_key_unavailable : cdss_key_empty;
    fetched.reason = query_.is_filtered ? "the client's token covers only a part of it" : "";
  } else if (!has_news) {
    fetched.state = has_first_ ? cdss_key_truncated : cdss_key_unavailable;
  } else if (!query_.is_search) {
    fetched.state = cdss_key_present;
    fetched.document = std::move(pages_.front());
  } else {
    fetched.document = joined();
    if (fetched.document) {
      judge_bundle(fetched);
    } else {
      fetched.state = cdss_key_truncated;
      fetched.reason = stopped_;
    }
  }
  if (fetched.state == cdss_key_empty || fetched.state == cdss_key_unavailable) {
    fetched.document.reset();
  }
  return fetched;
}

}  // namespace cdss::fhir_client
