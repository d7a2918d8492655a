#include "app/workspace/window_controller.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>
#include <utility>

#include "app/platform/files.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

// Who is to take the seat; nullptr if the command seats nobody.
const ui::SetAgent* AgentOf(const ui::PlayerCommand& command) {
  if (const auto* watch = std::get_if<ui::WatchIn>(&command)) return &watch->agent;
  return std::get_if<ui::SetAgent>(&command);
}

}  // namespace

WindowController::WindowController(WorkerLinks links)
    : links_(std::move(links)), marking_([this](agents::JournalEntry entry) {
        // What is marked is worth recording, and first.
        for (const EpisodeId episode : entry.record.episodes) links_.record(episode);
        std::vector<sim::ChunkPtr> held = HeldOf(entry.record);
        links_.to_project_writer(SaveJournal{std::move(entry), std::move(held)});
      }) {}

void WindowController::OnEpisodeBegan(ui::EpisodeScenePtr scene) {
  episodes_.Begin(std::move(scene));
  trim_due_ = true;
}

void WindowController::OnChunk(sim::ChunkPtr chunk) { episodes_.Append(std::move(chunk)); }

void WindowController::OnPlayedThrough(const std::vector<EpisodeId>& episodes) {
  if (episodes.size() != 2) return;
  seek_when_loaded_.reset();
  playback_.Compare(episodes_, episodes[0], episodes[1]);
  SaveCorrection(episodes);
}

void WindowController::OnEpisodeLoaded(ui::EpisodeScenePtr scene,
                                       const std::vector<sim::ChunkPtr>& chunks) {
  const EpisodeId id = scene->header->id;
  loading_.erase(id);
  if (episodes_.Find(id) == nullptr) {
    episodes_.Begin(std::move(scene));
    for (const sim::ChunkPtr& chunk : chunks) episodes_.Append(chunk);
    trim_due_ = true;
  }
  if (seek_when_loaded_ && seek_when_loaded_->episode == id) {
    Apply(*std::exchange(seek_when_loaded_, std::nullopt));
  }
  if (labels_due_ && loading_.empty()) SendLabels();
}

void WindowController::OnRunLoaded(const LoadRun& request, std::string bytes) {
  if (auto watch = runs_.OnLoaded(request, std::move(bytes))) Send(ui::PlayerCommand(*watch));
}

void WindowController::Update(const WorkerSnapshots& workers, double elapsed_s) {
  AgeNotices(elapsed_s);
  playback_.Advance(episodes_, workers.player, elapsed_s);
  // Who has the wheel only while a key is held is not the person's choice.
  if (!workers.player.oversight.has_wheel) {
    current_agent_ = {workers.player.agent, workers.player.agent_name};
  }
  runs_.Follow(workers.training);
  // A command may lead to another (a seek pauses the player), so take them one batch at a time.
  for (const ui::Command& command : std::exchange(commands_, {})) {
    std::visit([&](const auto& group) { Handle(group, workers); }, command);
  }
  FollowOversight(workers);
  FollowOpenMarks(workers);
  FollowTakeOvers(workers, elapsed_s);
  FollowQueries(workers, elapsed_s);
  FollowMarking(elapsed_s);
  FollowAgreement();
  FollowVersions();
  FollowCostModel(workers.fit);
  FollowErrorSearch();
  inspection_.Follow(MomentOnScreen(workers));
  new_ways_.Follow();
  hard_worlds_.Follow(workers.player);
  if (std::exchange(trim_due_, false)) TrimMemory(workers.player.episode);
  was_blind_ = IsBlind();
}

ui::Snapshots WindowController::View(const WorkerSnapshots& workers,
                                     const ui::FrameFigures& frame) const {
  return {.player = workers.player,
          .training = workers.training,
          .fit = workers.fit,
          .field = workers.field,
          .project = workers.project,
          .episodes = episodes_,
          .marks = marking_.store(),
          .runs = runs_.store(),
          .library = library_,
          .playhead = playback_.playhead(),
          .open_marks = marking_.open_marks(),
          .notices = notices_,
          .messages = messages_,
          .frame = frame,
          .mode = mode_,
          .cost_limit = cost_limit_,
          .comparison = playback_.comparison(),
          .recording = recording_,
          .recorded_predictions = recorded_,
          .cost_use = cost_use_,
          .fit_settings = fit_settings_ ? &*fit_settings_ : nullptr,
          .present_predictions = predictions_.series(),
          .queries = queries_wanted_ ? &queries_.shown() : nullptr,
          .pair = pair_.shown() ? &*pair_.shown() : nullptr,
          .agreement = &agreement_,
          .versions = versions_ ? &*versions_ : nullptr,
          .transfer = transfer_ ? &*transfer_ : nullptr,
          .blocker = blocker_ ? &*blocker_ : nullptr,
          .audits = audits_,
          .explanation = &inspection_.explanation(),
          .sensors = &inspection_.sensors(),
          .proof = &inspection_.proof(),
          .new_ways = &new_ways_.shown(),
          .blind_spots = &blind_spots_.shown(),
          .hard_worlds = &hard_worlds_.shown()};
}

OnScreen WindowController::Showing(const WorkerSnapshots& workers) const {
  const ui::Playhead& playhead = playback_.playhead();
  const ui::PlayerSnapshot& player = workers.player;
  const bool unlimited = player.target_speed == ui::kUnlimitedSpeed;
  OnScreen shown{.playhead = playhead,
                 .playing = playhead.live ? player.playing : playhead.replaying,
                 .speed = unlimited ? player.measured_speed : player.target_speed,
                 .blind = was_blind_,
                 .asked = pair_.shown() ? nullptr : queries_.asked_span()};
  if (const ui::EpisodeTrack* track = episodes_.Find(playhead.episode)) {
    shown.step_duration_s = track->scene().spec.step_duration_s;
    if (playhead.step < track->steps()) {
      shown.model = track->step(playhead.step).cost_model;
      shown.policy = track->step(playhead.step).policy_version;
    }
  }
  return shown;
}

void WindowController::Handle(const ui::PlayerCommand& command, const WorkerSnapshots& workers) {
  if (pair_.shown() && HandledByPair(command)) return;
  if (HandledByOversight(command)) return;
  // In review the play button and the step key move through the recording, not the live episode.
  if (!playback_.playhead().live) {
    if (const auto* play = std::get_if<ui::SetPlaying>(&command)) {
      playback_.SetReplaying(episodes_, play->playing);
      return;
    }
    if (const auto* forward = std::get_if<ui::StepForward>(&command)) {
      Apply(ui::SeekBy{forward->steps});
      return;
    }
    const bool leaves_review = std::holds_alternative<ui::ResetEpisode>(command) ||
                               std::holds_alternative<ui::SetEnvironment>(command) ||
                               std::holds_alternative<ui::SetAgent>(command) ||
                               std::holds_alternative<ui::WatchIn>(command);
    if (leaves_review) playback_.GoLive();
  }
  if (const ui::SetAgent* agent = AgentOf(command)) {
    // Who chooses to steer wants the keys; who chooses another agent gives them back.
    before_driving_.reset();
    if (agent->kind == ui::AgentKind::kHuman) mode_ = ui::InputMode::kDrive;
    if (agent->kind != ui::AgentKind::kHuman && mode_ == ui::InputMode::kDrive) {
      mode_ = ui::InputMode::kView;
    }
  }
  if (const auto* overseer = std::get_if<ui::SetOverseer>(&command)) {
    TellSlowOverseers(overseer->spec, workers, {});
  }
  links_.to_player(command);
}

void WindowController::Handle(const ui::TrainerCommand& command, const WorkerSnapshots& workers) {
  if (const auto* start = std::get_if<ui::StartTraining>(&command)) {
    TellSlowOverseers(start->settings.overseer, workers, start->environment);
  }
  links_.to_trainer(command);
}

void WindowController::Handle(const ui::MarkCommand& command, const WorkerSnapshots& workers) {
  const bool only_looks = std::holds_alternative<ui::SelectMark>(command) ||
                          std::holds_alternative<ui::SetDangerClass>(command) ||
                          std::holds_alternative<ui::SetSeverity>(command);
  if (workers.project.read_only && !only_looks) return TellReadOnly(workers.project);
  const agents::Query* span = pair_.shown() ? nullptr : queries_.asked_span();
  const std::optional<agents::Query> asked = span != nullptr ? std::optional(*span) : std::nullopt;
  if (HandleLibrary(command) || !marking_.Handle(command, Showing(workers))) return;
  if (std::string hint = asked ? MissingOfAnswer(*asked, marks().marks()) : ""; !hint.empty()) {
    Notify(ui::NoticeLevel::kInfo, std::move(hint));
  }
  const bool undoes = std::holds_alternative<ui::Undo>(command);
  if (undoes || std::holds_alternative<ui::Redo>(command)) {
    pair_.shown() ? ShowUndonePair(undoes) : ShowUndone(undoes);
  }
  SendLabels();
}

void WindowController::Handle(const ui::WindowCommand& command, const WorkerSnapshots& workers) {
  std::visit(
      [&](const auto& specific) {
        if constexpr (std::is_same_v<std::decay_t<decltype(specific)>, ui::CorrectHere>) {
          Apply(specific, workers);
        } else {
          Apply(specific);
        }
      },
      command);
}

void WindowController::Apply(const ui::Seek& command) {
  if (pair_.shown()) Apply(ui::LeavePairs{});
  if (playback_.playhead().live) links_.to_player(ui::SetPlaying{false});
  playback_.Seek(episodes_, command.episode, command.step);
}

void WindowController::Apply(const ui::SeekBy& command) {
  if (pair_.shown()) return pair_.StepBy(command.steps);
  if (playback_.playhead().live) links_.to_player(ui::SetPlaying{false});
  playback_.SetReplaying(episodes_, false);
  playback_.SeekBy(episodes_, command.steps);
}

void WindowController::Apply(const ui::GoLive&) {
  if (pair_.shown()) Apply(ui::LeavePairs{});
  playback_.GoLive();
}

void WindowController::Apply(const ui::OpenEpisode& command) { SeekWhenLoaded({command.id, 0}); }

// Drive mode takes the wheel, and gives it back to whoever had it.
void WindowController::Apply(const ui::SetMode& command) {
  if (pair_.shown()) Apply(ui::LeavePairs{});
  if (mode_ == ui::InputMode::kMark && command.mode != mode_) {
    if (std::string summary = EndMarking(); !summary.empty()) {
      Notify(ui::NoticeLevel::kInfo, std::move(summary));
    }
  }
  const bool drove = mode_ == ui::InputMode::kDrive;
  const bool drives = command.mode == ui::InputMode::kDrive;
  if (mode_ == ui::InputMode::kOversee && command.mode != mode_) {
    for (const ui::PlayerCommand& release :
         {ui::PlayerCommand(ui::HoldBlock{false}), ui::PlayerCommand(ui::LetPass{false}),
          ui::PlayerCommand(ui::TakeWheel{false})}) {
      links_.to_player(release);
    }
  }
  mode_ = command.mode;
  if (drives && !drove && current_agent_.kind != ui::AgentKind::kHuman) {
    before_driving_ = current_agent_;
    links_.to_player(ui::SetAgent{ui::AgentKind::kHuman, {}});
  }
  if (drove && !drives && before_driving_) {
    links_.to_player(*std::exchange(before_driving_, std::nullopt));
  }
}

// A mark that is being made ends at what is on screen.
void WindowController::Apply(const ui::Quit&) {
  marking_.Handle(ui::EndMark{}, {});
  const std::string summary = EndMarking();
  if (!summary.empty()) {
    LogInfo(summary);
    links_.to_project_writer(SaveSetting{kLastMarking, summary});
  }
  quit_ = true;
}

void WindowController::Apply(const ui::SetCostLimit& command) {
  cost_limit_ = std::clamp(command.limit, 0.0, 1e6);
  links_.to_project_writer(SaveSetting{"cost_limit", fmt::to_string(cost_limit_)});
}

void WindowController::Apply(const ui::WatchRun& command) {
  if (auto watch = runs_.Apply(command)) Send(ui::PlayerCommand(*watch));
}

void WindowController::Apply(const ui::OpenFiles& command) {
  std::vector<std::filesystem::path> paths;
  paths.reserve(command.paths.size());
  for (const std::string& path : command.paths) paths.push_back(ExpandHome(path));
  links_.open_files(std::move(paths));
}

}  // namespace lookout::app
