// lookout adapt: a cost model of one environment for another, by the names of what it looks at.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "agents/feedback/models/adapted_model.h"
#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cost_models/cost_model_file.h"
#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct AdaptOptions {
  std::string model;
  std::string environment;
  std::string out;
  bool json = false;
};

void Print(const AdaptOptions& options, const std::string& environment,
           const agents::AdaptedModel& adapted) {
  if (options.json) {
    const nlohmann::ordered_json object{{"cost_model", options.out},
                                        {"from", options.model},
                                        {"environment", environment},
                                        {"absent", adapted.absent},
                                        {"unknown", adapted.unknown}};
    std::printf("%s\n", object.dump(2).c_str());
    return;
  }
  fmt::print("{} fits {}; how well it does there is for 'lookout cost' to say.\n", options.out,
             environment);
  if (!adapted.absent.empty()) {
    fmt::print("Not there, so that it sees nothing of them: {}.\n",
               fmt::join(adapted.absent, ", "));
  }
  if (!adapted.unknown.empty()) {
    fmt::print("It never learned about, and takes for harmless: {}.\n",
               fmt::join(adapted.unknown, ", "));
  }
}

Status Adapt(const AdaptOptions& options) {
  const auto loaded = LoadCostModelFile(options.model);
  if (!loaded.ok()) return loaded.error();
  const auto config = sim::LoadConfig(options.environment);
  if (!config.ok()) return config.error();
  const auto environment = MakeEnvironment(*config, RobotCameras());
  if (!environment.ok()) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  const auto adapted = agents::AdaptCostModel(*loaded->model, spec);
  if (!adapted.ok()) return adapted.error();
  if (Status written = WriteWholeFile(options.out, adapted->model->Encode()); !written.ok()) {
    return written;
  }
  Print(options, spec.id, *adapted);
  return {};
}

}  // namespace

void AddAdaptCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<AdaptOptions>();
  CLI::App* command = app.add_subcommand(
      "adapt", "Make a cost model fit another environment, where what it looks at has a namesake.");
  command->add_option("model", options->model, "File of a cost model.")->required();
  command->add_option("--env", options->environment, "Id of an environment, or a configuration.")
      ->required();
  command->add_option("--out", options->out, "File of the cost model for it.")->required();
  command->add_flag("--json", options->json, "One JSON object instead of lines.");
  command->callback([options, &exit_code] {
    if (const Status adapted = Adapt(*options); !adapted.ok()) exit_code = Fail(adapted.error());
  });
}

}  // namespace lookout::app
