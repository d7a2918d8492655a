// Records pictures into a video on a thread of its own. Frames are kept as Motion JPEG while they
// come; at the end ffmpeg, if it is installed and works, makes an MP4 of them, else the AVI stays.
// So nothing that was recorded depends on ffmpeg. Calls: one thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "sim/base/result.h"
#include "ui/viewport/painting/rgb_image.h"

namespace lookout::app {

class MotionJpegWriter;

struct VideoSettings {
  std::filesystem::path path;  // of the MP4; the AVI, if it stays, has the ending ".avi"
  ui::SizePx size;
  int frames_per_second = 30;
  int jpeg_quality = 90;
  std::string ffmpeg = "ffmpeg";     // program to run; empty: none, keep the AVI
  double ffmpeg_patience_s = 300.0;  // it is ended after that long
};

struct VideoOutcome {
  std::filesystem::path path;  // what was written in the end
  std::int64_t frames = 0;
  std::int64_t dropped = 0;  // offered while the queue was full
  std::string remark;        // why it is no MP4, or why it ends early; empty if all is well
};

class VideoFile {
 public:
  // Fails if the file cannot be created beside settings.path.
  static Result<std::unique_ptr<VideoFile>> Create(VideoSettings settings);
  // Abandons what was not finished: the temporary is removed.
  ~VideoFile();
  VideoFile(const VideoFile&) = delete;
  VideoFile& operator=(const VideoFile&) = delete;

  // Never blocks: false if the queue is full (the frame is dropped and counted) or the size is not
  // that of the settings.
  bool TryAdd(ui::RgbImage frame);
  // For whoever has no person waiting: sleeps until there is room.
  void AddWaiting(ui::RgbImage frame);

  // Asks for the end; the outcome comes when the file is complete. Never blocks.
  void RequestFinish();
  // The outcome once there is one. An existing file at the path is replaced only by a whole new
  // one; on failure the temporary is removed.
  std::optional<Result<VideoOutcome>> TakeOutcome();
  // RequestFinish, then sleeps until the outcome is there.
  Result<VideoOutcome> Finish();

 private:
  static constexpr std::size_t kQueueFrames = 16;

  VideoFile(VideoSettings settings, std::unique_ptr<MotionJpegWriter> writer);
  void Run(std::stop_token stop);
  void EncodeFrames(std::stop_token stop);
  Result<VideoOutcome> Complete(std::stop_token stop);
  bool Fits(const ui::RgbImage& frame) const;

  const VideoSettings settings_;
  const std::filesystem::path temporary_;     // the AVI while it grows
  std::unique_ptr<MotionJpegWriter> writer_;  // thread_'s own

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<ui::RgbImage> queue_;
  bool finishing_ = false;
  std::int64_t dropped_ = 0;
  Status failure_;  // of the encoding
  std::optional<Result<VideoOutcome>> outcome_;

  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
