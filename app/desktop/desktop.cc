#include "app/desktop/desktop.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/platform/thread_time.h"
#include "sim/base/log.h"
#include "sim/config/config.h"
#include "ui/viewport/scene/overlay_relevance.h"

namespace lookout::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostFrameTimes = 200'000;
constexpr double kMinimisedPause_s = 0.1;
constexpr double kFigureSmoothing = 0.05;  // weight of the newest frame in the status bar
constexpr std::size_t kMostPictures = 64;  // that are remembered
// A suspended laptop wakes up to one long frame, not to hours of replay.
constexpr double kLongestFrame_s = 0.5;

double MillisecondsBetween(Clock::time_point begin, Clock::time_point end) {
  return std::chrono::duration<double, std::milli>(end - begin).count();
}

// What has passed since it was made: by the clock, and of this thread's processor time.
class Stopwatch {
 public:
  double wall_ms() const { return MillisecondsBetween(begin_, Clock::now()); }
  double busy_ms() const { return 1000.0 * (ThreadSeconds() - begin_busy_s_); }

 private:
  Clock::time_point begin_ = Clock::now();
  double begin_busy_s_ = ThreadSeconds();
};

ui::RenderQuality QualityFor(const GlContext& gl) {
  return gl.description().software ? ui::RenderQuality::kFast : ui::RenderQuality::kFine;
}

}  // namespace

Desktop::Desktop(GlContext& gl, Workspace& workspace, const std::string& settings)
    : gl_(gl),
      workspace_(workspace),
      platform_(gl),
      scene_view_(QualityFor(gl)),
      frame_times_(kMostFrameTimes) {
  figures_.renderer = gl.description().renderer;
  figures_.software_renderer = gl.description().software;
  ui::VisitOverlays(viewport_.options.overlays,
                    [this](const char* id, const char* label, bool& shown) {
                      overlays_.push_back({.id = id, .label = label, .shown = &shown});
                    });
  for (std::string& warning : main_window_.LoadSettings(settings))
    WarnOfSettings(std::move(warning));
}

void Desktop::WarnOfSettings(std::string warning) {
  LogWarning("settings.json: " + warning + ".");
  workspace_.controller().Notify(ui::NoticeLevel::kWarning, std::move(warning));
}

bool Desktop::Frame() {
  const bool minimised = gl_.framebuffer_size().empty();
  gl_.PollEvents(minimised ? kMinimisedPause_s : 0.0);
  const Clock::time_point now = Clock::now();
  const double whole_ms = MillisecondsBetween(std::exchange(last_frame_, now), now);
  const double elapsed_s = std::min(whole_ms / 1000.0, kLongestFrame_s);

  workspace_.Update(elapsed_s);
  OpenDroppedFiles();
  if (!minimised) {
    if (main_window_.PrepareFrame(platform_.monitor_scale(), platform_.pixel_density())) {
      platform_.ForgetFonts();
    }
    platform_.BeginFrame(elapsed_s);
    if (const ui::KeyboardLayout* keyboard = platform_.TakeNewKeyboard()) {
      main_window_.state().keymap.SetKeyboard(*keyboard);
    }
    FrameTime time = DrawFrame();
    time.whole_ms = whole_ms;
    Measure(time);
    platform_.EndFrame();
    TakePictures(elapsed_s);
    for (const ui::ViewAction action : main_window_.TakeViewActions()) Perform(action);
    RememberPicture();
    gl_.PollEvents();  // what comes in now still reacts to the picture before
    gl_.SwapBuffers();
  }
  // As the key does: what would be lost is asked about first, where it can be seen.
  if (gl_.should_close()) {
    gl_.ForgetCloseRequest();
    if (minimised) workspace_.controller().Send(ui::WindowCommand(ui::Quit{}));
    main_window_.state().close_asked = !minimised;
  }
  return !workspace_.controller().quit_requested();
}

FrameTime Desktop::DrawFrame() {
  const ui::Snapshots snapshots = workspace_.View(figures_);
  FrameTime time;
  if (const ui::EpisodeTrack* track = snapshots.shown_episode()) {
    for (ui::OverlaySwitch& overlay : overlays_) {
      overlay.applies = ui::IsRelevant(overlay.id, track->scene(), snapshots.comparison.has_value(),
                                       snapshots.player.attention != nullptr);
    }
  }
  main_window_.state().timeline.shows_attention = viewport_.options.overlays.attention;
  double view_busy_ms = 0.0;
  const Stopwatch whole;
  main_window_.Draw(snapshots, workspace_.controller(), Inputs(), [&](const ui::Rect&) {
    const Stopwatch view;
    DrawView(snapshots);
    time.view_ms = view.wall_ms();
    view_busy_ms = view.busy_ms();
  });
  time.ui_ms = whole.wall_ms() - time.view_ms;
  time.ui_busy_ms = whole.busy_ms() - view_busy_ms;
  return time;
}

void Desktop::DrawView(const ui::Snapshots& snapshots) {
  if (snapshots.pair == nullptr) {
    pair_view_.reset();
    const ui::CorrectionDraft& draft = main_window_.state().correction;
    viewport_.options.planned.reset();
    if (draft.shown) viewport_.options.planned = ui::PlannedDrive{draft.forward, draft.turn};
    viewport_.options.pointed_object = main_window_.state().why.pointed_object;
    viewport_.options.explained_number = main_window_.state().why.number;
    viewport_.buttons_px = main_window_.state().view_bar_px;
    return ui::DrawViewport(snapshots, viewport_, scene_view_, workspace_.controller());
  }
  if (!pair_view_) pair_view_.emplace(QualityFor(gl_), scene_view_.camera());
  pair_view_->Draw(snapshots, viewport_.options);
}

// One's own first: who brought a file wants to see it.
void Desktop::ListEnvironments() {
  const EnvironmentRegistry& registry = workspace_.own_environments();
  if (registry_version_ == registry.version()) return;
  registry_version_ = registry.version();
  cards_.clear();
  for (const sim::EnvironmentConfig& own : registry.Own()) cards_.push_back(ui::CardOf(own, true));
  std::ranges::move(ui::RegisteredCards(), std::back_inserter(cards_));
  environments_.clear();
  for (const ui::EnvironmentCard& card : cards_) environments_.push_back(card.id);
}

void Desktop::ListPolicies() {
  if (policies_version_ == workspace_.policies().version()) return;
  policies_version_ = workspace_.policies().version();
  policies_.clear();
  for (PolicyRegistry::Entry& entry : workspace_.policies().Entries()) {
    policies_.push_back(
        {std::move(entry.name), std::move(entry.remark), std::move(entry.environment)});
  }
}

// Before the picture is shown: what is on it.
void Desktop::RememberPicture() {
  const ui::Playhead& playhead = workspace_.controller().playhead();
  pictures_.push_back({gl_.pictures_shown() + 1, {playhead.episode, playhead.step}});
  if (pictures_.size() > kMostPictures) pictures_.pop_front();
}

std::optional<ui::Moment> Desktop::MomentOf(std::int64_t picture) const {
  const auto found = std::ranges::find(pictures_, picture, &Picture::number);
  return found == pictures_.end() ? std::nullopt : std::optional(found->shows);
}

ui::WindowInputs Desktop::Inputs() {
  camera_name_ = scene_view_.CameraName();
  const std::optional<InputEvent>& press = platform_.input();
  ListEnvironments();
  ListPolicies();
  return {
      .environments = environments_,
      .cards = cards_,
      .policies = policies_,
      .overlays = overlays_,
      .field_quantity = &viewport_.options.field_quantity,
      .region = &viewport_.region,
      .camera = scene_view_.camera().view(),
      .camera_name = camera_name_,
      .about = "Lookout " LOOKOUT_VERSION "\n" + gl_.description().renderer + "\nOpenGL " +
               gl_.description().version,
      .recording = {.active = files_.recording(),
                    .finishing = files_.finishing(),
                    .length_s = files_.recorded_s()},
      .pressed_at = press ? MomentOf(press->picture) : std::nullopt,
      .pressed_s = press ? std::optional(press->time_s) : std::nullopt,
      .stick = platform_.stick(),
      .now_s = std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
                   .count()};
}

void Desktop::Perform(ui::ViewAction action) {
  switch (action) {
    case ui::ViewAction::kWholeArena:
    case ui::ViewAction::kFollowRobot:
    case ui::ViewAction::kFromAbove:
    case ui::ViewAction::kRobotEye:
    case ui::ViewAction::kFreeCamera:
    case ui::ViewAction::kPreviousCamera:
    case ui::ViewAction::kNextCamera:
    case ui::ViewAction::kAlignCamera:
      return MoveCamera(action);
    case ui::ViewAction::kScreenshotOfView:
      files_.Save(scene_view_.ReadImage());
      return;
    case ui::ViewAction::kRecord:
      record_until_.reset();
      if (files_.recording()) return files_.StopVideo();
      return StartRecording();
    case ui::ViewAction::kRecordSpan:
      return RecordSpan(main_window_.state().video);
    case ui::ViewAction::kToggleFullScreen:
      gl_.SetFullscreen(!gl_.fullscreen());
      return;
  }
}

// Of the clips that are compared, or else of the view.
void Desktop::MoveCamera(ui::ViewAction action) {
  const auto move = [action](auto& camera) {
    if (action == ui::ViewAction::kPreviousCamera) {
      camera.Cycle(-1);
    } else if (action == ui::ViewAction::kNextCamera) {
      camera.Cycle(+1);
    } else if (action == ui::ViewAction::kAlignCamera) {
      camera.Align();
    } else {
      camera.Show(static_cast<ui::CameraView>(action));
    }
  };
  if (pair_view_) {
    move(*pair_view_);
  } else {
    move(scene_view_.camera());
  }
}

// After the picture was drawn, before it is shown.
void Desktop::TakePictures(double elapsed_s) {
  WindowController& controller = workspace_.controller();
  files_.SetFolder(main_window_.state().settings.pictures_folder,
                   workspace_.workers().project.path);
  if (controller.TakeScreenshotRequest()) files_.Save(gl_.ReadScreen());
  files_.Advance(elapsed_s, [this] { return scene_view_.ReadImage(); });
  const ui::Playhead& playhead = controller.playhead();
  if (record_until_ && (playhead.episode != record_until_->episode || playhead.live ||
                        playhead.step >= record_until_->step || !playhead.replaying)) {
    record_until_.reset();
    files_.StopVideo();
    controller.Send(ui::PlayerCommand(ui::SetPlaying{false}));
  }
  for (Pictures::News& news : files_.TakeNews()) {
    controller.Notify(news.bad ? ui::NoticeLevel::kWarning : ui::NoticeLevel::kInfo,
                      std::move(news.text));
  }
}

void Desktop::StartRecording() {
  const Status started = files_.StartVideo(scene_view_.size());
  if (!started) workspace_.controller().Notify(ui::NoticeLevel::kWarning, started.error().message);
}

void Desktop::RecordSpan(const ui::VideoSpan& span) {
  StartRecording();
  if (!files_.recording()) return;
  record_until_ = ui::Moment{span.episode, static_cast<StepIndex>(span.last)};
  WindowController& controller = workspace_.controller();
  controller.Send(ui::WindowCommand(ui::Seek{span.episode, static_cast<StepIndex>(span.first)}));
  controller.Send(ui::PlayerCommand(ui::SetPlaying{true}));
}

void Desktop::OpenDroppedFiles() {
  ui::OpenFiles command;
  for (const std::filesystem::path& path : gl_.TakeDroppedPaths()) command.paths.push_back(path);
  if (!command.paths.empty()) workspace_.controller().Send(ui::WindowCommand(std::move(command)));
  for (const std::filesystem::path& path : workspace_.TakeOpenedConfigurations()) {
    ui::RememberConfiguration(path.string(), main_window_.state().settings);
  }
}

void Desktop::Measure(const FrameTime& time) {
  frame_times_.Add(time);
  const auto smooth = [](double& figure, double newest) {
    figure += kFigureSmoothing * (newest - figure);
  };
  smooth(figures_.ui_ms, time.ui_ms);
  smooth(figures_.ui_busy_ms, time.ui_busy_ms);
  smooth(figures_.view_ms, time.view_ms);
  if (time.whole_ms > 0.0) smooth(figures_.frames_per_second, 1000.0 / time.whole_ms);
}

}  // namespace lookout::app
