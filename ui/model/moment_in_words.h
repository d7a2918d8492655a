// Moments of the person's own calendar and clock in words. Any thread.
#pragma once

#include <cstdint>
#include <string>

namespace lookout::ui {

// "today 17:03", "yesterday 17:03", "on 3 November 17:03", "on 3 November 2024 17:03", as seen
// at `now`. Both since 1970-01-01 UTC; shown in local time. 0, from projects that did not keep it:
// "at an unknown time".
std::string MomentInWords(std::int64_t unix_ms, std::int64_t now_unix_ms);

// "17:03:21", local time.
std::string ClockTime(std::int64_t unix_ms);

}  // namespace lookout::ui
