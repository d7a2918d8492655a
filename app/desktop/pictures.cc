#include "app/desktop/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "app/platform/files.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kMostCopies = 8;  // of one picture, after a pause of the window

fs::path UsualFolder(const fs::path& project) {
  std::error_code ignored;
  if (const char* home = std::getenv("HOME"); home != nullptr) {
    const fs::path pictures = fs::path(home) / "Pictures";
    if (fs::is_directory(pictures, ignored)) return pictures;
  }
  return fs::absolute(project, ignored).parent_path();
}

Pictures::News NewsOf(const Result<VideoOutcome>& outcome) {
  if (!outcome) return {true, outcome.error().message};
  std::string text = "Video saved as " + outcome->path.string() + ".";
  if (!outcome->remark.empty()) text += " " + outcome->remark;
  if (outcome->dropped > 0) {
    text += fmt::format(" {} pictures are missing: the machine was too busy to encode them.",
                        outcome->dropped);
  }
  return {false, std::move(text)};
}

}  // namespace

std::string PictureName(const char* ending) {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 64> name{};
  std::strftime(name.data(), name.size(), "lookout-%Y-%m-%d-%H-%M-%S", &local);
  return std::string(name.data()) + ending;
}

Pictures::~Pictures() {
  StopVideo();
  for (const auto& video : finishing_) static_cast<void>(video->Finish());
}

void Pictures::SetFolder(const std::string& typed, const fs::path& project) {
  folder_ = typed.empty() ? UsualFolder(project) : ExpandHome(typed);
}

// Two pictures of one second have different names.
fs::path Pictures::NextPath(const char* ending) {
  const fs::path path = folder_ / PictureName(ending);
  if (path != first_path_) given_.clear();
  first_path_ = path;
  fs::path free = path;
  std::error_code ignored;
  for (int number = 2; given_.contains(free) || fs::exists(free, ignored); ++number) {
    free = path;
    free.replace_filename(fmt::format("{}-{}{}", path.stem().string(), number, ending));
  }
  given_.insert(free);
  return free;
}

void Pictures::Save(ui::RgbImage image) { saver_.Save(NextPath(".png"), std::move(image)); }

Status Pictures::StartVideo(ui::SizePx size) {
  StopVideo();
  const fs::path path = NextPath(".mp4");
  if (Status made = MakeFoldersAbove(path); !made) return made;
  Result<std::unique_ptr<VideoFile>> video =
      VideoFile::Create({.path = path, .size = size, .frames_per_second = kVideoRate_hz});
  if (!video) return video.error();
  video_ = std::move(*video);
  video_size_ = size;
  recorded_s_ = 0.0;
  recorded_frames_ = 0;
  return {};
}

void Pictures::StopVideo() {
  if (video_ == nullptr) return;
  video_->RequestFinish();
  finishing_.push_back(std::move(video_));
}

void Pictures::Advance(double elapsed_s, const ReadPicture& read) {
  if (video_ == nullptr) return;
  const auto due = static_cast<std::int64_t>(recorded_s_ * kVideoRate_hz) + 1 - recorded_frames_;
  recorded_s_ += elapsed_s;
  if (due <= 0) return;
  recorded_frames_ += due;
  const ui::RgbImage picture = read();
  if (picture.size != video_size_) return StopVideo();
  for (std::int64_t i = 0; i < std::min(due, kMostCopies); ++i) video_->TryAdd(picture);
}

std::vector<Pictures::News> Pictures::TakeNews() {
  std::vector<News> news;
  saver_.Take(saved_);
  for (const PictureSaver::Outcome& saved : saved_) {
    const std::string where = "Screenshot saved as " + saved.path.string() + ".";
    news.push_back({!saved.status.ok(), saved.status.ok() ? where : saved.status.error().message});
  }
  std::erase_if(finishing_, [&news](const std::unique_ptr<VideoFile>& video) {
    const auto outcome = video->TakeOutcome();
    if (outcome) news.push_back(NewsOf(*outcome));
    return outcome.has_value();
  });
  return news;
}

}  // namespace lookout::app
