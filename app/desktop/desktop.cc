#include "app/desktop/desktop.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/platform/thread_time.h"
#include "sim/config/config.h"
#include "ui/viewport/scene/overlay_relevance.h"

namespace lookout::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostFrameTimes = 200'000;
constexpr double kMinimisedPause_s = 0.1;
constexpr double kFigureSmoothing = 0.05;  // weight of the newest frame in the status bar
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
  for (std::string& warning : main_window_.LoadSettings(settings)) {
    workspace_.controller().Notify(ui::NoticeLevel::kWarning, std::move(warning));
  }
}

bool Desktop::Frame() {
  const bool minimised = gl_.framebuffer_size().empty();
  gl_.PollEvents(minimised ? kMinimisedPause_s : 0.0);
  const Clock::time_point now = Clock::now();
  const double whole_ms = MillisecondsBetween(std::exchange(last_frame_, now), now);
  const double elapsed_s = std::min(whole_ms / 1000.0, kLongestFrame_s);

  workspace_.Update(elapsed_s);
  OpenDroppedFiles();
  ReportScreenshots();
  if (!minimised) {
    if (main_window_.PrepareFrame(platform_.monitor_scale(), platform_.pixel_density())) {
      platform_.ForgetFonts();
    }
    platform_.BeginFrame(elapsed_s);
    if (const ui::KeyLabels* labels = platform_.TakeNewLabels()) {
      main_window_.state().keymap.SetLabels(*labels);
    }
    FrameTime time = DrawFrame();
    time.whole_ms = whole_ms;
    Measure(time);
    platform_.EndFrame();
    if (workspace_.controller().TakeScreenshotRequest()) SaveScreenshot();
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
      overlay.applies =
          ui::IsRelevant(overlay.id, track->scene(), snapshots.comparison.has_value());
    }
  }
  double view_busy_ms = 0.0;
  const Stopwatch whole;
  main_window_.Draw(snapshots, workspace_.controller(), Inputs(), [&](const ui::Rect&) {
    const Stopwatch view;
    ui::DrawViewport(snapshots, viewport_, scene_view_, workspace_.controller());
    time.view_ms = view.wall_ms();
    view_busy_ms = view.busy_ms();
  });
  time.ui_ms = whole.wall_ms() - time.view_ms;
  time.ui_busy_ms = whole.busy_ms() - view_busy_ms;
  for (const ui::ViewAction action : main_window_.TakeViewActions()) Perform(action);
  return time;
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

ui::WindowInputs Desktop::Inputs() {
  ListEnvironments();
  ListPolicies();
  return {.environments = environments_,
          .cards = cards_,
          .policies = policies_,
          .overlays = overlays_,
          .field_quantity = &viewport_.options.field_quantity,
          .about = "Lookout " LOOKOUT_VERSION "\n" + gl_.description().renderer + "\nOpenGL " +
                   gl_.description().version};
}

void Desktop::Perform(ui::ViewAction action) {
  switch (action) {
    case ui::ViewAction::kFreeCamera:
      scene_view_.camera().Free();
      return;
    case ui::ViewAction::kPreviousCamera:
      scene_view_.CycleCamera(-1);
      return;
    case ui::ViewAction::kNextCamera:
      scene_view_.CycleCamera(1);
      return;
    case ui::ViewAction::kAlignCamera:
      scene_view_.camera().Align();
      return;
    case ui::ViewAction::kToggleFullScreen:
      gl_.SetFullscreen(!gl_.fullscreen());
      return;
  }
}

void Desktop::SaveScreenshot() {
  pictures_.Save(ScreenshotPath(workspace_.workers().project.path), gl_.ReadScreen());
}

void Desktop::ReportScreenshots() {
  pictures_.Take(saved_pictures_);
  for (const PictureSaver::Outcome& saved : saved_pictures_) {
    if (saved.status) {
      workspace_.controller().Notify(ui::NoticeLevel::kInfo,
                                     "Screenshot saved as " + saved.path.string() + ".");
    } else {
      workspace_.controller().Notify(ui::NoticeLevel::kWarning, saved.status.error().message);
    }
  }
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
