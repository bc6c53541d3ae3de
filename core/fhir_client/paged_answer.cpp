#include "core/fhir_client/paged_answer.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/fhir_client/page_link.hpp"
#include "core/json/document_builder.hpp"
#include "core/record/key_state.hpp"
#include "fhir/resources/bundle.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir_client {
namespace {

/// Pages as one searchset: their entries in order, and the first `total` that stands in one. What
/// stands on two pages, because the search moved while it was read, is taken once.
Result<Document> join(std::span<const View> pages) {
  DocumentBuilder out;
  out.begin_object();
  out.name("resourceType").string("Bundle");
  out.name("type").string("searchset");
  out.name("entry").begin_array();
  std::optional<std::int64_t> total;
  std::set<std::string> taken;  // "Type/id"
  for (const View page : pages) {
    CDSS_TRY(const auto bundle, fhir::Bundle::read(page));  // as it was when it came
    total = total ? total : bundle.total;
    for (const auto& entry : bundle.entries) {
      const auto id = entry.resource ? entry.resource->text_or_empty("id") : std::string_view{};
      if (id.empty() ||
          taken.insert(std::string{fhir::resource_type(*entry.resource)}.append("/").append(id))
              .second) {
        out.value(entry.entry);
      }
    }
  }
  out.end();
  if (total) {
    out.name("total").integer(*total);
  }
  out.end();
  return std::move(out).build();
}

std::string partly(std::string_view reason) {
  return "only a part of it could be read: " + std::string{reason};
}

}  // namespace

PagedAnswer::PagedAnswer(Query query, const BaseUrl& base, std::size_t most_pages)
    : query_{std::move(query)}, base_{base}, most_pages_{most_pages} {}

std::optional<std::string> PagedAnswer::begin() {
  asked_.push_back(std::string{base_.text()}.append("/").append(query_.relative));
  if (query_.first_page == nullptr) {
    return asked_.back();
  }
  const auto bundle = fhir::Bundle::read(query_.first_page->root());
  if (!bundle) {
    stopped_ = "what the client sent of it is malformed";
    query_.first_page.reset();
    return std::nullopt;
  }
  return follow(bundle->next);
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
  const auto bundle = fhir::Bundle::read(page.root());
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
  } else if (pages_.size() >= most_pages_) {
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
  std::vector<View> all;
  if (query_.first_page != nullptr) {
    all.push_back(query_.first_page->root());
  }
  std::ranges::transform(pages_, std::back_inserter(all), &Document::root);
  if (all.size() > 1) {
    if (auto bundle = join(all)) {
      return *std::move(bundle);
    }
    stopped_ = "it is more than may be read";
    if (query_.first_page != nullptr) {
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
  QueryResult fetched{.key = query_.key, .reason = std::string{stopped_}};
  if (is_nothing_) {
    fetched.state = query_.is_filtered ? cdss_key_unavailable : cdss_key_empty;
    fetched.reason = query_.is_filtered ? "the client's token covers only a part of it" : "";
  } else if (pages_.empty()) {
    fetched.state = query_.first_page != nullptr ? cdss_key_truncated : cdss_key_unavailable;
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
