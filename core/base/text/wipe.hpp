#pragma once

#include <string>
#include <string_view>

namespace cdss {

/// Overwrites the whole capacity of a text, in a way that no optimisation removes, and empties it:
/// for tokens and records, since freed memory is handed out again with its old content.
void wipe(std::string& text);

/// Appends. When the text moves to a larger buffer, the old one is overwritten first; it grows as
/// fast as std::string does.
void append_wiping(std::string& text, std::string_view bytes);

}  // namespace cdss
