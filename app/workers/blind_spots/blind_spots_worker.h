// The blind-spots worker: the thread that searches for moments in which a cost model is wrong. It
// rests while nobody asks. Its methods may be called by any thread, its news is read by one.
#pragma once

#include <cstdint>
#include <utility>

#include "app/workers/blind_spots/blind_spots_request.h"
#include "app/workers/runtime/answering_thread.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

class BlindSpotsWorker {
 public:
  // cameras: what draws for robots that observe through their camera.
  explicit BlindSpotsWorker(sim::CameraFactory cameras);

  // See AnsweringThread.
  void Ask(BlindSpotsRequest request) { thread_.Ask(std::move(request)); }
  void Abandon(std::int64_t next_number) { thread_.Abandon(next_number); }
  Mailbox<BlindSpotsNews>& news() { return thread_.news(); }
  void RequestStop() { thread_.RequestStop(); }

 private:
  AnsweringThread<BlindSpotsRequest, BlindSpotsNews> thread_;
};

}  // namespace lookout::app
