// What stands in a chunk between its head and its rows: whether the steps have the simulator's
// state, and the names of costs and agents that the rows refer to. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/result.h"
#include "sim/recording/recording_rows.h"

namespace lookout::sim {

// Chunks are of the version before this one unless their rows have sights.
inline constexpr std::uint32_t kChunkVersionWithSights = 5;

// Of the rows of a chunk as this version writes them.
RowLayout LayoutOf(const RecordingChunk& chunk);

// layout: LayoutOf(chunk).
std::string EncodeLayout(const RowLayout& layout, const RecordingChunk& chunk);

// Cuts what that version of a chunk says of its rows off the front of `rest`, into all of `layout`
// but the sizes, which are given, and into the chunk's names of costs.
Status ReadLayout(std::uint32_t version, std::string_view& rest, RowLayout& layout,
                  RecordingChunk& chunk);

// kBadInput, with the cause and that the file is damaged or foreign.
Error RejectChunk(const std::string& cause);

}  // namespace lookout::sim
