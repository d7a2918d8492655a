#include "app/platform/video_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "app/platform/child_process.h"
#include "app/platform/image_codec.h"
#include "app/platform/motion_jpeg.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

// Beside the target, so that a rename is enough; hidden, and told apart by process.
fs::path Beside(const fs::path& path, const std::string& ending) {
  return path.parent_path() / fmt::format(".{}.{}{}", path.filename().string(), getpid(), ending);
}

void Remove(const fs::path& path) {
  std::error_code ignored;  // a temporary that is left over harms nobody
  fs::remove(path, ignored);
}

Status Rename(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::rename(from, to, failed);
  if (!failed) return {};
  return Error{"Cannot put the video at " + to.string() + ": " + failed.message() + ". It is at " +
               from.string() + "."};
}

// H.264 with even sides, for players that know nothing else.
std::vector<std::string> TranscodeCommand(const std::string& ffmpeg, const fs::path& from,
                                          const fs::path& to) {
  return {ffmpeg,        "-nostdin", "-v",
          "error",       "-y",       "-i",
          from.string(), "-vf",      "pad=ceil(iw/2)*2:ceil(ih/2)*2",
          "-c:v",        "libx264",  "-preset",
          "veryfast",    "-crf",     "20",
          "-pix_fmt",    "yuv420p",  "-movflags",
          "+faststart",  to.string()};
}

}  // namespace

Result<std::unique_ptr<VideoFile>> VideoFile::Create(VideoSettings settings) {
  if (settings.size.empty() || settings.frames_per_second <= 0) {
    return Error{"A video needs a picture of at least one pixel and at least one frame per second.",
                 ErrorCode::kUsage};
  }
  auto writer = MotionJpegWriter::Create(Beside(settings.path, ".avi"), settings.size,
                                         settings.frames_per_second);
  if (!writer) return writer.error();
  return std::unique_ptr<VideoFile>(new VideoFile(std::move(settings), std::move(*writer)));
}

VideoFile::VideoFile(VideoSettings settings, std::unique_ptr<MotionJpegWriter> writer)
    : settings_(std::move(settings)),
      temporary_(Beside(settings_.path, ".avi")),
      writer_(std::move(writer)),
      thread_([this](std::stop_token stop) { Run(std::move(stop)); }) {}

VideoFile::~VideoFile() {
  thread_.request_stop();
  thread_.join();
  Remove(temporary_);  // gone already if it was finished
}

bool VideoFile::Fits(const ui::RgbImage& frame) const {
  return frame.size == settings_.size &&
         frame.pixels.size() == 3 * static_cast<std::size_t>(frame.size.width) * frame.size.height;
}

bool VideoFile::TryAdd(ui::RgbImage frame) {
  if (!Fits(frame)) return false;
  {
    const std::scoped_lock lock(mutex_);
    if (queue_.size() >= kQueueFrames || finishing_) {
      ++dropped_;
      return false;
    }
    queue_.push_back(std::move(frame));
  }
  changed_.notify_all();
  return true;
}

void VideoFile::AddWaiting(ui::RgbImage frame) {
  if (!Fits(frame)) return;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return queue_.size() < kQueueFrames || outcome_.has_value(); });
    queue_.push_back(std::move(frame));
  }
  changed_.notify_all();
}

void VideoFile::RequestFinish() {
  {
    const std::scoped_lock lock(mutex_);
    finishing_ = true;
  }
  changed_.notify_all();
}

std::optional<Result<VideoOutcome>> VideoFile::TakeOutcome() {
  const std::scoped_lock lock(mutex_);
  return outcome_;
}

Result<VideoOutcome> VideoFile::Finish() {
  RequestFinish();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return outcome_.has_value(); });
  return *outcome_;
}

void VideoFile::Run(std::stop_token stop) {
  EncodeFrames(stop);
  if (stop.stop_requested()) return;
  Result<VideoOutcome> outcome = Complete(stop);
  {
    const std::scoped_lock lock(mutex_);
    outcome_ = std::move(outcome);
  }
  changed_.notify_all();
}

void VideoFile::EncodeFrames(std::stop_token stop) {
  while (true) {
    ui::RgbImage frame;
    {
      std::unique_lock lock(mutex_);
      const auto something = [this] { return !queue_.empty() || finishing_; };
      if (!changed_.wait(lock, stop, something)) return;
      if (queue_.empty()) return;
      frame = std::move(queue_.front());
      queue_.pop_front();
    }
    changed_.notify_all();  // there is room again
    // After a failure frames are only taken off, so that nobody waits for room for ever.
    if (failure_.ok()) failure_ = writer_->Add(EncodeJpeg(frame, settings_.jpeg_quality));
  }
}

Result<VideoOutcome> VideoFile::Complete(std::stop_token stop) {
  VideoOutcome outcome;
  outcome.frames = writer_->frames();
  {
    const std::scoped_lock lock(mutex_);
    outcome.dropped = dropped_;
  }
  if (Status status = writer_->Finish(); !status) {
    Remove(temporary_);
    return failure_.ok() ? status.error() : failure_.error();
  }
  if (!failure_.ok()) outcome.remark = failure_.error().message;
  if (outcome.frames == 0) {
    Remove(temporary_);
    return failure_.ok() ? Error{"The video would be empty: no picture was recorded."}
                         : failure_.error();
  }

  const fs::path mp4 = Beside(settings_.path, ".mp4");
  Status transcoded = Error{"no ffmpeg is installed", ErrorCode::kFailure};
  if (!settings_.ffmpeg.empty()) {
    transcoded = RunChild(TranscodeCommand(settings_.ffmpeg, temporary_, mp4),
                          settings_.ffmpeg_patience_s, stop);
  }
  outcome.path = settings_.path;
  if (!transcoded.ok()) {
    Remove(mp4);
    outcome.path.replace_extension(".avi");
    outcome.remark += (outcome.remark.empty() ? "" : " ") + std::string("Kept as AVI: ") +
                      transcoded.error().message + ".";
  }
  const Status placed = Rename(transcoded.ok() ? mp4 : temporary_, outcome.path);
  if (!placed.ok()) return placed.error();
  if (transcoded.ok()) Remove(temporary_);
  return outcome;
}

}  // namespace lookout::app
