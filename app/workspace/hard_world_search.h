// What the window does about worlds in which the agent that plays comes to harm: which search is
// under way, what it found, which of it is shown, kept and saved. Part of the window controller;
// window thread only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "agents/policies/policy.h"
#include "app/workers/hard_worlds/hard_worlds_request.h"
#include "app/workspace/found_clips.h"
#include "app/workspace/playback.h"
#include "app/workspace/search_news.h"
#include "app/workspace/worker_links.h"
#include "ui/hard_worlds.h"
#include "ui/inspection_commands.h"
#include "ui/model/episode_store.h"
#include "ui/snapshots.h"

namespace lookout::app {

class HardWorldSearch {
 public:
  // All have to outlive it.
  HardWorldSearch(const WorkerLinks& links, ui::EpisodeStore& episodes, Playback& playback)
      : links_(links), episodes_(episodes), playback_(playback), found_(links, episodes) {}

  // player: whose agent is attacked, under its overseers if there are any. Where nobody but a
  // person plays, that is said.
  void Find(const ui::FindHardWorlds& command, const sim::EnvironmentConfig& environment,
            const ui::PlayerSnapshot& player);
  void Stop();
  void On(HardWorldsNews news);

  // Where that world's episode comes to harm, or nearly; its replay begins shortly before and ends
  // there, as soon as it is on screen. The project has nothing of it. None: there is no such world.
  std::optional<ui::Seek> Show(const ui::ShowHardWorld& command);
  // Writes the episodes of all worlds to the project; how many there are.
  int KeepAll();
  // Writes each world of the result to a file of its own beside the project, once.
  void Save(const std::filesystem::path& project);
  // Once a frame: begins and ends a replay, and says of the result whether it is about who plays
  // now.
  void Follow(const ui::PlayerSnapshot& player);

  const ui::HardWorldsOnScreen& shown() const { return shown_; }

 private:
  // Whom a search is about.
  struct Subject {
    agents::PolicyPtr policy;
    std::string agent, overseer, environment;
  };
  static Subject SubjectOf(const ui::PlayerSnapshot& player);

  const WorkerLinks& links_;
  ui::EpisodeStore& episodes_;
  Playback& playback_;
  FoundEpisodes found_;
  ClipReplay replay_;
  std::int64_t number_ = 0;
  int episodes_asked_ = 0;  // that the search plays
  Subject asked_, found_of_;
  SearchClock clock_;
  ui::HardWorldsOnScreen shown_;
  std::vector<StepIndex> steps_;           // [worlds] of the result, where they do harm
  std::vector<std::string> environments_;  // [worlds] of the result, as files' texts
};

}  // namespace lookout::app
