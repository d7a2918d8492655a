#include "app/cli/support/text/merge_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

// How many contradictions are told at the terminal; --json tells more.
constexpr std::size_t kMostTold = 20;

std::string InWords(const MarkConflict& conflict) {
  const auto one = [](const MarkConflict::ToldMark& mark) {
    return fmt::format("{} from step {} to {}", ChoiceName(mark.verdict), mark.first_step,
                       mark.last_step);
  };
  return fmt::format("{} in episode {}: {}, but also {}", conflict.annotator,
                     conflict.episode.value, one(conflict.first), one(conflict.second));
}

ordered_json ToJson(const MarkConflict::ToldMark& mark) {
  return {{"mark", mark.id.value},
          {"first_step", mark.first_step},
          {"last_step", mark.last_step},
          {"verdict", ChoiceName(mark.verdict)}};
}

}  // namespace

std::string Counted(std::int64_t number, const std::string& what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

void PutPlan(const MergePlan& plan, ordered_json& object) {
  object["added"] = plan.added;
  object["changed"] = plan.changed;
  object["removed"] = plan.removed;
  object["known"] = plan.known;
  object["parted"] = plan.parted;
  object["conflicts"] = ordered_json::array();
  for (const MarkConflict& conflict : plan.conflicts) {
    object["conflicts"].push_back({{"annotator", conflict.annotator},
                                   {"episode", conflict.episode.value},
                                   {"first", ToJson(conflict.first)},
                                   {"second", ToJson(conflict.second)}});
  }
}

std::string PlanInWords(const MergePlan& plan) {
  std::string words = Counted(plan.added, "record") + " added";
  if (plan.changed > 0) words += fmt::format(", {} changed", plan.changed);
  if (plan.removed > 0) words += fmt::format(", {} taken back", plan.removed);
  if (plan.known > 0) words += fmt::format(", {} there already", plan.known);
  if (plan.parted > 0) words += fmt::format(", {} changed in both and kept twice", plan.parted);
  return words;
}

std::string ConflictsInWords(const MergePlan& plan) {
  if (plan.conflicts.empty()) return {};
  const bool more = plan.conflicts.size() >= MergePlan::kMostConflicts;
  std::string words =
      fmt::format("{}{}, which both count until one is mended:\n",
                  Counted(static_cast<std::int64_t>(plan.conflicts.size()), "contradiction"),
                  more ? " or more" : "");
  for (std::size_t i = 0; i < std::min(kMostTold, plan.conflicts.size()); ++i) {
    words += fmt::format("  {}\n", InWords(plan.conflicts[i]));
  }
  if (plan.conflicts.size() > kMostTold) words += "  ... --json lists them all\n";
  return words;
}

void PutSettings(const SettingsMerge& settings, ordered_json& object) {
  object["settings_carried"] = settings.carried;
  object["setting_conflicts"] = ordered_json::array();
  for (const SettingConflict& conflict : settings.conflicts) {
    object["setting_conflicts"].push_back(
        {{"what", conflict.what}, {"first", conflict.first}, {"second", conflict.second}});
  }
}

std::string SettingsInWords(const SettingsMerge& settings) {
  std::string words;
  for (const std::string& carried : settings.carried) {
    words += fmt::format("carried over: {}\n", carried);
  }
  for (const SettingConflict& conflict : settings.conflicts) {
    words += fmt::format("{} is {} in the first and {} in the second; the first counts\n",
                         conflict.what, conflict.first, conflict.second);
  }
  return words;
}

}  // namespace lookout::app
