// Fits a blocker to what an overseer blocked. Any thread; the result is the same bits for any
// number of workers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "agents/overseer/blocker/blocker_data.h"
#include "agents/overseer/blocker/blocker_model.h"
#include "sim/base/fields.h"

namespace lookout::agents {

struct BlockerSettings {
  int members = 5;
  int hidden = 32;  // width of both hidden layers
  int updates = 2000;
  int batch = 512;
  double learning_rate = 2e-3;
  double weight_decay = 1e-2;
  double alpha = 0.05;
  ThresholdRule rule = ThresholdRule::kConformal;
  LidarSight lidars = LidarSight::kNearest;
  std::uint32_t seed = 0;
  int workers = 1;  // threads; never changes the result
};

template <FieldsOf<BlockerSettings> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<BlockerSettings>;
  visit(F("members", "networks, each of other draws of the episodes")
            .Within(1, ActionNetworks::kMaxMembers),
        self.members);
  visit(F("hidden", "width of a network's two hidden layers").Within(1, 256), self.hidden);
  visit(F("updates", "steps of the optimiser for each network").Within(1, 1e6), self.updates);
  visit(F("batch", "rows of a step").Within(1, 1e5), self.batch);
  visit(F("learning-rate", "of Adam, falling to 0").Within(1e-6, 1), self.learning_rate);
  visit(F("weight-decay", "of the networks, decoupled").Within(0, 1), self.weight_decay);
  visit(F("alpha", "share of the runs of blocks that may begin with a miss")
            .Within(1e-4, 0.5)
            .Common(),
        self.alpha);
  visit(F("rule", "rule of the threshold"), self.rule);
  visit(F("lidars", "what of a lidar the networks see"), self.lidars);
  visit(F("seed", "of the split and of the networks").Within(0, 4294967295.0).Common(), self.seed);
  visit(F("workers", "threads; never changes the result").Within(1, 256).NoIdentity(),
        self.workers);
}

// Rows by what they are for; episodes stay whole, and every part has blocks.
struct BlockerSplit {
  std::vector<int> fit;        // two fifths of the episodes
  std::vector<int> threshold;  // two fifths: of them the rule takes many, see ConformalThreshold
  std::vector<int> report;     // a fifth
};

// Rejects (kBadInput) less than three episodes with blocks, and data in which all is blocked.
Result<BlockerSplit> SplitBlockerData(const BlockerData& data, std::uint32_t seed);

// Told the fraction done now and then, on the caller's thread; false stops.
using BlockerProgress = std::function<bool(double fraction)>;

// The weights of blocks and passes are such that both count alike (Saunders et al. 2017); the score
// is set right for how rare blocks are afterwards. teacher, environment: for the file. Rejects
// (kBadInput) what SplitBlockerData rejects, and data that the rule finds no threshold for, with
// what is lacking.
Result<BlockerModelPtr> FitBlocker(const BlockerData& data, const BlockerSettings& settings,
                                   const std::string& teacher, const std::string& environment,
                                   const BlockerProgress& progress = {});

// What the model says of every row, with what the data say. Allocates.
struct BlockerScores {
  std::vector<float> scores;
  std::vector<float> spreads;
  std::vector<std::uint8_t> unknown;
  std::vector<std::uint8_t> blocked;
  std::vector<std::int64_t> episode;
  ScoredRows rows() const { return {scores, blocked, episode}; }
};
// rows: indices into data, those of an episode in order.
BlockerScores ScoreRows(const BlockerModel& model, const BlockerData& data,
                        std::span<const int> rows);
BlockerScores ScoreRows(const BlockerModel& model, const BlockerData& data);

}  // namespace lookout::agents
