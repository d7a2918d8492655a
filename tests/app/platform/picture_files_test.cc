// Pictures and videos on disk.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "app/platform/child_process.h"
#include "app/platform/image_codec.h"
#include "app/platform/image_file.h"
#include "app/platform/motion_jpeg.h"
#include "app/platform/video_file.h"
#include "tests/support/png_support.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

// A folder that goes with the test.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / (fmt::format("lookout-pictures-{}", getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  fs::path operator/(const std::string& name) const { return path_ / name; }
  int files() const { return static_cast<int>(std::distance(fs::directory_iterator(path_), {})); }

 private:
  fs::path path_;
};

// Smooth colours with some structure; `shift` makes frames differ.
ui::RgbImage Gradient(ui::SizePx size, int shift = 0) {
  ui::RgbImage image{size, {}};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      for (const int channel : {x * 4 + shift, y * 3, (x ^ y) & 64}) {
        image.pixels.push_back(static_cast<std::uint8_t>(channel));
      }
    }
  }
  return image;
}

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool HasProgram(const std::string& name) {
  return std::system(("command -v " + name + " > /dev/null 2>&1").c_str()) == 0;
}

VideoSettings SettingsFor(const fs::path& path) {
  VideoSettings settings;
  settings.path = path;
  settings.size = {64, 48};
  return settings;
}

std::uint32_t LittleEndian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
  return value;
}

}  // namespace

TEST_CASE("a PNG gives back every pixel") {
  for (const ui::SizePx size : {ui::SizePx{1, 1}, ui::SizePx{3, 50}, ui::SizePx{123, 77}}) {
    const ui::RgbImage image = Gradient(size);
    const auto decoded = test::DecodePng(EncodePng(image));
    REQUIRE(decoded.has_value());
    CHECK(decoded->size == size);
    CHECK(decoded->pixels == image.pixels);
  }
  std::string damaged = EncodePng(Gradient({123, 77}));
  damaged[damaged.size() / 2] ^= 1;
  CHECK_FALSE(test::DecodePng(damaged).has_value());  // so the reader would notice
}

TEST_CASE("a JPEG is one, and smaller at a lower quality") {
  const ui::RgbImage image = Gradient({200, 100});
  const std::string fine = EncodeJpeg(image, 95);
  const std::string coarse = EncodeJpeg(image, 30);
  CHECK(fine.substr(0, 2) == "\xFF\xD8");
  CHECK(fine.substr(fine.size() - 2) == "\xFF\xD9");
  CHECK(coarse.size() < fine.size());
}

TEST_CASE("a picture file is written by its name's ending, others are refused") {
  const Folder folder;
  CHECK(WriteImage(folder / "shot.PNG", Gradient({20, 10})).ok());
  CHECK(WriteImage(folder / "shot.jpg", Gradient({20, 10})).ok());
  const Status refused = WriteImage(folder / "shot.bmp", Gradient({20, 10}));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find(".png") != std::string::npos);
  CHECK_FALSE(WriteImage(folder / "none.png", {}).ok());
  CHECK(folder.files() == 2);
}

TEST_CASE("without ffmpeg the video is an AVI whose figures are true") {
  const Folder folder;
  VideoSettings settings = SettingsFor(folder / "run.mp4");
  settings.ffmpeg = "";
  auto video = VideoFile::Create(settings);
  REQUIRE(video.ok());
  for (int i = 0; i < 40; ++i) (*video)->AddWaiting(Gradient(settings.size, 5 * i));
  const auto outcome = (*video)->Finish();
  REQUIRE(outcome.ok());
  CHECK(outcome->path == folder / "run.avi");
  CHECK(outcome->frames == 40);
  CHECK(outcome->dropped == 0);
  CHECK_FALSE(outcome->remark.empty());
  CHECK(folder.files() == 1);

  const std::string avi = ReadAll(outcome->path);
  CHECK(avi.substr(0, 4) == "RIFF");
  CHECK(LittleEndian(avi, 4) == avi.size() - 8);
  CHECK(LittleEndian(avi, avi.find("avih") + 8 + 16) == 40);  // frames
  const std::size_t movi = avi.find("movi");
  const std::size_t index = avi.rfind("idx1");
  REQUIRE(index != std::string::npos);
  CHECK(LittleEndian(avi, movi - 4) == index - movi);
  for (int frame : {0, 39}) {
    const std::size_t entry = index + 8 + 16 * static_cast<std::size_t>(frame);
    const std::size_t at = movi + LittleEndian(avi, entry + 8);
    CHECK(avi.substr(at, 4) == "00dc");
    CHECK(avi.substr(at + 8, 2) == "\xFF\xD8");
    CHECK(LittleEndian(avi, at + 4) == LittleEndian(avi, entry + 12));
  }
}

TEST_CASE("with ffmpeg the video is an MP4 of as many frames") {
  if (!HasProgram("ffmpeg") || !HasProgram("ffprobe")) {
    MESSAGE("skipped, ffmpeg is not installed");
    return;
  }
  const Folder folder;
  VideoSettings settings = SettingsFor(folder / "run.mp4");
  settings.size = {65, 47};  // odd sides, which H.264 does not have
  auto video = VideoFile::Create(settings);
  REQUIRE(video.ok());
  for (int i = 0; i < 24; ++i) (*video)->AddWaiting(Gradient(settings.size, 5 * i));
  const auto outcome = (*video)->Finish();
  REQUIRE(outcome.ok());
  CHECK(outcome->path == folder / "run.mp4");
  CHECK(outcome->remark == "");
  CHECK(folder.files() == 1);
  const std::string probe =
      "test \"$(ffprobe -v error -count_frames -show_entries stream=nb_read_frames -of csv=p=0 '" +
      outcome->path.string() + "')\" = 24";
  CHECK(std::system(probe.c_str()) == 0);
}

TEST_CASE("an ffmpeg that fails or hangs costs the MP4, not the recording") {
  const Folder folder;
  for (const auto& [script, words] :
       {std::pair{"exit 3", "status 3"}, {"sleep 60", "took too long"}, {"kill -9 $$", "signal"}}) {
    const fs::path fake = folder / "fake-ffmpeg";
    std::ofstream(fake) << "#!/bin/sh\n" << script << "\n";
    fs::permissions(fake, fs::perms::owner_all);
    VideoSettings settings = SettingsFor(folder / "run.mp4");
    settings.ffmpeg = fake.string();
    settings.ffmpeg_patience_s = 0.3;
    auto video = VideoFile::Create(settings);
    REQUIRE(video.ok());
    (*video)->AddWaiting(Gradient(settings.size));
    const auto outcome = (*video)->Finish();
    REQUIRE(outcome.ok());
    CHECK(outcome->path.extension() == ".avi");
    CHECK_MESSAGE(outcome->remark.find(words) != std::string::npos, outcome->remark);
  }
}

TEST_CASE("a full queue drops frames and says how many, but never blocks") {
  const Folder folder;
  VideoSettings settings = SettingsFor(folder / "run.mp4");
  settings.size = {1600, 1200};
  settings.ffmpeg = "";
  auto video = VideoFile::Create(settings);
  REQUIRE(video.ok());
  const ui::RgbImage frame = Gradient(settings.size);
  int taken = 0;
  for (int i = 0; i < 120; ++i) taken += (*video)->TryAdd(frame) ? 1 : 0;
  CHECK_FALSE((*video)->TryAdd(Gradient({8, 8})));  // of another size: not counted
  const auto outcome = (*video)->Finish();
  REQUIRE(outcome.ok());
  CHECK(outcome->frames == taken);
  CHECK(outcome->dropped == 120 - taken);
}

TEST_CASE("what cannot be written is an error, and an old file stays") {
  const Folder folder;
  CHECK_FALSE(VideoFile::Create(SettingsFor(folder / "no" / "such" / "folder.mp4")).ok());
  std::ofstream(folder / "old.mp4") << "old";
  {
    auto abandoned = VideoFile::Create(SettingsFor(folder / "old.mp4"));
    REQUIRE(abandoned.ok());
    (*abandoned)->AddWaiting(Gradient({64, 48}));
  }
  CHECK(ReadAll(folder / "old.mp4") == "old");
  auto empty = VideoFile::Create(SettingsFor(folder / "old.mp4"));
  REQUIRE(empty.ok());
  CHECK_FALSE((*empty)->Finish().ok());
  CHECK(ReadAll(folder / "old.mp4") == "old");
  CHECK(folder.files() == 1);
}

TEST_CASE("a disk that fills up ends the recording with the reason") {
  if (!fs::exists("/dev/full")) return;
  auto writer = MotionJpegWriter::Create("/dev/full", {64, 48}, 30);
  if (writer.ok()) {
    Status status;
    const std::string jpeg = EncodeJpeg(Gradient({64, 48}), 90);
    for (int i = 0; i < 100 && status.ok(); ++i) status = (*writer)->Add(jpeg);
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().message.find("No space left") != std::string::npos);
  } else {
    CHECK(writer.error().message.find("No space left") != std::string::npos);
  }
}

TEST_CASE("a program that is not there is named") {
  const Status status = RunChild({"lookout-no-such-program"}, 1.0, {});
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().message.find("lookout-no-such-program") != std::string::npos);
}

}  // namespace lookout::app
