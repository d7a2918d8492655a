#include "app/desktop/run_desktop.h"

#include <string>

#include "app/desktop/desktop.h"
#include "app/desktop/settings_store.h"
#include "app/platform/files.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

void SaveSettings(const ui::MainWindow& window, bool keep_old) {
  if (!window.SettingsChanged()) return;
  const Result<std::filesystem::path> path = SettingsPath();
  const Status kept = path ? ReplaceSettings(*path, window.SaveSettings(),
                                             keep_old || window.settings_were_damaged())
                           : Status(path.error());
  if (!kept) LogWarning(kept.error().message);
}

}  // namespace

void RunDesktop(GlContext& gl, Workspace& workspace,
                const std::function<bool()>& is_asked_to_leave) {
  const Result<std::filesystem::path> path = SettingsPath();
  Result<std::string> settings = path ? ReadSettings(*path) : std::string("{}");
  const bool unreadable = !settings;
  Desktop desktop(gl, workspace, unreadable ? "{}" : *settings);
  if (workspace.environment_was_named()) desktop.main_window().TrainInEnvironmentOnScreen();
  if (unreadable) desktop.WarnOfSettings(settings.error().message + " The defaults are used");
  while (desktop.Frame() && !is_asked_to_leave()) {
  }
  SaveSettings(desktop.main_window(), unreadable);
}

}  // namespace lookout::app
