// What a learned blocker would have done on recorded steps that somebody oversaw: the request, and
// how it is answered. Values; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "app/workers/runtime/recording_handle.h"
#include "ui/oversight.h"

namespace lookout::app {

struct BlockerRequest {
  struct Episode {
    RecordingHandle recording;
    std::uint64_t observation_hash = 0;  // of its observation's signature; 0: nobody knows
  };

  std::filesystem::path file;
  std::vector<Episode> episodes;   // the newest first
  RecordingLoader load = nullptr;  // of those that nobody has in memory
};

// Measured on the episodes in which somebody stepped in, up to a hundred thousand steps. Where
// nobody did, the rows are those of the file itself, from episodes that were kept from its fit. An
// episode that cannot be read, of another observation, or in which a blocker itself stepped in does
// not count. `stopped` is asked between two episodes. What cannot be read as a blocker is a problem
// in words.
ui::BlockerOnScreen MeasureBlocker(const BlockerRequest& request,
                                   const std::function<bool()>& stopped = {});

}  // namespace lookout::app
