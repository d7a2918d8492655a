// Trains one network of a cost model's heads, see class_heads.h. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "agents/feedback/fitting/member_training.h"
#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/models/data_split.h"
#include "agents/learning/mlp.h"

namespace lookout::agents {

inline bool IsNamed(const TrainingData& data, int row, DangerClass danger) {
  return Contains(data.point(row).dangers, danger);
}

// So many of the rows at most, evenly and in their order; of those alone that name a class.
std::vector<int> SomeRows(const std::vector<int>& rows, std::size_t most);
std::vector<int> NamedRows(const TrainingData& data, const std::vector<int>& rows,
                           std::size_t most);

// A network with a logit for each class: logistic regression of all at once on the named ones of
// the rows that a member of the ensemble learned, with weight decay (as
// CostModelSettings::weight_decay), stopped early on the named ones of those that it stopped on.
// Random weights if none is named. Deterministic.
Mlp TrainHead(const TrainingData& data, const std::vector<DangerClass>& classes,
              const MemberRows& rows, double weight_decay, std::uint32_t seed);

}  // namespace lookout::agents
