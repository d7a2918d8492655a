// How many members an aggregate has, to hold its list of fields to.
#pragma once

#include <cstddef>
#include <utility>

namespace lookout::test {

// Converts to whatever a member is, so that braces can be filled with it.
struct Anything {
  template <typename T>
  operator T() const;  // NOLINT(google-explicit-constructor): never called
};

template <typename Struct, std::size_t... Index>
constexpr bool TakesMembers(std::index_sequence<Index...>) {
  return requires { Struct{(static_cast<void>(Index), Anything{})...}; };
}

template <typename Struct, std::size_t Count = 64>
constexpr std::size_t CountFields() {
  if constexpr (Count == 0 || TakesMembers<Struct>(std::make_index_sequence<Count>{})) {
    return Count;
  } else {
    return CountFields<Struct, Count - 1>();
  }
}

}  // namespace lookout::test
