#include "app/experiments/unblocked/unblocked_rounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/facts/episode_facts.h"
#include "agents/feedback/queries/choose_spans.h"
#include "agents/inspect/unblocked/unblocked.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/runs/checkpoint.h"
#include "app/experiments/agent_training.h"
#include "app/experiments/simulated_sitting.h"
#include "app/experiments/study_seeds.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"
#include "app/unblocked/play_behaviour.h"

namespace lookout::app {
namespace {

using Played = std::vector<PlayedBehaviour>;

constexpr const char* kModelFileName = "cost_model.lookout";
constexpr int kEpisodeDraws = 1000;

agents::TrainingSettings TrainingOf(const UnblockedStudySettings& settings, std::uint32_t seed) {
  agents::TrainingSettings training = settings.training;
  training.steps_per_iteration = settings.iteration_steps;
  training.environments = settings.environments;
  training.initial_multiplier = settings.initial_multiplier;
  training.pid_proportional *= settings.gain;
  training.pid_integral *= settings.gain;
  training.pid_derivative *= settings.gain;
  training.total_steps *= settings.rounds + 1;
  training.seed = settings.SeedOf(seed);
  training.workers = 1;
  return training;
}

// The same episode as the sittings of studies have it, who go by what it costs.
StudyEpisode Judgeable(const PlayedBehaviour& played, const agents::DangerPredicate& sees) {
  StudyEpisode episode{
      .id = played.behaviour.id,
      .observations = played.observations,
      .actions = Eigen::MatrixXf::Zero(played.actions.rows(), played.observations.cols()),
      .seen = {agents::SeenStep{}},
      .total_reward = played.total_reward};
  episode.actions.rightCols(played.actions.cols()) = played.actions;
  for (const sim::Costs& costs : played.behaviour.costs) {
    agents::StepFacts facts;
    facts.costs = costs;
    episode.seen.push_back(agents::See(facts, sees, /*keenness=*/1.0));
    episode.rule_cost += costs.total;
  }
  return episode;
}

class Rounds {
 public:
  Rounds(const UnblockedStudySettings& settings, const agents::AnnotatorSpec& annotator,
         const sim::CameraFactory& cameras, std::uint32_t seed, std::filesystem::path folder,
         sim::EnvironmentSpec spec, const KeepGoing& keep_going)
      : settings_(settings),
        annotator_(annotator),
        cameras_(cameras),
        seed_(seed),
        folder_(std::move(folder)),
        spec_(std::move(spec)),
        keep_going_(keep_going),
        seeds_(TrainingOf(settings, seed), 2 * (settings.rounds + 1),
               std::max(settings.asked_episodes, settings.evaluation_episodes)),
        sitting_(
            spec_.signature(), annotator,
            {.clip_steps = settings.clip_steps,
             .answers = settings.answers + settings.rounds * settings.ways * settings.way_clips,
             .seed = settings.SeedOf(seed) ^ 0x5EEDU}) {}

  Result<UnblockedSeed> Run() {
    UnblockedSeed result{.seed = seed_, .rounds = {}};
    for (int number = 0; number <= settings_.rounds; ++number) {
      auto round = Do(number);
      if (!round) return round.error();
      result.rounds.push_back(std::move(*round));
      if (number > 0 && FoundNothing(result.rounds.back())) break;
    }
    return result;
  }

 private:
  static bool FoundNothing(const UnblockedRound& round) {
    return std::ranges::none_of(round.ways, [](const FoundWay& way) { return way.unsafe > 0; });
  }

  Result<UnblockedRound> Do(int number) {
    UnblockedRound round{.round = number};
    if (Status trained = Train(number, round); !trained) return trained.error();
    const auto policy = agents::DecodePolicy(checkpoint_, spec_, /*deterministic=*/false);
    if (!policy) return policy.error();
    if (Status saved = Save(number); !saved) return saved.error();
    const auto evaluation = Play(**policy, settings_.evaluation_episodes, seeds_.first(2 * number));
    if (!evaluation) return evaluation.error();
    Measure(*evaluation, round);
    auto asked = Play(**policy, settings_.asked_episodes, seeds_.first(2 * number + 1));
    if (!asked) return asked.error();
    Status judged = number == 0 ? JudgeAtFirst(*asked) : JudgeWhatIsNew(*asked, number, round);
    if (!judged) return judged.error();
    round.answers = sitting_.answers();
    for (agents::BehaviourEpisode& of : BehavioursOf(std::move(*asked))) {
      before_.push_back(std::move(of));
    }
    return round;
  }

  // Goes on from the round before.
  Status Train(int number, UnblockedRound& round) {
    const agents::TrainingSettings training = TrainingOf(settings_, seed_);
    const int rounds = settings_.rounds + 1;
    auto checkpoint = TrainAgent(
        {.settings = HeldTo(sitting_.model(), training.cost_limit, training),
         .environment = settings_.environment,
         .checkpoint = checkpoint_,
         .model = sitting_.model(),
         .until_iteration = (IterationsOf(training) * (number + 1) + rounds - 1) / rounds,
         .after =
             [&](const agents::IterationReport& report) {
               round.iteration_true.push_back(report.mean_true_cost);
               round.iteration_learned.push_back(report.mean_learned_cost);
             }},
        cameras_, [this](double) { return keep_going_(); });
    if (!checkpoint) return checkpoint.error();
    checkpoint_ = std::move(*checkpoint);
    return {};
  }

  Status Save(int number) const {
    const std::filesystem::path folder = folder_ / fmt::format("round-{}", number);
    std::error_code ignored;  // the file says what is wrong
    std::filesystem::create_directories(folder, ignored);
    const auto policy = agents::PolicyFileOf(checkpoint_, spec_);
    if (!policy) return policy.error();
    Status saved = WriteWholeFile(folder / agents::kPolicyFileName, *policy);
    if (!saved || !sitting_.model()) return saved;
    return WriteWholeFile(folder / kModelFileName, sitting_.model()->Encode());
  }

  // With numbers for the sitting.
  Result<Played> Play(const agents::Policy& policy, int episodes, std::uint32_t first_seed) {
    auto played =
        PlayBehaviour(policy,
                      {.environment = settings_.environment,
                       .cameras = cameras_,
                       .episodes = {.episodes = episodes, .seed = first_seed, .workers = 1},
                       .model = sitting_.model().get()},
                      [this](double) { return keep_going_(); });
    if (!played) return played;
    if (std::ssize(*played) < episodes / 2 || played->size() < 2) {
      return BadInput("Half of the episodes of " + settings_.environment.id +
                      " cannot be played to their end; try another environment.");
    }
    for (PlayedBehaviour& episode : *played) episode.behaviour.id = EpisodeId{++last_id_};
    return played;
  }

  static agents::Estimate Mean(const Played& played, const auto& of) {
    std::vector<double> values;
    for (const PlayedBehaviour& episode : played) values.push_back(of(episode));
    return agents::MeanOver(values, {static_cast<int>(values.size()), kEpisodeDraws, 1});
  }

  static void Measure(const Played& played, UnblockedRound& round) {
    round.total_reward = Mean(played, [](const PlayedBehaviour& of) { return of.total_reward; });
    round.true_cost = Mean(played, [](const PlayedBehaviour& of) {
      double sum = 0.0;
      for (const sim::Costs& costs : of.behaviour.costs) sum += costs.total;
      return sum;
    });
    for (const PlayedBehaviour& of : played) {
      for (const sim::Costs& costs : of.behaviour.costs) {
        for (std::size_t kind = 0; kind < round.cost_by_kind.size(); ++kind) {
          round.cost_by_kind[kind] += costs.by_kind[kind] / double(played.size());
        }
      }
    }
    if (played.front().behaviour.predicted.empty()) return;
    round.learned_cost = Mean(played, [](const PlayedBehaviour& of) {
      double sum = 0.0;
      for (const float predicted : of.behaviour.predicted) sum += double(predicted);
      return sum;
    });
  }

  Status AddToSitting(const Played& asked) {
    std::vector<StudyEpisode> episodes;
    for (const PlayedBehaviour& of : asked) {
      episodes.push_back(Judgeable(of, annotator_.sees));
    }
    return sitting_.Add(episodes);
  }

  Status Fit() { return sitting_.Fit(settings_.SeedOf(seed_) + 1U, keep_going_); }

  // The queue's clips of the first agent.
  Status JudgeAtFirst(const Played& asked) {
    if (Status added = AddToSitting(asked); !added) return added;
    while (sitting_.answers() < settings_.answers) {
      const auto batch = agents::ChooseSpans(
          sitting_.Candidates(),
          {.batch = std::min(settings_.batch, settings_.answers - sitting_.answers()),
           .seed = (settings_.SeedOf(seed_) + 1U) * 30'011U +
                   static_cast<std::uint32_t>(sitting_.answers())});
      if (batch.empty()) {
        return TooFewClips(sitting_.answers(), "--asked-episodes", "--answers");
      }
      for (const agents::Query& query : batch) sitting_.Ask(query);
      if (Status fitted = Fit(); !fitted) return fitted;
    }
    if (sitting_.model()) return {};
    return BadInput(
        "All answers about the first agent are of one verdict, so that there is no cost to learn; "
        "train it longer by --steps, or ask about more by --answers.");
  }

  Result<agents::UnblockedReport> Compare(const Played& asked) const {
    const auto labels = sitting_.Labels();
    if (!labels) return labels.error();
    agents::JudgedStates judged{.observations = labels->observations, .unsafe = {}};
    for (const agents::TargetPoint& point : labels->points) {
      judged.unsafe.push_back(point.unsafe() ? 1 : 0);
    }
    agents::UnblockedSettings settings;
    settings.novelty.clip_steps = settings_.clip_steps;
    return agents::FindUnblocked(before_, BehavioursOf(asked), judged, settings);
  }

  Status JudgeWhatIsNew(const Played& asked, int number, UnblockedRound& round) {
    const auto report = Compare(asked);
    if (!report) return report.error();
    if (Status added = AddToSitting(asked); !added) return added;
    const auto ways =
        std::span(report->ways).first(std::min(report->ways.size(), std::size_t(settings_.ways)));
    for (const agents::NewWay& way : ways) round.ways.push_back(Judge(way));
    return number < settings_.rounds && !round.ways.empty() ? Fit() : Status();
  }

  FoundWay Judge(const agents::NewWay& way) {
    FoundWay found{.words = agents::WordsOf(way),
                   .near = std::string(sim::SceneObjectKindName(way.near)),
                   .cost = way.cost,
                   .cost_unmarked = way.cost_outside.value,
                   .predicted = way.predicted.value,
                   .episode_share = way.episode_share.value};
    for (const agents::NewClip& clip : way.clips) {
      if (found.judged == settings_.way_clips) break;
      ++found.judged;
      found.unsafe += sitting_.Ask({.first = {clip.episode, clip.first, clip.last}}) ? 1 : 0;
    }
    return found;
  }

  const UnblockedStudySettings& settings_;
  const agents::AnnotatorSpec& annotator_;
  const sim::CameraFactory& cameras_;
  std::uint32_t seed_;
  std::filesystem::path folder_;
  sim::EnvironmentSpec spec_;
  const KeepGoing& keep_going_;
  StudySeeds seeds_;
  SimulatedSitting sitting_;
  std::vector<agents::BehaviourEpisode> before_;  // of all agents so far
  std::int64_t last_id_ = 0;
  std::string checkpoint_;  // of the agent; empty before round 0
};

}  // namespace

Result<UnblockedSeed> RunUnblockedSeed(const UnblockedStudySettings& settings,
                                       const agents::AnnotatorSpec& annotator,
                                       const sim::CameraFactory& cameras, std::uint32_t seed,
                                       const std::filesystem::path& folder,
                                       const KeepGoing& keep_going) {
  const auto environment = MakeEnvironment(settings.environment, cameras);
  if (!environment) return environment.error();
  return Rounds(settings, annotator, cameras, seed, folder, (*environment)->spec(), keep_going)
      .Run();
}

}  // namespace lookout::app
