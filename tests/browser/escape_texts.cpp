// escape_texts FILE: the members of a JSON object, each as a card may hold it.
// For cards_test.mjs, which shows them: {"name": {"markdown": "...", "plain": "..."}}.

#include <cstddef>
#include <iostream>
#include <string>

#include "core/base/file.hpp"
#include "core/hooks/card/markdown.hpp"
#include "core/json/json_writer.hpp"

int main(int count, char** arguments) {
  constexpr std::size_t kLongest = 120;  // code points, about a line of a card
  if (count != 2) {
    std::cerr << "usage: escape_texts FILE\n";
    return 2;
  }
  const auto texts = cdss::read_json_file(arguments[1]);
  if (!texts) {
    std::cerr << texts.error().where << ": " << texts.error().message << '\n';
    return 1;
  }
  std::cout << cdss::json::object([&](cdss::json::Object& all) {
    for (const auto& [name, value] : texts->root().members()) {
      const auto text = value.string();
      all.object(name, [&](cdss::json::Object& one) {
        one.string("markdown", cdss::hooks::escape_markdown(text ? *text : "", kLongest));
        one.string("plain", cdss::hooks::plain_text(text ? *text : "", kLongest));
      });
    }
  }) << '\n';
}
