// Bytes of a blocker and of a risk critic: as they are, and as changes to good ones under a right
// checksum.
#include <string>
#include <string_view>

#include "agents/overseer/blocker/blocker_model.h"
#include "agents/overseer/risk/risk_critic.h"
#include "sim/base/check.h"
#include "tests/support/fuzz_seeds.h"
#include "tests/support/sealed_archive.h"

namespace {

using namespace lookout;

void DecodeOne(std::string_view bytes) {
  if (const auto model = agents::DecodeBlocker(bytes); model.ok()) {
    const Eigen::VectorXd seen = Eigen::VectorXd::Ones((*model)->networks.observation_dim());
    const int action_dim = (*model)->networks.action_dim();
    agents::BlockerScorer(*model).Judge(seen, Eigen::VectorXd::Ones(action_dim));
    LOOKOUT_CHECK(agents::DecodeBlocker(agents::EncodeBlocker(**model)).ok(),
                  "a decoded blocker encodes again");
  }
  if (const auto critic = agents::DecodeRiskCritic(bytes); critic.ok()) {
    LOOKOUT_CHECK(agents::DecodeRiskCritic(agents::EncodeRiskCritic(**critic)).ok(),
                  "a decoded critic encodes again");
  }
}

agents::ActionNetworks SomeNetworks() {
  const sim::ObservationSignature signature({{"goal_lidar", 4, ""}, {"speed", 1, ""}});
  auto networks = *agents::ActionNetworks::For(signature, 1);
  networks.members.assign(2, agents::Mlp({networks.inputs.dim(), 3, 1}));
  return networks;
}

std::string GoodBlocker() {
  agents::BlockerModel model{.teacher = "Ann", .environment = "Wall", .networks = SomeNetworks()};
  model.report.rules.push_back({.refusal = "too few"});
  model.report.table.push_back({.threshold = 0.5, .rows = 3, .overseer_blocks = 1});
  return agents::EncodeBlocker(model);
}

std::string GoodCritic() {
  agents::RiskCritic critic{.environment = "Wall", .networks = SomeNetworks()};
  return agents::EncodeRiskCritic(critic);
}

}  // namespace

std::vector<std::string> FuzzSeeds() { return {GoodBlocker(), GoodCritic()}; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string blocker = GoodBlocker();
  static const std::string critic = GoodCritic();
  DecodeOne({reinterpret_cast<const char*>(data), size});
  DecodeOne(test::SealedArchive(blocker, data, size));
  DecodeOne(test::SealedArchive(critic, data, size));
  return 0;
}
