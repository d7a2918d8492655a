// An action filter for tests: it remembers what it was asked and answers by the step.
#pragma once

#include <Eigen/Core>
#include <map>
#include <string>
#include <vector>

#include "agents/rollout/action_filter.h"

namespace lookout::test {

class ScriptedFilter : public agents::ActionFilter {
 public:
  struct Asked {
    int step;
    int held_steps;
    sim::ActionSource source;
    Eigen::VectorXd proposed;
  };

  std::map<int, Eigen::VectorXd> replace;  // by the step of the episode
  int end_at = -1;                         // step; never if negative
  std::vector<Asked> asked;
  int episodes = 0;

  void BeginEpisode() override { ++episodes; }
  agents::Decision Review(const agents::ActionContext& context,
                          const Eigen::VectorXd& proposed) override {
    asked.push_back({context.step, context.held_steps, context.source, proposed});
    if (context.step == end_at) {
      return agents::Decision::End(sim::ActionSource::kOverseer, "too close to a pillar");
    }
    const auto found = replace.find(context.step);
    if (found == replace.end()) return agents::Decision::Pass();
    return agents::Decision::Replace(found->second, sim::ActionSource::kOverseer, "it brakes");
  }
};

}  // namespace lookout::test
