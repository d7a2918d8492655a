// Reads TensorBoard event files back, as their format says and apart from the program's writer.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lookout::app {

struct EventRead {
  double wall_time_s = 0.0;
  std::int64_t step = 0;
  std::string file_version;  // of a file's first event
  bool starts_session = false;
  std::map<std::string, float> scalars;
};

// CRC-32C bit by bit, by the polynomial itself.
std::uint32_t SlowCrc32c(std::string_view bytes);

// Fails the test on a broken record.
std::vector<EventRead> ReadEvents(std::string_view file);

// What TensorBoard shows for a tag, over all files in order: the values by step, without those
// that a later session start has made void.
std::map<std::int64_t, float> ShownValues(const std::vector<std::string>& files,
                                          const std::string& tag);

}  // namespace lookout::app
