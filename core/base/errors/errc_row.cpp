#include "core/base/errors/errc_row.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

namespace cdss {
namespace {

constexpr std::string_view kFailed = "the service failed; the fault is logged";
constexpr std::string_view kWaiting = "too many calls are waiting; try again";

constexpr std::array kRows = std::to_array<ErrcRow>({
    {Errc::malformed, "malformed", "structure", 500, kFailed},
    {Errc::missing, "missing", "required", 500, kFailed},
    {Errc::out_of_range, "out_of_range", "value", 413, "the request is too long for this service"},
    {Errc::unsupported, "unsupported", "not-supported", 500, kFailed},
    {Errc::timed_out, "timed_out", "timeout", 504, "the service did not answer in time"},
    {Errc::unavailable, "unavailable", "transient", 503, kWaiting},
    {Errc::busy, "busy", "transient", 503, kWaiting},
    {Errc::internal, "internal", "exception", 500, kFailed},
});

constexpr std::pair<int, std::string_view> kIssueTypes[] = {
    {401, "login"},     {403, "forbidden"},     {404, "not-found"},     {405, "not-supported"},
    {408, "timeout"},   {413, "too-long"},      {415, "not-supported"}, {431, "too-long"},
    {500, "exception"}, {501, "not-supported"}, {503, "transient"},     {505, "not-supported"},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (kRows[i].code != static_cast<Errc>(i)) {
      return false;
    }
  }
  return kRows.back().code == Errc::internal;
}
static_assert(is_in_order(), "one row for each Errc, in its order");

}  // namespace

const ErrcRow& row_of(Errc code) {
  return kRows[static_cast<std::size_t>(code)];
}

std::string_view issue_type_of_status(int http_status) {
  const auto* const found =
      std::ranges::find(kIssueTypes, http_status, &std::pair<int, std::string_view>::first);
  return found == std::end(kIssueTypes) ? "structure" : found->second;
}

}  // namespace cdss
