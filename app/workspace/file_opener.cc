#include "app/workspace/file_opener.h"

#include <utility>

namespace lookout::app {

FileOpener::FileOpener(EnvironmentFactory factory)
    : factory_(std::move(factory)), thread_([this](const std::stop_token& stop) { Run(stop); }) {}

// One path at a time, so that the program's end never waits for five hundred.
void FileOpener::Run(const std::stop_token& stop) {
  std::vector<std::vector<std::filesystem::path>> jobs;
  while (jobs_.WaitAndTake(jobs, stop)) {
    for (const std::vector<std::filesystem::path>& paths : jobs) {
      OpenedFiles files;
      for (const std::filesystem::path& path : paths) {
        if (stop.stop_requested()) return;
        LookAtFile(path, factory_, files);
      }
      outcomes_.Put(std::move(files));
    }
  }
}

}  // namespace lookout::app
