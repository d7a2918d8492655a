#include "app/demo/demo_stage.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>
#include <utility>

#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/platform/image_file.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kPollInterval = std::chrono::milliseconds(4);
constexpr int kSettlingFrames = 6;
constexpr auto kSettlingPause = std::chrono::milliseconds(60);  // the cost field comes at 10 Hz
constexpr int kFilmRate_hz = 20;
constexpr double kEpisodePatience_s = 60.0;

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// A folder of our own: what a person has in there already is never touched.
Status MakeEmptyFolder(const fs::path& folder) {
  if (Status made = MakeFoldersAbove(folder); !made) return made;
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return BadInput("Cannot create the folder " + folder.string() + ": " + error.message() +
                    ". Choose another one with --out.");
  }
  if (!fs::is_empty(folder, error) || error) {
    return BadInput("The folder " + folder.string() +
                    " is not empty. Choose a new one with --out.");
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<DemoStage>> DemoStage::Open(const DemoOptions& options) {
  if (Status made = MakeEmptyFolder(options.out); !made) return made.error();
  const ui::SizePx size{options.width, options.height};
  Result<std::unique_ptr<GlContext>> gl = OpenOffscreen(size);
  if (!gl) return gl.error();
  Result<std::unique_ptr<Workspace>> workspace =
      Workspace::Open({.project = options.out / "study.lookout",
                       .environment = options.environment,
                       .seed = options.seed,
                       .playing = false,
                       .cameras = RobotCameras()});
  if (!workspace) return workspace.error();
  std::unique_ptr<VideoFile> video;
  if (options.video) {
    Result<std::unique_ptr<VideoFile>> made = VideoFile::Create(
        {.path = options.out / "loop.mp4", .size = size, .frames_per_second = kFilmRate_hz});
    if (!made) return made.error();
    video = std::move(*made);
  }
  return std::unique_ptr<DemoStage>(
      new DemoStage(options, std::move(*gl), std::move(*workspace), std::move(video)));
}

DemoStage::DemoStage(const DemoOptions& options, std::unique_ptr<GlContext> gl,
                     std::unique_ptr<Workspace> workspace, std::unique_ptr<VideoFile> video)
    : options_(options),
      gl_(std::move(gl)),
      workspace_(std::move(workspace)),
      video_(std::move(video)),
      desktop_(std::make_unique<Desktop>(*gl_, *workspace_, R"({"welcome_dismissed": true})")) {}

Status DemoStage::WorkerFailure() const {
  const WorkerSnapshots workers = workspace_->workers();
  for (const std::string* failure :
       {&workers.player.failure, &workers.training.failure, &workers.project.failure}) {
    if (!failure->empty()) return Error{"The demonstration stopped: " + *failure};
  }
  return {};
}

Status DemoStage::Until(const std::string& what, double patience_s,
                        const std::function<bool()>& done) {
  const Clock::time_point begin = Clock::now();
  Clock::time_point last = begin;
  while (true) {
    const Clock::time_point now = Clock::now();
    workspace_->Update(std::chrono::duration<double>(now - std::exchange(last, now)).count());
    if (done()) return {};
    if (Status failure = WorkerFailure(); !failure) return failure;
    if (SecondsSince(begin) > patience_s) {
      return Error{fmt::format("The demonstration gave up waiting for {} after {} s.", what,
                               static_cast<int>(patience_s))};
    }
    std::this_thread::sleep_for(kPollInterval);
  }
}

Result<std::vector<EpisodeId>> DemoStage::PlayEpisodes(int count) {
  const EpisodeId before = View().player.episode;
  Send(ui::PlayerCommand{ui::ResetEpisode{ui::ResetEpisode::Seed::kNext}});
  Send(ui::PlayerCommand{ui::SetSpeed{ui::kUnlimitedSpeed}});
  Send(ui::PlayerCommand{ui::SetPlaying{true}});
  std::vector<EpisodeId> played;
  for (int index = 0; index < count; ++index) {
    const EpisodeId last = played.empty() ? before : played.back();
    EpisodeId finished;
    const Status waited = Until("an episode", kEpisodePatience_s, [&] {
      for (const ui::EpisodeSummary& summary : controller().episodes().summaries()) {
        if (summary.id <= last) break;
        const ui::EpisodeTrack* track = controller().episodes().Find(summary.id);
        if (track != nullptr && track->finished()) finished = summary.id;
      }
      return static_cast<bool>(finished);
    });
    if (!waited) return waited.error();
    played.push_back(finished);
  }
  Send(ui::PlayerCommand{ui::SetPlaying{false}});
  Send(ui::PlayerCommand{ui::SetSpeed{1.0}});
  if (Status paused = Until("the pause", 5.0, [&] { return !View().player.playing; }); !paused) {
    return paused.error();
  }
  return played;
}

Status DemoStage::Screenshot(const std::string& name) {
  for (int frame = 0; frame < kSettlingFrames; ++frame) {
    desktop_->Frame();
    std::this_thread::sleep_for(kSettlingPause);
  }
  return WriteImage(options_.out / name, desktop_->ReadScreen());
}

Status DemoStage::Film(double seconds) {
  if (!video_) return {};
  const auto interval = std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double>(1.0 / kFilmRate_hz));
  Clock::time_point next = Clock::now();
  const int frames = static_cast<int>(seconds * kFilmRate_hz);
  for (int frame = 0; frame < frames; ++frame) {
    desktop_->Frame();
    video_->AddWaiting(desktop_->ReadScreen());
    next += interval;
    std::this_thread::sleep_until(next);
  }
  return WorkerFailure();
}

Result<fs::path> DemoStage::FinishFilm() {
  if (!video_) return fs::path();
  Result<VideoOutcome> outcome = video_->Finish();
  video_.reset();
  if (!outcome) return outcome.error();
  return outcome->path;
}

}  // namespace lookout::app
