#include "agents/inspect/unblocked/novelty.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "agents/learning/worker_pool.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr float kFarthest_m = 5.0F;  // beyond it, and of what is not there, all is as far

// [values x steps]
Eigen::MatrixXf ViewOf(const BehaviourEpisode& episode, StepView view) {
  if (view == StepView::kObservations) return episode.observations;
  Eigen::MatrixXf distances(sim::kSceneObjectKindCount, std::ssize(episode.distance_m));
  for (std::size_t i = 0; i < episode.distance_m.size(); ++i) {
    for (std::size_t kind = 0; kind < episode.distance_m[i].size(); ++kind) {
      distances(static_cast<Eigen::Index>(kind), static_cast<Eigen::Index>(i)) =
          std::min(kFarthest_m, episode.distance_m[i][kind]);
    }
  }
  return distances;
}

// Sums and squares of all steps, in double precision.
struct Moments {
  Eigen::ArrayXd sum, square;
  double count = 0.0;

  void Add(std::span<const BehaviourEpisode> episodes, StepView view) {
    for (const BehaviourEpisode& episode : episodes) {
      const Eigen::ArrayXXd values = ViewOf(episode, view).cast<double>().array();
      sum += values.rowwise().sum();
      square += values.square().rowwise().sum();
      count += double(values.cols());
    }
  }
};

// Of all columns at most so many, evenly.
Eigen::MatrixXf Thinned(const std::vector<Eigen::MatrixXf>& parts, Eigen::Index rows,
                        Eigen::Index most) {
  Eigen::Index all = 0;
  for (const Eigen::MatrixXf& part : parts) all += part.cols();
  const Eigen::Index stride = std::max<Eigen::Index>(1, (all + most - 1) / most);
  Eigen::MatrixXf thinned(rows, (all + stride - 1) / stride);
  Eigen::Index at = 0;
  for (const Eigen::MatrixXf& part : parts) {
    for (Eigen::Index i = 0; i < part.cols(); ++i, ++at) {
      if (at % stride == 0) thinned.col(at / stride) = part.col(i);
    }
  }
  return thinned;
}

// The least value that at most the share `above` of the values exceeds.
double UpperQuantile(std::vector<double> values, double above) {
  std::ranges::sort(values);
  const auto exceed = static_cast<std::size_t>(above * double(values.size()));
  return values[values.size() - 1 - exceed];
}

}  // namespace

double NeighbourDistance(const Eigen::Ref<const Eigen::VectorXf>& point,
                         const Eigen::MatrixXf& columns, int k) {
  if (columns.cols() == 0) return std::numeric_limits<double>::infinity();
  Eigen::VectorXf squares = (columns.colwise() - point).colwise().squaredNorm();
  const auto place = std::min<Eigen::Index>(k, squares.size()) - 1;
  std::nth_element(squares.data(), squares.data() + place, squares.data() + squares.size());
  return std::sqrt(double(squares[place]));
}

std::vector<Clip> CutClips(std::span<const BehaviourEpisode> episodes, StepIndex clip_steps) {
  std::vector<Clip> clips;
  for (std::size_t k = 0; k < episodes.size(); ++k) {
    const auto steps = static_cast<StepIndex>(episodes[k].steps());
    for (StepIndex first = 1; first <= steps; first += clip_steps) {
      const StepIndex last = std::min<StepIndex>(first + clip_steps - 1, steps);
      if (first > 1 && 2 * (last - first + 1) < clip_steps) {
        clips.back().last = last;
      } else {
        clips.push_back({k, first, last});
      }
    }
  }
  return clips;
}

Novelty::Novelty(std::span<const BehaviourEpisode> before, std::span<const BehaviourEpisode> after,
                 const NoveltySettings& settings, StepView view)
    : settings_(settings), view_(view) {
  LOOKOUT_CHECK(before.size() >= 2, "episodes to know and to hold out");
  const Eigen::Index dim = ViewOf(before.front(), view).rows();
  Moments moments{Eigen::ArrayXd::Zero(dim), Eigen::ArrayXd::Zero(dim)};
  moments.Add(before, view);
  moments.Add(after, view);
  const Eigen::ArrayXd mean = moments.sum / moments.count;
  const Eigen::ArrayXd variance = (moments.square / moments.count - mean.square()).max(0.0);
  constexpr double kConstant = 1e-6;  // an entry that varies by less than this says nothing
  mean_ = mean.cast<float>();
  scale_ =
      (variance.sqrt() > kConstant).select(1.0 / variance.sqrt().max(kConstant), 0.0).cast<float>();
  std::vector<Eigen::MatrixXf> known;
  std::vector<BehaviourEpisode> held_out;
  for (std::size_t k = 0; k < before.size(); ++k) {
    if (k % 2 == 0) {
      known.push_back(Scaled(ViewOf(before[k], view)));
    } else {
      held_out.push_back(before[k]);
    }
  }
  known_ = Thinned(known, dim, settings.most_references);
  const std::vector<Clip> clips = CutClips(held_out, settings.clip_steps);
  LOOKOUT_CHECK(known_.cols() > 0 && !clips.empty(), "episodes with steps");
  threshold_ = UpperQuantile(Of(held_out, clips), settings.false_share);
}

Eigen::MatrixXf Novelty::Scaled(const Eigen::Ref<const Eigen::MatrixXf>& values) const {
  return ((values.array().colwise() - mean_).colwise() * scale_).matrix();
}

Eigen::MatrixXf Novelty::StepsOf(const BehaviourEpisode& episode, const Clip& clip) const {
  const Eigen::Index steps = clip.last - clip.first + 1;
  const Eigen::Index every = std::min<Eigen::Index>(settings_.every, steps);
  const Eigen::Index count = (steps - 1) / every + 1;
  const Eigen::MatrixXf values = ViewOf(episode, view_);
  Eigen::MatrixXf looked(values.rows(), count);
  for (Eigen::Index i = 0; i < count; ++i) looked.col(i) = values.col(clip.first - 1 + i * every);
  return Scaled(looked);
}

std::vector<double> Novelty::Of(std::span<const BehaviourEpisode> episodes,
                                std::span<const Clip> clips) const {
  std::vector<double> distances(clips.size());
  WorkerPool pool(std::max(1, settings_.workers));
  pool.ForEach(static_cast<int>(clips.size()), [&](int i, int /*worker*/) {
    const Clip& clip = clips[static_cast<std::size_t>(i)];
    const Eigen::MatrixXf steps = StepsOf(episodes[clip.episode], clip);
    double sum = 0.0;
    for (Eigen::Index s = 0; s < steps.cols(); ++s) {
      sum += NeighbourDistance(steps.col(s), known_, settings_.neighbours);
    }
    distances[static_cast<std::size_t>(i)] = sum / double(steps.cols());
  });
  return distances;
}

}  // namespace lookout::agents
