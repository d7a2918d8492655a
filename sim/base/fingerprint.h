// A short name for bytes: the same for the same bytes, and another for others unless someone means
// to deceive. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lookout {

// Fowler, Noll, Vo: FNV-1a, 64 bit.
constexpr std::uint64_t Fnv1a(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  }
  return hash;
}

// Its 16 hexadecimal digits.
std::string Fingerprint(std::string_view bytes);

}  // namespace lookout
