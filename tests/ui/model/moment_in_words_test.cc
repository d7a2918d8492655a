#include "ui/model/moment_in_words.h"

#include <doctest/doctest.h>

#include <ctime>

namespace lookout::ui {
namespace {

std::int64_t LocalMoment(int year, int month, int day, int hour, int minute) {
  std::tm local{};
  local.tm_year = year - 1900;
  local.tm_mon = month - 1;
  local.tm_mday = day;
  local.tm_hour = hour;
  local.tm_min = minute;
  local.tm_isdst = -1;
  return static_cast<std::int64_t>(std::mktime(&local)) * 1000;
}

TEST_CASE("a moment is told as a person would, by the calendar and not by hours") {
  const std::int64_t now = LocalMoment(2026, 3, 1, 0, 20);
  CHECK(MomentInWords(LocalMoment(2026, 3, 1, 0, 5), now) == "today 00:05");
  CHECK(MomentInWords(LocalMoment(2026, 2, 28, 23, 59), now) == "yesterday 23:59");
  CHECK(MomentInWords(LocalMoment(2026, 2, 28, 0, 0), now) == "yesterday 00:00");
  CHECK(MomentInWords(LocalMoment(2026, 2, 27, 17, 3), now) == "on 27 February 17:03");
  CHECK(MomentInWords(LocalMoment(2024, 11, 3, 9, 30), now) == "on 3 November 2024 09:30");
  CHECK(MomentInWords(LocalMoment(2025, 12, 31, 8, 0), LocalMoment(2026, 1, 1, 9, 0)) ==
        "yesterday 08:00");
  CHECK(MomentInWords(0, now) == "at an unknown time");
  CHECK(ClockTime(LocalMoment(2026, 3, 1, 0, 5)) == "00:05:00");
}

}  // namespace
}  // namespace lookout::ui
