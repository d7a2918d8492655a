#include "app/desktop/picture_saver.h"

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

}  // namespace lookout::app
