// `lookout conform FILE_OR_DIR...`: replays recordings of the original Safety Gym and prints how
// far this program is from them. Main thread.
#pragma once

#include <string>
#include <vector>

namespace lookout {

// A folder stands for all *.jsonl.gz below it. Prints the table on standard output and bad files on
// standard error. Returns 0 if every case that could be replayed passed, 1 if one missed, 4 if a
// file could not be read or there was nothing to read.
int RunConform(const std::vector<std::string>& paths);

}  // namespace lookout
