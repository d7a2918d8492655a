// A learned blocker on duty: what it thinks the overseer would block is replaced by the robot's
// fallback. One filter belongs to one environment and its thread.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "agents/overseer/blocker/blocker_model.h"
#include "agents/overseer/networks/fallback_action.h"
#include "agents/rollout/action_filter.h"

namespace lookout::agents {

// What a blocker did since it was made.
struct BlockerCounts {
  std::int64_t steps = 0;    // that it reviewed
  std::int64_t blocks = 0;   // that it did not let pass
  std::int64_t unknown = 0;  // that are unlike what it was fitted on; about 1 % is as expected
};

struct BlockerFilterSettings {
  bool block_unknown = false;  // block also what is unlike anything it was fitted on
};

class BlockerFilter : public ActionFilter {
 public:
  static constexpr const char* kName = "Blocker";

  // model: that fits the environment, see MakeBlockerFilter.
  BlockerFilter(BlockerModelPtr model, FallbackAction fallback,
                const BlockerFilterSettings& settings = {});

  std::string name() const override { return kName; }
  // Blocks scores from the threshold on, and NaN. The reason: "the blocker gives 0.83, above 0.41".
  // Does not allocate.
  Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) override;

  // Of the last review.
  const BlockerOpinion& opinion() const { return opinion_; }
  const BlockerCounts& counts() const { return counts_; }

 private:
  std::string_view Reason();

  BlockerModelPtr model_;
  FallbackAction fallback_;
  BlockerFilterSettings settings_;
  BlockerScorer scorer_;
  BlockerOpinion opinion_;
  BlockerCounts counts_;
  Eigen::VectorXd replacement_;
  std::array<char, 96> reason_{};
};

// Rejects (kBadInput) an environment that the model does not fit, naming what differs.
Result<std::unique_ptr<ActionFilter>> MakeBlockerFilter(BlockerModelPtr model,
                                                        FallbackAction fallback,
                                                        const sim::EnvironmentSpec& spec,
                                                        const BlockerFilterSettings& settings = {});

}  // namespace lookout::agents
