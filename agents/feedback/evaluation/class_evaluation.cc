#include "agents/feedback/evaluation/class_evaluation.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>

#include "agents/feedback/models/evaluation.h"
#include "sim/objects/object_kinds.h"
#include "sim/recording/predicted_cost.h"

namespace lookout::agents {
namespace {

// The predictions of one head, and what they are about.
class ClassTally {
 public:
  explicit ClassTally(std::size_t kind) : kind_(kind) {}

  void Add(StepIndex step, const StepTruth& truth, float predicted) {
    const bool is_kind = truth.charged[kind_];
    if (is_kind) true_cost_ += double(truth.cost);
    if (std::isnan(predicted)) return;
    learned_cost_ += double(sim::PredictedCostOf(step, predicted));
    all_.push_back(predicted);
    is_kind_.push_back(is_kind ? 1 : 0);
    if (!truth.unsafe()) return;
    dangers_.push_back(predicted);
    is_kind_of_dangers_.push_back(is_kind ? 1 : 0);
  }

  ClassEvaluation Finish(DangerClass danger, std::size_t episodes, float unsafe_from) const {
    ClassEvaluation evaluation{.danger = danger, .kind = kind_};
    std::int64_t missed = 0;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (is_kind_[i] == 0) continue;
      ++evaluation.charged;
      missed += all_[i] < unsafe_from ? 1 : 0;
    }
    evaluation.auc = RocAuc(all_, is_kind_);
    evaluation.auc_among = RocAuc(dangers_, is_kind_of_dangers_);
    if (evaluation.charged > 0) {
      evaluation.miss_rate = static_cast<double>(missed) / static_cast<double>(evaluation.charged);
    }
    if (episodes > 0) {
      evaluation.learned_cost = learned_cost_ / static_cast<double>(episodes);
      evaluation.true_cost = true_cost_ / static_cast<double>(episodes);
    }
    return evaluation;
  }

 private:
  std::size_t kind_;
  double learned_cost_ = 0.0;
  double true_cost_ = 0.0;
  std::vector<float> all_, dangers_;
  std::vector<std::uint8_t> is_kind_, is_kind_of_dangers_;
};

}  // namespace

std::optional<std::size_t> DangerKindOf(DangerClass danger) {
  std::string name(DangerClasses::UsualName(danger));
  name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
  for (const sim::SceneObjectKind kind : sim::AllObjectKinds()) {
    const sim::ObjectKind& descriptor = sim::DescriptorOf(kind);
    if (descriptor.one == name && !descriptor.costs.empty()) return static_cast<std::size_t>(kind);
  }
  return std::nullopt;
}

std::vector<ClassEvaluation> EvaluateClasses(std::span<const ScoredEpisode> episodes,
                                             std::size_t model,
                                             std::span<const DangerClass> classes,
                                             float unsafe_from) {
  std::vector<ClassEvaluation> evaluations;
  for (std::size_t head = 0; head < classes.size(); ++head) {
    const std::optional<std::size_t> kind = DangerKindOf(classes[head]);
    if (!kind) continue;
    ClassTally tally(*kind);
    for (const ScoredEpisode& episode : episodes) {
      for (std::size_t i = 0; i < episode.truth.size(); ++i) {
        tally.Add(ScoredEpisode::StepOf(i), episode.truth[i], episode.by_class[model][head][i]);
      }
    }
    evaluations.push_back(tally.Finish(classes[head], episodes.size(), unsafe_from));
  }
  return evaluations;
}

}  // namespace lookout::agents
