#include "app/desktop/picture_saver.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "app/platform/image_file.h"

namespace lookout::app {
namespace fs = std::filesystem;

PictureSaver::PictureSaver() : thread_([this](const std::stop_token& stop) { Run(stop); }) {}

PictureSaver::~PictureSaver() {
  thread_.request_stop();
  thread_.join();
}

void PictureSaver::Save(fs::path path, ui::RgbImage image) {
  jobs_.Put({std::move(path), std::move(image)});
}

void PictureSaver::Run(const std::stop_token& stop) {
  std::vector<Job> jobs;
  do {
    jobs_.WaitAndTake(jobs, stop);
    for (const Job& job : jobs) outcomes_.Put({job.path, WriteImage(job.path, job.image)});
  } while (!stop.stop_requested() || !jobs.empty());
}

fs::path ScreenshotPath(const fs::path& project) {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 64> name{};
  std::strftime(name.data(), name.size(), "lookout-%Y-%m-%d-%H-%M-%S.png", &local);
  std::error_code ignored;
  if (const char* home = std::getenv("HOME"); home != nullptr) {
    const fs::path pictures = fs::path(home) / "Pictures";
    if (fs::is_directory(pictures, ignored)) return pictures / name.data();
  }
  return fs::absolute(project, ignored).parent_path() / name.data();
}

}  // namespace lookout::app
