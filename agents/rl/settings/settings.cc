#include "agents/rl/settings/settings.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <type_traits>

#include "agents/rl/settings/choices.h"

namespace lookout::agents {
namespace {

std::string Number(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.10g", value);
  return text;
}

Status CheckCombination(const TrainingSettings& s) {
  if (s.steps_per_iteration % (std::int64_t{s.environments} * s.action_repeat) != 0) {
    return BadInput("--steps-per-iteration (" + std::to_string(s.steps_per_iteration) +
                    ") has to be a multiple of --environments (" + std::to_string(s.environments) +
                    ") times --action-repeat (" + std::to_string(s.action_repeat) + ").");
  }
  const int decisions = s.steps_per_iteration / s.action_repeat;
  if (s.minibatch > decisions) {
    return BadInput("--minibatch (" + std::to_string(s.minibatch) + ") is larger than the " +
                    std::to_string(decisions) +
                    " decisions of an iteration (--steps-per-iteration over --action-repeat); use "
                    "0 for the full batch.");
  }
  if (IsConstrained(s.algorithm) && s.cost_source == CostSource::kNone) {
    return BadInput("--cost none leaves " + std::string(AlgorithmName(s.algorithm)) +
                    " nothing to constrain; use --algo ppo or trpo, or another --cost.");
  }
  return {};
}

}  // namespace

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

bool AppliesTo(const TrainingSettings& s, std::string_view name) {
  const bool is_ppo = s.algorithm == Algorithm::kPpo || s.algorithm == Algorithm::kPpoLagrangian;
  const auto any_of = [name](std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
  };
  if (any_of({"clip-ratio", "policy-learning-rate", "policy-iterations", "entropy-bonus"})) {
    return is_ppo;
  }
  if (name.starts_with("conjugate-") || name.starts_with("fisher-") ||
      name.starts_with("line-search-")) {
    return !is_ppo;
  }
  if (name == "combine-advantages") return s.algorithm == Algorithm::kPpoLagrangian;
  if (name == "normalise-cost-advantages") return HasMultiplier(s.algorithm);
  if (any_of({"cost-gamma", "cost-gae-lambda"})) return IsConstrained(s.algorithm);
  const auto has_kind = [&s](MultiplierKind kind) {
    return HasMultiplier(s.algorithm) && s.multiplier_kind == kind;
  };
  if (name == "initial-multiplier") return HasMultiplier(s.algorithm);
  if (name == "multiplier-learning-rate") return has_kind(MultiplierKind::kLagrange);
  if (name.starts_with("pid-")) return has_kind(MultiplierKind::kPid);
  return true;
}

std::string ExperimentKey(const TrainingSettings& settings) {
  std::string key;
  VisitChoices(settings, [&](std::string_view, auto choice, std::string_view) {
    key.append(ChoiceName(choice)).append("|");
  });
  VisitSettings(settings, [&](std::string_view name, auto value, double, double, std::string_view) {
    if (name == "seed" || name == "workers") return;
    char text[32];
    std::snprintf(text, sizeof(text), "%.17g|", static_cast<double>(value));
    key += text;
  });
  return key + settings.start_from;
}

void EncodeSettings(const TrainingSettings& settings, ArchiveWriter& writer) {
  VisitChoices(settings, [&](std::string_view name, auto value, std::string_view) {
    writer.Text("settings." + std::string(name), ChoiceName(value));
  });
  VisitSettings(settings, [&](std::string_view name, auto value, double, double, std::string_view) {
    writer.Real("settings." + std::string(name), static_cast<double>(value));
  });
}

TrainingSettings DecodeSettings(ArchiveReader& reader) {
  TrainingSettings settings;
  VisitChoices(settings, [&](std::string_view name, auto& value, std::string_view what) {
    using Enum = std::decay_t<decltype(value)>;
    const std::string field = "settings." + std::string(name);
    if (!reader.Has(field)) return;
    const std::string found = reader.Text(field, 100);
    if (!reader.ok()) return;
    const Result<Enum> choice = ParseChoice<Enum>(found, what);
    if (!choice.ok()) return reader.Reject(choice.error().message);
    value = *choice;
  });
  VisitSettings(settings, [&](std::string_view name, auto& value, double least, double most,
                              std::string_view /*help*/) {
    using Value = std::decay_t<decltype(value)>;
    const std::string field = "settings." + std::string(name);
    if (!reader.Has(field)) return;
    const double number = reader.Real(field);
    const bool whole = std::is_floating_point_v<Value> || number == std::floor(number);
    if (reader.ok() && !(number >= least && number <= most && whole)) {
      reader.Reject("field '" + field + "' is " + Number(number) + ", expected " + Number(least) +
                    " to " + Number(most) + ".");
    }
    if (reader.ok()) value = static_cast<Value>(number);
  });
  if (!reader.ok()) return {};
  const Status status = CheckSettings(settings);
  if (!status.ok()) reader.Reject(status.error().message);
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
