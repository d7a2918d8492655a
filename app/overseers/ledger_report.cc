#include "app/overseers/ledger_report.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

namespace lookout::app {
namespace {

using agents::ExactInterval;
using agents::LedgerCounts;
using nlohmann::ordered_json;

constexpr std::array<std::string_view, agents::kActionSourceCount> kSourceNames{"agent", "person",
                                                                                "overseer", "none"};

std::string IntervalText(const ExactInterval& interval, double factor = 1.0) {
  if (std::isnan(interval.value)) return "-";
  return fmt::format("{:.4g} ({:.4g} to {:.4g})", factor * interval.value, factor * interval.low,
                     factor * interval.high);
}

ordered_json ToJson(const ExactInterval& interval) {
  if (std::isnan(interval.value)) return nullptr;
  return {{"value", interval.value}, {"low", interval.low}, {"high", interval.high}};
}

ordered_json NumberOrNull(double value) {
  return std::isnan(value) ? ordered_json(nullptr) : ordered_json(value);
}

ordered_json CountJson(const agents::ViolationCount& count) {
  return {{"steps", count.steps}, {"beginnings", count.beginnings}};
}

// Called with the name and the count of each kind that is charged, and of others if there are any.
template <typename Tell>
void ForKinds(const LedgerCounts& counts, const CostKinds& kinds, const Tell& tell) {
  for (const sim::CostKind kind : kinds) {
    tell(sim::CostKindName(kind), counts.by_kind[static_cast<std::size_t>(kind)]);
  }
  const agents::ViolationCount& other = counts.by_kind[agents::kOtherCost];
  if (other.steps > 0) tell("other", other);
}

std::string Line(std::string_view what, const std::string& value) {
  return fmt::format("  {:<34}{}\n", what, value);
}

std::string ViolationLines(const LedgerCounts& c, const CostKinds& kinds) {
  std::string text = Line("violations", fmt::format("{} steps, begun {} times", c.violations.steps,
                                                    c.violations.beginnings));
  ForKinds(c, kinds, [&](std::string_view name, const agents::ViolationCount& count) {
    text += Line(fmt::format("  {}", name),
                 fmt::format("{} steps, begun {} times", count.steps, count.beginnings));
  });
  text += Line("begun per million steps", IntervalText(ViolationsPerMillion(c)));
  text += Line("episodes with one, %", IntervalText(UnsafeEpisodeShare(c), 100.0));
  text += Line("started in cost",
               fmt::format("{} episodes, {} steps more", c.starts_in_cost, c.start_steps));
  return text;
}

std::string BlockLines(const LedgerCounts& c) {
  std::string text =
      Line("blocked", fmt::format("{} steps ({:.3g} %), in {} stretches", c.blocks,
                                  100.0 * double(c.blocks) / double(c.steps), c.block_runs));
  for (const auto& [name, count] : c.blocks_by) {
    text += Line(fmt::format("  {}", name), fmt::format("{} steps", count));
  }
  text += Line("stretches per million steps", IntervalText(BlocksPerMillion(c)));
  text += Line("false blocks, % of the settled", IntervalText(FalseBlockShare(c), 100.0));
  if (c.ended_by_overseer > 0) {
    text += Line("ended by an overseer", fmt::format("{} episodes", c.ended_by_overseer));
  }
  return text;
}

}  // namespace

std::string LedgerText(const LedgerCounts& c, const CostKinds& kinds, double planned_steps) {
  std::string text = fmt::format("{} episodes, {} steps\n", c.episodes, c.steps);
  if (c.steps == 0) return text;
  text += Line("return per episode", fmt::format("{:.4g}", MeanReturn(c)));
  text += ViolationLines(c, kinds);
  text += BlockLines(c);
  std::string control;
  for (int source = 0; source < agents::kActionSourceCount; ++source) {
    const double share = SourceShare(c, static_cast<sim::ActionSource>(source));
    if (share == 0.0) continue;
    control += fmt::format("{}{} {:.3g} %", control.empty() ? "" : ", ", kSourceNames[source],
                           100.0 * share);
  }
  text += Line("in control", control);
  if (planned_steps <= 0.0) return text;
  text += Line("a person was needed", fmt::format("{:.4g} s", c.person_s));
  text += Line(fmt::format("for {:.4g} steps", planned_steps),
               fmt::format("{:.3g} hours", ProjectedHours(c, planned_steps)));
  return text;
}

ordered_json LedgerToJson(const LedgerCounts& c, const CostKinds& kinds, double planned_steps) {
  ordered_json by_kind = ordered_json::object();
  ForKinds(c, kinds, [&](std::string_view name, const agents::ViolationCount& count) {
    by_kind[std::string(name)] = CountJson(count);
  });
  ordered_json control = ordered_json::object();
  for (int source = 0; source < agents::kActionSourceCount; ++source) {
    control[std::string(kSourceNames[source])] =
        NumberOrNull(SourceShare(c, static_cast<sim::ActionSource>(source)));
  }
  ordered_json by_overseer = ordered_json::object();
  for (const auto& [name, count] : c.blocks_by) by_overseer[name] = count;
  ordered_json object = {{"episodes", c.episodes},
                         {"steps", c.steps},
                         {"return", NumberOrNull(MeanReturn(c))},
                         {"violations", CountJson(c.violations)},
                         {"violations_by_kind", by_kind},
                         {"violations_per_million", ToJson(ViolationsPerMillion(c))},
                         {"unsafe_episodes", c.unsafe_episodes},
                         {"unsafe_episode_share", ToJson(UnsafeEpisodeShare(c))},
                         {"starts_in_cost", c.starts_in_cost},
                         {"start_steps", c.start_steps},
                         {"blocks", c.blocks},
                         {"block_runs", c.block_runs},
                         {"blocks_by_overseer", by_overseer},
                         {"block_runs_per_million", ToJson(BlocksPerMillion(c))},
                         {"settled_blocks", c.settled_blocks},
                         {"false_blocks", c.false_blocks},
                         {"false_block_share", ToJson(FalseBlockShare(c))},
                         {"ended_by_overseer", c.ended_by_overseer},
                         {"control", control}};
  if (planned_steps <= 0.0) return object;
  object["person_seconds"] = c.person_s;
  object["planned_steps"] = planned_steps;
  object["projected_person_hours"] = NumberOrNull(ProjectedHours(c, planned_steps));
  return object;
}

}  // namespace lookout::app
