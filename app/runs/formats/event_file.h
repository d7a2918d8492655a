// TensorBoard event files: scalars over steps, in records that TensorFlow, PyTorch and TensorBoard
// read. One writer, one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "sim/base/result.h"

namespace lookout::app {

struct Scalar {
  std::string_view tag;  // "Metrics/EpRet"
  double value = 0.0;
};

// The checksum of event files: CRC-32C (Castagnoli), reflected, as iSCSI uses it (RFC 3720).
std::uint32_t Crc32c(std::string_view bytes);

// One record: length, masked checksum of the length, data, masked checksum of the data.
std::string EventRecord(std::string_view event);

class EventFile {
 public:
  // Begins a new file in that folder, which is created if need be. TensorBoard shows the files of
  // a folder as one; what earlier ones say about `first_step` and later is void, because the run
  // goes on from a checkpoint before it.
  static Result<EventFile> Create(const std::filesystem::path& folder, std::int64_t first_step);

  // Values that are not finite are left out.
  Status Append(std::int64_t step, std::span<const Scalar> scalars) const;

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit EventFile(std::filesystem::path path) : path_(std::move(path)) {}
  Status Write(std::string_view records) const;

  std::filesystem::path path_;
};

}  // namespace lookout::app
