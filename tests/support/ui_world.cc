#include "tests/support/ui_world.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "tests/support/reported_model.h"

namespace lookout::ui {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 13> kOverlays{{
    {"hazards", "Hazard boundaries"},
    {"keep_out", "Keep-out rings"},
    {"goal", "Goal beacon"},
    {"vases", "Vases"},
    {"lidar", "Lidar halos"},
    {"velocity", "Velocity"},
    {"action", "Action"},
    {"contact", "Cost flash"},
    {"trail", "Trail"},
    {"field", "Learned cost on the floor"},
    {"axes", "Axes"},
    {"labels", "Labels"},
    {"frames", "Body frames"},
}};

// Visits to hazards and vases at fixed times, and a model that sees them a little late.
sim::StepRecord StepOf(StepIndex step) {
  const double t = step * 0.02;
  sim::StepRecord record;
  record.goal_met = step % 173 == 172;
  record.reward = static_cast<float>(0.012 * std::sin(t * 1.7) + (record.goal_met ? 1.006 : 0.006));
  const bool in_hazard = step % 157 > 120 && step % 157 < 146;
  const bool hits_vase = step % 211 == 80;
  record.costs.by_kind[static_cast<std::size_t>(sim::CostKind::kHazards)] = double(in_hazard);
  record.costs.by_kind[static_cast<std::size_t>(sim::CostKind::kVasesContact)] = double(hits_vase);
  record.costs.total = in_hazard || hits_vase ? 1.0 : 0.0;
  const double seen = std::clamp((step % 157 - 114) / 10.0, 0.0, 1.0) *
                      std::clamp((150 - step % 157) / 8.0, 0.0, 1.0);
  record.predicted_cost = static_cast<float>(0.06 + 0.84 * seen + 0.02 * std::sin(t * 9.0));
  record.predicted_cost_spread = static_cast<float>(0.03 + 0.16 * seen * (1.0 - seen) * 4.0);
  return record;
}

EpisodeScenePtr SceneOf(EpisodeId id, const std::string& agent, EpisodeId branched_from) {
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = id;
  header->seed = static_cast<std::uint32_t>(40 + id.value);
  header->agent = agent;
  header->branched_from = branched_from;
  header->branched_at = branched_from ? 212 : 0;
  auto scene = std::make_shared<EpisodeScene>(EpisodeScene{.header = header});
  scene->spec.id = "Safexp-PointGoal1-v0";
  scene->spec.max_episode_steps = 1000;
  scene->spec.cost_kinds = {sim::CostKind::kHazards, sim::CostKind::kVasesContact};
  scene->scene.objects = {{.kind = sim::SceneObjectKind::kRobot},
                          {.kind = sim::SceneObjectKind::kHazard},
                          {.kind = sim::SceneObjectKind::kVase}};
  return scene;
}

class FittedModel : public ReportedModel {
 public:
  FittedModel() {
    report_.train_rows = 3120;
    report_.held_out_rows = 780;
    report_.unsafe_rows = 1024;
    report_.safe_rows = 2096;
    report_.episodes = 9;
    report_.held_out_by_episode = true;
    report_.auc = 0.962;
    report_.brier = 0.058;
    report_.expected_calibration_error = 0.031;
    report_.seconds = 0.9;
    for (int i = 0; i < 10; ++i) {
      const float predicted = 0.05F + 0.1F * static_cast<float>(i);
      const float wobble = 0.05F * std::sin(static_cast<float>(i) * 1.9F);
      report_.reliability.push_back({predicted, std::clamp(predicted + wobble, 0.0F, 1.0F),
                                     i == 0   ? 420
                                     : i == 9 ? 210
                                              : 12 + 3 * i});
    }
  }
};

}  // namespace

UiWorld::UiWorld(StepIndex steps) {
  overlay_flags_.fill(true);
  for (std::size_t i = 0; i < kOverlays.size(); ++i) {
    switches_.push_back({kOverlays[i].first, kOverlays[i].second, nullptr});
  }
  player.environment = "Safexp-PointGoal1-v0";
  player.agent_name = "Go to goal";
  player.measured_speed = 1.0;
  project.path = "/home/someone/.local/share/lookout/study.lookout";
  project.open = true;
  frame = {.frames_per_second = 60.0,
           .ui_ms = 0.4,
           .ui_busy_ms = 0.3,
           .view_ms = 11.2,
           .renderer = "llvmpipe (LLVM 15.0.6, 256 bits)",
           .software_renderer = true};
  if (steps > 0) AddEpisode(EpisodeId{1}, steps, "Go to goal", false);
}

void UiWorld::AddEpisode(EpisodeId id, StepIndex steps, const std::string& agent, bool finished,
                         EpisodeId branched_from) {
  episodes.Begin(SceneOf(id, agent, branched_from));
  for (StepIndex first = 0; first < steps; first += sim::kChunkSteps) {
    auto chunk = std::make_shared<sim::RecordingChunk>();
    chunk->episode = id;
    chunk->first_step = first;
    for (StepIndex step = first; step < std::min<StepIndex>(steps, first + sim::kChunkSteps);
         ++step) {
      chunk->steps.push_back(StepOf(step));
      if (finished && step == steps - 1) {
        chunk->steps.back().status = sim::EpisodeStatus::kTimedOut;
      }
    }
    episodes.Append(std::move(chunk));
  }
  player.episode = id;
  player.step = std::max(0, steps - 1);
  player.now = StepOf(player.step);
  player.seed = static_cast<std::uint32_t>(40 + id.value);
  player.playing = true;
  playhead = {.episode = id, .step = player.step, .live = true};
}

void UiWorld::HandOver(const std::string& agent, sim::ActionSource source, StepIndex steps) {
  const auto name = std::make_shared<const std::string>(agent);
  for (StepIndex i = 0; i < steps; ++i) {
    auto chunk = std::make_shared<sim::RecordingChunk>();
    chunk->episode = player.episode;
    chunk->first_step = ++player.step;
    chunk->steps = {StepOf(player.step)};
    chunk->steps[0].agent = name;
    chunk->steps[0].source = source;
    player.now = chunk->steps[0];
    episodes.Append(std::move(chunk));
  }
  player.agent_name = agent;
  playhead.step = player.step;
}

MarkId UiWorld::AddMark(EpisodeId episode, StepIndex first, StepIndex last, agents::Verdict verdict,
                        bool saved, const std::string& note) {
  const agents::JournalEntry entry =
      marks.Add({.episode = episode,
                 .first_step = first,
                 .last_step = last,
                 .verdict = verdict,
                 .danger = verdict == agents::Verdict::kUnsafe ? agents::DangerClass{1}
                                                               : agents::DangerClass{0},
                 .reaction_lag_steps = 15,
                 .note = note});
  if (saved) marks.Acknowledge(entry.sequence);
  return entry.record.id;
}

MarkId UiWorld::AddPair(const agents::Preference& judged) {
  agents::FeedbackRecord record;
  SetContent(judged, record);
  const agents::JournalEntry entry = marks.AddRecord(std::move(record));
  marks.Acknowledge(entry.sequence);
  return entry.record.id;
}

void UiWorld::AddCostModel() {
  fit.environment = "Safexp-PointGoal1-v0";
  fit.model = std::make_shared<FittedModel>();
  fit.counts = {.unsafe = 1024, .safe = 2096, .unsure = 118, .contradictory = 14, .episodes = 9};
  for (std::int64_t i = 1; i <= 3; ++i) {
    agents::CostModelReport report = fit.model->report();
    report.auc = 0.88 + 0.027 * static_cast<double>(i);
    report.train_rows = 900 * i;
    fit.versions.push_back({CostModelId{i}, {}, report});
  }
}

void UiWorld::AddTraining(int iterations) {
  training.state = TrainingState::kRunning;
  training.run = RunId{1};
  training.environment = "Safexp-PointGoal1-v0";
  training.settings.algorithm = agents::Algorithm::kPpoLagrangian;
  training.settings.cost_source = agents::CostSource::kLearned;
  training.settings.total_steps = 2'000'000;
  training.steps_per_second = 12400.0;
  training.iteration_fraction = 0.4;
  training.policy_version = iterations;
  auto history = std::make_shared<std::vector<agents::IterationReport>>();
  for (int i = 1; i <= iterations; ++i) {
    const double x = static_cast<double>(i);
    agents::IterationReport report;
    report.iteration = i;
    report.steps = std::int64_t{30'000} * i;
    report.mean_return = 22.0 * (1.0 - std::exp(-x / 14.0)) + std::sin(x * 1.3) * 0.8;
    report.mean_true_cost = 25.0 + 32.0 * std::exp(-x / 9.0) * std::cos(x / 7.0) + std::sin(x);
    report.mean_learned_cost = report.mean_true_cost * 0.9 + 2.0 * std::sin(x * 0.7);
    report.multiplier = 1.0 + 0.8 * (1.0 - std::exp(-x / 10.0));
    report.kl = 0.011 + 0.002 * std::sin(x * 2.1);
    history->push_back(report);
  }
  training.history = history;
  runs.Put({.id = training.run,
            .environment = training.environment,
            .settings = training.settings,
            .history = history,
            .started_unix_ms = 1'760'000'000'000});
}

UiWorld UiWorld::Busy(StepIndex steps) {
  UiWorld world;
  world.AddEpisode(EpisodeId{1}, 1000, "Random", true);
  world.AddEpisode(EpisodeId{2}, 1000, "Go to goal", true);
  world.AddEpisode(EpisodeId{3}, 700, "You", false, EpisodeId{2});
  world.AddEpisode(EpisodeId{4}, 1000, "Go to goal, careful", true);
  world.AddEpisode(EpisodeId{5}, steps, "Go to goal", false);
  using enum agents::Verdict;
  world.AddMark(EpisodeId{2}, 118, 150, kUnsafe);
  world.AddMark(EpisodeId{5}, 40, 96, kSafe);
  world.AddMark(EpisodeId{5}, 130, 158, kUnsafe, true, "cuts the corner of the hazard");
  world.AddMark(EpisodeId{5}, 292, 318, kUnsafe);
  world.AddMark(EpisodeId{5}, 380, 404, kUnsure);
  world.AddMark(EpisodeId{5}, 446, 474, kUnsafe, false);
  world.AddCostModel();
  world.AddTraining(38);
  return world;
}

Snapshots UiWorld::View() const {
  return {.player = player,
          .training = training,
          .fit = fit,
          .field = field,
          .project = project,
          .episodes = episodes,
          .marks = marks,
          .runs = runs,
          .library = library,
          .playhead = playhead,
          .open_marks = open_marks,
          .notices = notices,
          .messages = messages,
          .frame = frame,
          .mode = mode,
          .cost_limit = cost_limit,
          .comparison = comparison,
          .recorded_predictions = recorded_predictions,
          .cost_use = cost_use,
          .fit_settings = fit_settings ? &*fit_settings : nullptr,
          .present_predictions = present_predictions ? &*present_predictions : nullptr,
          .queries = queries ? &*queries : nullptr,
          .pair = pair ? &*pair : nullptr,
          .agreement = &agreement,
          .versions = versions ? &*versions : nullptr,
          .transfer = transfer ? &*transfer : nullptr,
          .blocker = blocker ? &*blocker : nullptr,
          .audits = audits,
          .explanation = explanation ? &*explanation : nullptr,
          .sensors = sensors ? &*sensors : nullptr,
          .proof = proof ? &*proof : nullptr,
          .new_ways = new_ways ? &*new_ways : nullptr,
          .blind_spots = blind_spots ? &*blind_spots : nullptr,
          .hard_worlds = hard_worlds ? &*hard_worlds : nullptr};
}

WindowInputs UiWorld::Inputs() {
  for (std::size_t i = 0; i < switches_.size(); ++i) switches_[i].shown = &overlay_flags_[i];
  cards_.clear();
  for (const std::string& id : environments) {
    const auto known = sim::ConfigForId(id);
    sim::EnvironmentConfig config = known ? *known : sim::EnvironmentConfig{};
    config.id = id;
    cards_.push_back(CardOf(config, !known));
  }
  return {.environments = environments,
          .cards = cards_,
          .policies = policies,
          .overlays = switches_,
          .field_quantity = &quantity,
          .region = &region,
          .about = "Rendered by llvmpipe.",
          .recording = recording,
          .pressed_at = pressed_at,
          .pressed_s = pressed_s,
          .stick = stick};
}

bool UiWorld::overlay(std::string_view id) const {
  const auto found = std::ranges::find(kOverlays, id, [](const auto& one) { return one.first; });
  return found != kOverlays.end() && overlay_flags_[std::size_t(found - kOverlays.begin())];
}

}  // namespace lookout::ui
