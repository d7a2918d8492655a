#include "app/runs/formats/event_file.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

#include "app/platform/files.h"
#include "tests/app/runs/formats/event_reader_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

std::string Content(const std::filesystem::path& path) {
  auto bytes = ReadWholeFile(path, 1U << 20U);
  REQUIRE(bytes.ok());
  return *bytes;
}

TEST_CASE("the checksum is CRC-32C") {
  // The check value of the catalogue of parametrised CRC algorithms, and RFC 3720, appendix B.4.
  CHECK(Crc32c("123456789") == 0xe3069283);
  CHECK(Crc32c(std::string(32, '\0')) == 0x8a9136aa);
  CHECK(Crc32c(std::string(32, '\xff')) == 0x62a8ab43);
  CHECK(Crc32c("") == 0);
  CHECK(Crc32c("Metrics/EpRet") == SlowCrc32c("Metrics/EpRet"));
}

TEST_CASE("scalars read back under their tags and steps, gaps are left out") {
  const test::ScratchFolder scratch;
  const auto file = EventFile::Create(scratch / "tb", 1);
  REQUIRE(file.ok());
  const double gap = std::numeric_limits<double>::quiet_NaN();
  const std::array first{Scalar{"Metrics/EpRet", 1.5}, Scalar{"Metrics/EpCost", gap}};
  const std::array second{Scalar{"Metrics/EpRet", -2.0}, Scalar{"Metrics/EpCost", 40.0}};
  REQUIRE(file->Append(1, first).ok());
  REQUIRE(file->Append(300, second).ok());

  const std::vector<EventRead> events = ReadEvents(Content(file->path()));
  REQUIRE(events.size() == 4);
  CHECK(events[0].file_version == "brain.Event:2");
  CHECK(events[1].starts_session);
  CHECK(events[2].scalars == std::map<std::string, float>{{"Metrics/EpRet", 1.5F}});
  CHECK(events[2].step == 1);
  CHECK(events[3].scalars.at("Metrics/EpRet") == -2.0F);
  CHECK(events[3].scalars.at("Metrics/EpCost") == 40.0F);
  CHECK(events[3].step == 300);
  CHECK(events[3].wall_time_s > 1.6e9);  // seconds since 1970
}

TEST_CASE("a run that goes on makes void what was logged after its checkpoint") {
  const test::ScratchFolder scratch;
  const auto before = EventFile::Create(scratch / "tb", 1);
  REQUIRE(before.ok());
  for (const int step : {1, 2, 3}) {
    REQUIRE(before->Append(step, std::array{Scalar{"loss", 10.0 * step}}).ok());
  }
  const auto after = EventFile::Create(scratch / "tb", 3);
  REQUIRE(after.ok());
  REQUIRE(after->Append(3, std::array{Scalar{"loss", 7.0}}).ok());
  CHECK(before->path().filename() < after->path().filename());
  CHECK(before->path().string().find("tfevents") != std::string::npos);
  CHECK(ShownValues({Content(before->path()), Content(after->path())}, "loss") ==
        std::map<std::int64_t, float>{{1, 10.0F}, {2, 20.0F}, {3, 7.0F}});
}

TEST_CASE("a folder that cannot be made is named") {
  const auto file = EventFile::Create("/proc/nowhere/tb", 1);
  REQUIRE_FALSE(file.ok());
  CHECK(file.error().message.find("/proc/nowhere/tb") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
