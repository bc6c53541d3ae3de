#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/json/document.hpp"

namespace cdss::hooks {

/// The members of a JSON object: name and value as JSON text.
using Members = std::vector<std::pair<std::string, std::string>>;

inline std::string text(const Members& members) {
  std::string out;
  for (const auto& [name, value] : members) {
    out += (out.empty() ? "{\"" : ",\"") + name + "\":" + value;
  }
  return out.empty() ? "{}" : out + "}";
}

inline Members without(Members members, const std::string& name) {
  std::erase_if(members, [&](const auto& member) { return member.first == name; });
  return members;
}

/// `members` with `name` set to `value`, in its place or at the end.
inline Members with(Members members, const std::string& name, const std::string& value) {
  for (auto& member : members) {
    if (member.first == name) {
      member.second = value;
      return members;
    }
  }
  members.emplace_back(name, value);
  return members;
}

inline Document parse(const std::string& json) {
  auto document = Document::parse(json);
  if (!document) {
    ADD_FAILURE() << "test JSON is broken: " << json;
    return *Document::parse("null");
  }
  return *std::move(document);
}

}  // namespace cdss::hooks
