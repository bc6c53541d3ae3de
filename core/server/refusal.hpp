#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <boost/system/result.hpp>

#include "core/base/errors/result.hpp"
#include "core/hooks/request/leniencies.hpp"

namespace cdss::server {

/// How many resources of a call were left out, because they could not be shown to be its patient's.
struct ExcludedCounts {
  std::size_t resources = 0;
  std::size_t drafts = 0;  ///< of them, those that the context held
};

/// Why a call gets no cards: the HTTP status, and at least one reason that the client may read.
struct Refusal {
  int status = 500;  ///< 400 to 599
  std::vector<Error> errors;
  bool wrong_patient = false;  ///< a safety event: the call held another patient's data
  ExcludedCounts excluded_counts;

  Refusal() = default;
  Refusal(int http_status, Error error) : status{http_status} {
    errors.push_back(std::move(error));
  }
  Refusal(int http_status, std::vector<Error> all) : status{http_status}, errors{std::move(all)} {}

  /// A safety event. @param error  names the element that is another patient's.
  static Refusal of_wrong_patient(Error error);

  /// The same, for a call of which something was excluded.
  Refusal with(ExcludedCounts what) && {
    excluded_counts = what;
    return std::move(*this);
  }

  /// The body of the answer: an OperationOutcome.
  std::string body(const hooks::Leniencies& leniencies = {}) const;
};

/// A T, or the refusal that the client gets in its place.
template <class T>
using RefusalOr = boost::system::result<T, Refusal>;

}  // namespace cdss::server
