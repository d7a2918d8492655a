// What the sheet of an experiment on transfer shows. Window thread only.
#pragma once

#include <cstddef>
#include <cstdint>

namespace lookout::ui {

// What the matrix of an experiment on transfer shows: three figures of cost models, two of
// policies.
enum class TransferFigure : std::uint8_t { kAuc, kMissed, kRatio, kReturn, kCost };
inline constexpr std::size_t kTransferFigures = 5;
struct TransferSheetState {
  bool shown = false;
  std::int64_t number = 0;  // of the matrix that was shown last
  TransferFigure figure = TransferFigure::kAuc;
  int inputs = 1;  // of TransferMatrix::inputs: what is around alone fits the most environments
};

}  // namespace lookout::ui
