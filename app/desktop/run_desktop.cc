#include "app/desktop/run_desktop.h"

#include <csignal>
#include <string>

#include "app/desktop/desktop.h"
#include "app/desktop/settings_store.h"
#include "app/platform/files.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

volatile std::sig_atomic_t g_leave = 0;

// The first signal asks to leave, so that training writes its checkpoint; the second one kills.
void AskToLeave(int signal) {
  g_leave = 1;
  std::signal(signal, SIG_DFL);
}

void SaveSettings(const ui::MainWindow& window, bool keep_old) {
  if (!window.SettingsChanged()) return;
  const Result<std::filesystem::path> path = SettingsPath();
  const Status kept = path ? ReplaceSettings(*path, window.SaveSettings(),
                                             keep_old || window.settings_were_damaged())
                           : Status(path.error());
  if (!kept) LogWarning(kept.error().message);
}

}  // namespace

int RunDesktop(GlContext& gl, Workspace& workspace) {
  std::signal(SIGINT, AskToLeave);
  std::signal(SIGTERM, AskToLeave);
  const Result<std::filesystem::path> path = SettingsPath();
  Result<std::string> settings = path ? ReadSettings(*path) : std::string("{}");
  const bool unreadable = !settings;
  if (unreadable) LogWarning(settings.error().message + " The default settings are used.");
  Desktop desktop(gl, workspace, unreadable ? "{}" : *settings);
  while (desktop.Frame() && g_leave == 0) {
  }
  SaveSettings(desktop.main_window(), unreadable);
  return 0;
}

}  // namespace lookout::app
