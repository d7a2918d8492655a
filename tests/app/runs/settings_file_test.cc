#include "app/runs/settings_file.h"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

#include "agents/rl/settings/settings.h"
#include "app/runs/run_folder.h"

namespace lookout::app {
namespace {

using agents::TrainingSettings;

TEST_CASE("a file sets what it names and leaves the rest") {
  TrainingSettings settings;
  settings.gamma = 0.9;
  REQUIRE(ApplySettingsText(R"({"algo": "trpo-lag", "multiplier": "pid", "cost": "hazards",
                                "target-kl": 0.03, "normalise-observations": true})",
                            "it", settings)
              .ok());
  CHECK(settings.algorithm == agents::Algorithm::kTrpoLagrangian);
  CHECK(settings.multiplier_kind == agents::MultiplierKind::kPid);
  CHECK(settings.cost_source == agents::CostSource::kHazards);
  CHECK(settings.target_kl == 0.03);
  CHECK(settings.normalise_observations);
  CHECK(settings.gamma == 0.9);
}

TEST_CASE("every setting can be set in a file, and a run's own configuration is one") {
  RunConfig config{.environment = "Safexp-PointGoal1-v0"};
  VisitNumbers(config.settings, [](const auto& field, auto& value) {
    using Value = std::decay_t<decltype(value)>;
    value = static_cast<Value>(field.least + (field.most - field.least) / 4);
  });
  config.settings.environments = 1;
  config.settings.minibatch = 0;
  config.settings.algorithm = agents::Algorithm::kCpo;
  TrainingSettings settings;
  REQUIRE(ApplySettingsText(RunConfigText(config), "config.json", settings).ok());
  const RunConfig read{.environment = config.environment, .settings = settings};
  CHECK(RunConfigText(read) == RunConfigText(config));
}

TEST_CASE("what cannot be set is refused by name") {
  const auto message = [](const char* text) {
    TrainingSettings settings;
    const Status status = ApplySettingsText(text, "fast.json", settings);
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == ErrorCode::kBadInput);
    CHECK(status.error().message.find("fast.json") == 0);
    return status.error().message;
  };
  const auto names = [](const std::string& text, const char* part) {
    CAPTURE(text);
    CHECK(text.find(part) != std::string::npos);
  };
  names(message(R"({"gama": 0.9})"), "\"gama\"");
  names(message(R"({"gamma": 1.5})"), "\"gamma\"");
  names(message(R"({"gamma": "high"})"), "\"gamma\"");
  names(message(R"({"hidden": 16.5})"), "a whole number");
  names(message(R"({"algo": "sac"})"), "trpo-lag or cpo");
  names(message(R"({"algo": 3})"), "algorithm");
  names(message("[1]"), "JSON object");
  names(message("{"), "not JSON");
}

}  // namespace
}  // namespace lookout::app
