// The demonstration's hands: drives a workspace and its offscreen window frame by frame until
// something has happened. One thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/demo/demo.h"
#include "app/desktop/desktop.h"
#include "app/platform/gl_context.h"
#include "app/platform/video_file.h"
#include "app/workspace/workspace.h"

namespace lookout::app {

class DemoStage {
 public:
  static Result<std::unique_ptr<DemoStage>> Open(const DemoOptions& options);

  Workspace& workspace() { return *workspace_; }
  WindowController& controller() { return workspace_->controller(); }
  Desktop& desktop() { return *desktop_; }
  ui::Snapshots View() const { return workspace_->View(figures_); }
  void Send(ui::Command command) { controller().Send(std::move(command)); }

  // Keeps the workers going, without drawing, until `done`; fails after `patience_s` of wall time,
  // naming `what`, or as soon as a worker has failed.
  Status Until(const std::string& what, double patience_s, const std::function<bool()>& done);

  // Lets the agent play `count` whole episodes as fast as possible; gives their ids.
  Result<std::vector<EpisodeId>> PlayEpisodes(int count);

  // Draws until the picture has settled, and saves it as `out`/`name`.
  Status Screenshot(const std::string& name);

  // Plays in real time for `seconds` and adds what the window shows to the video.
  Status Film(double seconds);
  // Completes the video; its path, or empty if there is none.
  Result<std::filesystem::path> FinishFilm();

 private:
  DemoStage(const DemoOptions& options, std::unique_ptr<GlContext> gl,
            std::unique_ptr<Workspace> workspace, std::unique_ptr<VideoFile> video);
  Status WorkerFailure() const;

  DemoOptions options_;
  std::unique_ptr<GlContext> gl_;
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<VideoFile> video_;  // null: none is made
  std::unique_ptr<Desktop> desktop_;
  ui::FrameFigures figures_;
};

}  // namespace lookout::app
