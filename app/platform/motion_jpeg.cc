#include "app/platform/motion_jpeg.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace lookout::app {
namespace {

// The words of a RIFF file are little-endian; a chunk is its name, its length and its content,
// padded to an even length (Microsoft, AVI RIFF File Reference).
std::string Word32(std::uint32_t value) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>(value >> shift));
  return bytes;
}

std::string Word16(std::uint32_t value) { return Word32(value).substr(0, 2); }

std::string Zeros(std::size_t count) { return std::string(count, '\0'); }

std::string Chunk(std::string_view name, const std::string& content) {
  return std::string(name) + Word32(static_cast<std::uint32_t>(content.size())) + content +
         Zeros(content.size() % 2);
}

std::string List(std::string_view kind, const std::string& content) {
  return Chunk("LIST", std::string(kind) + content);
}

constexpr std::uint64_t kMostBytes = 0xFFFF0000U;
constexpr std::uint32_t kHasIndex = 0x10;
constexpr std::uint32_t kKeyFrame = 0x10;

struct HeaderFigures {
  ui::SizePx size;
  std::uint32_t frames_per_second = 0;
  std::uint32_t frames = 0;
  std::uint32_t largest_frame = 0;  // bytes
};

std::string HeaderList(const HeaderFigures& figures) {
  const auto width = static_cast<std::uint32_t>(figures.size.width);
  const auto height = static_cast<std::uint32_t>(figures.size.height);
  const std::string main_header = Word32(1'000'000 / figures.frames_per_second) +
                                  Word32(figures.largest_frame * figures.frames_per_second) +
                                  Word32(0) + Word32(kHasIndex) + Word32(figures.frames) +
                                  Word32(0) + Word32(1) + Word32(figures.largest_frame) +
                                  Word32(width) + Word32(height) + Zeros(16);
  const std::string stream_header =
      "vidsMJPG" + Zeros(12) + Word32(1) + Word32(figures.frames_per_second) + Word32(0) +
      Word32(figures.frames) + Word32(figures.largest_frame) + Word32(0xFFFFFFFFU) + Word32(0) +
      Zeros(4) + Word16(width) + Word16(height);
  const std::string bitmap_header = Word32(40) + Word32(width) + Word32(height) + Word16(1) +
                                    Word16(24) + "MJPG" + Word32(3 * width * height) + Zeros(16);
  return List("hdrl", Chunk("avih", main_header) + List("strl", Chunk("strh", stream_header) +
                                                                    Chunk("strf", bitmap_header)));
}

}  // namespace

Error MotionJpegWriter::Failed() const {
  return {"Cannot write the video " + path_.string() + ": " + std::strerror(errno) +
          ". Free some space or choose another folder."};
}

Result<std::unique_ptr<MotionJpegWriter>> MotionJpegWriter::Create(
    const std::filesystem::path& path, ui::SizePx size, int frames_per_second) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) {
    return Error{"Cannot create the video " + path.string() + ": " + std::strerror(errno) +
                 ". Choose a folder that can be written."};
  }
  std::unique_ptr<MotionJpegWriter> writer(
      new MotionJpegWriter(path, file, size, frames_per_second));
  if (Status status = writer->WriteHeader(); !status) return status.error();
  return writer;
}

Status MotionJpegWriter::Write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) return Failed();
  written_ += bytes.size();
  return {};
}

// Written twice: with empty figures to take its place, and with the true ones at the end.
Status MotionJpegWriter::WriteHeader() {
  const HeaderFigures figures{size_, static_cast<std::uint32_t>(frames_per_second_),
                              static_cast<std::uint32_t>(index_.size()), largest_};
  std::uint32_t movi_size = 4;
  if (!index_.empty()) {
    const IndexEntry& last = index_.back();
    movi_size = last.offset + 8 + last.size + last.size % 2;
  }
  const std::string header = HeaderList(figures);
  const std::uint64_t riff_size = std::max<std::uint64_t>(written_, 8) - 8;
  return Write("RIFF" + Word32(static_cast<std::uint32_t>(riff_size)) + "AVI " + header + "LIST" +
               Word32(movi_size) + "movi");
}

Status MotionJpegWriter::Add(std::string_view jpeg) {
  const std::uint64_t index_bytes = 16 * (index_.size() + 2);
  if (written_ + jpeg.size() + index_bytes > kMostBytes) {
    return Error{"The video " + path_.string() +
                 " has reached 4 GB, the most that its format holds; it ends here. Record shorter "
                 "pieces or a smaller picture."};
  }
  const auto size = static_cast<std::uint32_t>(jpeg.size());
  IndexEntry entry{4, size};
  if (!index_.empty()) {
    const IndexEntry& last = index_.back();
    entry.offset = last.offset + 8 + last.size + last.size % 2;
  }
  if (Status status = Write("00dc" + Word32(size)); !status) return status;
  if (Status status = Write(jpeg); !status) return status;
  if (Status status = Write(Zeros(size % 2)); !status) return status;
  index_.push_back(entry);
  largest_ = std::max(largest_, size);
  return {};
}

Status MotionJpegWriter::Finish() {
  std::string entries;
  for (const IndexEntry& entry : index_) {
    entries += "00dc" + Word32(kKeyFrame) + Word32(entry.offset) + Word32(entry.size);
  }
  if (Status status = Write(Chunk("idx1", entries)); !status) return status;
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0) return Failed();
  if (Status status = WriteHeader(); !status) return status;
  if (std::fflush(file_.get()) != 0 || fsync(fileno(file_.get())) != 0) return Failed();
  return {};
}

}  // namespace lookout::app
