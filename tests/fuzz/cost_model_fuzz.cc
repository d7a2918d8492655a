// Bytes of a cost model: as they are, and as changes to a good one under a right checksum.
#include <cstring>
#include <string>

#include "agents/feedback/models/cost_ensemble.h"
#include "sim/base/check.h"
#include "tests/support/fuzz_seeds.h"

namespace {

using namespace lookout;

constexpr std::size_t kChecksumAt = 40;  // in an archive's head
constexpr std::size_t kHead = 48;

void Decode(std::string_view bytes) {
  const auto model = agents::DecodeCostModel(bytes);
  if (!model.ok()) return;
  (*model)->PredictOne(Eigen::VectorXf::Ones((*model)->observation_dim()));
  LOOKOUT_CHECK(agents::DecodeCostModel((*model)->Encode()).ok(), "a decoded model encodes again");
}

std::string GoodModel() {
  agents::CostEnsemble ensemble{.id = {1}};
  ensemble.inputs = *agents::CostInputs::Create(5, {{1, 4}});  // one value and a lidar's three
  ensemble.normaliser = agents::Normaliser(4);
  ensemble.members.assign(2, agents::Mlp({4, 3, 1}));
  ensemble.report.reliability.resize(2);
  return agents::EncodeCostEnsemble(ensemble);
}

void Seal(std::string& bytes) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a, as archive.h says
  for (std::size_t i = kHead; i < bytes.size(); ++i) {
    hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 1099511628211ULL;
  }
  std::memcpy(bytes.data() + kChecksumAt, &hash, sizeof(hash));
}

// The good model with bytes replaced: three bytes of input are a place, in two, and a value.
std::string Changed(const std::uint8_t* data, std::size_t size) {
  static const std::string good = GoodModel();
  std::string bytes = good;
  for (std::size_t i = 0; i + 2 < size; i += 3) {
    bytes[(data[i] * 256U + data[i + 1]) % bytes.size()] = static_cast<char>(data[i + 2]);
  }
  Seal(bytes);
  return bytes;
}

}  // namespace

std::vector<std::string> FuzzSeeds() { return {GoodModel()}; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Decode({reinterpret_cast<const char*>(data), size});
  Decode(Changed(data, size));
  return 0;
}
