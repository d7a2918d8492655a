#include "sim/solver/mujoco_handles.h"

#include <mutex>
#include <string>

#include "sim/base/log.h"

namespace lookout::sim {
namespace {

// MuJoCo does not expect an error handler to return.
[[noreturn]] void ThrowMujocoError(const char* message) {
  throw MujocoError(std::string("MuJoCo: ") + message);
}

void LogMujocoWarning(const char* message) {
  Log(LogLevel::kDebug, std::string("MuJoCo: ") + message);
}

}  // namespace

void InstallMujocoHandlers() {
  static std::once_flag once;
  std::call_once(once, [] {
    mju_user_error = [](const char* message) { ThrowMujocoError(message); };
    mju_user_warning = LogMujocoWarning;
  });
}

}  // namespace lookout::sim
