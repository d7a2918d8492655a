#include "app/workspace/hard_world_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/workspace/inspection.h"
#include "app/workspace/search_news.h"

namespace lookout::app {
namespace {

constexpr StepIndex kHarmLeadSteps = 75;  // before the harm, so that it is seen to come

std::string SavedInWords(const std::filesystem::path& project,
                         const std::vector<std::string>& names) {
  const std::string folder = project.parent_path().string();
  return names.size() == 1
             ? fmt::format("Wrote {} to {}: reset with that seed, it plays the same episode again.",
                           names.front(), folder)
             : fmt::format(
                   "Wrote {} environments to {}, {} to {}: reset with the seed of its name, "
                   "each plays the same episode again.",
                   names.size(), folder, names.front(), names.back());
}

}  // namespace

void HardWorldSearch::Find(const ui::FindHardWorlds& command,
                           const sim::EnvironmentConfig& environment,
                           const ui::PlayerSnapshot& player) {
  Stop();
  shown_.layouts = command.layouts;
  shown_.problem.clear();
  if (player.policy == nullptr) {
    shown_.problem = "A person plays, or nobody: choose an agent that can be attacked.";
    return;
  }
  shown_.searching = true;
  const bool is_overseen = !player.oversight.overseer.empty();
  links_.find_hard_worlds({.number = number_,
                           .environment = environment,
                           .policy = player.policy,
                           .agent = player.agent_name,
                           .overseer = is_overseen ? player.oversight.spec : std::string(),
                           .overseer_name = player.oversight.overseer,
                           .wanted = command});
}

void HardWorldSearch::Stop() {
  links_.abandon_hard_worlds(++number_);
  shown_.searching = false;
  shown_.fraction = 0.0;
}

void HardWorldSearch::On(HardWorldsNews news) {
  if (!TakeNews(news, number_, shown_)) return;
  shown_.kept = shown_.saved = false;
  found_.Adopt(std::move(news.recorded));
  steps_ = std::move(news.steps);
  environments_ = std::move(news.environments);
}

std::optional<ui::Seek> HardWorldSearch::Show(const ui::ShowHardWorld& command) {
  if (!found_.Has(command.world)) return std::nullopt;
  shown_.shown = command.world;
  const EpisodeId episode = found_.Hold(command.world);
  shown_.episodes = found_.held();
  const StepIndex harm = steps_[command.world];
  return replay_.Begin(episode, std::max<StepIndex>(0, harm - kHarmLeadSteps), harm);
}

int HardWorldSearch::KeepAll() {
  const auto& kept = found_.KeepAll();
  shown_.episodes = found_.held();
  shown_.kept = true;
  return static_cast<int>(kept.size());
}

void HardWorldSearch::Save(const std::filesystem::path& project) {
  if (shown_.saved || environments_.empty()) return;
  shown_.saved = true;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < environments_.size(); ++i) {
    const std::uint32_t seed = shown_.result->worlds[i].seed;
    const auto file = NextFindFile(project, fmt::format("hard-world-seed-{}", seed));
    names.push_back(file.filename().string());
    const bool is_last = i + 1 == environments_.size();
    links_.write_file({file, environments_[i], is_last ? SavedInWords(project, names) : ""});
  }
}

}  // namespace lookout::app
