// Where things are in an archive's header; what its writer and its reader share. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/base/check.h"

namespace lookout::agents {

inline constexpr std::string_view kArchiveMagic = "LOOKOUT\x1a";
inline constexpr std::size_t kArchiveKindBytes = 16;
inline constexpr std::size_t kArchiveHeaderBytes = 8 + kArchiveKindBytes + 4 + 4 + 8 + 8;

// As it stands in the header, filled up with zeros.
inline std::string PaddedKind(std::string_view kind) {
  LOOKOUT_CHECK(kind.size() <= kArchiveKindBytes, "archive kind too long");
  std::string padded(kind);
  padded.resize(kArchiveKindBytes, '\0');
  return padded;
}

}  // namespace lookout::agents
