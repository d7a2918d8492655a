#include "app/experiments/transfer/transfer_world.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "app/experiments/study_file.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {

Result<TransferWorld> MakeTransferWorld(const TransferSettings& settings,
                                        const sim::CameraFactory& cameras,
                                        const std::filesystem::path& folder) {
  TransferWorld world{.settings = settings, .stages = {}, .specs = {}, .folder = folder};
  for (const TransferPlace& place : settings.places) {
    auto stage = SetStage(place.environment, place.policy, settings.annotator, cameras);
    if (!stage) return stage.error();
    world.stages.push_back(std::move(stage).value());
    const auto environment = MakeEnvironment(place.environment, cameras);
    if (!environment) return environment.error();
    world.specs.push_back((*environment)->spec());
  }
  return world;
}

std::string FileNameOf(const TransferWorld& world, const PlaceKey& key) {
  return fmt::format("answers-{}-seed{}.json", world.NameOf(key.place), key.seed);
}

std::string FileNameOf(const TransferWorld& world, const TransferKey& key) {
  return fmt::format("cell-{}-{}-seed{}.json", world.NameOf(key.source), world.NameOf(key.target),
                     key.seed);
}

std::string ModelFileOf(const TransferWorld& world, const TransferKey& key, TransferInputs inputs) {
  return fmt::format("model-{}-{}-{}-seed{}.costmodel", world.NameOf(key.source),
                     world.NameOf(key.target), ChoiceName(inputs), key.seed);
}

nlohmann::ordered_json SettingsJson(const TransferWorld& world,
                                    const std::vector<std::size_t>& places) {
  nlohmann::ordered_json json{{"places", nlohmann::ordered_json::array()}};
  const TransferSettings& settings = world.settings;
  for (const std::size_t place : places) {
    nlohmann::ordered_json subject = SubjectJson(settings.places[place].environment,
                                                 settings.places[place].policy, settings.annotator);
    subject["agent"] = world.stages[place].policy->name();
    json["places"].push_back(std::move(subject));
  }
  AddFields(settings, json);
  return json;
}

}  // namespace lookout::app
