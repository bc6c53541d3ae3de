#include "tests/hostile/http/requests.hpp"

#include <iterator>

namespace cdss::hostile {

const std::vector<HttpRequest>& http_requests() {
  static const std::vector<HttpRequest> kAll = [] {
    std::vector<HttpRequest> all;
    for (auto* const part :
         {request_lines, hosts_and_targets, fields, lengths, encodings, chunks, trailers}) {
      auto rows = part();
      std::move(rows.begin(), rows.end(), std::back_inserter(all));
    }
    return all;
  }();
  return kAll;
}

}  // namespace cdss::hostile
