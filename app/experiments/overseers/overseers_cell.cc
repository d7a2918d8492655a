#include "app/experiments/overseers/overseers_cell.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "agents/rl/settings/settings.h"
#include "app/experiments/figure_json.h"
#include "app/experiments/study_file.h"
#include "sim/config/config_file.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

constexpr char kOverseersFile[] = "the result of an experiment on overseers";

// Each names its figures once, with what they can be, for writing and for reading.
template <typename Steps, typename Visit>
void VisitSteps(const std::string& phase, Steps& s, Visit&& visit) {
  const auto one = [&](const char* name, auto& value) {
    visit((phase + name).c_str(), value, kAtLeastZero);
  };
  one("steps", s.steps);
  one("episodes", s.episodes);
  one("unsafe_episodes", s.unsafe_episodes);
  one("violation_steps", s.violation_steps);
  one("violations", s.violations);
  one("start_steps", s.start_steps);
  one("blocks", s.blocks);
  one("person_s", s.person_s);
}

template <typename Cell, typename Visit>
void VisitOverseersCell(Cell& cell, Visit&& visit) {
  VisitSteps("first_", cell.phases[0], visit);
  VisitSteps("second_", cell.phases[1], visit);
  visit("early_blocks", cell.early_blocks, kShare.OrUnknown());
  visit("late_blocks", cell.late_blocks, kShare.OrUnknown());
  visit("overseen_returns", cell.overseen.total_reward, kAnyNumber);
  visit("overseen_costs", cell.overseen.cost, kAtLeastZero);
  visit("returns", cell.alone.total_reward, kAnyNumber);
  visit("costs", cell.alone.cost, kAtLeastZero);
}

bool IsSound(const WatchedSteps& s) {
  return s.violations <= s.violation_steps && s.violation_steps + s.start_steps <= s.steps &&
         s.blocks <= s.steps && s.unsafe_episodes <= s.episodes;
}

}  // namespace

WatchedSteps WatchedSteps::Of(const agents::LedgerCounts& counts) {
  return {.steps = counts.steps,
          .episodes = counts.episodes,
          .unsafe_episodes = counts.unsafe_episodes,
          .violation_steps = counts.violations.steps,
          .violations = counts.violations.beginnings,
          .start_steps = counts.start_steps,
          .blocks = counts.blocks,
          .person_s = counts.person_s};
}

WatchedSteps& WatchedSteps::operator+=(const WatchedSteps& other) {
  steps += other.steps;
  episodes += other.episodes;
  unsafe_episodes += other.unsafe_episodes;
  violation_steps += other.violation_steps;
  violations += other.violations;
  start_steps += other.start_steps;
  blocks += other.blocks;
  person_s += other.person_s;
  return *this;
}

WatchedSteps OverseersCell::Whole() const {
  WatchedSteps whole;
  for (const WatchedSteps& phase : phases) whole += phase;
  return whole;
}

std::vector<std::string> PhaseNames(OverseersRow row) {
  if (row == OverseersRow::kHirl) return {"person", "blocker"};
  if (row == OverseersRow::kRecovery) return {"offline", "critic"};
  return {"training"};
}

std::string FileNameOf(const OverseersKey& key) {
  return fmt::format("cell-{}-seed{}.json", ChoiceName(key.row), key.seed);
}

std::string PolicyFileOf(const OverseersKey& key) {
  return fmt::format("policy-{}-seed{}.lookout", ChoiceName(key.row), key.seed);
}

ordered_json SettingsJson(const OverseersSettings& settings) {
  ordered_json json{
      {"environment", settings.environment.id},
      {"configuration", sim::ParseJsonText(sim::ConfigText(settings.environment)).value},
      {"training", agents::ExperimentKey(settings.training)},
      {"steps", settings.training.total_steps}};
  VisitFields(settings, [&](const Field<OverseersSettings>& field, const auto& value) {
    if constexpr (HasChoices<std::remove_cvref_t<decltype(value)>>) {
      json[std::string(field.name)] = ChoiceName(value);
    } else {
      json[std::string(field.name)] = value;
    }
  });
  return json;
}

std::string EncodeCell(const OverseersCell& cell, const OverseersSettings& settings) {
  ordered_json json{{"settings", SettingsJson(settings)}};
  VisitOverseersCell(cell, [&](const char* name, const auto& value, const FigureRange&) {
    json[name] = FigureJson(value);
  });
  return json.dump() + "\n";
}

Result<OverseersCell> DecodeCell(const std::string& text, const OverseersKey& key,
                                 const OverseersSettings& settings, const std::string& file) {
  const auto json = OpenStudyFile(text, SettingsJson(settings), file, kOverseersFile);
  if (!json) return json.error();
  OverseersCell cell{.key = key};
  FigureReader reader(*json);
  VisitOverseersCell(cell, reader);
  for (const WatchedSteps& phase : cell.phases) {
    reader.Expect(IsSound(phase), "it has more of what it counts than steps or episodes");
  }
  const std::size_t overseen = cell.overseen.cost.size();
  reader.Expect(cell.alone.cost.size() == cell.alone.total_reward.size() &&
                    overseen == cell.overseen.total_reward.size() && !cell.alone.cost.empty() &&
                    (overseen > 0) == HasOverseer(key.row),
                "its lists are not of as many episodes each");
  if (!reader.problem().empty()) return DamagedStudyFile(file, reader.problem());
  return cell;
}

}  // namespace lookout::app
