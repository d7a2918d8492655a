#include "app/experiments/overseers/overseers_files.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/experiments/figure_json.h"
#include "app/experiments/figure_text.h"
#include "app/experiments/overseers/train_overseen.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr double kPercent = 100.0;
constexpr double kSecondsPerMinute = 60.0;

std::string ExactText(const agents::ExactInterval& interval, double unit = 1.0) {
  if (std::isnan(interval.value)) return "";
  return fmt::format("{:.4g} [{:.4g}, {:.4g}]", unit * interval.value, unit * interval.low,
                     unit * interval.high);
}

ordered_json ExactJson(const agents::ExactInterval& interval) {
  if (std::isnan(interval.value)) return nullptr;
  return {{"value", interval.value}, {"low", interval.low}, {"high", interval.high}};
}

std::string RatesText(std::string_view name, std::string_view phase, const ViolationRates& rates) {
  const WatchedSteps& c = rates.counted;
  const bool counted = c.steps > 0;
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", name, phase, c.steps,
                     c.violations, ExactText(rates.violations), c.violation_steps,
                     counted ? fmt::format("{:.4g}", rates.violation_steps) : "", c.episodes,
                     ExactText(rates.unsafe_episodes, kPercent),
                     counted ? fmt::format("{:.2f}", kPercent * rates.blocks) : "");
}

// All of the training first, then its phases if there are several.
std::string ViolationsTable(std::span<const OverseersLine> lines) {
  std::string text =
      "Until the agents were trained, over all seeds:\n\n"
      "| agent | phase | steps | violations | per million steps | of steps | per million steps | "
      "episodes | with a violation, % | steps blocked, % |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n";
  for (const OverseersLine& line : lines) {
    text += RatesText(ChoiceName(line.row), "all", line.training);
    const std::vector<std::string> names = PhaseNames(line.row);
    for (std::size_t i = 0; names.size() > 1 && i < names.size(); ++i) {
      text += RatesText("", names[i], line.phases[i]);
    }
  }
  return text;
}

std::string AgentsTable(std::span<const OverseersLine> lines) {
  std::string text =
      "\nThe trained agents, on episodes of their own, with whoever oversaw them last on duty, and "
      "alone:\n\n"
      "| agent | seeds | return | share of constrained's, % | cost | return alone | share alone, % "
      "| cost alone | blocked early, % | late, % | person, minutes |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const OverseersLine& line : lines) {
    const bool overseen = HasOverseer(line.row);
    text += fmt::format(
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", ChoiceName(line.row),
        line.seeds, FigureText(line.total_reward, 2), FigureText(line.share, 0, kPercent),
        FigureText(line.cost, 1), overseen ? FigureText(line.reward_alone, 2) : "",
        overseen ? FigureText(line.share_alone, 0, kPercent) : "",
        overseen ? FigureText(line.cost_alone, 1) : "", FigureText(line.early_blocks, 2, kPercent),
        FigureText(line.late_blocks, 2, kPercent),
        line.person_s > 0.0 ? fmt::format("{:.1f}", line.person_s / kSecondsPerMinute) : "");
  }
  return text;
}

std::string NotesText(const OverseersSettings& settings, const OverseersPlan& plan) {
  const OverseersSeeds first = OverseersSeedsOf(settings, 0);
  return fmt::format(
      "\nEvery agent has {} steps of training, the rule's cost and training seeds 0 to {}; "
      "recovery "
      "has its offline episodes on top. A violation begins where a cost does that the episode did "
      "not begin in; exact 95 % intervals, over all seeds together: what seeds scatter beyond "
      "chance they do not tell. Returns and costs have 95 % intervals over the seeds, of one seed "
      "over its episodes; with few seeds they are too narrow. Of seed 0, agents are measured on {} "
      "episodes from seed {} on, their actions sampled, the critic learns from {} from seed {} on; "
      "those of the other seeds lie elsewhere and are in the JSON. No two of these, and none that "
      "training starts from, are the same. Nothing is selected: every agent is the one after the "
      "last step. The person watches in real time.\n",
      settings.training.total_steps, plan.seeds - 1, settings.evaluation_episodes, first.evaluation,
      settings.offline_episodes, first.offline);
}

ordered_json RatesJson(const ViolationRates& rates) {
  const WatchedSteps& c = rates.counted;
  return {{"steps", c.steps},
          {"episodes", c.episodes},
          {"violations", c.violations},
          {"violations_per_million", ExactJson(rates.violations)},
          {"violation_steps", c.violation_steps},
          {"violation_steps_per_million", rates.violation_steps},
          {"start_steps", c.start_steps},
          {"unsafe_episodes", c.unsafe_episodes},
          {"unsafe_episode_share", ExactJson(rates.unsafe_episodes)},
          {"blocks", c.blocks},
          {"blocked_share", rates.blocks}};
}

ordered_json LineJson(const OverseersLine& line) {
  ordered_json json{{"agent", ChoiceName(line.row)},
                    {"seeds", line.seeds},
                    {"training", RatesJson(line.training)},
                    {"phases", ordered_json::object()},
                    {"person_s", line.person_s},
                    {"blocked_early", FigureJson(line.early_blocks)},
                    {"blocked_late", FigureJson(line.late_blocks)},
                    {"return", FigureJson(line.total_reward)},
                    {"cost", FigureJson(line.cost)},
                    {"share_of_constrained", FigureJson(line.share)},
                    {"return_alone", FigureJson(line.reward_alone)},
                    {"cost_alone", FigureJson(line.cost_alone)},
                    {"share_alone", FigureJson(line.share_alone)},
                    {"by_seed", ordered_json::array()}};
  const std::vector<std::string> names = PhaseNames(line.row);
  for (std::size_t i = 0; i < names.size(); ++i)
    json["phases"][names[i]] = RatesJson(line.phases[i]);
  for (const OverseersPoint& point : line.points) {
    json["by_seed"].push_back({{"seed", point.seed},
                               {"violation_steps_per_million", point.violation_steps},
                               {"share_of_constrained", point.share}});
  }
  return json;
}

std::string MeanText(const std::vector<double>& values) {
  if (values.empty()) return "";
  double sum = 0.0;
  for (const double value : values) sum += value;
  return FigureText(sum / static_cast<double>(values.size()));
}

}  // namespace

std::string OverseersTable(const OverseersSettings& settings, const OverseersPlan& plan,
                           std::span<const OverseersLine> lines) {
  return ViolationsTable(lines) + AgentsTable(lines) + NotesText(settings, plan);
}

std::string OverseersCsv(std::span<const OverseersCell> cells) {
  std::string csv =
      "agent,seed,steps,episodes,unsafe_episodes,violations,violation_steps,first_steps,"
      "first_violations,first_violation_steps,blocks,blocked_early,blocked_late,person_s,return,"
      "cost,return_alone,cost_alone\n";
  for (const OverseersCell& cell : cells) {
    const WatchedSteps all = cell.Whole();
    const WatchedSteps& first = cell.phases[0];
    csv += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", ChoiceName(cell.key.row),
        cell.key.seed, all.steps, all.episodes, all.unsafe_episodes, all.violations,
        all.violation_steps, first.steps, first.violations, first.violation_steps, all.blocks,
        FigureText(cell.early_blocks), FigureText(cell.late_blocks), FigureText(all.person_s),
        MeanText(cell.deployed().total_reward), MeanText(cell.deployed().cost),
        MeanText(cell.alone.total_reward), MeanText(cell.alone.cost));
  }
  return csv;
}

std::string OverseersJson(const OverseersSettings& settings, const OverseersPlan& plan,
                          std::span<const OverseersLine> lines, const std::string& command) {
  ordered_json json{{"command", command},
                    {"version", LOOKOUT_VERSION},
                    {"settings", SettingsJson(settings)},
                    {"seeds", ordered_json::array()},
                    {"rows", ordered_json::array()}};
  for (int seed = 0; seed < plan.seeds; ++seed) {
    const OverseersSeeds seeds = OverseersSeedsOf(settings, static_cast<std::uint32_t>(seed));
    json["seeds"].push_back({{"training", seed},
                             {"offline_from", seeds.offline},
                             {"evaluated_from", seeds.evaluation}});
  }
  for (const OverseersLine& line : lines) json["rows"].push_back(LineJson(line));
  return json.dump(1) + "\n";
}

}  // namespace lookout::app
