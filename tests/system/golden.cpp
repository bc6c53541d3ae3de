#include "tests/system/golden.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <regex>
#include <vector>

#include "core/json/document.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::test {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

/// The day that ten characters name; none when they are not of that shape.
std::optional<sys_days> day_at(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == 'd' ? !is_digit : text[i] != '-') {
      return std::nullopt;
    }
  }
  const auto number = [&](std::size_t from, std::size_t count) {
    unsigned value = 0;
    std::from_chars(text.data() + from, text.data() + from + count, value);
    return value;
  };
  const year_month_day date{std::chrono::year{static_cast<int>(number(0, 4))},
                            std::chrono::month{number(5, 2)}, std::chrono::day{number(8, 2)}};
  return date.ok() ? std::optional{sys_days{date}} : std::nullopt;
}

std::string written(sys_days day) {
  const year_month_day date{day};
  std::string text = std::to_string(static_cast<int>(date.year()));
  for (const unsigned part :
       {static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())}) {
    text += part < 10 ? "-0" : "-";
    text += std::to_string(part);
  }
  return text;
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Gives each uuid a name by its order of appearance: the same uuid, the same name.
std::string with_uuids_named(const std::string& text) {
  static const std::regex kUuid{"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"};
  std::map<std::string, std::string> names;
  std::string out;
  auto rest = text.cbegin();
  for (std::sregex_iterator it{text.begin(), text.end(), kUuid}, end; it != end; ++it) {
    const auto [name, is_new] = names.try_emplace(it->str());
    if (is_new) {
      name->second = "uuid-" + std::to_string(names.size());
    }
    out.append(rest, (*it)[0].first);
    out += name->second;
    rest = (*it)[0].second;
  }
  return out.append(rest, text.cend());
}

void lay_out(std::string& out, View value, std::size_t indent);

/// The children of an object or array, each on a line of its own.
template <class Children, class Write>
void lay_out_children(std::string& out, const Children& children, std::size_t indent, Write write) {
  bool is_first = true;
  for (const auto& child : children) {
    out += is_first ? "\n" : ",\n";
    out.append(indent + 2, ' ');
    write(child);
    is_first = false;
  }
  if (!is_first) {
    out += '\n';
    out.append(indent, ' ');
  }
}

void lay_out_object(std::string& out, View object, std::size_t indent) {
  out += '{';
  lay_out_children(out, object.members(), indent, [&](const Member& member) {
    json::append_string(out, member.name);
    out += ": ";
    if (member.name == "knowledge") {
      out += "\"(hash)\"";
    } else {
      lay_out(out, member.value, indent + 2);
    }
  });
  out += '}';
}

void lay_out(std::string& out, View value, std::size_t indent) {
  if (value.is_object()) {
    lay_out_object(out, value, indent);
  } else if (value.is_array()) {
    out += '[';
    lay_out_children(out, value.elements(), indent,
                     [&](View element) { lay_out(out, element, indent + 2); });
    out += ']';
  } else {
    json::append_value(out, value);
  }
}

/// Lines, those within JSON strings too.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escaped = text.substr(i, 2) == "\\n" && (i == 0 || text[i - 1] != '\\');
    if (text[i] == '\n' || is_escaped) {
      lines.push_back(text.substr(start, i - start));
      i += is_escaped ? 1 : 0;
      start = i + 1;
    }
  }
  lines.push_back(text.substr(start));
  return lines;
}

using Lines = std::vector<std::string_view>;

/// common[i][j]: how many lines a[i..] and b[j..] share, in order.
std::vector<std::vector<int>> common_lines(const Lines& a, const Lines& b) {
  std::vector<std::vector<int>> common(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      common[i][j] =
          a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  return common;
}

}  // namespace

std::string with_days_shifted(std::string text, std::chrono::days by) {
  constexpr std::size_t kLength = 10;
  for (std::size_t at = 0; at + kLength <= text.size(); ++at) {
    const auto day = at > 0 && is_alphanumeric(text[at - 1])
                         ? std::nullopt
                         : day_at(std::string_view{text}.substr(at, kLength));
    const char after = at + kLength < text.size() ? text[at + kLength] : ' ';
    if (day && (after == 'T' || !is_alphanumeric(after))) {
      text.replace(at, kLength, written(*day + by));
      at += kLength - 1;
    }
  }
  return text;
}

std::string laid_out(const std::string& response) {
  const auto document = Document::parse(with_uuids_named(response));
  if (!document) {
    return response;
  }
  std::string out;
  lay_out(out, document->root(), 0);
  return out + '\n';
}

std::string difference(std::string_view expected, std::string_view actual) {
  const Lines a = lines_of(expected);
  const Lines b = lines_of(actual);
  const auto common = common_lines(a, b);
  std::string out;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      ++i;
      ++j;
    } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
      out.append("- ").append(a[i++]).append("\n");
    } else {
      out.append("+ ").append(b[j++]).append("\n");
    }
  }
  return out;
}

}  // namespace cdss::test
