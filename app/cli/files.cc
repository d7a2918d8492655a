#include "app/cli/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

Error CannotWrite(const fs::path& path) {
  return Error{"Cannot write " + path.string() + ": " + std::strerror(errno) + "."};
}

bool WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(descriptor) == 0;
}

}  // namespace

Result<std::string> ReadWholeFile(const fs::path& path, std::uintmax_t most_bytes) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    return BadInput(path.string() + " does not exist or is not a file.");
  }
  const std::uintmax_t size = fs::file_size(path, error);
  if (error || size > most_bytes) {
    return BadInput(path.string() + " is too large to be read (" + std::to_string(size) +
                    " bytes).");
  }
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(size, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!stream) return BadInput("Cannot read " + path.string() + ".");
  return bytes;
}

Status WriteFileAtomically(const fs::path& path, std::string_view bytes) {
  const fs::path neighbour = path.string() + ".part";
  const int descriptor = open(neighbour.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return CannotWrite(neighbour);
  bool written = WriteAll(descriptor, bytes);
  written = close(descriptor) == 0 && written;
  if (written && rename(neighbour.c_str(), path.c_str()) == 0) return {};
  const Error error = CannotWrite(path);
  unlink(neighbour.c_str());
  return error;
}

}  // namespace lookout::app
