// Which steps of pairs a network is run on, side by side, and the loss of such a batch. One owner.
#pragma once

#include <span>
#include <vector>

#include "agents/feedback/fitting/pair_loss.h"
#include "agents/feedback/targets/label_set.h"
#include "agents/learning/network_trainer.h"
#include "agents/learning/sample_sequences.h"

namespace lookout::agents {

// Steps of a stretch that are looked at in one go: at 20 ms a step, of a clip of 1.5 s one in 5.
inline constexpr int kMostStepsOfStretch = 16;

// At most, of both stretches.
int StepsLookedAt(const TargetPair& pair);

class PairSteps {
 public:
  void Clear();
  // phase: in [0, 1), which of the steps that lie between those looked at.
  void Add(const TargetPair& pair, double phase);

  // All the steps as one sequence, columns of TrainingData::pair_inputs; valid until Add or Clear.
  SampleSequences Samples() const;
  int count() const { return static_cast<int>(steps_.size()); }

 private:
  friend class PairBatchLoss;
  struct Part {
    const TargetPair* pair;
    std::size_t first;   // steps of the first stretch
    std::size_t second;  // and of the second
    StepsPerLogit scale;
  };
  std::size_t AddStretch(const TargetPair::Steps& stretch, double phase);

  std::vector<int> steps_;
  std::vector<Part> parts_;
};

// The sum of the pairs' losses, each times its strength, over `divisor`.
class PairBatchLoss : public SampleLoss {
 public:
  PairBatchLoss(const PairSteps& steps, double divisor) : steps_(steps), divisor_(divisor) {}
  // To be run on all of Samples() in one block.
  void Evaluate(std::span<const int> samples, const SequenceNetwork::Outputs& logits,
                Eigen::Ref<Eigen::MatrixXf> slopes, Eigen::Ref<Eigen::VectorXf> none,
                LossSums& sums) const override;

 private:
  const PairSteps& steps_;
  double divisor_;
};

}  // namespace lookout::agents
