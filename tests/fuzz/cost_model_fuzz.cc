// Bytes of a cost model: as they are, and as changes to a good one under a right checksum.
#include <cstring>
#include <string>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/cost_reading.h"
#include "sim/base/check.h"
#include "tests/support/fuzz_seeds.h"

namespace {

using namespace lookout;

constexpr std::size_t kChecksumAt = 40;  // in an archive's head
constexpr std::size_t kHead = 48;

void Decode(std::string_view bytes) {
  const auto model = agents::DecodeCostModel(bytes);
  if (!model.ok()) return;
  const Eigen::VectorXf seen = Eigen::VectorXf::Ones((*model)->observation_dim());
  (*model)->PredictOne(seen);
  for (const agents::DangerClass danger : (*model)->classes()) {
    const auto read = agents::ReadWith(*model, {.danger = danger});
    LOOKOUT_CHECK(read.ok(), "a head can be read");
    (*read)->PredictOne(seen);
  }
  LOOKOUT_CHECK(agents::DecodeCostModel((*model)->Encode()).ok(), "a decoded model encodes again");
}

std::string GoodModel(const agents::PastInputs& past = {}, bool heads = false) {
  agents::CostEnsemble ensemble{.id = {1}};
  ensemble.inputs = *agents::CostInputs::Create(5, {{1, 4}}, {}, past);
  const int inputs = ensemble.inputs.dim();  // one value and a lidar's three, and their changes
  ensemble.normaliser = agents::Normaliser(inputs);
  ensemble.members.assign(2, agents::Mlp({inputs, 3, 1}));
  ensemble.report.reliability.resize(2);
  if (heads) {
    ensemble.report.classes = {{.danger = 2, .has_head = true}, {.danger = 5}};
    ensemble.heads.classes = {2};
    ensemble.heads.calibrations.resize(1);
    ensemble.heads.members.assign(2, agents::Mlp({inputs, 3, 1}));
  }
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
  static const std::string good = GoodModel({.history = 2, .action_dim = 1}, true);
  std::string bytes = good;
  for (std::size_t i = 0; i + 2 < size; i += 3) {
    bytes[(data[i] * 256U + data[i + 1]) % bytes.size()] = static_cast<char>(data[i + 2]);
  }
  Seal(bytes);
  return bytes;
}

}  // namespace

std::vector<std::string> FuzzSeeds() {
  return {GoodModel(), GoodModel({.history = 1, .action_dim = 2}), GoodModel({}, true)};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Decode({reinterpret_cast<const char*>(data), size});
  Decode(Changed(data, size));
  return 0;
}
