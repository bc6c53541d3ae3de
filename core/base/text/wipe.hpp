#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace cdss {

/// Overwrites the whole capacity of a text, in a way that no optimisation removes, and empties it:
/// for tokens and records, since freed memory is handed out again with its old content.
void wipe(std::string& text);

/// Appends. When the text moves to a larger buffer, the old one is overwritten first; it grows as
/// fast as std::string does.
void append_wiping(std::string& text, std::string_view bytes);

/// Wipes a text before it is freed.
struct Wipe {
  void operator()(std::string* text) const {
    wipe(*text);
    delete text;
  }
};

/// A secret that is moved without being copied and overwritten when it goes. On the heap: a short
/// string would lie in its owner, and stay there when the owner is moved.
using WipedText = std::unique_ptr<std::string, Wipe>;

}  // namespace cdss
