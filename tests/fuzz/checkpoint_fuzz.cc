// Bytes of a checkpoint or policy file: as they are, and as changes to good ones under a right
// checksum. What is accepted has to be usable: a policy acts, a run iterates or fails politely.
#include <string>

#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/training.h"
#include "sim/base/check.h"
#include "tests/support/fuzz_seeds.h"
#include "tests/support/sealed_archive.h"
#include "tests/support/toy_environments.h"

namespace {

using namespace lookout;

std::unique_ptr<agents::TrainingRun> SmallRun() {
  agents::TrainingSettings settings;
  settings.algorithm = agents::Algorithm::kPpoLagrangian;
  settings.environments = 2;
  settings.steps_per_iteration = 30;
  settings.workers = 1;
  settings.hidden = 4;
  settings.policy_iterations = 2;
  settings.value_iterations = 2;
  settings.normalise_observations = true;
  auto run = agents::TrainingRun::Create(
      settings,
      []() -> Result<std::unique_ptr<sim::Environment>> { return test::MakeWanderEnvironment(); });
  return std::move(*run);
}

const std::string& GoodCheckpoint() {
  static const std::string bytes = [] {
    const auto run = SmallRun();
    LOOKOUT_CHECK(run->RunIteration().ok(), "the toy learns");
    return run->EncodeCheckpoint();
  }();
  return bytes;
}

void Act(std::string_view bytes, const sim::EnvironmentSpec& spec) {
  const auto policy = agents::DecodePolicy(bytes, spec, false);
  if (!policy.ok()) return;
  RandomState random(1);
  Eigen::VectorXd action;
  (*policy)->Act(Eigen::VectorXd::Ones(spec.observation_dim), *(*policy)->NewMemory(), random,
                 action);
  LOOKOUT_CHECK(action.size() == spec.action_dim, "an accepted policy acts");
}

void Decode(std::string_view bytes) {
  const auto run = SmallRun();
  Act(bytes, run->spec());
  (void)agents::DecodeCheckpointSettings(bytes, run->spec());
  if (!run->RestoreCheckpoint(bytes).ok()) return;
  const std::string again = run->EncodeCheckpoint();
  LOOKOUT_CHECK(SmallRun()->RestoreCheckpoint(again).ok(), "a restored run encodes again");
  (void)run->RunIteration();
}

}  // namespace

std::vector<std::string> FuzzSeeds() {
  // The short ones are changes to the good checkpoint: a place and a value in three bytes.
  return {GoodCheckpoint(),
          *agents::PolicyFileOf(GoodCheckpoint(), SmallRun()->spec()),
          "abc",
          "abcdef",
          std::string("\x00\x90\x7f\x01\x20\xff", 6),
          "a longer change to more places"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Decode({reinterpret_cast<const char*>(data), size});
  if (size < 100) Decode(test::SealedArchive(GoodCheckpoint(), data, size));
  return 0;
}
