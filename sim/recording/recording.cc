#include "sim/recording/recording.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "sim/base/check.h"
#include "sim/recording/recording_layout.h"
#include "sim/recording/recording_rows.h"

// Layout of a chunk, little endian:
//
//   magic[8]  version:u32  episode:i64  first_step:i32  steps:u32  sizes:u32[8]
//   has state:u8                                 (since version 3; before, always)
//   sights:u32                                   (in version 5, which only chunks have whose rows
//                                                 need it)
//   costs:u8   each  length:u8 name              (since version 2; before, seven in their order)
//   agents:u8  each  length:u8 name              (since version 3; before, none; since version 4
//                                                 also why an action did not pass)
//   deflated rows  crc32 of all before:u32
//
// A step is one row (recording_rows.h). The rows are stored byte column by byte column: signs,
// exponents and whatever stands still then lie side by side, which deflate shrinks to a third of
// the raw size on PointGoal1 (a fifth less than row by row).
namespace lookout::sim {
namespace {

static_assert(std::endian::native == std::endian::little, "chunks are little endian");

constexpr std::string_view kMagic = "LKCHUNK\x1a";
constexpr std::uint32_t kChunkVersion = kChunkVersionWithSights;
constexpr std::uint32_t kMaxVectorSize = 1U << 16U;
// Deflate cannot do better than this (zlib's technical notes), so more is not in the bytes.
constexpr std::size_t kMaxDeflateRatio = 1032;

#pragma pack(push, 1)
struct ChunkHead {
  std::array<char, 8> magic{};
  std::uint32_t version = kChunkVersionWithSights - 1;
  std::int64_t episode = 0;
  std::int32_t first_step = 0;
  std::uint32_t steps = 0;
  VectorSizes sizes{};
};
#pragma pack(pop)
constexpr std::size_t kChecksumBytes = sizeof(std::uint32_t);
constexpr std::size_t kLeastBytes = sizeof(ChunkHead) + kChecksumBytes;

// rows: [steps x width] bytes, one row after the other; returns them one column after the other.
std::string Columns(const std::string& rows, std::size_t steps, std::size_t width) {
  std::string columns(rows.size(), '\0');
  for (std::size_t step = 0; step < steps; ++step) {
    for (std::size_t byte = 0; byte < width; ++byte) {
      columns[byte * steps + step] = rows[step * width + byte];
    }
  }
  return columns;
}

std::string Deflate(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string deflated(size, '\0');
  const int code =
      compress2(reinterpret_cast<Bytef*>(deflated.data()), &size,
                reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_DEFAULT_COMPRESSION);
  LOOKOUT_CHECK(code == Z_OK, "zlib could not deflate a chunk");
  deflated.resize(size);
  return deflated;
}

// Whether `deflated` holds exactly bytes.size() bytes and nothing else.
bool Inflate(std::string_view deflated, std::string& bytes) {
  uLongf size = bytes.size();
  uLong taken = deflated.size();
  const int code = uncompress2(reinterpret_cast<Bytef*>(bytes.data()), &size,
                               reinterpret_cast<const Bytef*>(deflated.data()), &taken);
  return code == Z_OK && size == bytes.size() && taken == deflated.size();
}

std::uint32_t Checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

// The head, if everything that can be told without inflating is right.
Result<ChunkHead> ReadHead(std::string_view bytes) {
  if (bytes.size() < kLeastBytes) {
    return RejectChunk(
        fmt::format("has {} bytes, expected at least {}", bytes.size(), kLeastBytes));
  }
  ChunkHead head;
  std::memcpy(&head, bytes.data(), sizeof(head));
  if (std::string_view(head.magic.data(), head.magic.size()) != kMagic) {
    return RejectChunk("does not begin like one");
  }
  if (head.version > kChunkVersion) {
    return BadInput(
        fmt::format("A chunk of a recorded episode was written by a newer version of Lookout: its "
                    "format is {}, this program reads up to {}. Update Lookout.",
                    std::uint32_t{head.version}, kChunkVersion));
  }
  if (head.version == 0) return RejectChunk("has format version 0, which no Lookout writes");
  std::uint32_t checksum = 0;
  const std::string_view summed = bytes.substr(0, bytes.size() - kChecksumBytes);
  std::memcpy(&checksum, summed.data() + summed.size(), kChecksumBytes);
  if (checksum != Checksum(summed)) return RejectChunk("does not match its checksum");
  if (head.steps > kChunkSteps) {
    return RejectChunk(
        fmt::format("has {} steps, expected at most {}", std::uint32_t{head.steps}, kChunkSteps));
  }
  constexpr StepIndex kLastStep = std::numeric_limits<StepIndex>::max() - kChunkSteps;
  if (head.episode < 0 || head.first_step < 0 || head.first_step > kLastStep) {
    // Copies: the packed head's own numbers may lie where no reference may point to.
    return RejectChunk(fmt::format("begins at step {} of episode {}, which cannot be",
                                   StepIndex{head.first_step}, std::int64_t{head.episode}));
  }
  const std::uint32_t largest = std::ranges::max(head.sizes);
  if (largest > kMaxVectorSize) {
    return RejectChunk(
        fmt::format("has a vector of {} numbers, expected at most {}", largest, kMaxVectorSize));
  }
  return head;
}

}  // namespace

std::string EncodeChunk(const RecordingChunk& chunk) {
  LOOKOUT_CHECK(chunk.steps.size() <= kChunkSteps, "a chunk has at most kChunkSteps steps");
  ChunkHead head;
  std::ranges::copy(kMagic, head.magic.begin());
  head.episode = chunk.episode.value;
  head.first_step = chunk.first_step;
  head.steps = static_cast<std::uint32_t>(chunk.steps.size());
  const RowLayout layout = LayoutOf(chunk);
  head.sizes = layout.sizes;
  if (layout.has_sights) head.version = kChunkVersionWithSights;

  const std::size_t width = RowBytes(layout);
  std::string rows(chunk.steps.size() * width, '\0');
  for (std::size_t i = 0; i < chunk.steps.size(); ++i) {
    WriteRow(chunk.steps[i], layout, rows.data() + i * width);
  }
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof(head));
  bytes += EncodeLayout(layout, chunk);
  bytes += Deflate(Columns(rows, chunk.steps.size(), width));
  const std::uint32_t checksum = Checksum(bytes);
  bytes.append(reinterpret_cast<const char*>(&checksum), kChecksumBytes);
  return bytes;
}

Result<RecordingChunk> DecodeChunk(std::string_view bytes) {
  const Result<ChunkHead> head = ReadHead(bytes);
  if (!head) return head.error();
  std::string_view deflated = bytes.substr(sizeof(ChunkHead));
  deflated.remove_suffix(kChecksumBytes);

  RecordingChunk chunk{{head->episode}, head->first_step, {}};
  RowLayout layout{.sizes = head->sizes, .cost_kinds = {}, .has_state = true, .names = {}};
  if (Status read = ReadLayout(head->version, deflated, layout, chunk); !read) return read.error();
  const std::size_t width = RowBytes(layout);
  const std::size_t size = head->steps * width;
  if (size / kMaxDeflateRatio > deflated.size()) {
    return RejectChunk(fmt::format("promises {} bytes of steps, more than its {} bytes can hold",
                                   size, deflated.size()));
  }
  std::string columns(size, '\0');
  if (!Inflate(deflated, columns)) return RejectChunk("does not unpack to the promised size");

  const std::string rows = Columns(columns, width, head->steps);  // transposed again
  chunk.steps.resize(head->steps);
  for (std::size_t i = 0; i < chunk.steps.size(); ++i) {
    if (!ReadRow(rows.data() + i * width, layout, chunk.steps[i])) {
      return RejectChunk(fmt::format("holds impossible values in step {}",
                                     static_cast<std::size_t>(head->first_step) + i));
    }
  }
  return chunk;
}

}  // namespace lookout::sim
