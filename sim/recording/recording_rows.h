// A recorded step as one row of bytes of fixed width: which vectors it has, its numbers, its
// vectors (zeros for those it lacks). The inner part of a chunk's format. Pure functions; any
// thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/recording/recording.h"

namespace lookout::sim {

inline constexpr std::size_t kStepVectors = 8;

// Of the vectors of a step, in a fixed order; a step has each either in this size or not at all.
using VectorSizes = std::array<std::uint32_t, kStepVectors>;

VectorSizes SizesOf(const RecordingChunk& chunk);

std::size_t RowBytes(const VectorSizes& sizes);

// row: RowBytes(sizes) zeros.
void WriteRow(const StepRecord& step, const VectorSizes& sizes, char* row);

// row: RowBytes(sizes) bytes of any content; step: fresh. False if they hold something that no step
// can: an unknown status, a flag that is neither 0 nor 1.
bool ReadRow(const char* row, const VectorSizes& sizes, StepRecord& step);

}  // namespace lookout::sim
