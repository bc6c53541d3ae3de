// Tokens as an attacker would send them: the form of the parts and of their JSON.

#include "tests/core/auth/hostile_fixture.hpp"

namespace cdss::auth {
namespace {

TEST_F(HostileToken, IsRefusedInEveryFormButTheCompactOne) {
  const auto draft = good();
  const auto token = sign(draft);
  const auto parts = draft.parts();
  const auto signature = token.substr(parts.size() + 1);
  const auto dot = parts.find('.');
  const auto header = parts.substr(0, dot);
  const auto payload = parts.substr(dot + 1);
  Table table;
  const auto add = [&](std::string what, std::string text) {
    table.push_back({std::move(what), std::move(text), Reason::not_compact});
  };
  add("nothing", "");
  add("one part", header);
  add("two parts", parts);
  add("dots alone", "..");
  add("no header", "." + payload + "." + signature);
  add("a dot at its end", token + ".");
  add("a dot at its start", "." + token);
  add("five parts, as encrypted", token + ".AAAA.AAAA");
  add("padded header", header + "=." + payload + "." + signature);
  add("padded payload", header + "." + payload + "==." + signature);
  add("padded signature", token + "=");
  add("a space at its end", token + " ");
  add("a space inside", header + " ." + payload + "." + signature);
  add("a tab inside", header + ".\t" + payload + "." + signature);
  add("a line break inside", header + ".\r\n" + payload + "." + signature);
  add("a NUL inside", header + "." + payload + '\0' + "." + signature);
  add("a NUL at its end", token + '\0');
  add("a plus", "+" + token.substr(1));
  add("a slash", "/" + token.substr(1));
  add("percent encoding", "%65" + token.substr(1));
  add("a letter beyond ASCII", "\xc3\xa9" + token);
  add("quotes", '"' + token + '"');
  add("a second token after a comma", token + "," + sign(good()));
  add("a second token after a space", token + " " + sign(good()));
  add("a parameter", token + ";x=y");
  add("a header of one letter", "e." + payload + "." + signature);
  add("unused bits set", header + "." + payload + ".AAB");
  add("the JSON serialization", R"({"protected":")" + header + R"(","payload":")" + payload +
                                    R"(","signature":")" + signature + "\"}");
  add("Bearer twice", "Bearer " + token);
  table.push_back({"one byte too long", std::string(Jws::kLongest + 1, 'A'), Reason::too_long});
  table.push_back({"much too long", std::string(1U << 20U, 'A'), Reason::too_long});
  table.push_back({"a good signature and too long",
                   sign(good().claim("x", json_text(std::string(9000, 'x')))), Reason::too_long});
  refuse_all(table, 32);
}

TEST_F(HostileToken, IsRefusedWhenItsJsonIsNotStrict) {
  const auto draft = good();
  const auto header = draft.header();
  const auto payload = draft.payload();
  const auto before_end = [](std::string text, const std::string& more) {
    return text.insert(text.size() - 1, more);
  };
  const std::pair<const char*, std::string> shared[] = {
      {"an array", "[]"},
      {"a text", R"("x")"},
      {"a number", "7"},
      {"null", "null"},
      {"empty", " "},
      {"deep", std::string(2000, '[') + std::string(2000, ']')},
      {"deep objects", R"({"a":)" + std::string(30, '[') + std::string(30, ']') + "}"},
      {"UTF-16", std::string("{\0}\0", 4)},
      {"two objects", "{}{}"},
  };
  Table table;
  for (const auto& [name, text] : shared) {
    table.push_back(
        {std::string{"header is "} + name, with_texts(text, payload), Reason::header_not_json});
    table.push_back(
        {std::string{"payload is "} + name, with_texts(header, text), Reason::payload_not_json});
  }
  const std::pair<const char*, std::string> endings[] = {
      {"a half surrogate", R"(,"x":"\udc00")"},
      {"invalid UTF-8", ",\"x\":\"\xff\""},
      {"an overlong slash", ",\"x\":\"\xc0\xaf\""},
      {"a comma too much", ","},
      {"a comment", "/* x */"},
      {"single quotes", ",'x':1"},
      {"NaN", R"(,"x":NaN)"},
      {"a huge number", R"(,"x":1e999)"},
      {"a leading zero", R"(,"x":01)"},
      {"a raw line break", ",\"x\":\"\n\""}};
  for (const auto& [name, ending] : endings) {
    table.push_back({std::string{"header has "} + name,
                     with_texts(before_end(header, ending), payload), Reason::header_not_json});
    table.push_back({std::string{"payload has "} + name,
                     with_texts(header, before_end(payload, ending)), Reason::payload_not_json});
  }
  for (const char* member : {R"(,"alg":"none")", R"(,"kid":"rsa")", R"(,"\u0061lg":"none")"}) {
    table.push_back({std::string{"header repeats "} + member,
                     with_texts(before_end(header, member), payload), Reason::header_not_json});
  }
  for (const char* member : {R"(,"iss":"https://other.example")", R"(,"aud":[])", R"(,"exp":1)",
                             R"(,"e\u0078p":9999999999)", R"(,"jti":"x")", R"(,"tenant":"x")"}) {
    table.push_back({std::string{"payload repeats "} + member,
                     with_texts(header, before_end(payload, member)), Reason::payload_not_json});
  }
  table.push_back({"header after a byte order mark", with_texts("\xef\xbb\xbf" + header, payload),
                   Reason::header_not_json});
  table.push_back({"payload after a byte order mark", with_texts(header, "\xef\xbb\xbf" + payload),
                   Reason::payload_not_json});
  std::string many = ",\"x\":[0";
  for (int i = 0; i < 2100; ++i) {
    many += ",0";
  }
  table.push_back({"header of too many values",
                   with_texts(before_end("{\"a\":1}", many + "]"), "{}"), Reason::header_not_json});
  refuse_all(table, 50);
}

}  // namespace
}  // namespace cdss::auth
