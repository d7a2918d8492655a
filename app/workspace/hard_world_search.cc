#include "app/workspace/hard_world_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/workspace/inspection.h"

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
  shown_.seconds_left = 0.0;
  episodes_asked_ = command.episodes();
  asked_ = SubjectOf(player);
  clock_.Begin();
  links_.find_hard_worlds({.number = number_,
                           .environment = environment,
                           .policy = player.policy,
                           .agent = player.agent_name,
                           .overseer = asked_.overseer,
                           .overseer_name = player.oversight.overseer,
                           .wanted = command});
}

void HardWorldSearch::Stop() {
  links_.abandon_hard_worlds(++number_);
  shown_.searching = false;
  shown_.fraction = 0.0;
}

void HardWorldSearch::On(HardWorldsNews news) {
  const bool is_new = TakeNews(news, number_, shown_);
  shown_.seconds_left = clock_.LeftAt(shown_.fraction);
  if (!is_new) return;
  shown_.seconds_per_episode = clock_.spent_s() / episodes_asked_;
  found_of_ = asked_;
  shown_.kept = shown_.saved = false;
  found_.Adopt(std::move(news.recorded));
  steps_ = std::move(news.steps);
  environments_ = std::move(news.environments);
}

HardWorldSearch::Subject HardWorldSearch::SubjectOf(const ui::PlayerSnapshot& player) {
  const bool is_overseen = !player.oversight.overseer.empty();
  return {.policy = player.policy,
          .agent = player.agent_name,
          .overseer = is_overseen ? player.oversight.spec : std::string(),
          .environment = player.environment};
}

void HardWorldSearch::Follow(const ui::PlayerSnapshot& player) {
  replay_.Follow(playback_, episodes_);
  if (shown_.result == nullptr) return;
  const agents::PolicyPtr& was = found_of_.policy;
  const agents::PolicyPtr& is = player.policy;
  const bool is_overseen = !player.oversight.overseer.empty();
  const bool same_policy =
      was == is || (is != nullptr && was->version() == is->version() && was->name() == is->name());
  const bool same_agent = is != nullptr && found_of_.agent == player.agent_name;
  shown_.since = {.agent = !same_agent,
                  .policy = same_agent && !same_policy,
                  .overseers = is_overseen ? found_of_.overseer != player.oversight.spec
                                           : !found_of_.overseer.empty(),
                  .environment = found_of_.environment != player.environment};
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
