#include "app/demo/demo.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/simulated_annotator.h"
#include "agents/rl/runs/training.h"
#include "app/cost_models/score_episodes.h"
#include "app/demo/demo_stage.h"
#include "app/demo/demo_summary.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"
#include "sim/config/config_file.h"
#include "ui/panels/frame/side_panel.h"

namespace lookout::app {
namespace {

constexpr double kSavePatience_s = 30.0;
constexpr double kFitPatience_s = 60.0;
constexpr double kTrainPatience_s = 600.0;
constexpr double kFilmSeconds = 6.0;
constexpr char kStartingAgent[] = "pointgoal1-ppo";
// Far from the seeds that are watched and trained on.
constexpr std::uint32_t kFirstMeasuredSeed = 3'000'000'000;

using Say = std::function<void(const std::string&)>;

class Demo {
 public:
  Demo(const DemoOptions& options, DemoStage& stage, Say say)
      : stage_(stage), say_(std::move(say)), annotator_random_(options.seed + 1) {
    summary_.options = options;
  }

  Status Play();

 private:
  const DemoOptions& options() const { return summary_.options; }
  Status Watch();
  Status Mark();
  Status Fit();
  Status Measure(const agents::PolicyPtr& policy, const std::string& agent, AgentFigures& figures);
  Status TrainOn(agents::CostSource source, std::vector<agents::IterationReport>& history);
  Status Train();
  Status Control();
  Result<agents::PolicyPtr> StartingPolicy() const;
  Status Compare();
  void MarkEpisode(EpisodeId episode, const agents::AnnotatorSettings& settings);
  agents::TrainingSettings Settings(agents::CostSource source) const;

  DemoStage& stage_;
  Say say_;
  RandomState annotator_random_;
  std::vector<EpisodeId> watched_;
  DemoSummary summary_;
  agents::CostModelPtr model_;  // that was fitted, whatever is fitted later
};

Status Demo::Play() {
  const auto begin = std::chrono::steady_clock::now();
  for (const auto stage :
       {&Demo::Watch, &Demo::Mark, &Demo::Fit, &Demo::Train, &Demo::Compare, &Demo::Control}) {
    if (Status done = (this->*stage)(); !done) return done;
  }
  Result<std::filesystem::path> video = stage_.FinishFilm();
  if (!video) return video.error();
  summary_.video = video->filename().string();
  summary_.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return WriteWholeFile(options().out / "summary.json", ToJson(summary_));
}

Status Demo::Watch() {
  say_(fmt::format("1/5 Watch: an agent that was trained without constraints plays {} episodes.",
                   options().marked_episodes));
  stage_.Send(ui::PlayerCommand{ui::SetAgent{ui::AgentKind::kNamedPolicy, kStartingAgent}});
  stage_.Send(ui::PlayerCommand{ui::SetPlaying{true}});
  if (Status filmed = stage_.Film(kFilmSeconds); !filmed) return filmed;
  if (Status shot = stage_.Screenshot("1-watch.png"); !shot) return shot;
  Result<std::vector<EpisodeId>> played = stage_.PlayEpisodes(options().marked_episodes);
  if (!played) return played.error();
  watched_ = std::move(*played);
  return {};
}

void Demo::MarkEpisode(EpisodeId episode, const agents::AnnotatorSettings& settings) {
  const ui::EpisodeTrack* track = stage_.controller().episodes().Find(episode);
  if (track == nullptr) return;
  for (agents::Mark& mark :
       agents::AnnotateEpisode(episode, track->cost, settings, annotator_random_)) {
    stage_.Send(ui::MarkCommand{ui::AddMark{std::move(mark)}});
    ++summary_.marks;
  }
}

Status Demo::Mark() {
  // About as many safe steps as there are, so that the model's probabilities are those of driving.
  const agents::AnnotatorSettings settings{.miss_rate = options().annotator_error,
                                           .false_alarm_rate = options().annotator_error,
                                           .safe_per_unsafe = 12.0};
  for (const EpisodeId episode : watched_) MarkEpisode(episode, settings);
  say_(fmt::format(
      "2/5 Mark: a simulated annotator, 300 ms late, who misses {0:.0f} % of the dangers and takes "
      "{0:.0f} % of what is safe for one, makes {1} marks.",
      100.0 * options().annotator_error, summary_.marks));
  const Status saved = stage_.Until("the marks to be on disk", kSavePatience_s, [this] {
    const ui::MarkStore& marks = stage_.controller().marks();
    return static_cast<int>(marks.marks().marks().size()) == summary_.marks && marks.all_saved();
  });
  if (!saved) return saved;
  stage_.Send(ui::WindowCommand{ui::Seek{watched_.back(), 0}});
  ui::ShowPanel("tab/marks", stage_.desktop().main_window().state().settings);
  return stage_.Screenshot("2-mark.png");
}

Status Demo::Fit() {
  stage_.Send(ui::FitterCommand{ui::FitNow{}});
  const Status fitted = stage_.Until("the cost model", kFitPatience_s, [this] {
    const ui::Snapshots view = stage_.View();
    return view.fit.model != nullptr && !view.fit.fitting &&
           view.fit.model->report().train_rows + view.fit.model->report().held_out_rows > 0;
  });
  if (!fitted) return fitted;
  const ui::Snapshots view = stage_.View();
  summary_.model = view.fit.model->report();
  summary_.labels = view.fit.counts;
  say_(fmt::format("3/5 Fit: {} labelled steps, held-out AUC {:.3f}, in {:.1f} s.",
                   summary_.model.unsafe_rows + summary_.model.safe_rows, summary_.model.auc,
                   summary_.model.seconds));
  stage_.desktop().viewport().options.overlays.field = true;
  ui::ShowPanel("tab/cost_model", stage_.desktop().main_window().state().settings);
  stage_.Send(ui::WindowCommand{ui::GoLive{}});
  if (Status shot = stage_.Screenshot("3-fit.png"); !shot) return shot;
  model_ = view.fit.model;
  auto starting = StartingPolicy();
  if (!starting) return starting.error();
  return Measure(*starting, "Without a constraint", summary_.before);
}

Status Demo::Measure(const agents::PolicyPtr& policy, const std::string& agent,
                     AgentFigures& figures) {
  if (!policy) return Error{"There is no policy to measure."};
  const auto config = sim::LoadConfig(options().environment);
  if (!config) return config.error();
  const auto scored =
      ScorePlayed(std::span(&model_, 1), *policy, [&] { return MakeEnvironment(*config); },
                  {.episodes = options().measured_episodes, .seed = kFirstMeasuredSeed});
  if (!scored) return scored.error();
  figures = FiguresOf(agent, scored->episodes);
  say_(fmt::format("    {}, {} episodes of new seeds: {}.", agent, figures.episodes,
                   InWords(figures)));
  return {};
}

Result<agents::PolicyPtr> Demo::StartingPolicy() const {
  const auto bytes = stage_.workspace().policies().Find(kStartingAgent);
  if (!bytes) return bytes.error();
  const auto config = sim::LoadConfig(options().environment);
  if (!config) return config.error();
  const auto environment = MakeEnvironment(*config);
  if (!environment) return environment.error();
  return agents::DecodePolicy(*bytes, (*environment)->spec(), /*deterministic=*/false);
}

agents::TrainingSettings Demo::Settings(agents::CostSource source) const {
  agents::TrainingSettings settings =
      agents::SettingsPreset("fast", sim::RobotKind::kPoint).value();
  settings.algorithm = agents::Algorithm::kPpoLagrangian;
  settings.start_from = kStartingAgent;
  settings.cost_source = source;
  settings.cost_limit = options().cost_limit;
  settings.total_steps = options().train_steps;
  settings.seed = options().seed;
  // A short run that goes on from a careless agent: a controller makes the price of cost felt at
  // once, and lets it go again before the agent has become timid.
  settings.multiplier_kind = agents::MultiplierKind::kPid;
  return settings;
}

Status Demo::TrainOn(agents::CostSource source, std::vector<agents::IterationReport>& history) {
  stage_.Send(ui::TrainerCommand{ui::StartTraining{options().environment, Settings(source)}});
  const auto is_done = [this] { return stage_.View().training.state == ui::TrainingState::kDone; };
  const Status begun =
      stage_.Until("the training to begin", kFitPatience_s, [&] { return !is_done(); });
  if (!begun) return begun;
  if (Status trained = stage_.Until("the training", kTrainPatience_s, is_done); !trained) {
    return trained;
  }
  history = *stage_.View().training.history;
  return {};
}

Status Demo::Train() {
  say_(fmt::format(
      "4/5 Train: PPO-Lagrangian goes on from that agent for {} steps, held to a learned cost of "
      "{:.0f} per episode.",
      options().train_steps, options().cost_limit));
  ui::ShowPanel("tab/training", stage_.desktop().main_window().state().settings);
  if (Status trained = TrainOn(agents::CostSource::kLearned, summary_.training); !trained) {
    return trained;
  }
  if (Status shot = stage_.Screenshot("4-train.png"); !shot) return shot;
  return Measure(stage_.workspace().newest_policy(), "Held to the learned cost", summary_.after);
}

Status Demo::Compare() {
  stage_.Send(ui::PlayerCommand{ui::SetAgent{ui::AgentKind::kNewestPolicy, {}}});
  say_("5/5 Compare: the trained agent plays.");
  stage_.Send(ui::PlayerCommand{ui::ResetEpisode{ui::ResetEpisode::Seed::kNext}});
  stage_.Send(ui::PlayerCommand{ui::SetPlaying{true}});
  if (Status filmed = stage_.Film(kFilmSeconds); !filmed) return filmed;
  return stage_.Screenshot("5-compare.png");
}

// What the same training comes to with nothing to learn from people: the measure of the rest.
Status Demo::Control() {
  say_("    The control: the same agent, steps and limit, held to the environment's own rule.");
  stage_.Send(ui::PlayerCommand{ui::SetPlaying{false}});
  if (Status trained = TrainOn(agents::CostSource::kRule, summary_.control_training); !trained) {
    return trained;
  }
  return Measure(stage_.workspace().newest_policy(), "Held to the rule", summary_.control);
}

}  // namespace

Status RunDemo(const DemoOptions& options, const Say& say) {
  Result<std::unique_ptr<DemoStage>> stage = DemoStage::Open(options);
  if (!stage) return stage.error();
  return Demo(options, **stage, say).Play();
}

}  // namespace lookout::app
