// What policy and value networks are made of. Values; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "sim/base/choices.h"

namespace lookout::agents {

enum class NetworkKind : std::uint8_t {
  kMlp,      // two hidden layers; sees the present alone
  kStacked,  // the same, of the last few observations side by side; see stacked_network.h
  kGru,      // gated recurrent units; see gru_network.h
  kTrxl,     // attention over the last steps, without gates; see transformer_network.h
  kGtrxl,    // the same with gates
};
std::span<const Choice<NetworkKind>> Choices(NetworkKind kind);  // "gtrxl", as on the command line
std::string_view NetworkName(NetworkKind kind);                  // "GTrXL"

inline bool IsTransformer(NetworkKind kind) {
  return kind == NetworkKind::kTrxl || kind == NetworkKind::kGtrxl;
}

}  // namespace lookout::agents
