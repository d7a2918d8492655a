// lookout verify: is a claim about a cost model proved, refuted by a counterexample, or open?
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "agents/inspect/verification/proof_search.h"
#include "app/cli/inspect/inspect_commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/cost_models/cost_model_file.h"
#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/verification/counterexample_world.h"
#include "app/verification/proof_text.h"
#include "app/verification/question_file.h"
#include "sim/base/log.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct VerifyOptions {
  std::string model;
  std::string question = "inside-hazard";
  std::string environment = "Safexp-PointGoal1-v0";
  std::uint32_t seed = 0;
  agents::ProofSettings settings;
  std::string out;  // file of an environment; empty: none
  bool json = false;
};

Status WriteWorld(const VerifyOptions& options, const agents::Scene& scene,
                  const agents::ProofResult& result, const sim::SafetyGym& gym) {
  if (options.out.empty()) return {};
  if (!result.worst || !scene.has_pose()) {
    LogInfo(options.out + " is not written: it takes a counterexample in a layout.");
    return {};
  }
  const auto& at = result.worst->point.at;
  return WriteWholeFile(options.out, WorldFrom(gym, {at[0], at[1], at[2]}));
}

Status Verify(const VerifyOptions& options, const StopSignal& stop) {
  const auto question = LoadQuestion(options.question);
  if (!question.ok()) return question.error();
  const auto loaded = LoadCostModelFile(options.model);
  if (!loaded.ok()) return loaded.error();
  const auto config = sim::LoadConfig(options.environment);
  if (!config.ok()) return config.error();
  const auto gym = sim::SafetyGym::Create(*config, RobotCameras());
  if (!gym.ok()) return gym.error();
  const Status fits = CheckFileFits(options.model, *loaded->model, (*gym)->spec());
  if (!fits.ok()) return fits;
  if (Status reset = (*gym)->Reset(options.seed); !reset.ok()) return reset;
  const auto bounds = agents::ModelBounds::Create(loaded->model);
  if (!bounds.ok()) return bounds.error();
  const auto scene = agents::Scene::Create(*question, *bounds, **gym);
  if (!scene.ok()) return scene.error();

  agents::ProofSettings settings = options.settings;
  settings.seed = options.seed;
  const auto cells = double(settings.cells);
  ProgressBar bar(0.0, cells, "cells");
  const agents::ProofResult result =
      agents::SearchProof(*question, *scene, *bounds, settings, [&](const auto& so_far) {
        bar.Show(cells * so_far.share);
        return !stop.requested();
      });
  bar.Clear();
  if (stop.requested()) return {};
  const AskedQuestion asked{options.model, (*gym)->spec().id, options.seed, *question};
  const std::string text = options.json ? ProofToJson(asked, *scene, result).dump(2) + "\n"
                                        : ProofText(asked, *scene, result);
  std::fputs(text.c_str(), stdout);
  return WriteWorld(options, *scene, result, **gym);
}

void AddLimits(CLI::App& command, agents::ProofSettings& settings) {
  command.add_option("--cells", settings.cells, "Parts of the question's box that are bounded.")
      ->check(Between(1, 10'000'000))
      ->capture_default_str();
  command
      .add_option("--seconds", settings.seconds,
                  "Stop after so long, whatever the cells; then another run may end otherwise.")
      ->check(Between(0, 1e6))
      ->capture_default_str();
  command
      .add_option("--workers", settings.workers,
                  "Threads; never change the result, unless the time runs out.")
      ->check(Between(1, 256));
  command
      .add_option("--samples", settings.samples,
                  "Fresh points of what stays open, to bound how much of it fails.")
      ->check(Between(1, 10'000'000))
      ->capture_default_str();
  command.add_flag("--go-on", settings.go_on,
                   "After a counterexample, too: how much is proved, and how much refuted?");
}

std::string VerifyFooter() {
  std::string text =
      "proved: no point of the question has another prediction, float32 rounding included.\n"
      "counterexample: a point where the model itself predicts otherwise; --out FILE writes an\n"
      "environment that begins there, with the robot at rest. open: neither within the limits.\n"
      "Shares are of the volume of the question's variables.\n\nQuestions that have a name:\n";
  for (const NamedQuestion& one : NamedQuestions()) {
    text += fmt::format("  {:<18} {}\n    {}\n", one.name, one.help, one.text);
  }
  return text +
         "\nA file may say more:\n"
         "  {\"claim\": \"safe\", \"threshold\": 0.3, \"place\": {\"x_m\": [0, 1], \"y_m\": [-1, "
         "0],\n"
         "   \"of\": \"hazard\", \"beyond_m\": 0.3, \"heading_deg\": [-90, 90]},\n"
         "   \"speed_m_per_s\": 0.5, \"turn_rate_rad_per_s\": [-1, 1],\n"
         "   \"sensors\": {\"accelerometer\": [0, [-2, 2], 9.81]}}\n"
         "Sensors that it does not name read what they do after the reset. 'things' in place of\n"
         "'place' asks about any layout in which those things alone are seen.";
}

}  // namespace

void AddVerifyCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<VerifyOptions>();
  options->settings.seconds = 60.0;
  options->settings.workers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  CLI::App* command = app.add_subcommand(
      "verify", "Is a claim about a cost model proved, refuted by a counterexample, or open?");
  command->add_option("model", options->model, "File of a cost model.")->required();
  command->add_option("--question", options->question, "Name of a question, or a file.")
      ->capture_default_str();
  command->add_option("--env", options->environment, "Id of an environment, or a configuration.")
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Of the layout, and of the samples.")
      ->capture_default_str();
  AddLimits(*command, options->settings);
  command->add_option("--out", options->out,
                      "File of an environment that begins at the counterexample.");
  command->add_flag("--json", options->json, "One JSON object instead of lines.");
  command->footer(VerifyFooter());
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Verify(*options, stop), stop, "There is no answer.");
  });
}

}  // namespace lookout::app
