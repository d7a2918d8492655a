#include "app/experiments/robustness/measure_robustness.h"

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "agents/feedback/robustness/corruptions.h"
#include "app/experiments/simulated_sitting.h"
#include "sim/base/fingerprint.h"

namespace lookout::app {
namespace {

constexpr double kFalseAlarms = 0.05;

// Scores and truth of the steps after the reset, episode after episode.
struct Scored {
  std::vector<float> scores;
  std::vector<std::uint8_t> unsafe;

  agents::ScoredSteps steps() const { return {scores, unsafe}; }
};

void AddTruth(const StudyEpisode& episode, std::vector<std::uint8_t>& unsafe) {
  for (std::size_t step = 1; step < episode.seen.size(); ++step) {
    unsafe.push_back(episode.seen[step].margin > 0.0F ? 1 : 0);
  }
}

PlayFigures MeanPlay(std::span<const StudyEpisode> episodes) {
  PlayFigures mean;
  const auto count = static_cast<double>(episodes.size());
  for (const StudyEpisode& episode : episodes) {
    mean.total_reward += episode.total_reward / count;
    mean.true_cost += episode.rule_cost / count;
  }
  return mean;
}

class Measurement {
 public:
  Measurement(const RobustnessMaterial& material, const HardSteps& hard, std::uint32_t seed,
              const KeepGoing& keep_going, std::span<ModelToMeasure> models)
      : material_(material),
        hard_(hard),
        seed_(seed),
        keep_going_(keep_going),
        models_(models),
        disturbed_misses_(models.size()) {
    const Eigen::Index dim = material.signature.observation_dim();
    Eigen::Index steps = 0;
    for (const StudyEpisode& episode : material.pool) steps += episode.steps();
    Eigen::MatrixXf all(dim, steps);
    steps = 0;
    for (const StudyEpisode& episode : material.pool) {
      all.middleCols(steps, episode.steps()) = episode.observations;
      steps += episode.steps();
    }
    deviations_ = agents::Deviations(all);
  }

  Result<std::vector<PlayFigures>> Run(const sim::EnvironmentConfig& world) {
    ChooseThresholds();
    MeasureClean();
    std::vector<PlayFigures> play(kPlays);
    play[0] = MeanPlay(material_.evaluation);
    for (std::size_t index = 0; index < kDisturbances; ++index) {
      for (std::size_t severity = 0; severity < agents::kSeverities; ++severity) {
        if (!keep_going_()) return Error{"The experiment was stopped; what is done is kept."};
        if (index < kCorruptions) {
          MeasureCorruption(index, severity);
          continue;
        }
        const std::size_t shift = index - kCorruptions;
        const auto played = MeasureShift(world, shift, severity);
        if (!played) return played.error();
        play[PlayIndex(shift, severity)] = *played;
      }
    }
    for (std::size_t i = 0; i < models_.size(); ++i) {
      models_[i].figures.corrupted_misses = MeanOfKnown(disturbed_misses_[i]);
    }
    MeasureDrift(agents::Drift::kBearing);
    MeasureDrift(agents::Drift::kNoise);
    return play;
  }

 private:
  std::vector<float> Scores(const StudyEpisode& episode, std::size_t model) {
    const PredictedSteps predicted = PredictSteps(episode, *models_[model].model, workspace_);
    return {predicted.cost.begin() + 1, predicted.cost.end()};
  }

  // Of every model; changed(episode): as it is observed.
  template <typename Changed>
  std::vector<Scored> ScoreAll(std::span<const StudyEpisode> episodes, Changed&& changed) {
    std::vector<Scored> scored(models_.size());
    for (const StudyEpisode& episode : episodes) {
      const StudyEpisode seen = changed(episode);
      for (std::size_t i = 0; i < models_.size(); ++i) {
        const std::vector<float> scores = Scores(seen, i);
        scored[i].scores.insert(scored[i].scores.end(), scores.begin(), scores.end());
        AddTruth(episode, scored[i].unsafe);
      }
    }
    return scored;
  }

  static StudyEpisode AsItIs(const StudyEpisode& episode) { return episode; }

  void ChooseThresholds() {
    for (const Scored& scored : ScoreAll(material_.selection, AsItIs)) {
      thresholds_.push_back(agents::BestThreshold(scored.steps()));
    }
  }

  void MeasureClean() {
    const std::vector<Scored> clean = ScoreAll(material_.evaluation, AsItIs);
    for (std::size_t i = 0; i < models_.size(); ++i) {
      const Scored& scored = clean[i];
      RobustnessFigures& figures = models_[i].figures;
      figures.clean = agents::BalancedError(scored.steps(), thresholds_[i]);
      figures.misses = agents::MissesAt(scored.steps(), kFalseAlarms);
      figures.cost_ratio = std::accumulate(scored.scores.begin(), scored.scores.end(), 0.0) /
                           std::accumulate(scored.unsafe.begin(), scored.unsafe.end(), 0.0);
      MeasureHard(scored, i);
    }
  }

  void MeasureHard(const Scored& scored, std::size_t model) {
    double wrong = 0.0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < material_.evaluation.size(); ++i) {
      for (const int step : hard_.of_episode[i]) {
        const std::size_t at = begin + static_cast<std::size_t>(step);
        const bool says_unsafe = scored.scores[at] >= thresholds_[model];
        if (says_unsafe != (scored.unsafe[at] != 0)) wrong += 1.0;
      }
      begin += material_.evaluation[i].seen.size() - 1;
    }
    if (hard_.count() > 0) models_[model].figures.hard_error = wrong / hard_.count();
  }

  void MeasureCorruption(std::size_t index, std::size_t severity) {
    const agents::CorruptionKind& kind = agents::CorruptionKinds()[index];
    Fill(index, severity, ScoreAll(material_.evaluation, [&](const StudyEpisode& episode) {
           StudyEpisode changed = episode;
           changed.observations = agents::Corrupt(
               episode.observations, material_.signature, kind.corruption, kind.amounts[severity],
               deviations_, agents::CorruptionSeed(kind.corruption, severity, episode.id, seed_));
           return changed;
         }));
  }

  Result<PlayFigures> MeasureShift(const sim::EnvironmentConfig& world, std::size_t shift,
                                   std::size_t severity) {
    const WorldShiftKind& kind = WorldShiftKinds()[shift];
    const double factor = kind.amounts[severity];
    const auto episodes = material_.play(Shifted(world, kind.shift, factor));
    if (!episodes) {
      Error error = episodes.error();
      error.message = fmt::format("{} (times {}): {}", kind.words, factor, error.message);
      return error;
    }
    Fill(kCorruptions + shift, severity, ScoreAll(*episodes, AsItIs));
    return MeanPlay(*episodes);
  }

  void Fill(std::size_t index, std::size_t severity, const std::vector<Scored>& disturbed) {
    for (std::size_t i = 0; i < models_.size(); ++i) {
      const agents::ScoredSteps steps = disturbed[i].steps();
      models_[i].figures.errors[index][severity] = agents::BalancedError(steps, thresholds_[i]);
      if (index < kCounted) disturbed_misses_[i].push_back(agents::MissesAt(steps, kFalseAlarms));
    }
  }

  // In the mean over the episodes.
  void MeasureDrift(agents::Drift drift) {
    const auto episodes = static_cast<double>(material_.evaluation.size());
    for (ModelToMeasure& of : models_) of.figures.flips[static_cast<std::size_t>(drift)] = 0.0;
    for (const StudyEpisode& episode : material_.evaluation) {
      StudyEpisode changed = episode;
      const auto seed = static_cast<std::uint32_t>(episode.id.value) ^ seed_;
      changed.observations =
          agents::Drifting(episode.observations, material_.signature, drift, seed);
      std::vector<std::uint8_t> unsafe;
      AddTruth(episode, unsafe);
      for (std::size_t i = 0; i < models_.size(); ++i) {
        const std::vector<std::uint8_t> verdicts = Verdicts(changed, i);
        const double share = drift == agents::Drift::kBearing
                                 ? agents::FlipShare(verdicts, unsafe)
                                 : agents::ChangedShare(verdicts, Verdicts(episode, i), unsafe);
        models_[i].figures.flips[static_cast<std::size_t>(drift)] += share / episodes;
      }
    }
  }

  std::vector<std::uint8_t> Verdicts(const StudyEpisode& episode, std::size_t model) {
    std::vector<std::uint8_t> verdicts;
    for (const float score : Scores(episode, model)) {
      verdicts.push_back(score >= thresholds_[model] ? 1 : 0);
    }
    return verdicts;
  }

  const RobustnessMaterial& material_;
  const HardSteps& hard_;
  std::uint32_t seed_;
  const KeepGoing& keep_going_;
  std::span<ModelToMeasure> models_;
  Eigen::VectorXf deviations_;
  std::vector<float> thresholds_;
  std::vector<std::vector<double>> disturbed_misses_;  // of each model, of what counts
  agents::CostModelWorkspace workspace_;
};

}  // namespace

int HardSteps::count() const {
  int count = 0;
  for (const std::vector<int>& steps : of_episode) count += static_cast<int>(steps.size());
  return count;
}

std::string HardSteps::hash() const {
  std::string text;
  for (const std::vector<int>& steps : of_episode) {
    for (const int step : steps) text += fmt::format("{} ", step);
    text += "\n";
  }
  return fmt::format("{:016x}", Fnv1a(text));
}

Result<std::vector<PlayFigures>> MeasureRobustness(const RobustnessMaterial& material,
                                                   const sim::EnvironmentConfig& world,
                                                   const HardSteps& hard, std::uint32_t seed,
                                                   const KeepGoing& keep_going,
                                                   std::span<ModelToMeasure> models) {
  return Measurement(material, hard, seed, keep_going, models).Run(world);
}

}  // namespace lookout::app
