#include "sim/conformance/gzip_file.h"

#include <zlib.h>

#include <filesystem>
#include <memory>

namespace lookout::sim {
namespace {

constexpr std::size_t kMostBytes = std::size_t{32} << 20;
constexpr std::size_t kBlockBytes = std::size_t{1} << 18;

struct GzipCloser {
  void operator()(gzFile_s* file) const { gzclose(file); }
};

}  // namespace

Status ReadGzipBlocks(const std::string& path,
                      const std::function<Status(std::string_view block)>& take) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    return BadInput(error ? "there is no such file" : "it is not a regular file");
  }
  const std::unique_ptr<gzFile_s, GzipCloser> file(gzopen(path.c_str(), "rb"));
  if (file == nullptr) return BadInput("it cannot be opened");
  std::string block(kBlockBytes, '\0');
  std::size_t total = 0;
  while (true) {
    const int count = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()));
    int state = Z_OK;
    gzerror(file.get(), &state);
    if (count < 0 || state != Z_OK) return BadInput("its compressed data are damaged or cut off");
    if (count == 0) return {};
    total += static_cast<std::size_t>(count);
    if (total > kMostBytes) return BadInput("it holds more than 32 MB");
    const std::string_view read(block.data(), static_cast<std::size_t>(count));
    if (Status taken = take(read); !taken.ok()) return taken;
  }
}

Result<std::string> ReadGzipFile(const std::string& path) {
  std::string text;
  const Status read = ReadGzipBlocks(path, [&text](std::string_view block) {
    text += block;
    return Status();
  });
  if (!read.ok()) return read.error();
  return text;
}

}  // namespace lookout::sim
