// Saves screenshots on a thread of its own, so that encoding and the disk never hold up a frame.
#pragma once

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "app/workers/runtime/mailbox.h"
#include "sim/base/result.h"
#include "ui/viewport/painting/rgb_image.h"

namespace lookout::app {

class PictureSaver {
 public:
  PictureSaver();
  // Finishes what is still to be saved.
  ~PictureSaver();

  void Save(std::filesystem::path path, ui::RgbImage image);

  // What became of a picture: where it is, or why it is not.
  struct Outcome {
    std::filesystem::path path;
    Status status;
  };
  // Takes every outcome since the last call; true if there was one.
  bool Take(std::vector<Outcome>& out) { return outcomes_.Take(out); }

 private:
  struct Job {
    std::filesystem::path path;
    ui::RgbImage image;
  };
  void Run(const std::stop_token& stop);

  Mailbox<Job> jobs_;
  Mailbox<Outcome> outcomes_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
