#include "app/cli/bench/bench.h"

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

#include "app/cli/bench/bench_env.h"
#include "app/cli/bench/bench_soak.h"
#include "app/cli/bench/bench_train.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/desktop/desktop.h"
#include "app/platform/gl_context.h"
#include "app/project/files/durable_file.h"
#include "app/workspace/workspace.h"

namespace lookout::app {
namespace {

struct UiBenchOptions {
  double seconds = 20.0;
  int width = 1280;
  int height = 720;
  bool training = true;
  bool window = false;
};

void RunFrames(Desktop& desktop, double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < end && desktop.Frame()) {
  }
}

void PrintRow(const FrameTimes& times, const char* name, double FrameTime::*part) {
  std::printf("%-28s %8.3f %8.3f %8.3f %8.3f\n", name, times.PercentileOf(part, 0.5),
              times.PercentileOf(part, 0.95), times.PercentileOf(part, 0.99),
              times.PercentileOf(part, 1.0));
}

Status BenchUi(const UiBenchOptions& options) {
  const Result<TemporaryFolder> folder = TemporaryFolder::Create();
  if (!folder) return folder.error();
  const ui::SizePx size{options.width, options.height};
  Result<std::unique_ptr<GlContext>> gl =
      options.window ? OpenWindow({.size = size}) : OpenOffscreen(size);
  if (!gl) return gl.error();
  Result<std::unique_ptr<Workspace>> workspace =
      Workspace::Open({.project = folder->path() / "bench.lookout"});
  if (!workspace) return workspace.error();
  Desktop desktop(**gl, **workspace, R"({"welcome_dismissed": true, "side_tab": 2})");
  if (options.training) {
    (*workspace)
        ->controller()
        .Send(ui::TrainerCommand{ui::StartTraining{.environment = kDefaultEnvironment,
                                                   .settings = agents::TrainingSettings{}}});
  }
  RunFrames(desktop, 2.0);  // fonts, shaders, first episode
  desktop.frame_times().Clear();
  RunFrames(desktop, options.seconds);

  const FrameTimes& times = desktop.frame_times();
  const WorkerSnapshots workers = (*workspace)->workers();
  std::printf("%zu frames in %.0f s at %dx%d on %s; training %s\n", times.times().size(),
              options.seconds, options.width, options.height, (*gl)->description().renderer.c_str(),
              ui::TrainingStateName(workers.training.state));
  std::printf("%-28s %8s %8s %8s %8s\n", "milliseconds", "median", "95 %", "99 %", "worst");
  PrintRow(times, "panels", &FrameTime::ui_ms);
  PrintRow(times, "panels, processor time", &FrameTime::ui_busy_ms);
  PrintRow(times, "3-D view", &FrameTime::view_ms);
  PrintRow(times, "frame to frame", &FrameTime::whole_ms);
  std::printf(
      "By the clock, panels also count the time for which another thread had the processor: the\n"
      "one that trains, the software renderer. Their processor time is what they cost by "
      "themselves.\n");
  return {};
}

void AddEnvBench(CLI::App& bench, int& exit_code) {
  auto options = std::make_shared<EnvBenchOptions>();
  CLI::App* env = bench.add_subcommand(
      "env", "Speed of the environments, beside MuJoCo alone doing the same physics.");
  env->add_option("--env", options->environments, "Environments; else all 27 levels of the suite.");
  env->add_option("--workers", options->workers, "Also measure this many threads against one.")
      ->check(Between(1, 256));
  env->add_option("--seconds", options->seconds,
                  "How long each side of each environment, at least.")
      ->check(Between(0.1, 3600.0))
      ->capture_default_str();
  env->add_flag("--quick", options->quick, "A few steps of each, to see that it works.");
  env->callback([options, &exit_code] { exit_code = RunEnvBench(*options); });
}

}  // namespace

void AddBenchCommand(CLI::App& app, int& exit_code) {
  CLI::App* bench = app.add_subcommand("bench", "Measure this program on this machine.");
  bench->require_subcommand(1);
  AddEnvBench(*bench, exit_code);
  AddBenchTrainCommand(*bench, exit_code);
  AddBenchSoakCommand(*bench, exit_code);
  auto options = std::make_shared<UiBenchOptions>();
  CLI::App* ui = bench->add_subcommand("ui", "Frame times of the window while an agent trains.");
  ui->add_option("--seconds", options->seconds, "How long.")
      ->check(Between(1.0, 3600.0))
      ->capture_default_str();
  ui->add_option("--width", options->width, "Of the window.")->check(Between(640, 16384));
  ui->add_option("--height", options->height, "Of the window.")->check(Between(360, 16384));
  ui->add_flag("!--no-training", options->training, "Without an agent that trains.");
  ui->add_flag("--window", options->window, "In a real window instead of offscreen.");
  ui->callback([options, &exit_code] {
    const Status measured = BenchUi(*options);
    if (measured) return;
    exit_code = Fail(measured.error());
  });
}

}  // namespace lookout::app
