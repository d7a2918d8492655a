// Bytes of a recorded chunk: as they are, and once more packed as the writer would pack them.
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "sim/base/check.h"
#include "sim/recording/recording.h"
#include "tests/support/fuzz_seeds.h"

namespace {

constexpr std::size_t kSealedHead = 12;  // magic and version

// Where the rows begin: behind the head and the names of the costs, alike in all chunks. Behind
// the rows there is the checksum.
std::size_t RowsAt() {
  constexpr std::size_t kDeflatedNothing = 8;
  static const std::size_t at =
      lookout::sim::EncodeChunk({}).size() - kDeflatedNothing - sizeof(std::uint32_t);
  return at;
}

void Decode(std::string_view bytes) {
  using namespace lookout;
  const auto chunk = sim::DecodeChunk(bytes);
  if (!chunk.ok()) return;
  const std::string again = sim::EncodeChunk(*chunk);
  const auto copy = sim::DecodeChunk(again);
  LOOKOUT_CHECK(copy.ok() && sim::EncodeChunk(*copy) == again, "a decoded chunk encodes again");
}

// The input as the head's fields, the costs' names and the bytes of the rows, deflated, under a
// right checksum.
std::string Packed(const std::uint8_t* data, std::size_t size) {
  std::string bytes = lookout::sim::EncodeChunk({});
  bytes.resize(RowsAt());
  const std::size_t fields = std::min(size, RowsAt() - kSealedHead);
  std::memcpy(bytes.data() + kSealedHead, data, fields);
  uLongf packed_size = compressBound(size - fields);
  std::string packed(packed_size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &packed_size, data + fields, size - fields, 1);
  bytes.append(packed, 0, packed_size);
  const auto checksum = static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  return bytes.append(reinterpret_cast<const char*>(&checksum), sizeof(checksum));
}

lookout::sim::RecordingChunk ThreeSteps() {
  lookout::sim::StepRecord step;
  lookout::sim::SimState state;
  state.qpos.setConstant(4, 0.5);
  state.qvel.setConstant(3, -1.0);
  step.state = std::make_shared<const lookout::sim::SimState>(std::move(state));
  step.observation.setConstant(5, 1.5F);
  lookout::sim::RecordingChunk chunk{{1}, 64, {step, step, step}};
  chunk.steps[2].executed_action.setConstant(2, 1.0F);
  chunk.steps[2].proposed_action.setConstant(2, 3.0F);
  return chunk;
}

// As from elsewhere: no state, costs of other names, somebody who acts.
lookout::sim::RecordingChunk ImportedSteps() {
  lookout::sim::RecordingChunk chunk = ThreeSteps();
  chunk.other_cost_names = {"lava", "noise"};
  for (lookout::sim::StepRecord& step : chunk.steps) {
    step.state = nullptr;
    step.other_costs.setConstant(2, 0.5);
    step.agent = std::make_shared<const std::string>("SAC");
  }
  chunk.steps[1].overseer = std::make_shared<const std::string>("Shield");
  return chunk;
}

}  // namespace

// A chunk as it is, and the parts that Packed makes one of.
std::vector<std::string> FuzzSeeds() {
  const std::string chunk = lookout::sim::EncodeChunk(ThreeSteps());
  std::string rows(std::size_t{1} << 16U, '\0');
  uLongf size = rows.size();
  const int code = uncompress(reinterpret_cast<Bytef*>(rows.data()), &size,
                              reinterpret_cast<const Bytef*>(chunk.data() + RowsAt()),
                              chunk.size() - RowsAt() - sizeof(std::uint32_t));
  LOOKOUT_CHECK(code == Z_OK, "the rows of a chunk are deflated behind its head");
  return {chunk, lookout::sim::EncodeChunk(ImportedSteps()),
          chunk.substr(kSealedHead, RowsAt() - kSealedHead) + rows.substr(0, size)};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Decode({reinterpret_cast<const char*>(data), size});
  Decode(Packed(data, size));
  return 0;
}
