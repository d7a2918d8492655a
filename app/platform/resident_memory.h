// How much memory the program holds. Any thread.
#pragma once

#include <unistd.h>

#include <cstddef>
#include <fstream>

namespace lookout::app {

// Bytes of the process that are in the machine's memory; 0 where the system does not say.
inline std::size_t ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t pages = 0;
  std::size_t resident_pages = 0;
  if (!(file >> pages >> resident_pages)) return 0;
  return resident_pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace lookout::app
