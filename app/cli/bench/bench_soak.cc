#include "app/cli/bench/bench_soak.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/desktop/desktop.h"
#include "app/platform/gl_context.h"
#include "app/platform/heap.h"
#include "app/platform/resident_memory.h"
#include "app/project/files/durable_file.h"
#include "app/workspace/workspace.h"

namespace lookout::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kWarmUpShare = 0.4;  // of the whole, where no other is asked for
constexpr double kQuickMinutes = 0.1;
constexpr int kSamples = 60;
constexpr auto kFrame = std::chrono::milliseconds(33);

struct SoakOptions {
  double minutes = 10.0;
  double warm_up_minutes = -1.0;  // negative: a share of the minutes
  double speed = 64.0;
  double marks_per_minute = 6.0;
  bool training = true;
  bool quick = false;
  bool json = false;
};

double MegabytesNow() { return static_cast<double>(ResidentBytes()) / (1024.0 * 1024.0); }

// What the window remembers, beside the process's memory.
struct Soaked {
  std::vector<MemorySample> samples;
  std::int64_t episodes = 0;
  int iterations = 0;
  int marks = 0;
};

// Marks the episode that was watched last, at a person's pace: unsafe and safe in turn.
class Marker {
 public:
  Marker(Workspace& workspace, double marks_per_minute)
      : workspace_(workspace), every_s_(60.0 / marks_per_minute) {}

  int marks() const { return marks_; }
  void Follow(double now_s) {
    if (now_s < due_s_) return;
    const EpisodeId live = workspace_.workers().player.episode;
    for (const ui::EpisodeSummary& row : workspace_.controller().episodes().summaries()) {
      if (row.id >= live || !row.in_memory || row.steps < kMarkedSteps) continue;
      due_s_ = now_s + every_s_;
      const bool safe = ++marks_ % 2 == 0;
      workspace_.controller().Send(ui::MarkCommand{
          ui::AddMark{{.episode = row.id,
                       .first_step = 1,
                       .last_step = kMarkedSteps,
                       .verdict = safe ? agents::Verdict::kSafe : agents::Verdict::kUnsafe}}});
      return;
    }
  }

 private:
  static constexpr StepIndex kMarkedSteps = 30;

  Workspace& workspace_;
  double every_s_;
  double due_s_ = 0.0;
  int marks_ = 0;
};

void Begin(Workspace& workspace, const SoakOptions& options) {
  WindowController& controller = workspace.controller();
  controller.Send(ui::PlayerCommand{ui::SetSpeed{options.speed}});
  if (!options.training) return;
  agents::TrainingSettings settings;
  settings.total_steps = 1'000'000'000;  // goes on for as long as the soak does
  controller.Send(ui::TrainerCommand{
      ui::StartTraining{.environment = kDefaultEnvironment, .settings = settings}});
}

void PrintRow(const SoakOptions& options, const Soaked& soaked) {
  if (options.json) return;
  const MemorySample& newest = soaked.samples.back();
  std::printf("%8.2f %12.1f %10lld %10d %8d\n", newest.seconds / 60.0, newest.resident_mb,
              static_cast<long long>(soaked.episodes), soaked.iterations, soaked.marks);
  std::fflush(stdout);
}

Soaked Soak(Desktop& desktop, Workspace& workspace, const SoakOptions& options) {
  Soaked soaked;
  Marker marker(workspace, options.marks_per_minute);
  const Clock::time_point start = Clock::now();
  const double whole_s = 60.0 * options.minutes;
  double sample_due_s = 0.0;
  for (double now_s = 0.0; now_s < whole_s && desktop.Frame();) {
    now_s = std::chrono::duration<double>(Clock::now() - start).count();
    if (options.marks_per_minute > 0.0) marker.Follow(now_s);
    soaked.marks = marker.marks();
    if (now_s >= sample_due_s) {
      const WorkerSnapshots workers = workspace.workers();
      soaked.episodes = workers.player.episode.value;
      soaked.iterations =
          workers.training.history ? static_cast<int>(workers.training.history->size()) : 0;
      soaked.samples.push_back({now_s, MegabytesNow()});
      PrintRow(options, soaked);
      sample_due_s += whole_s / kSamples;
    }
    std::this_thread::sleep_for(kFrame);
  }
  return soaked;
}

nlohmann::ordered_json OrNull(const std::optional<MemoryGrowth>& growth,
                              double MemoryGrowth::*figure) {
  return growth ? nlohmann::ordered_json((*growth).*figure) : nlohmann::ordered_json();
}

void PrintSummary(const SoakOptions& options, const Soaked& soaked, double warm_up_s) {
  const std::optional<MemoryGrowth> growth = GrowthOf(soaked.samples, warm_up_s);
  const auto largest = std::ranges::max_element(soaked.samples, {}, &MemorySample::resident_mb);
  if (options.json) {
    nlohmann::ordered_json samples = nlohmann::ordered_json::array();
    for (const MemorySample& sample : soaked.samples) {
      samples.push_back({{"seconds", sample.seconds}, {"resident_mb", sample.resident_mb}});
    }
    const nlohmann::ordered_json object{
        {"minutes", options.minutes},
        {"speed", options.speed},
        {"training", options.training},
        {"episodes", soaked.episodes},
        {"iterations", soaked.iterations},
        {"largest_mb", largest->resident_mb},
        {"marks", soaked.marks},
        {"warm_up_minutes", warm_up_s / 60.0},
        {"growth_mb_per_hour", OrNull(growth, &MemoryGrowth::mb_per_hour)},
        {"growth_uncertainty_mb_per_hour", OrNull(growth, &MemoryGrowth::uncertainty_mb_per_hour)},
        {"scatter_mb", OrNull(growth, &MemoryGrowth::scatter_mb)},
        {"samples", std::move(samples)}};
    std::printf("%s\n", object.dump(2).c_str());
    return;
  }
  std::printf("%.1f minutes at %gx, %s, %d marks: at most %.1f MB; %s\n", options.minutes,
              options.speed, options.training ? "an agent training" : "without training",
              soaked.marks, largest->resident_mb, GrowthText(soaked.samples, warm_up_s).c_str());
}

Status BenchSoak(SoakOptions options) {
  ReturnLargeBlocks();
  if (options.quick) options.minutes = kQuickMinutes;
  const double warm_up_s = 60.0 * (options.warm_up_minutes < 0.0 ? kWarmUpShare * options.minutes
                                                                 : options.warm_up_minutes);
  const Result<TemporaryFolder> folder = TemporaryFolder::Create();
  if (!folder) return folder.error();
  Result<std::unique_ptr<GlContext>> gl = OpenOffscreen({1280, 720});
  if (!gl) return gl.error();
  Result<std::unique_ptr<Workspace>> workspace =
      Workspace::Open({.project = folder->path() / "bench.lookout"});
  if (!workspace) return workspace.error();
  Desktop desktop(**gl, **workspace, R"({"welcome_dismissed": true, "side_tab": 2})");
  Begin(**workspace, options);
  if (!options.json) {
    std::printf("%8s %12s %10s %10s %8s\n", "minutes", "resident MB", "episode", "iteration",
                "marks");
  }
  const Soaked soaked = Soak(desktop, **workspace, options);
  if (soaked.samples.empty()) return Error{"The window closed before anything was measured."};
  PrintSummary(options, soaked, warm_up_s);
  return {};
}

}  // namespace

std::optional<MemoryGrowth> GrowthOf(const std::vector<MemorySample>& samples, double warm_up_s) {
  std::vector<MemorySample> used;
  std::ranges::copy_if(samples, std::back_inserter(used),
                       [&](const MemorySample& sample) { return sample.seconds >= warm_up_s; });
  if (used.size() < 3 || used.back().seconds - used.front().seconds < kLeastGrowthSeconds)
    return {};
  const auto count = static_cast<double>(used.size());
  double mean_s = 0.0;
  double mean_mb = 0.0;
  for (const MemorySample& sample : used) {
    mean_s += sample.seconds / count;
    mean_mb += sample.resident_mb / count;
  }
  double time_squares = 0.0;
  double products = 0.0;
  for (const MemorySample& sample : used) {
    time_squares += (sample.seconds - mean_s) * (sample.seconds - mean_s);
    products += (sample.seconds - mean_s) * (sample.resident_mb - mean_mb);
  }
  const double slope = products / time_squares;
  double rest_squares = 0.0;
  for (const MemorySample& sample : used) {
    const double rest = sample.resident_mb - mean_mb - slope * (sample.seconds - mean_s);
    rest_squares += rest * rest;
  }
  const double variance = rest_squares / (count - 2.0);  // two numbers make the line
  return MemoryGrowth{.mb_per_hour = 3600.0 * slope,
                      .uncertainty_mb_per_hour = 3600.0 * std::sqrt(variance / time_squares),
                      .scatter_mb = std::sqrt(variance)};
}

std::string GrowthText(const std::vector<MemorySample>& samples, double warm_up_s) {
  const std::optional<MemoryGrowth> growth = GrowthOf(samples, warm_up_s);
  if (!growth) {
    return fmt::format(
        "too short to say whether it grows: that takes {:.0f} minutes after the warm-up of {:.1f}",
        kLeastGrowthSeconds / 60.0, warm_up_s / 60.0);
  }
  return fmt::format(
      "after the first {:.1f} minutes {:+.1f} +- {:.1f} MB an hour (scatter {:.1f} MB)",
      warm_up_s / 60.0, growth->mb_per_hour, growth->uncertainty_mb_per_hour, growth->scatter_mb);
}

void AddBenchSoakCommand(CLI::App& bench, int& exit_code) {
  auto options = std::make_shared<SoakOptions>();
  CLI::App* soak = bench.add_subcommand(
      "soak",
      "Memory of the window over time, at high speed while an agent trains and "
      "episodes are marked.");
  soak->add_option("--minutes", options->minutes, "How long.")
      ->check(Between(0.01, 10080.0))
      ->capture_default_str();
  soak->add_option("--warm-up", options->warm_up_minutes,
                   "Minutes that do not count for the growth. Default: two fifths of all.")
      ->check(Between(0.0, 10080.0));
  soak->add_option("--speed", options->speed, "Times real time.")
      ->check(Between(1.0, 1024.0))
      ->capture_default_str();
  soak->add_option("--marks-per-minute", options->marks_per_minute,
                   "How often the episode that was watched last is marked; 0: never.")
      ->check(Between(0.0, 1000.0))
      ->capture_default_str();
  soak->add_flag("!--no-training", options->training, "Without an agent that trains.");
  soak->add_flag("--quick", options->quick, "A few seconds, to see that it works.");
  soak->add_flag("--json", options->json, "One JSON object instead of a table.");
  soak->callback([options, &exit_code] {
    const Status measured = BenchSoak(*options);
    if (!measured) exit_code = Fail(measured.error());
  });
}

}  // namespace lookout::app
