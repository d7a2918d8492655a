// Lines for the person at the terminal, on standard error. Any thread; one line is never torn.
// Log an error or return it, never both.
#pragma once

#include <string_view>

namespace lookout {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Lines below this level are dropped. Default: kInfo.
void SetLogLevel(LogLevel level);

void Log(LogLevel level, std::string_view message);

inline void LogInfo(std::string_view message) { Log(LogLevel::kInfo, message); }
inline void LogWarning(std::string_view message) { Log(LogLevel::kWarning, message); }
inline void LogError(std::string_view message) { Log(LogLevel::kError, message); }

}  // namespace lookout
