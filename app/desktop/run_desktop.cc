#include "app/desktop/run_desktop.h"

#include <csignal>
#include <string>

#include "app/desktop/desktop.h"
#include "app/platform/files.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

constexpr std::size_t kLongestSettings = std::size_t{1} << 20;

volatile std::sig_atomic_t g_leave = 0;

// The first signal asks to leave, so that training writes its checkpoint; the second one kills.
void AskToLeave(int signal) {
  g_leave = 1;
  std::signal(signal, SIG_DFL);
}

std::string LoadSettings() {
  const Result<std::filesystem::path> path = SettingsPath();
  if (!path || !std::filesystem::exists(*path)) return "{}";
  Result<std::string> text = ReadWholeFile(*path, kLongestSettings);
  if (text) return std::move(*text);
  LogWarning(text.error().message + " The defaults are used.");
  return "{}";
}

void SaveSettings(const ui::MainWindow& window) {
  if (!window.SettingsChanged()) return;
  const Result<std::filesystem::path> path = SettingsPath();
  const Status kept = path ? WriteWholeFile(*path, window.SaveSettings()) : Status(path.error());
  if (!kept) LogWarning(kept.error().message);
}

}  // namespace

int RunDesktop(GlContext& gl, Workspace& study) {
  std::signal(SIGINT, AskToLeave);
  std::signal(SIGTERM, AskToLeave);
  Desktop desktop(gl, study, LoadSettings());
  while (desktop.Frame() && g_leave == 0) {
  }
  SaveSettings(desktop.main_window());
  return 0;
}

}  // namespace lookout::app
