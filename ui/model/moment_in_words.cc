#include "ui/model/moment_in_words.h"

#include <fmt/format.h>

#include <array>
#include <ctime>

namespace lookout::ui {
namespace {

std::tm LocalTime(std::int64_t unix_ms) {
  const std::time_t seconds = static_cast<std::time_t>(unix_ms / 1000);
  std::tm local{};
  localtime_r(&seconds, &local);
  return local;
}

std::string Formatted(const char* format, const std::tm& local) {
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &local)};
}

bool SameDay(const std::tm& a, const std::tm& b) {
  return a.tm_year == b.tm_year && a.tm_yday == b.tm_yday;
}

}  // namespace

std::string MomentInWords(std::int64_t unix_ms, std::int64_t now_unix_ms) {
  if (unix_ms <= 0) return "at an unknown time";
  const std::tm then = LocalTime(unix_ms);
  const std::tm now = LocalTime(now_unix_ms);
  // By the calendar: a day has 23 to 25 hours.
  std::tm day_before = now;
  day_before.tm_mday -= 1;
  day_before.tm_hour = 12;
  day_before.tm_isdst = -1;
  std::mktime(&day_before);
  if (SameDay(then, now)) return Formatted("today %H:%M", then);
  if (SameDay(then, day_before)) return Formatted("yesterday %H:%M", then);
  const std::string day = fmt::format("on {} ", then.tm_mday);
  return day + Formatted(then.tm_year == now.tm_year ? "%B %H:%M" : "%B %Y %H:%M", then);
}

std::string ClockTime(std::int64_t unix_ms) { return Formatted("%H:%M:%S", LocalTime(unix_ms)); }

}  // namespace lookout::ui
