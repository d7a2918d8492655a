// One step of a trajectory file, from its JSON object. Part of trajectory.cc. Any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/recording/recording.h"

namespace lookout::app {

struct StepObject {
  std::int64_t episode = 1;
  std::uint32_t seed = 0;
  std::string agent;  // empty: as in the step before
  sim::StepRecord record;
};

// Reads the steps of one file; what they have in common is known once all are read.
class StepObjectReader {
 public:
  explicit StepObjectReader(int observation_dim) : observation_dim_(observation_dim) {}

  // Returns what is wrong and the way out, or nothing. step: fresh.
  std::string Read(const nlohmann::json& object, StepObject& step);

  int action_dim() const { return action_dim_; }  // -1: no action so far
  const std::vector<sim::CostKind>& cost_kinds() const { return cost_kinds_; }
  // In the order of StepRecord::other_costs; earlier steps have fewer.
  const std::vector<std::string>& other_cost_names() const { return other_cost_names_; }

 private:
  std::string ReadActions(const nlohmann::json& object, sim::StepRecord& record);
  std::string ReadCosts(const nlohmann::json& object, sim::StepRecord& record);

  int observation_dim_;
  int action_dim_ = -1;
  std::vector<sim::CostKind> cost_kinds_;
  std::vector<std::string> other_cost_names_;
};

}  // namespace lookout::app
