#include "app/workers/read_file.h"

#include <fstream>
#include <system_error>

namespace lookout::app {

Result<std::string> ReadFile(const std::filesystem::path& path, std::size_t max_bytes) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(path, failed)) {
    return BadInput(path.string() + " is not a file that can be read: check the path.");
  }
  const std::uintmax_t size = std::filesystem::file_size(path, failed);
  if (failed || size > max_bytes) {
    return BadInput(path.string() + " is larger than the " + std::to_string(max_bytes) +
                    " bytes that are read: choose another file.");
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file) return BadInput(path.string() + " cannot be read: check its permissions.");
  return bytes;
}

}  // namespace lookout::app
