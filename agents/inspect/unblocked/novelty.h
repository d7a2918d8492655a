// How unlike anything an agent did before a stretch of steps is: the distance to its nearest
// neighbours (Ramaswamy, Rastogi and Shim 2000; Sun et al. 2022, arXiv 2204.06507), where the
// threshold comes from episodes of the same agent that were held out. Immutable; any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "agents/inspect/unblocked/behaviour.h"

namespace lookout::agents {

// Consecutive steps of an episode.
struct Clip {
  std::size_t episode = 0;        // its place in the list
  StepIndex first = 0, last = 0;  // steps, from 1 on
};

// Every episode from its first step on, in clips of so many steps; what is left at its end joins
// the last one where it is less than half a clip.
std::vector<Clip> CutClips(std::span<const BehaviourEpisode> episodes, StepIndex clip_steps);

struct NoveltySettings {
  StepIndex clip_steps = 25;
  StepIndex every = 5;        // steps between those of a clip that are looked at
  int neighbours = 5;         // the distance is that to the so-manieth
  double false_share = 0.01;  // of the same agent's clips that would be called new
  int most_references = 4000;
  int workers = 1;  // never changes the result
};

// By what steps are compared: by what the robot observes, or by how far the nearest thing of each
// kind is, which tells two ways apart that look alike.
enum class StepView : std::uint8_t { kObservations, kDistances };

class Novelty {
 public:
  // Every other episode of `before` is what it knows, the rest is held out for the threshold.
  // Entries are scaled by their deviation over both lists, so that one that never changed before
  // counts where it does now. before: two episodes with a step each at least.
  // kDistances: all have to know their distances.
  Novelty(std::span<const BehaviourEpisode> before, std::span<const BehaviourEpisode> after,
          const NoveltySettings& settings, StepView view = StepView::kObservations);

  // A clip is new if the mean distance of its steps is above this, which the share false_share of
  // the held-out clips exceeds (of fewer clips than that takes, none).
  double threshold() const { return threshold_; }
  const NoveltySettings& settings() const { return settings_; }

  // The mean distance of each clip's steps. [clips]
  std::vector<double> Of(std::span<const BehaviourEpisode> episodes,
                         std::span<const Clip> clips) const;
  // Observations, or distances, in the same scale. [values x n]
  Eigen::MatrixXf Scaled(const Eigen::Ref<const Eigen::MatrixXf>& values) const;
  // The steps of a clip that are looked at, in the same scale. [values x n]
  Eigen::MatrixXf StepsOf(const BehaviourEpisode& episode, const Clip& clip) const;

 private:
  NoveltySettings settings_;
  StepView view_;
  Eigen::ArrayXf mean_, scale_;  // [values]
  Eigen::MatrixXf known_;        // [values x references], scaled
  double threshold_ = 0.0;
};

// The distance of a point to the k-th nearest of the columns, or to the farthest of fewer; infinite
// without any.
double NeighbourDistance(const Eigen::Ref<const Eigen::VectorXf>& point,
                         const Eigen::MatrixXf& columns, int k);

}  // namespace lookout::agents
