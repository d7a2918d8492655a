// Opens and writes files on a thread of its own, so that a slow disk or a large world never holds
// up a frame. Its methods are the window thread's.
#pragma once

#include <filesystem>
#include <stop_token>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "app/workers/runtime/mailbox.h"
#include "app/workspace/files/opened_files.h"

namespace lookout::app {

class FileOpener {
 public:
  explicit FileOpener(EnvironmentFactory factory);

  // Returns at once; the outcome comes with a later Take.
  // `reopened`: an earlier sitting had opened them.
  void Open(std::vector<std::filesystem::path> paths, bool reopened = false) {
    jobs_.Put(FilesToOpen{std::move(paths), reopened});
  }

  // The same for a file to be written.
  void Write(FileToWrite file) { jobs_.Put(std::move(file)); }

  // Takes what has been opened since the last call, one entry for each call; true if there is any.
  bool Take(std::vector<OpenedFiles>& out) { return outcomes_.Take(out); }

 private:
  struct FilesToOpen {
    std::vector<std::filesystem::path> paths;
    bool reopened = false;
  };
  using Job = std::variant<FilesToOpen, FileToWrite>;

  OpenedFiles Do(const Job& job, const std::stop_token& stop) const;
  void Run(const std::stop_token& stop);

  EnvironmentFactory factory_;
  Mailbox<Job> jobs_;
  Mailbox<OpenedFiles> outcomes_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
