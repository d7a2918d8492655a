#include "sim/base/log.h"

#include <atomic>
#include <cstdio>
#include <string>

namespace lookout {
namespace {

std::atomic<LogLevel> g_level{LogLevel::kInfo};

const char* Prefix(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "lookout: debug: ";
    case LogLevel::kInfo:
      return "lookout: ";
    case LogLevel::kWarning:
      return "lookout: warning: ";
    case LogLevel::kError:
      return "lookout: error: ";
  }
  return "";
}

}  // namespace

void SetLogLevel(LogLevel level) { g_level = level; }

void Log(LogLevel level, std::string_view message) {
  if (level < g_level.load()) return;
  std::string line = Prefix(level);
  line.append(message).push_back('\n');
  std::fwrite(line.data(), 1, line.size(), stderr);  // one write, so lines are not torn
}

}  // namespace lookout
