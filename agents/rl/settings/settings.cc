#include "agents/rl/settings/settings.h"

#include <fmt/format.h>

#include "agents/learning/fields_archive.h"
#include "sim/base/fields.h"

namespace lookout::agents {
namespace {

constexpr std::string_view kOverseerField = "settings.overseer";
constexpr std::size_t kMostOverseerText = 10'000;

Status CheckCombination(const TrainingSettings& s) {
  if (s.steps_per_iteration % (std::int64_t{s.environments} * s.action_repeat) != 0) {
    return BadInput(
        fmt::format("--steps-per-iteration ({}) has to be a multiple of --environments ({}) times "
                    "--action-repeat ({}).",
                    s.steps_per_iteration, s.environments, s.action_repeat));
  }
  const int decisions = s.steps_per_iteration / s.action_repeat;
  if (s.minibatch > decisions) {
    return BadInput(
        fmt::format("--minibatch ({}) is larger than the {} decisions of an iteration "
                    "(--steps-per-iteration over --action-repeat); use 0 for the full batch.",
                    s.minibatch, decisions));
  }
  if (UsesTransformer(s)) {
    if (const std::string problem = TransformerSizesOf(s, 1, 1).Problem(); !problem.empty()) {
      return BadInput(
          fmt::format("--network {} cannot be made: {}; choose another --hidden or "
                      "--attention-heads.",
                      ChoiceName(s.network), problem));
    }
  }
  if (IsConstrained(s.algorithm) && s.cost_source == CostSource::kNone) {
    return BadInput("--cost none leaves " + std::string(AlgorithmName(s.algorithm)) +
                    " nothing to constrain; use --algo ppo or trpo, or another --cost.");
  }
  if (CapsMultiplier(s) && s.initial_multiplier > s.multiplier_cap) {
    return BadInput(fmt::format("--initial-multiplier ({}) is above --multiplier-cap ({}).",
                                s.initial_multiplier, s.multiplier_cap));
  }
  return {};
}

}  // namespace

TransformerSizes TransformerSizesOf(const TrainingSettings& settings, int input_dim,
                                    int output_dim) {
  return {.input_dim = input_dim,
          .output_dim = output_dim,
          .layers = settings.network_layers,
          .width = settings.hidden,
          .heads = settings.attention_heads,
          .memory = settings.memory_length,
          .gated = settings.network == NetworkKind::kGtrxl};
}

Status CheckSettings(const TrainingSettings& settings) {
  const Status status = CheckRanges(settings);
  return status.ok() ? CheckCombination(settings) : status;
}

std::string ExperimentKey(const TrainingSettings& settings) { return IdentityOf(settings); }

void EncodeSettings(const TrainingSettings& settings, ArchiveWriter& writer) {
  EncodeFields(settings, "settings", writer);
  // In whose sight the episodes that are under way have to be repeated; nobody's, if there is none.
  if (!settings.overseer.empty()) writer.Text(kOverseerField, settings.overseer);
}

TrainingSettings DecodeSettings(ArchiveReader& reader) {
  auto settings = DecodeFields<TrainingSettings>("settings", reader);
  if (reader.ok() && reader.Has(kOverseerField)) {
    settings.overseer = reader.Text(kOverseerField, kMostOverseerText);
  }
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
