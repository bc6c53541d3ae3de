#pragma once

#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/base/url.hpp"

namespace cdss {

/// The URL that the resources of a server stand below: a Url whose path means itself on every
/// server. A value.
///
/// Equal are those of the same scheme, host and port and the same path, segment by segment and byte
/// by byte; one slash at the end makes no difference. Nothing is decoded: "/f%68ir" is another path
/// than "/fhir".
class BaseUrl {
 public:
  /// Errors: those of Url::parse; Errc::unsupported for a query, and for a path with an empty
  /// segment, one that means another ("." and "..", also percent-encoded), an encoded slash,
  /// backslash or control character. Source: RFC 3986, section 6.2.2.
  static Result<BaseUrl> parse(std::string_view text);

  const Url& url() const { return url_; }
  /// The whole of it, without a slash at the end.
  std::string_view text() const;

  /// Whether `other` is on the same origin and its path is this one or below it, segment by
  /// segment, and means itself on every server.
  bool contains(const Url& other) const;

  friend bool operator==(const BaseUrl& a, const BaseUrl& b) { return a.text() == b.text(); }

 private:
  explicit BaseUrl(Url url) : url_{std::move(url)} {}

  Url url_;
};

}  // namespace cdss
