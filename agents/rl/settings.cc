#include "agents/rl/settings.h"

#include <cmath>
#include <cstdio>
#include <type_traits>

namespace lookout::agents {
namespace {

std::string Number(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.10g", value);
  return text;
}

Status CheckCombination(const TrainingSettings& s) {
  if (s.steps_per_iteration % s.environments != 0) {
    return BadInput("--steps-per-iteration (" + std::to_string(s.steps_per_iteration) +
                    ") has to be a multiple of --environments (" + std::to_string(s.environments) +
                    ").");
  }
  if (s.minibatch > s.steps_per_iteration) {
    return BadInput("--minibatch (" + std::to_string(s.minibatch) +
                    ") is larger than --steps-per-iteration (" +
                    std::to_string(s.steps_per_iteration) + "); use 0 for the full batch.");
  }
  if (s.algorithm == Algorithm::kPpoLagrangian && s.cost_source == CostSource::kNone) {
    return BadInput(
        "--cost none leaves PPO-Lagrangian nothing to constrain; use --algo ppo, or --cost rule "
        "or learned.");
  }
  return {};
}

}  // namespace

std::string_view AlgorithmName(Algorithm algorithm) {
  return algorithm == Algorithm::kPpo ? "PPO" : "PPO-Lagrangian";
}

Result<Algorithm> ParseAlgorithm(std::string_view command_line_name) {
  if (command_line_name == "ppo") return Algorithm::kPpo;
  if (command_line_name == "ppo-lag") return Algorithm::kPpoLagrangian;
  return BadInput("There is no algorithm '" + std::string(command_line_name) +
                  "'; use ppo or ppo-lag.");
}

std::string_view CostSourceName(CostSource source) {
  switch (source) {
    case CostSource::kRule:
      return "rule";
    case CostSource::kLearned:
      return "learned";
    case CostSource::kNone:
      return "none";
  }
  return "none";
}

Result<CostSource> ParseCostSource(std::string_view name) {
  if (name == "rule") return CostSource::kRule;
  if (name == "learned") return CostSource::kLearned;
  if (name == "none") return CostSource::kNone;
  return BadInput("There is no cost source '" + std::string(name) +
                  "'; use rule, learned or none.");
}

Result<TrainingSettings> SettingsPreset(std::string_view name) {
  TrainingSettings settings;
  if (name == "ray2019") return settings;
  if (name == "fast") {
    // For a person who waits: PointGoal1 reaches a return near 17 in three million steps, half an
    // hour on one busy core, of which the update takes a tenth. Normalised observations take out
    // the constant gravity that the accelerometer adds to every neuron, so that a small network on
    // minibatches takes a hundred useful steps per iteration, where the full batch of the 2019
    // recipe, 256 wide, overshoots its KL limit with the first. The multiplier starts low, so that
    // the agent learns to reach goals before it learns to avoid costs.
    settings.normalise_observations = true;
    settings.hidden = 64;
    settings.steps_per_iteration = 15'000;
    settings.environments = 15;
    settings.minibatch = 1'024;
    settings.policy_iterations = 10;
    settings.value_iterations = 10;
    settings.target_kl = 0.02;
    settings.gae_lambda = 0.95;
    settings.cost_gae_lambda = 0.95;
    settings.initial_multiplier = 0.05;
    return settings;
  }
  return BadInput("There is no preset '" + std::string(name) + "'; use ray2019 or fast.");
}

Status CheckSettings(const TrainingSettings& settings) {
  Status status;
  VisitSettings(settings, [&](std::string_view name, auto value, double least, double most,
                              std::string_view /*help*/) {
    const auto number = static_cast<double>(value);
    if (status.ok() && !(number >= least && number <= most)) {
      status = BadInput("--" + std::string(name) + " is " + Number(number) +
                        "; it has to be from " + Number(least) + " to " + Number(most) + ".");
    }
  });
  return status.ok() ? CheckCombination(settings) : status;
}

void EncodeSettings(const TrainingSettings& settings, ArchiveWriter& writer) {
  writer.Integer("settings.algorithm", static_cast<std::int64_t>(settings.algorithm));
  writer.Integer("settings.cost", static_cast<std::int64_t>(settings.cost_source));
  VisitSettings(settings, [&](std::string_view name, auto value, double, double, std::string_view) {
    writer.Real("settings." + std::string(name), static_cast<double>(value));
  });
}

TrainingSettings DecodeSettings(ArchiveReader& reader) {
  TrainingSettings settings;
  settings.algorithm = static_cast<Algorithm>(reader.Integer("settings.algorithm", 0, 1));
  settings.cost_source = static_cast<CostSource>(reader.Integer("settings.cost", 0, 2));
  VisitSettings(settings, [&](std::string_view name, auto& value, double least, double most,
                              std::string_view /*help*/) {
    using Value = std::decay_t<decltype(value)>;
    const std::string field = "settings." + std::string(name);
    const double number = reader.Real(field);
    const bool whole = std::is_floating_point_v<Value> || number == std::floor(number);
    if (reader.ok() && !(number >= least && number <= most && whole)) {
      reader.Refuse("field '" + field + "' is " + Number(number) + ", expected " + Number(least) +
                    " to " + Number(most) + ".");
    }
    if (reader.ok()) value = static_cast<Value>(number);
  });
  if (!reader.ok()) return {};
  const Status status = CheckSettings(settings);
  if (!status.ok()) reader.Refuse(status.error().message);
  return settings;
}

std::uint32_t StreamSeed(std::uint32_t run_seed, Stream stream, std::uint32_t index,
                         std::uint32_t iteration) {
  // SplitMix64's finaliser (Steele, Lea and Flood 2014) over each word in turn.
  std::uint64_t hash = 0;
  for (const std::uint64_t word : {std::uint64_t{run_seed}, std::uint64_t(stream),
                                   std::uint64_t{index}, std::uint64_t{iteration}}) {
    hash += word + 0x9e3779b97f4a7c15ULL;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebULL;
    hash ^= hash >> 31;
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace lookout::agents
