// Opens files on a thread of its own, so that a slow disk or a large world never holds up a frame.
// Its methods are the window thread's.
#pragma once

#include <filesystem>
#include <thread>
#include <vector>

#include "app/workers/runtime/mailbox.h"
#include "app/workspace/opened_files.h"

namespace lookout::app {

class FileOpener {
 public:
  explicit FileOpener(EnvironmentFactory factory);

  // Returns at once; the outcome comes with a later Take.
  void Open(std::vector<std::filesystem::path> paths) { jobs_.Put(std::move(paths)); }

  // Takes what has been opened since the last call, one entry for each Open; true if there is any.
  bool Take(std::vector<OpenedFiles>& out) { return outcomes_.Take(out); }

 private:
  void Run(const std::stop_token& stop);

  EnvironmentFactory factory_;
  Mailbox<std::vector<std::filesystem::path>> jobs_;
  Mailbox<OpenedFiles> outcomes_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
