#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace cdss {

/// Some of the enumerators of E, which has at most 64, numbered from 0.
template <class E>
class EnumSet {
 public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<E> some) {
    for (const E one : some) {
      add(one);
    }
  }

  constexpr bool has(E one) const { return (bits_ & bit(one)) != 0; }
  constexpr void add(E one) { bits_ |= bit(one); }
  constexpr bool empty() const { return bits_ == 0; }

  friend constexpr bool operator==(EnumSet, EnumSet) = default;

 private:
  static constexpr std::uint64_t bit(E one) {
    return std::uint64_t{1} << static_cast<std::size_t>(one);
  }

  std::uint64_t bits_ = 0;
};

}  // namespace cdss
