#include "app/experiments/loop/run_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/feedback/kinds/feedback_kind.h"
#include "agents/feedback/queries/choose_spans.h"
#include "agents/policies/policy.h"
#include "agents/rl/runs/checkpoint.h"
#include "app/cost_models/cost_model_file.h"
#include "app/experiments/loop/loop_seeds.h"
#include "app/experiments/simulated_sitting.h"
#include "app/experiments/study_file.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostRoundBytes = 256U << 20U;
constexpr const char* kModelFileName = "cost_model.lookout";
// A limit is scaled by no more than this, up or down.
constexpr double kMostScale = 20.0;

// The rounds as they are done.
class Loop {
 public:
  Loop(const LoopSettings& settings, const sim::CameraFactory& cameras, const LoopRun& run,
       agents::AnnotatorSpec annotator, sim::EnvironmentSpec spec)
      : settings_(settings),
        cameras_(cameras),
        run_(run),
        annotator_(std::move(annotator)),
        spec_(std::move(spec)),
        seeds_(settings) {}

  Result<std::vector<LoopRound>> Run() {
    std::vector<LoopRound> rounds;
    for (int number = 0; number <= settings_.rounds; ++number) {
      auto round = std::filesystem::exists(FileOf(number)) ? Recall(number) : Do(number);
      if (!round) return round.error();
      if (run_.round_done) run_.round_done(*round);
      rounds.push_back(std::move(round).value());
      latest_ = rounds.back();
    }
    return rounds;
  }

 private:
  std::filesystem::path FileOf(int round) const {
    return run_.folder / fmt::format("round-{}.json", round);
  }
  std::filesystem::path FolderOf(int round) const {
    return run_.folder / fmt::format("round-{}", round);
  }
  bool GoesOn() const { return !run_.progress || run_.progress(steps_); }

  Result<std::vector<StudyEpisode>> Play(int episodes, std::uint32_t first_seed) {
    const auto policy = agents::DecodePolicy(checkpoint_, spec_, /*deterministic=*/false);
    if (!policy) return policy.error();
    return PlayStudyEpisodes(
        settings_.environment, cameras_, **policy, annotator_.sees,
        {.episodes = episodes, .first_seed = first_seed, .first_id = EpisodeId{first_seed}},
        [this] { return GoesOn(); });
  }

  std::int64_t StepsAfter(int round) const {
    return std::int64_t{IterationsAfter(settings_, round)} * settings_.training.steps_per_iteration;
  }

  // That what a round left cannot be gone on with, and the way out.
  Error Lost(int number, const std::string& cause) const {
    return BadInput(cause + " Remove " + FileOf(number).string() +
                    " and all after it to have them made again.");
  }

  // What its file says.
  Result<LoopRound> ReadRound(int number) const {
    const auto text = ReadWholeFile(FileOf(number), kMostRoundBytes);
    if (!text) return text.error();
    auto round = DecodeRound(*text, settings_, FileOf(number).string());
    if (!round || (round->round == number && round->steps == StepsAfter(number))) return round;
    return DamagedStudyFile(
        FileOf(number).string(),
        fmt::format("it is of round {} after {} steps, not of round {} after {}", round->round,
                    round->steps, number, StepsAfter(number)));
  }

  // The agent and the model after it.
  Status RecallModels(const LoopRound& round) {
    const auto file = FolderOf(round.round) / agents::kCheckpointFileName;
    auto checkpoint = ReadWholeFile(file, agents::kMostCheckpointBytes);
    if (!checkpoint) return Lost(round.round, checkpoint.error().message);
    checkpoint_ = std::move(checkpoint).value();
    if (const auto policy = agents::PolicyFileOf(checkpoint_, spec_); !policy) {
      return Lost(round.round, file.string() + ": " + policy.error().message);
    }
    const auto model_file = FolderOf(round.round) / kModelFileName;
    if (std::filesystem::exists(model_file)) {
      auto model = LoadCostModelFile(model_file);
      if (!model) return Lost(round.round, model.error().message);
      model_ = std::move(model->model);
    } else if (std::isfinite(round.refitted_cost)) {
      return Lost(round.round,
                  model_file.string() + " is missing, by which the rounds after it were trained.");
    }
    return {};
  }

  // Whether its answers are about episodes that were played.
  bool IsAboutEpisodes(const agents::FeedbackRecord& record) const {
    const agents::Segment where = agents::WhereOf(record);
    const auto episode = std::ranges::find(episodes_, where.episode, &StudyEpisode::id);
    return episode != episodes_.end() && where.first < episode->steps();
  }

  // The same state as after doing it.
  Result<LoopRound> Recall(int number) {
    auto round = ReadRound(number);
    if (!round) return round;
    if (Status recalled = RecallModels(*round); !recalled) return recalled.error();
    // Episodes are played again only if they are needed.
    if (number < settings_.rounds && !std::filesystem::exists(FileOf(settings_.rounds))) {
      const auto episodes = Play(settings_.asked_episodes, seeds_.asked(number));
      if (!episodes) return episodes.error();
      episodes_.insert(episodes_.end(), episodes->begin(), episodes->end());
      for (const agents::FeedbackRecord& record : round->feedback) {
        if (IsAboutEpisodes(record)) continue;
        return DamagedStudyFile(FileOf(number).string(), "its answers are about other episodes");
      }
    }
    Keep(*round);
    steps_ = double(round->steps);
    return round;
  }

  void Keep(const LoopRound& round) {
    feedback_.insert(feedback_.end(), round.feedback.begin(), round.feedback.end());
    asked_ += round.asked;
  }

  // The limit of the learned cost in the next round; NaN without a model.
  double NextLimit() const {
    if (!model_) return std::numeric_limits<double>::quiet_NaN();
    const double limit = settings_.training.cost_limit;
    if (settings_.constrain == LoopConstraint::kLearned) return limit;
    const double scale = latest_->refitted_cost / latest_->audit.audited.high;
    return limit * std::clamp(std::isfinite(scale) ? scale : 1.0, 1.0 / kMostScale, kMostScale);
  }

  Result<LoopRound> Do(int number) {
    LoopRound round{.round = number, .limit = NextLimit()};
    auto checkpoint = TrainRound(settings_, cameras_,
                                 {.checkpoint = checkpoint_,
                                  .model = model_,
                                  .limit = round.limit,
                                  .until_iteration = IterationsAfter(settings_, number)},
                                 [this](double steps) {
                                   steps_ = steps;
                                   return GoesOn();
                                 });
    if (!checkpoint) return checkpoint.error();
    checkpoint_ = std::move(checkpoint).value();
    round.steps = StepsAfter(number);
    const auto evaluation = Play(settings_.evaluation_episodes, seeds_.evaluated(number));
    if (!evaluation) return evaluation.error();
    round.figures = FiguresOf(*evaluation, model_.get());
    const auto audited = Play(settings_.audit_episodes, seeds_.audited(number));
    if (!audited) return audited.error();
    round.audit = AuditBySimulation(*audited, model_.get(), annotator_,
                                    {.clips = settings_.audit_clips,
                                     .clip_steps = settings_.clip_steps,
                                     .seed = seeds_.audited(number),
                                     .looks = settings_.audit_looks,
                                     .slips = settings_.slips});
    if (number < settings_.rounds) {
      if (Status asked = AskAndFit(round); !asked) return asked.error();
      if (model_) round.refitted_cost = FiguresOf(*audited, model_.get()).learned_cost.value;
    }
    Count(round);
    if (Status saved = Save(round); !saved) return saved.error();
    Keep(round);
    return round;
  }

  // All that was answered so far.
  void Count(LoopRound& round) const {
    const int here = round.asked + round.audit.answers;
    round.answers = here + (latest_ ? latest_->answers : 0);
    round.viewing_minutes = here * settings_.clip_steps * spec_.step_duration_s / 60.0 +
                            (latest_ ? latest_->viewing_minutes : 0.0);
  }

  Status AskAndFit(LoopRound& round) {
    auto fresh = Play(settings_.asked_episodes, seeds_.asked(round.round));
    if (!fresh) return fresh.error();
    const std::size_t first = episodes_.size();
    episodes_.insert(episodes_.end(), fresh->begin(), fresh->end());
    SimulatedSitting sitting(spec_.signature(), annotator_,
                             {.clip_steps = settings_.clip_steps,
                              .answers = settings_.answers,
                              .seed = seeds_.asked(round.round)});
    if (Status added = sitting.Add(episodes_); !added) return added;
    sitting.Recall(feedback_, asked_);
    if (model_) sitting.Adopt(model_);
    const int until = settings_.answers * (round.round + 1) / settings_.rounds;
    while (sitting.answers() < until) {
      const std::vector<agents::Query> batch =
          NextBatch(sitting, episodes_[first].id, until - sitting.answers());
      if (batch.empty() && sitting.answers() == asked_) {
        return TooFewClips(0, "--asked-episodes", "--answers");
      }
      if (batch.empty()) break;
      for (const agents::Query& query : batch) round.unsafe_asked += sitting.Ask(query) ? 1 : 0;
      const auto seed = static_cast<std::uint32_t>(sitting.answers());
      if (Status fitted = sitting.Fit(seed, [this] { return GoesOn(); }); !fitted) return fitted;
    }
    round.asked = sitting.answers() - asked_;
    const auto said = sitting.feedback().subspan(feedback_.size());
    round.feedback.assign(said.begin(), said.end());
    model_ = sitting.model();
    return {};
  }

  // From the episodes of this round, whose ids begin there.
  std::vector<agents::Query> NextBatch(const SimulatedSitting& sitting, EpisodeId first,
                                       int most) const {
    agents::QueryCandidates candidates = sitting.Candidates();
    const auto end = first.value + static_cast<std::int64_t>(seeds_.each());
    std::erase_if(candidates.open, [&](const agents::QueryCandidate& candidate) {
      const std::int64_t id = candidate.clip.episode.value;
      return id < first.value || id >= end;
    });
    return agents::ChooseSpans(candidates,
                               {.batch = std::min(settings_.batch, most),
                                .seed = static_cast<std::uint32_t>(sitting.answers()) + 1U});
  }

  Status Save(const LoopRound& round) const {
    const std::filesystem::path folder = FolderOf(round.round);
    auto policy = agents::PolicyFileOf(checkpoint_, spec_);
    if (!policy) return policy.error();
    if (Status s = WriteWholeFile(folder / agents::kPolicyFileName, *policy); !s) return s;
    if (Status s = WriteWholeFile(folder / agents::kCheckpointFileName, checkpoint_); !s) return s;
    if (model_) {
      if (Status s = WriteWholeFile(folder / kModelFileName, model_->Encode()); !s) return s;
    }
    return WriteWholeFile(FileOf(round.round), EncodeRound(round, settings_));
  }

  const LoopSettings& settings_;
  const sim::CameraFactory& cameras_;
  const LoopRun& run_;
  agents::AnnotatorSpec annotator_;
  sim::EnvironmentSpec spec_;
  LoopSeeds seeds_;
  std::string checkpoint_;                        // of the newest round
  agents::CostModelPtr model_;                    // the newest; null before there is any
  std::vector<StudyEpisode> episodes_;            // that were asked about, of all rounds
  std::vector<agents::FeedbackRecord> feedback_;  // about them
  int asked_ = 0;
  double steps_ = 0.0;  // of training, as far as it is
  std::optional<LoopRound> latest_;
};

}  // namespace

Result<std::vector<LoopRound>> RunLoop(const LoopSettings& settings,
                                       const sim::CameraFactory& cameras, const LoopRun& run) {
  auto annotator = agents::ParseAnnotator(settings.annotator);
  if (!annotator) return annotator.error();
  auto environment = MakeEnvironment(settings.environment, cameras);
  if (!environment) return environment.error();
  return Loop(settings, cameras, run, std::move(annotator).value(), (*environment)->spec()).Run();
}

}  // namespace lookout::app
