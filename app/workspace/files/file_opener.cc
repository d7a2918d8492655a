#include "app/workspace/files/file_opener.h"

#include <utility>

#include "app/platform/files.h"

namespace lookout::app {

FileOpener::FileOpener(EnvironmentFactory factory)
    : factory_(std::move(factory)), thread_([this](const std::stop_token& stop) { Run(stop); }) {}

// One path at a time, so that the program's end never waits for five hundred.
OpenedFiles FileOpener::Do(const Job& job, const std::stop_token& stop) const {
  OpenedFiles files;
  if (const auto* file = std::get_if<FileToWrite>(&job)) {
    if (const Status written = WriteWholeFile(file->path, file->bytes)) {
      if (!file->told.empty()) files.written.push_back(file->told);
    } else {
      files.refused.push_back({file->path, written.error().message});
    }
    return files;
  }
  const auto& to_open = std::get<FilesToOpen>(job);
  files.reopened = to_open.reopened;
  for (const std::filesystem::path& path : to_open.paths) {
    if (stop.stop_requested()) return files;
    LookAtFile(path, factory_, files);
  }
  return files;
}

void FileOpener::Run(const std::stop_token& stop) {
  std::vector<Job> jobs;
  while (jobs_.WaitAndTake(jobs, stop)) {
    for (const Job& job : jobs) outcomes_.Put(Do(job, stop));
  }
}

}  // namespace lookout::app
