// A study: one project file, the workers that serve it and the session that shows it. What the
// window and the headless demonstration both drive. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/workers/runtime/environment_registry.h"
#include "app/workers/runtime/policy_registry.h"
#include "app/workers/workers.h"
#include "app/workspace/files/file_opener.h"
#include "app/workspace/files/plot_saver.h"
#include "app/workspace/window_controller.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct WorkspaceOptions {
  std::filesystem::path project;  // created if it does not exist
  ProjectAccess access = ProjectAccess::kReadWrite;
  // A registered id, one of the project's own, or a configuration file. None: as the project was
  // left, or PointGoal1.
  std::optional<std::string> environment;
  std::optional<std::uint32_t> seed;  // none: as the project was left, or 0
  bool playing = true;
  sim::CameraFactory cameras;  // what draws for robots that observe through their camera
};

class Workspace {
 public:
  // Settings of the project.
  static constexpr char kOpenedFiles[] = "opened_files";

  // Opens the project and starts the workers; the episode runs when this returns.
  static Result<std::unique_ptr<Workspace>> Open(const WorkspaceOptions& options);

  // Once a frame: hears the workers, carries out the session's commands, asks for the cost field.
  void Update(double elapsed_s);

  WindowController& controller() { return controller_; }
  const WindowController& controller() const { return controller_; }
  WorkerSnapshots workers() const;
  ui::Snapshots View(const ui::FrameFigures& frame) const;

  // Whom ui::SetAgent::policy may name: shipped, opened from files, of training runs.
  const PolicyRegistry& policies() const { return *policies_; }

  // The policy of the newest iteration of the training; null before the first.
  agents::PolicyPtr newest_policy() const;

  // The environments that came as files, of this project.
  const EnvironmentRegistry& own_environments() const { return *registry_; }
  // Whether whoever opened it named the environment, in place of that of the last sitting.
  bool environment_was_named() const { return environment_was_named_; }
  // The files that became an environment since the last call.
  std::vector<std::filesystem::path> TakeOpenedConfigurations() {
    return std::exchange(opened_configurations_, {});
  }

 private:
  explicit Workspace(const sim::CameraFactory& cameras);
  WorkerLinks Links();
  WorkerLinks LinksBesidesSearches();
  void TakeOpenedFiles();
  void TellSavedPlots();
  void Adopt(const std::vector<OpenedFiles::Configuration>& opened);
  void Adopt(std::vector<OpenedFiles::Policy> opened, bool reopened);
  void SaveRegistry();
  void Adopt(std::vector<OpenedRun> opened, bool reopened);
  void Adopt(OpenedTransfer opened);
  void Remember(const std::filesystem::path& opened);
  void TellLastMarking(Project& file);
  void Recall(Project& file, const WorkspaceOptions& options, PlayerOptions& player);
  void Recall(Project& file, FitterOptions& fitter);
  void Begin(WorkspaceContent content);
  void ReopenFiles();
  // Whether the agent can be seated at once: neither in training nor still to be opened.
  bool IsThere(const ui::SetAgent& agent) const;
  void RestoreAgent();
  void AskForField(double elapsed_s);
  void RememberPlayer();

  std::shared_ptr<EnvironmentRegistry> registry_ = std::make_shared<EnvironmentRegistry>();
  std::shared_ptr<PolicyRegistry> policies_ = std::make_shared<PolicyRegistry>();
  std::int64_t saved_registry_ = 0;  // its version in the project
  bool environment_was_named_ = false;
  std::unique_ptr<Workers> workers_;
  WindowController controller_;
  FileOpener opener_;
  PlotSaver plots_;
  std::vector<OpenedFiles> opened_;  // reused by TakeOpenedFiles
  std::vector<std::filesystem::path> opened_configurations_;
  std::map<std::string, std::string> policy_of_folder_;  // names among the agents
  std::vector<std::string> opened_paths_;  // of policies and runs' folders, to be opened again
  std::optional<ui::SetAgent> agent_to_restore_;  // who acted in the last sitting
  std::string remembered_agent_;
  std::string remembered_overseer_;  // who oversees beside the person, as the project has it
  bool records_ = true;              // as the project was left
  double since_field_s_ = 0.0;
  std::string remembered_environment_;
  std::uint32_t remembered_seed_ = 0;
};

}  // namespace lookout::app
