// Screenshots and videos into a folder of one's own.
#include "app/desktop/pictures.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

ui::RgbImage Grey(ui::SizePx size) {
  const std::size_t bytes = 3 * static_cast<std::size_t>(size.width) * size.height;
  return {size, std::vector<std::uint8_t>(bytes, 90)};
}

std::vector<Pictures::News> WaitForNews(Pictures& pictures, std::size_t count) {
  std::vector<Pictures::News> all;
  for (int i = 0; i < 1000 && all.size() < count; ++i) {
    for (Pictures::News& news : pictures.TakeNews()) all.push_back(std::move(news));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return all;
}

std::ptrdiff_t FilesIn(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

TEST_CASE("pictures of one second go into the chosen folder under names of their own") {
  const test::ScratchFolder scratch;
  const std::filesystem::path folder = scratch / "made/when/needed";
  Pictures pictures;
  pictures.SetFolder(folder.string(), "study.lookout");
  for (int i = 0; i < 3; ++i) pictures.Save(Grey({8, 8}));
  for (const Pictures::News& news : WaitForNews(pictures, 3)) CHECK_FALSE(news.bad);
  CHECK(FilesIn(folder) == 3);
}

TEST_CASE("a video keeps the window's time at any frame rate, and ends when the size changes") {
  const test::ScratchFolder scratch;
  const std::filesystem::path folder = scratch / "videos";
  Pictures pictures;
  pictures.SetFolder(folder.string(), "study.lookout");
  REQUIRE(pictures.StartVideo({64, 48}).ok());
  int read = 0;
  for (int i = 0; i < 10; ++i) {
    pictures.Advance(0.1, [&] {
      ++read;
      return Grey({64, 48});
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(read == 10);  // each picture stands for three
  CHECK(pictures.recorded_s() == doctest::Approx(1.0));
  CHECK(pictures.recording());
  pictures.Advance(0.1, [] { return Grey({32, 48}); });
  CHECK_FALSE(pictures.recording());
  CHECK(pictures.finishing());
  const std::vector<Pictures::News> news = WaitForNews(pictures, 1);
  REQUIRE(news.size() == 1);
  CHECK_FALSE(news[0].bad);
  CHECK_FALSE(pictures.finishing());
  REQUIRE(FilesIn(folder) == 1);
  CHECK(std::filesystem::file_size(std::filesystem::directory_iterator(folder)->path()) > 500);
}

TEST_CASE("a folder that cannot be is told, not lost") {
  const test::ScratchFolder scratch;
  Pictures pictures;
  pictures.SetFolder("/proc/nowhere", "study.lookout");
  CHECK_FALSE(pictures.StartVideo({8, 8}).ok());
  pictures.Save(Grey({8, 8}));
  const std::vector<Pictures::News> news = WaitForNews(pictures, 1);
  REQUIRE(news.size() == 1);
  CHECK(news[0].bad);
}

}  // namespace
}  // namespace lookout::app
