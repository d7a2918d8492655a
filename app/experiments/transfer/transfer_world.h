// What all jobs of an experiment on transfer share: who plays where, who looks on, and how its
// files are named. Immutable; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/experiments/keep_going.h"
#include "app/experiments/study_stage.h"
#include "app/experiments/transfer/transfer_settings.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"
#include "sim/environment/environment.h"

namespace lookout::app {

// Of one place and seed.
struct PlaceKey {
  std::size_t place = 0;  // of the settings'
  std::uint32_t seed = 0;
};

// What was learned at the source, in the target.
struct TransferKey {
  std::size_t source = 0;
  std::size_t target = 0;
  std::uint32_t seed = 0;

  bool is_home() const { return source == target; }
};

struct TransferWorld {
  TransferSettings settings;
  std::vector<StudyStage> stages;           // of each place
  std::vector<sim::EnvironmentSpec> specs;  // likewise
  std::filesystem::path folder;

  std::string NameOf(std::size_t place) const {
    return PlaceName(settings.places[place].environment);
  }
};

// Rejects (kBadInput) an annotator, a policy or an environment that cannot be read, a policy that
// does not fit, and an environment without a policy whose task the careful script cannot do.
Result<TransferWorld> MakeTransferWorld(const TransferSettings& settings,
                                        const sim::CameraFactory& cameras,
                                        const std::filesystem::path& folder);

// Of the files, without a folder: "answers-PointGoal1-seed0.json".
std::string FileNameOf(const TransferWorld& world, const PlaceKey& key);
// "cell-PointGoal1-CarGoal1-seed0.json".
std::string FileNameOf(const TransferWorld& world, const TransferKey& key);
// Of the cost model of a cell, as it is in the target: "model-PointGoal1-CarGoal1-world-seed0".
std::string ModelFileOf(const TransferWorld& world, const TransferKey& key, TransferInputs inputs);

// What two files have to share to be of one experiment: the settings with the places of the file
// alone, so that further ones can be added.
nlohmann::ordered_json SettingsJson(const TransferWorld& world,
                                    const std::vector<std::size_t>& places);

}  // namespace lookout::app
