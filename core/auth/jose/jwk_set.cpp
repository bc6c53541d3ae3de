#include "core/auth/jose/jwk_set.hpp"

#include <algorithm>

#include "core/json/document.hpp"

namespace cdss::auth {
namespace {

constexpr Document::Limits kLimits{.bytes = JwkSet::kLongest, .depth = 16, .nodes = 1U << 14U};

/// Base64 in either alphabet as base64url without padding.
std::string normalized(std::string_view text) {
  while (text.ends_with('=')) {
    text.remove_suffix(1);
  }
  std::string same{text};
  std::ranges::replace(same, '+', '-');
  std::ranges::replace(same, '/', '_');
  return same;
}

}  // namespace

Result<JwkSet> JwkSet::parse(std::string text) {
  CDSS_TRY(const auto document, Document::parse(std::move(text), kLimits));
  CDSS_TRY(const View keys, document.root().at("keys"));
  if (!keys.is_array()) {
    return keys.error(Errc::malformed, "must be an array of keys");
  }
  if (keys.size() > kMostKeys) {
    return keys.error(Errc::out_of_range, "has more than 256 keys");
  }
  JwkSet set;
  std::vector<std::string> repeated;
  for (const View element : keys.elements()) {
    auto key = Jwk::read(element);
    if (!key) {
      set.rejected_.push_back(std::move(key).error());
      continue;
    }
    if (set.find(key->kid()) != nullptr) {
      set.rejected_.push_back(
          element.error_at("kid", Errc::malformed, "belongs to two keys: neither is used"));
      repeated.push_back(key->kid());
      continue;
    }
    set.keys_.push_back(*std::move(key));
  }
  std::erase_if(set.keys_, [&](const Jwk& key) {
    return std::ranges::find(repeated, key.kid()) != repeated.end();
  });
  return set;
}

const Jwk* JwkSet::find(std::string_view kid) const {
  const auto found = std::ranges::find(keys_, kid, &Jwk::kid);
  return found == keys_.end() ? nullptr : &*found;
}

const Jwk* JwkSet::find_as_base64(std::string_view kid) const {
  const auto wanted = normalized(kid);
  const Jwk* only = nullptr;
  for (const Jwk& key : keys_) {
    if (normalized(key.kid()) == wanted) {
      if (only != nullptr) {
        return nullptr;
      }
      only = &key;
    }
  }
  return only;
}

}  // namespace cdss::auth
