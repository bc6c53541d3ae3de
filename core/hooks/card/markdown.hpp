#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cdss::hooks {

/// Text from the record, escaped for a card's `detail`: it is shown literally, whatever it holds.
///
/// Every mark that GitHub-flavoured Markdown or HTML would act on is escaped; line breaks, control
/// and direction-changing characters become spaces, runs of space become one; `http://`, `www.` and
/// `@` are split by a zero-width space, as some renderers link them even when escaped.
///
/// @param longest  code points of `record_text` that are kept, at least 1; when it is longer, the
///                 last of them is an ellipsis.
/// Result: always valid UTF-8 on one line, safe inside a table cell and at the start of a line.
/// Source: CDS Hooks CARD-05, CARD-06; GitHub Flavored Markdown 0.29.
std::string escape_markdown(std::string_view record_text, std::size_t longest);

/// Text from the record made fit for a plain text member such as `summary` or `label`: one line, no
/// control characters, cut as by escape_markdown. Nothing is escaped, but a "<" that could begin an
/// HTML tag becomes U+2039, as a client is sent no such text (check_plain_text).
std::string plain_text(std::string_view record_text, std::size_t longest);

/// Unicode code points in `text`, which is UTF-8 (CARD-02 counts these, not bytes).
std::size_t count_code_points(std::string_view text);

}  // namespace cdss::hooks
