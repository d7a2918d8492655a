// Damaged archives under a right checksum, so that a fuzzer gets past it. Any thread.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>

namespace lookout::test {

// `good` with bytes of its payload and head replaced: three bytes of input are a place, in two,
// and a value. The checksum fits again; see agents/learning/archive.h for the layout.
inline std::string SealedArchive(std::string good, const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kChecksumAt = 40;
  constexpr std::size_t kHead = 48;
  for (std::size_t i = 0; i + 2 < size; i += 3) {
    good[(data[i] * 256U + data[i + 1]) % good.size()] = static_cast<char>(data[i + 2]);
  }
  std::uint64_t hash = 14695981039346656037ULL;
  for (std::size_t i = kHead; i < good.size(); ++i) {
    hash = (hash ^ static_cast<unsigned char>(good[i])) * 1099511628211ULL;
  }
  std::memcpy(good.data() + kChecksumAt, &hash, sizeof(hash));
  return good;
}

}  // namespace lookout::test
