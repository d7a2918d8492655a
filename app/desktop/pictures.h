// Screenshots and videos of the window, in the folder that a person chose. Encoding and the disk
// have threads of their own. Window thread only; nothing here waits but the end.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/desktop/picture_saver.h"
#include "app/platform/video_file.h"
#include "sim/base/result.h"
#include "ui/viewport/painting/rgb_image.h"

namespace lookout::app {

class Pictures {
 public:
  static constexpr int kVideoRate_hz = 30;
  // Takes a picture of what is on screen.
  using ReadPicture = std::function<ui::RgbImage()>;

  Pictures() = default;
  // Finishes a video that is being recorded.
  ~Pictures();
  Pictures(const Pictures&) = delete;
  Pictures& operator=(const Pictures&) = delete;

  // As typed, which may begin with "~"; empty: the person's pictures, or else beside the project.
  void SetFolder(const std::string& typed, const std::filesystem::path& project);

  void Save(ui::RgbImage image);

  // Begins a video. Fails if the folder cannot be written to.
  Status StartVideo(ui::SizePx size);
  void StopVideo();
  // Once a frame: takes as many pictures as have become due, so that the video runs at the speed of
  // the window however irregular that is. A picture of another size ends the video.
  void Advance(double elapsed_s, const ReadPicture& read);

  bool recording() const { return video_ != nullptr; }
  bool finishing() const { return !finishing_.empty(); }
  double recorded_s() const { return recorded_s_; }

  // What a person should know: saved where, or why not.
  struct News {
    bool bad = false;
    std::string text;
  };
  std::vector<News> TakeNews();

 private:
  std::filesystem::path NextPath(const char* ending);

  std::filesystem::path folder_;
  std::filesystem::path first_path_;       // of the present second and kind
  std::set<std::filesystem::path> given_;  // that were given out in it, whether written yet or not
  PictureSaver saver_;
  std::vector<PictureSaver::Outcome> saved_;
  std::unique_ptr<VideoFile> video_;
  std::vector<std::unique_ptr<VideoFile>> finishing_;
  ui::SizePx video_size_;
  double recorded_s_ = 0.0;
  std::int64_t recorded_frames_ = 0;
};

// "lookout-2026-11-23-05-41-07" and the ending, by the local time.
std::string PictureName(const char* ending);

}  // namespace lookout::app
