// Which kinds of objects a step's danger comes from: what the rule charged the step for, and what
// the lidars have nearest. Value types; any thread.
#pragma once

#include <Eigen/Core>
#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/environment/environment.h"

namespace lookout::agents {

// The kinds of objects (sim::SceneObjectKind as a number), and one more for a cost whose source
// the program does not know.
inline constexpr std::size_t kOtherDanger = sim::kSceneObjectKindCount;
inline constexpr std::size_t kDangerKindCount = kOtherDanger + 1;
using DangerKinds = std::bitset<kDangerKindCount>;

// "hazard", "vase", ..., "other".
std::string_view DangerKindName(std::size_t kind);

// What the rule charged a step for. None: the step cost nothing.
DangerKinds DangersOf(const sim::Costs& costs);

// The lidars of an observation that show things of a kind that rules can charge for.
class DangerLidars {
 public:
  explicit DangerLidars(const sim::ObservationSignature& signature);

  // The kind of the nearest thing: readings grow as a thing comes closer, on one scale for all
  // lidars. Nothing if none is in reach. observation: [observation_dim] of that signature.
  std::optional<std::size_t> Nearest(const Eigen::Ref<const Eigen::VectorXf>& observation) const;

 private:
  struct Lidar {
    std::size_t kind = kOtherDanger;
    Eigen::Index offset = 0;
    Eigen::Index bins = 0;
  };
  std::vector<Lidar> lidars_;
};

}  // namespace lookout::agents
