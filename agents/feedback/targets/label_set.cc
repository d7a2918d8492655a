#include "agents/feedback/targets/label_set.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace lookout::agents {
namespace {

constexpr std::size_t kMaxContradictions = 100;

// What the marks say about one step: the first mark of each verdict that covers it.
struct Opinion {
  const Mark* unsafe = nullptr;
  const Mark* safe = nullptr;
  const Mark* unsure = nullptr;
};

void Cover(std::vector<Opinion>& opinions, const Mark& mark) {
  const auto length = static_cast<std::int64_t>(opinions.size());
  const auto shift = [&](StepIndex step) {
    return std::max<std::int64_t>(0, std::int64_t{step} - mark.reaction_lag_steps);
  };
  const std::int64_t last = std::min(shift(mark.last_step), length - 1);
  for (std::int64_t step = shift(mark.first_step); step <= last; ++step) {
    Opinion& opinion = opinions[static_cast<std::size_t>(step)];
    const Mark*& slot = mark.verdict == Verdict::kUnsafe ? opinion.unsafe
                        : mark.verdict == Verdict::kSafe ? opinion.safe
                                                         : opinion.unsure;
    if (slot == nullptr) slot = &mark;
  }
}

// Collects rows before their number is known.
class Collector {
 public:
  Collector(int observation_dim, const LabelRule& rule, const ObservationLookup& observation_of)
      : observation_dim_(observation_dim), rule_(rule), observation_of_(observation_of) {}

  Status AddEpisode(EpisodeId episode, std::span<const Opinion> opinions) {
    const std::size_t rows_before = derived_.labels.unsafe.size();
    for (std::size_t i = 0; i < opinions.size(); ++i) {
      if (Status status = AddStep(episode, static_cast<StepIndex>(i), opinions[i]); !status) {
        return status;
      }
    }
    if (derived_.labels.unsafe.size() > rows_before) ++derived_.counts.episodes;
    return {};
  }

  DerivedLabels Finish() && {
    derived_.labels.observations = Eigen::Map<const Eigen::MatrixXf>(
        values_.data(), observation_dim_, static_cast<Eigen::Index>(derived_.labels.rows()));
    return std::move(derived_);
  }

 private:
  Status AddStep(EpisodeId episode, StepIndex step, const Opinion& opinion) {
    LabelCounts& counts = derived_.counts;
    if (opinion.unsafe != nullptr && opinion.safe != nullptr) {
      ++counts.contradictory;
      if (derived_.contradictions.size() < kMaxContradictions) {
        derived_.contradictions.push_back({episode, step, opinion.unsafe->id, opinion.safe->id});
      }
    } else if (opinion.unsure != nullptr) {
      ++counts.unsure;
    } else if (opinion.unsafe != nullptr || opinion.safe != nullptr || rule_.unmarked_is_safe) {
      return AddRow(episode, step, opinion.unsafe != nullptr);
    }
    return {};
  }

  Status AddRow(EpisodeId episode, StepIndex step, bool unsafe) {
    const std::span<const float> observation = observation_of_(episode, step);
    const auto finite = [](float value) { return std::isfinite(value); };
    if (observation.empty() || !std::ranges::all_of(observation, finite)) {
      ++derived_.counts.unobserved;
      return {};
    }
    if (observation.size() != static_cast<std::size_t>(observation_dim_)) {
      return BadInput("Step " + std::to_string(step) + " of episode " +
                      std::to_string(episode.value) + " has an observation of " +
                      std::to_string(observation.size()) + " values where the others have " +
                      std::to_string(observation_dim_) +
                      "; fit marks of one kind of environment at a time.");
    }
    values_.insert(values_.end(), observation.begin(), observation.end());
    derived_.labels.unsafe.push_back(unsafe ? 1 : 0);
    derived_.labels.episodes.push_back(episode);
    derived_.labels.steps.push_back(step);
    ++(unsafe ? derived_.counts.unsafe : derived_.counts.safe);
    return {};
  }

  int observation_dim_;
  const LabelRule& rule_;
  const ObservationLookup& observation_of_;
  std::vector<float> values_;
  DerivedLabels derived_;
};

}  // namespace

Result<DerivedLabels> DeriveLabels(std::span<const Mark> marks, const LabelRule& rule,
                                   std::span<const std::pair<EpisodeId, StepIndex>> episode_lengths,
                                   int observation_dim, const ObservationLookup& observation_of) {
  std::map<EpisodeId, std::vector<Opinion>> opinions;
  const std::map<EpisodeId, StepIndex> lengths(episode_lengths.begin(), episode_lengths.end());
  for (const Mark& mark : marks) {
    const auto length = lengths.find(mark.episode);
    if (length == lengths.end() || length->second <= 0) continue;
    std::vector<Opinion>& of_episode = opinions[mark.episode];
    of_episode.resize(static_cast<std::size_t>(length->second));
    Cover(of_episode, mark);
  }

  Collector collector(observation_dim, rule, observation_of);
  for (const auto& [episode, of_episode] : opinions) {
    if (Status status = collector.AddEpisode(episode, of_episode); !status) return status.error();
  }
  return std::move(collector).Finish();
}

}  // namespace lookout::agents
