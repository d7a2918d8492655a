#include "app/goodhart/goodhart_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "agents/feedback/models/cost_reading.h"
#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/first_policy.h"
#include "app/cost_models/cost_model_file.h"
#include "app/goodhart/goodhart_run_parts.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using agents::GaussianActor;

Status CheckIsRun(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    return BadInput(path.string() +
                    " does not exist; name the folder of a run (--out of lookout "
                    "train), or of a run of a project that project, too, by --project.");
  }
  if (fs::is_directory(path, error) && fs::exists(RunFolder(path).config(), error)) return {};
  return BadInput(path.string() +
                  " is not the folder of a run of this program: it has no config.json. Name one "
                  "that lookout train --cost learned has made.");
}

Status LoadModel(const std::string& given, GoodhartRun& found) {
  const RunConfig& config = found.run.config;
  found.model_file = given.empty() ? config.cost_model_file : given;
  auto loaded = LoadCostModelFile(found.model_file);
  if (!loaded.ok()) {
    return BadInput(loaded.error().message +
                    " It is the cost model that the run has learned from: name where it is now by "
                    "--cost-model.");
  }
  if (!config.cost_model_fingerprint.empty() &&
      loaded->fingerprint != config.cost_model_fingerprint) {
    return BadInput(fmt::format(
        "{} is another cost model than the run has learned from (fingerprint {}, expected {}); "
        "name the right one by --cost-model.",
        found.model_file, loaded->fingerprint, config.cost_model_fingerprint));
  }
  return TakeModel(std::move(loaded->model), found);
}

Result<GaussianActor> ReadActor(const fs::path& file, const sim::EnvironmentSpec& spec) {
  const auto bytes = ReadWholeFile(file, agents::kMostCheckpointBytes);
  if (!bytes.ok()) return bytes.error();
  auto actor = agents::DecodeActor(*bytes, spec);
  if (!actor.ok()) return BadInput(file.string() + ": " + actor.error().message);
  return actor;
}

// Those along the training from the first one on that later ones can be compared with.
Status LoadKept(const RunFolder& folder, GoodhartRun& found) {
  for (const int iteration : folder.KeptPolicies()) {
    auto actor = ReadActor(folder.policy_after(iteration), found.spec);
    if (!actor.ok()) return actor.error();
    AddKept(iteration, std::move(*actor), folder.policy_after(iteration).string(), found);
  }
  std::error_code error;
  if (!fs::exists(folder.policy(), error)) return {};
  auto last = ReadActor(folder.policy(), found.spec);
  if (!last.ok()) return last.error();
  AddLast(std::move(*last), folder.path().string(), found);
  return {};
}

// `most` of `count`, the first and the last among them.
std::vector<std::size_t> Evenly(std::size_t count, std::size_t most) {
  std::vector<std::size_t> chosen;
  if (count <= most || most < 2) {
    for (std::size_t i = most < 2 && count > most ? count - most : 0; i < count; ++i) {
      chosen.push_back(i);
    }
    return chosen;
  }
  for (std::size_t i = 0; i < most; ++i) chosen.push_back(i * (count - 1) / (most - 1));
  return chosen;
}

}  // namespace

Status CheckReadsCostModel(const GoodhartRun& found) {
  const agents::TrainingSettings& settings = found.run.config.settings;
  if (agents::ReadsCostModel(settings)) return {};
  return BadInput(fmt::format(
      "{} was trained on the cost '{}', not on a learned one, so there is no proxy that could part "
      "from the truth. Name a run of lookout train --cost learned.",
      found.run.folder.string(), ChoiceName(settings.cost_source)));
}

Status TakeModel(agents::CostModelPtr model, GoodhartRun& found) {
  const agents::TrainingSettings& settings = found.run.config.settings;
  found.model = std::move(model);
  if (Status fits = found.model->CheckFits(found.spec); !fits.ok()) {
    return BadInput(found.model_file + ": " + fits.error().message);
  }
  auto proxy = agents::ReadWith(found.model, {settings.cost_reading, settings.cost_caution});
  if (!proxy.ok()) return proxy.error();
  found.proxy = std::move(*proxy);
  return {};
}

void AddKept(int iteration, GaussianActor actor, std::string file, GoodhartRun& found) {
  if (!agents::CanBeFirst(actor)) return;
  if (found.policies.empty()) {
    const bool normalises = actor.normaliser.has_value();
    const bool from_scratch = found.run.config.settings.start_from.empty();
    found.first_is_known = iteration == 0 || (iteration == 1 && normalises && from_scratch);
  }
  found.policies.push_back(std::move(actor));
  found.policy_files.push_back(std::move(file));
}

void AddLast(GaussianActor actor, std::string file, GoodhartRun& found) {
  if (!found.policies.empty() && found.policies.back().iteration >= actor.iteration) return;
  found.policies.push_back(std::move(actor));
  found.policy_files.push_back(std::move(file));
}

void Thin(std::size_t most, GoodhartRun& found) {
  std::vector<agents::GaussianActor> policies;
  std::vector<std::string> files;
  for (const std::size_t i : Evenly(found.policies.size(), most)) {
    policies.push_back(std::move(found.policies[i]));
    files.push_back(std::move(found.policy_files[i]));
  }
  found.first_is_known = found.first_is_known && (most >= 2 || found.policies.size() <= most);
  found.policies = std::move(policies);
  found.policy_files = std::move(files);
}

Result<GoodhartRun> LoadGoodhartRun(const GoodhartChoice& choice,
                                    const sim::CameraFactory& cameras) {
  if (Status is_run = CheckIsRun(choice.folder); !is_run.ok()) return is_run.error();
  auto run = LoadRunFolder(choice.folder);
  if (!run.ok()) return run.error();
  GoodhartRun found{.run = std::move(*run)};
  if (Status reads = CheckReadsCostModel(found); !reads.ok()) return reads.error();
  auto config = EnvironmentOf(found.run.config);
  if (!config.ok()) return config.error();
  found.environment = std::move(*config);
  const auto environment = MakeEnvironment(found.environment, cameras);
  if (!environment.ok()) return environment.error();
  found.spec = (*environment)->spec();
  if (Status loaded = LoadModel(choice.cost_model, found); !loaded.ok()) return loaded.error();
  const RunFolder folder(choice.folder);
  if (Status kept = LoadKept(folder, found); !kept.ok()) return kept.error();
  if (found.policies.empty()) {
    return BadInput(
        choice.folder.string() +
        " has kept no policy: neither policy.lookout nor policies/ is there. Go on with "
        "the run for an iteration (lookout train --resume), or train it anew.");
  }
  Thin(static_cast<std::size_t>(choice.policies), found);
  return found;
}

}  // namespace lookout::app
