#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/core/auth/encode.hpp"
#include "tests/core/auth/signer.hpp"

namespace cdss::auth {

/// A token before it is signed: members with their JSON text, in order.
class Draft {
 public:
  using Members = std::vector<std::pair<std::string, std::string>>;

  Draft(Members header, Members claims) : header_{std::move(header)}, claims_{std::move(claims)} {}

  /// The same with another header member or claim: replaced, or added at the end; "" leaves it out.
  Draft head(std::string_view name, std::string json) const {
    return {changed(header_, name, std::move(json)), claims_};
  }
  Draft claim(std::string_view name, std::string json) const {
    return {header_, changed(claims_, name, std::move(json))};
  }

  std::string header() const { return text(header_); }
  std::string payload() const { return text(claims_); }
  std::string parts() const { return signed_parts(header(), payload()); }
  std::string sign(const Signer& signer, Algorithm algorithm) const {
    return make_jws(signer, algorithm, header(), payload());
  }

 private:
  static Members changed(Members members, std::string_view name, std::string json) {
    for (auto& [own, value] : members) {
      if (own == name) {
        value = std::move(json);
        return members;
      }
    }
    members.emplace_back(name, std::move(json));
    return members;
  }
  static std::string text(const Members& members) {
    std::string all;
    for (const auto& [name, value] : members) {
      if (!value.empty()) {
        all += (all.empty() ? "\"" : ",\"") + name + "\":" + value;
      }
    }
    return '{' + all + '}';
  }

  Members header_;
  Members claims_;
};

/// A text as JSON; it must need no escapes.
inline std::string json_text(std::string_view text) {
  return '"' + std::string{text} + '"';
}

}  // namespace cdss::auth
