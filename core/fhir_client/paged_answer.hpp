#pragma once

// For fetch.cpp and the fuzz target only.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/base_url.hpp"
#include "core/fhir_client/fetch.hpp"
#include "core/fhir_client/query.hpp"
#include "core/json/document.hpp"

namespace cdss::fhir_client {

/// The answer of a FHIR server to one query, page by page: which URL comes next, and the result of
/// all pages. Sends nothing itself. Not thread-safe.
///
/// Reasons are literals of ours that complete "not sent, and ...".
class PagedAnswer {
 public:
  /// @param base       of the server that is asked.
  /// @param most_pages that may be fetched.
  PagedAnswer(Query query, const BaseUrl& base, std::size_t most_pages);

  /// The URL to ask first: of the query, or of the page after the one that the client sent. None
  /// when that page names no next one that may be followed.
  std::optional<std::string> begin();

  /// Takes the body of a 200 to the URL that was named last.
  /// @return the URL of the next page; none when there is none that is to be followed.
  std::optional<std::string> take(std::string body);

  /// There is no answer to the URL that was named last, and nothing more is to be asked.
  void fail(std::string_view reason);

  /// The server says that what was to be read does not exist.
  void find_nothing();

  /// Whether the server broke the rules: for the log. A reason, or empty.
  std::string_view fault() const { return fault_; }

  const Query& query() const { return query_; }

  QueryResult finish() &&;

 private:
  std::optional<std::string> take_page(Document page);
  void take_resource(Document resource);
  std::optional<std::string> follow(std::string_view link);
  void blame(std::string_view reason);
  std::optional<Document> joined();
  void judge_bundle(QueryResult& fetched);

  Query query_;
  const BaseUrl& base_;
  std::size_t most_pages_;
  std::vector<Document> pages_;     // that came
  std::vector<std::string> asked_;  // URLs
  std::string_view stopped_;        // why no more was asked although there is more
  std::string_view fault_;
  bool is_nothing_ = false;
};

}  // namespace cdss::fhir_client
