// A recorded step as one row of bytes of fixed width: which vectors it has, its numbers, its
// vectors (zeros for those it lacks). The inner part of a chunk's format. Pure functions; any
// thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/recording/recording.h"

namespace lookout::sim {

inline constexpr std::size_t kStepVectors = 8;

// Of the vectors of a step, in a fixed order; a step has each either in this size or not at all.
// Other costs are numbers of the row.
using VectorSizes = std::array<std::uint32_t, kStepVectors>;

VectorSizes SizesOf(const RecordingChunk& chunk);

// What the rows of a chunk are made of.
struct RowLayout {
  VectorSizes sizes{};
  // In the order of the row's costs; nothing for the next of the other costs.
  std::vector<std::optional<CostKind>> cost_kinds;
  bool has_state = true;
  // Who acts, by the indices that the rows have; index 0 is nobody. Rows of older versions, which
  // name nobody, have no such indices: the list is empty. Why an action did not pass is among them.
  std::vector<SharedName> names;
  bool has_reasons = true;  // the rows say why
  // Rows of worlds in which not everything is seen have SimState::goal_age and sights, of this
  // size.
  bool has_sights = false;
  std::uint32_t sights = 0;
};

// How many of its costs are other ones.
std::size_t OtherCostsOf(const RowLayout& layout);

std::size_t RowBytes(const RowLayout& layout);

// row: RowBytes(layout) zeros. layout: with every kind of cost that the program knows, and with
// every name of the step.
void WriteRow(const StepRecord& step, const RowLayout& layout, char* row);

// row: RowBytes(layout) bytes of any content; step: fresh. False if they hold something that no
// step can: an unknown status, a flag that is neither 0 nor 1, an index without a name.
bool ReadRow(const char* row, const RowLayout& layout, StepRecord& step);

}  // namespace lookout::sim
