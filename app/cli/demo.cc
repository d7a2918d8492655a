// lookout demo: the whole loop without a display.
#include "app/demo/demo.h"

#include <cstdio>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "sim/config/config_file.h"

namespace lookout::app {

void AddDemoCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<DemoOptions>();
  CLI::App* command =
      app.add_subcommand("demo", "Play the whole loop with a simulated annotator and no display.");
  command->add_option("--out", options->out, "Folder for what it makes; new or empty.")->required();
  command->add_option("--env", options->environment, "Environment.")->capture_default_str();
  command->add_option("--seed", options->seed, "Seed of everything.")->capture_default_str();
  command->add_option("--marked-episodes", options->marked_episodes, "Episodes to mark.")
      ->check(Between(2, 1000))
      ->capture_default_str();
  command->add_option("--steps", options->train_steps, "Training steps.")
      ->check(Between(1000, 1'000'000'000))
      ->capture_default_str();
  command->add_option("--limit", options->cost_limit, "Learned cost per episode to stay under.")
      ->check(Between(0.0, 1000.0))
      ->capture_default_str();
  command->add_flag("!--no-video", options->video, "Make no video.");
  command->callback([options, &exit_code] {
    // The window's names are as good here as the ids.
    const auto config = sim::LoadConfig(options->environment);
    if (!config) {  // before a folder is made
      exit_code = Fail(config.error());
      return;
    }
    if (sim::ConfigForId(options->environment)) options->environment = config->id;
    const Status played = RunDemo(*options, [](const std::string& line) {
      std::printf("%s\n", line.c_str());
      std::fflush(stdout);
    });
    if (!played) {
      exit_code = Fail(played.error());
      return;
    }
    std::printf("Everything is in %s; 'lookout gui --project %s' opens the study.\n",
                options->out.c_str(), (options->out / "study.lookout").c_str());
  });
}

}  // namespace lookout::app
