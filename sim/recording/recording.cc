#include "sim/recording/recording.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>

#include "sim/base/check.h"
#include "sim/recording/recording_rows.h"

// Layout of a chunk, little endian:
//
//   magic[8]  version:u32  episode:i64  first_step:i32  steps:u32  sizes:u32[8]
//   cost kinds:u8  each  length:u8 name          (version 2; before, the first seven in their
//   order) deflated rows  crc32 of all before:u32
//
// A step is one row (recording_rows.h). The rows are stored byte column by byte column: signs,
// exponents and whatever stands still then lie side by side, which deflate shrinks to a third of
// the raw size on PointGoal1 (a fifth less than row by row).
namespace lookout::sim {
namespace {

static_assert(std::endian::native == std::endian::little, "chunks are little endian");

constexpr std::string_view kMagic = "LKCHUNK\x1a";
constexpr std::uint32_t kChunkVersion = 2;
// The kinds of cost in version 1.
constexpr std::array<std::string_view, 7> kFirstCostKinds{
    "vases_contact",  "pillars",        "buttons", "gremlins",
    "vases_displace", "vases_velocity", "hazards"};
constexpr std::uint32_t kMaxVectorSize = 1U << 16U;
// Deflate cannot do better than this (zlib's technical notes), so more is not in the bytes.
constexpr std::size_t kMaxDeflateRatio = 1032;

#pragma pack(push, 1)
struct ChunkHead {
  std::array<char, 8> magic{};
  std::uint32_t version = kChunkVersion;
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

Error Reject(const std::string& cause) {
  return BadInput("A chunk of a recorded episode " + cause +
                  "; its file is damaged or was not written by Lookout.");
}

// The head, if everything that can be told without inflating is right.
Result<ChunkHead> ReadHead(std::string_view bytes) {
  if (bytes.size() < kLeastBytes) {
    return Reject("has " + std::to_string(bytes.size()) + " bytes, expected at least " +
                  std::to_string(kLeastBytes));
  }
  ChunkHead head;
  std::memcpy(&head, bytes.data(), sizeof(head));
  if (std::string_view(head.magic.data(), head.magic.size()) != kMagic) {
    return Reject("does not begin like one");
  }
  if (head.version > kChunkVersion) {
    return BadInput(
        "A chunk of a recorded episode was written by a newer version of Lookout: its "
        "format is " +
        std::to_string(head.version) + ", this program reads up to " +
        std::to_string(kChunkVersion) + ". Update Lookout.");
  }
  if (head.version == 0) return Reject("has format version 0, which no Lookout writes");
  std::uint32_t checksum = 0;
  const std::string_view summed = bytes.substr(0, bytes.size() - kChecksumBytes);
  std::memcpy(&checksum, summed.data() + summed.size(), kChecksumBytes);
  if (checksum != Checksum(summed)) return Reject("does not match its checksum");
  if (head.steps > kChunkSteps) {
    return Reject("has " + std::to_string(head.steps) + " steps, expected at most " +
                  std::to_string(kChunkSteps));
  }
  constexpr StepIndex kLastStep = std::numeric_limits<StepIndex>::max() - kChunkSteps;
  if (head.episode < 0 || head.first_step < 0 || head.first_step > kLastStep) {
    return Reject("begins at step " + std::to_string(head.first_step) + " of episode " +
                  std::to_string(head.episode) + ", which cannot be");
  }
  const std::uint32_t largest = std::ranges::max(head.sizes);
  if (largest > kMaxVectorSize) {
    return Reject("has a vector of " + std::to_string(largest) + " numbers, expected at most " +
                  std::to_string(kMaxVectorSize));
  }
  return head;
}

std::optional<CostKind> FindCostKind(std::string_view name) {
  for (int i = 0; i < kCostKindCount; ++i) {
    if (CostKindName(static_cast<CostKind>(i)) == name) return static_cast<CostKind>(i);
  }
  return std::nullopt;
}

// Every kind of cost, as its name and in the same order in `layout`.
std::string WriteCostKinds(RowLayout& layout) {
  std::string bytes(1, static_cast<char>(kCostKindCount));
  for (int i = 0; i < kCostKindCount; ++i) {
    const auto kind = static_cast<CostKind>(i);
    const std::string_view name = CostKindName(kind);
    bytes += static_cast<char>(name.size());
    bytes += name;
    layout.cost_kinds.emplace_back(kind);
  }
  return bytes;
}

// Cuts the names of the costs off `rest`.
Status ReadCostKinds(std::string_view& rest, RowLayout& layout) {
  const auto take = [&rest](std::size_t bytes) {
    const std::string_view taken = rest.substr(0, bytes);
    rest.remove_prefix(taken.size());
    return taken;
  };
  const auto take_byte = [&] {
    const std::string_view byte = take(1);
    return byte.empty() ? std::size_t{0} : static_cast<unsigned char>(byte[0]);
  };
  for (std::size_t kinds = take_byte(); kinds > 0; --kinds) {
    const std::size_t length = take_byte();
    const std::string_view name = take(length);
    if (length == 0 || name.size() < length) return Reject("ends amid the names of its costs");
    const std::optional<CostKind> kind = FindCostKind(name);
    if (kind && std::ranges::find(layout.cost_kinds, kind) != layout.cost_kinds.end()) {
      return Reject("names the cost of " + std::string(name) + " twice");
    }
    layout.cost_kinds.push_back(kind);
  }
  return {};
}

}  // namespace

std::string EncodeChunk(const RecordingChunk& chunk) {
  LOOKOUT_CHECK(chunk.steps.size() <= kChunkSteps, "a chunk has at most kChunkSteps steps");
  ChunkHead head;
  std::ranges::copy(kMagic, head.magic.begin());
  head.episode = chunk.episode.value;
  head.first_step = chunk.first_step;
  head.steps = static_cast<std::uint32_t>(chunk.steps.size());
  RowLayout layout{.sizes = SizesOf(chunk), .cost_kinds = {}};
  head.sizes = layout.sizes;
  const std::string cost_kinds = WriteCostKinds(layout);

  const std::size_t width = RowBytes(layout);
  std::string rows(chunk.steps.size() * width, '\0');
  for (std::size_t i = 0; i < chunk.steps.size(); ++i) {
    WriteRow(chunk.steps[i], layout, rows.data() + i * width);
  }
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof(head));
  bytes += cost_kinds;
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

  RowLayout layout{.sizes = head->sizes, .cost_kinds = {}};
  if (head->version == 1) {
    for (const std::string_view name : kFirstCostKinds) {
      layout.cost_kinds.push_back(FindCostKind(name));
    }
  } else if (Status named = ReadCostKinds(deflated, layout); !named) {
    return named.error();
  }
  const std::size_t width = RowBytes(layout);
  const std::size_t size = head->steps * width;
  if (size / kMaxDeflateRatio > deflated.size()) {
    return Reject("promises " + std::to_string(size) + " bytes of steps, more than its " +
                  std::to_string(deflated.size()) + " bytes can hold");
  }
  std::string columns(size, '\0');
  if (!Inflate(deflated, columns)) return Reject("does not unpack to the promised size");

  const std::string rows = Columns(columns, width, head->steps);  // transposed again
  RecordingChunk chunk{{head->episode}, head->first_step, {}};
  chunk.steps.resize(head->steps);
  for (std::size_t i = 0; i < chunk.steps.size(); ++i) {
    if (!ReadRow(rows.data() + i * width, layout, chunk.steps[i])) {
      return Reject("holds impossible values in step " +
                    std::to_string(static_cast<std::size_t>(head->first_step) + i));
    }
  }
  return chunk;
}

}  // namespace lookout::sim
