#include "core/base/text/wipe.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace cdss {

void wipe(std::string& text) {
  text.resize(text.capacity());  // a short text lies inside the string and stays when it is moved
  explicit_bzero(text.data(), text.size());
  text.clear();
}

void append_wiping(std::string& text, std::string_view bytes) {
  const std::size_t needed = text.size() + bytes.size();
  if (needed > text.capacity()) {
    std::string larger;
    larger.reserve(std::max(needed, 2 * text.capacity()));
    larger.append(text);
    wipe(text);
    text = std::move(larger);
  }
  text.append(bytes);
}

}  // namespace cdss
