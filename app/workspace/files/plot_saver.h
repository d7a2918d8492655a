// Writes plots into files on a thread of its own, so that a slow disk never holds up a frame. Its
// methods are the window thread's.
#pragma once

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "app/workers/runtime/mailbox.h"
#include "ui/commands.h"

namespace lookout::app {

// The curves as text: a column of x and a column for each curve, with its band, by its name.
std::string PlotAsCsv(const ui::PlotTable& plot);
// The same as a picture.
std::string PlotAsSvg(const ui::PlotTable& plot);

class PlotSaver {
 public:
  PlotSaver();

  // Into the folder "plots" beside the project, under a name that is free. Returns at once.
  void Save(ui::SavePlot request, std::filesystem::path project);

  struct Outcome {
    bool saved = false;
    std::string message;
  };
  bool Take(std::vector<Outcome>& out) { return outcomes_.Take(out); }

 private:
  struct Job {
    ui::SavePlot request;
    std::filesystem::path project;
  };
  void Run(const std::stop_token& stop);

  Mailbox<Job> jobs_;
  Mailbox<Outcome> outcomes_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
