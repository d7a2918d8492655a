// An AVI file of JPEG pictures (OpenDML is not needed below 4 GB): plays everywhere, needs nothing.
// One thread at a time.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "sim/base/result.h"
#include "ui/viewport/painting/rgb_image.h"

namespace lookout::app {

class MotionJpegWriter {
 public:
  // Creates the file, replacing one that is there.
  static Result<std::unique_ptr<MotionJpegWriter>> Create(const std::filesystem::path& path,
                                                          ui::SizePx size, int frames_per_second);

  // One more picture, already a JPEG of the file's size. Fails on a full disk, and when the file
  // would pass the 4 GB that its format can address.
  Status Add(std::string_view jpeg);
  // Writes the index and the lengths, and flushes to the disk. Nothing may follow.
  Status Finish();

  std::int64_t frames() const { return static_cast<std::int64_t>(index_.size()); }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct IndexEntry {
    std::uint32_t offset = 0;  // from the "movi" word
    std::uint32_t size = 0;
  };

  MotionJpegWriter(std::filesystem::path path, std::FILE* file, ui::SizePx size,
                   int frames_per_second)
      : path_(std::move(path)), file_(file), size_(size), frames_per_second_(frames_per_second) {}
  Status Write(std::string_view bytes);
  Status WriteHeader();
  Error Failed() const;

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  ui::SizePx size_;
  int frames_per_second_;
  std::uint64_t written_ = 0;
  std::uint32_t largest_ = 0;
  std::vector<IndexEntry> index_;
};

}  // namespace lookout::app
