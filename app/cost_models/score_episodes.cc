#include "app/cost_models/score_episodes.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "agents/feedback/agreement/recorded_episode.h"
#include "agents/rollout/stepper.h"
#include "app/runs/saved_policy.h"
#include "sim/recording/acting.h"

namespace lookout::app {
namespace {

using agents::CostModelPtr;
using agents::EpisodeSteps;
using agents::ScoredEpisode;

using Chunks = std::vector<sim::ChunkPtr>;

Eigen::Index ActionDimOf(const Chunks& chunks) {
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      if (step.executed_action.size() > 0) return step.executed_action.size();
    }
  }
  return 0;
}

EpisodeSteps StepsOf(const Chunks& chunks, const sim::EnvironmentSpec& spec,
                     const agents::DangerLidars& lidars) {
  EpisodeSteps steps(lidars, spec.observation_dim, ActionDimOf(chunks));
  bool begun = false;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      if (begun) {
        steps.Add(step.executed_action.cast<float>(), step.observation, step.costs);
      } else {
        steps.Begin(step.observation);
      }
      begun = true;
    }
  }
  return steps;
}

bool HasDiverged(const Chunks& chunks) {
  return chunks.back()->steps.back().status == sim::EpisodeStatus::kDiverged;
}

Status CheckAllFit(std::span<const CostModelPtr> models, const sim::EnvironmentSpec& spec) {
  for (const CostModelPtr& model : models) {
    if (Status fits = model->CheckFits(spec); !fits.ok()) return fits;
  }
  return {};
}

// Goes through a project's episodes one by one.
class RecordedScorer {
 public:
  RecordedScorer(std::span<const CostModelPtr> models, Project& project,
                 const sim::CameraFactory& cameras)
      : models_(models), project_(project), cameras_(cameras) {}

  Status Add(const sim::EpisodeHeader& header) {
    const auto spec = RecordedSpec(header, cameras_);
    if (!spec.ok()) return spec.error();
    if (Status fits = CheckAllFit(models_, *spec); !fits.ok()) {
      if (!misfit_) misfit_ = fits.error();
      ++scored_.of_others;
      return {};
    }
    const auto chunks = project_.LoadSteps(header.id);
    if (!chunks.ok()) return chunks.error();
    if (chunks->empty() || chunks->back()->steps.empty()) return {};
    if (HasDiverged(*chunks)) {
      ++scored_.diverged;
    } else if (agents::DescribeRecorded(header, *chunks).rule_costs.empty()) {
      ++scored_.without_rule;
    } else {
      Score(header, *spec, *chunks);
    }
    return {};
  }

  Result<ScoredEpisodes> Finish() && {
    if (scored_.episodes.empty()) {
      if (misfit_ && scored_.diverged + scored_.without_rule == 0) return *misfit_;
      return BadInput("There is no episode in " + project_.path().string() +
                      " whose steps have the environment's cost; record some, or name an "
                      "environment and a policy to play some.");
    }
    for (const std::string& name : environments_) {
      scored_.environment += (scored_.environment.empty() ? "" : ", ") + name;
    }
    return std::move(scored_);
  }

 private:
  void Score(const sim::EpisodeHeader& header, const sim::EnvironmentSpec& spec,
             const Chunks& chunks) {
    const EpisodeSteps steps = StepsOf(chunks, spec, agents::DangerLidars(spec.signature()));
    ScoredEpisode& episode = scored_.episodes.emplace_back(steps.Score(models_));
    episode.id = header.id;
    episode.seed = header.seed;
    for (const sim::ChunkPtr& chunk : chunks) {
      for (const sim::StepRecord& step : chunk->steps) episode.total_reward += step.reward;
    }
    environments_.insert(spec.id);
  }

  std::span<const CostModelPtr> models_;
  Project& project_;
  const sim::CameraFactory& cameras_;
  ScoredEpisodes scored_;
  std::set<std::string> environments_;
  std::optional<Error> misfit_;
};

// Takes episodes down while workers play them, each its own, and lets the models predict at their
// ends.
class PlayedScorer {
 public:
  PlayedScorer(std::span<const CostModelPtr> models, sim::EnvironmentSpec spec, int episodes)
      : models_(models),
        spec_(std::move(spec)),
        lidars_(spec_.signature()),
        playing_(static_cast<std::size_t>(episodes)),
        scored_(playing_.size()) {}

  void Watch(int index, const sim::Environment& environment, const agents::StepOutcome* outcome) {
    const auto k = static_cast<std::size_t>(index);
    const Eigen::VectorXf observation = environment.observation().cast<float>();
    if (outcome == nullptr) {
      playing_[k] =
          std::make_unique<EpisodeSteps>(lidars_, spec_.observation_dim, spec_.action_dim);
      playing_[k]->Begin(observation);
      return;
    }
    playing_[k]->Add(outcome->executed_action.cast<float>(), observation, outcome->result.costs);
    if (!sim::IsDone(outcome->result.status)) return;
    scored_[k] = playing_[k]->Score(models_);
    playing_[k].reset();  // its observations are many
  }

  ScoredEpisodes Finish(std::span<const PlayedEpisode> played) && {
    ScoredEpisodes result{.episodes = {}, .environment = spec_.id, .refused_seeds = {}};
    for (std::size_t k = 0; k < played.size(); ++k) {
      if (!played[k].refusal.empty()) {
        result.refused_seeds.push_back(played[k].seed);
      } else if (played[k].status == sim::EpisodeStatus::kDiverged) {
        ++result.diverged;
      } else {
        scored_[k].seed = played[k].seed;
        scored_[k].total_reward = played[k].total_reward;
        result.episodes.push_back(std::move(scored_[k]));
      }
    }
    return result;
  }

 private:
  std::span<const CostModelPtr> models_;
  sim::EnvironmentSpec spec_;
  agents::DangerLidars lidars_;
  std::vector<std::unique_ptr<EpisodeSteps>> playing_;  // null before and after
  std::vector<ScoredEpisode> scored_;
};

}  // namespace

Result<ScoredEpisodes> ScorePlayed(std::span<const CostModelPtr> models,
                                   const agents::Policy& policy,
                                   const agents::EnvironmentMaker& make_environment,
                                   const EvaluationOptions& options,
                                   const EvaluationProgress& progress) {
  const auto environment = make_environment();
  if (!environment.ok()) return environment.error();
  PlayedScorer scorer(models, (*environment)->spec(), options.episodes);
  const auto played = PlayEpisodes(
      policy, make_environment, options, progress,
      [&](int index, const sim::Environment& world, const agents::StepOutcome* outcome) {
        scorer.Watch(index, world, outcome);
      });
  if (!played.ok()) return played.error();
  ScoredEpisodes result = std::move(scorer).Finish(*played);
  if (result.episodes.empty()) {
    return Error{
        "The physics failed in every episode that could be started; nothing is left to "
        "measure on. Name other seeds or another environment."};
  }
  return result;
}

Result<ScoredEpisodes> ScoreRecorded(std::span<const CostModelPtr> models, Project& project,
                                     const sim::CameraFactory& cameras,
                                     const EvaluationProgress& progress) {
  const auto stored = project.Episodes();
  if (!stored.ok()) return stored.error();
  RecordedScorer scorer(models, project, cameras);
  for (std::size_t i = 0; i < stored->size(); ++i) {
    if (progress && !progress(double(i) / double(stored->size()))) {
      return Error{"The evaluation was stopped."};
    }
    if (Status added = scorer.Add((*stored)[i].header); !added.ok()) return added.error();
  }
  return std::move(scorer).Finish();
}

Result<sim::EnvironmentSpec> RecordedSpec(const sim::EpisodeHeader& header,
                                          const sim::CameraFactory& cameras) {
  if (!header.signature.empty()) return sim::SpecOfImported(header);
  const auto environment = MakeEnvironment(header.config, cameras);
  if (!environment.ok()) return environment.error();
  return (*environment)->spec();
}

}  // namespace lookout::app
