#pragma once

#include <string>
#include <string_view>

namespace cdss {

/// Overwrites all the room that a text has, in a way that no optimisation leaves out, and empties
/// it: for tokens and records, since freed memory is handed out again as it is.
void wipe(std::string& text);

/// Appends. When the text needs more room, what it leaves is overwritten first; it grows as fast as
/// std::string does.
void append_wiping(std::string& text, std::string_view bytes);

}  // namespace cdss
