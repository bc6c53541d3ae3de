#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::hooks {

/// True for an absolute https URL on one of `hosts` (exact, lower case, any port), or http when
/// that host is a loopback one (LINK-10).
bool is_permitted_link(std::string_view url, std::span<const std::string> hosts);

/// The required member `name` of `parent`, text that a client shows as it is: nothing in it may
/// begin like an HTML tag, for clients that render it as HTML. Errors: those of
/// View::required_string; Errc::unsupported for what begins like a tag.
Result<std::string_view> check_plain_text(View parent, std::string_view name);

/// Why a client should not be shown this Markdown, or empty when it may be.
///
/// Refused: anything that begins like an HTML tag, a link or image whose destination is not
/// permitted, a link definition, and a bare URL that a renderer would link and that is not
/// permitted. Stricter than GFM: code spans are not exempt, as not every client has them.
/// Source: rows CARD-05, CARD-06, LINK-10.
std::string_view unsafe_markdown(std::string_view text, std::span<const std::string> hosts);

}  // namespace cdss::hooks
