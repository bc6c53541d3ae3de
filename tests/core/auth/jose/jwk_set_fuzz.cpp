// Whatever the bytes, a key that is kept has a name of its own and an algorithm, and takes no
// signature that nobody made.

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/auth/jose/jwk_set.hpp"

namespace {

void require(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cdss::auth;
  const auto set = JwkSet::parse({reinterpret_cast<const char*>(data), size});
  if (!set) {
    return 0;
  }
  for (const Jwk& key : set->keys()) {
    require(!key.kid().empty() && !key.algorithms().empty());
    require(set->find(key.kid()) == &key);
  }
  if (!set->keys().empty()) {
    const Jwk& key = set->keys().front();
    for (const std::size_t bytes : {64, 96, 132, 256, 512}) {
      for (const auto name : kAlgorithmNames) {
        require(!key.verify(*parse_algorithm(name), "text", std::string(bytes, '\1')));
      }
    }
  }
  return 0;
}
