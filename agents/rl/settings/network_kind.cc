#include "agents/rl/settings/network_kind.h"

#include <array>

namespace lookout::agents {
namespace {

constexpr std::array<Choice<NetworkKind>, 5> kNetworkKinds{{{NetworkKind::kMlp, "mlp"},
                                                            {NetworkKind::kStacked, "stacked"},
                                                            {NetworkKind::kGru, "gru"},
                                                            {NetworkKind::kTrxl, "trxl"},
                                                            {NetworkKind::kGtrxl, "gtrxl"}}};

}  // namespace

std::span<const Choice<NetworkKind>> Choices(NetworkKind /*kind*/) { return kNetworkKinds; }

std::string_view NetworkName(NetworkKind kind) {
  switch (kind) {
    case NetworkKind::kMlp:
      return "MLP";
    case NetworkKind::kStacked:
      return "stacked frames";
    case NetworkKind::kGru:
      return "GRU";
    case NetworkKind::kTrxl:
      return "TrXL";
    case NetworkKind::kGtrxl:
      return "GTrXL";
  }
  return {};
}

}  // namespace lookout::agents
