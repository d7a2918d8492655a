#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "sim/config/json_text.h"
#include "sim/recording/header_reader.h"
#include "sim/recording/recording.h"

namespace lookout::sim {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "lookout-episode";
constexpr int kHeaderVersion = 2;
constexpr std::size_t kMostHeaderBytes = std::size_t{16} << 20U;
constexpr std::int64_t kMaxUint32 = std::numeric_limits<std::uint32_t>::max();

json SetupToJson(const EpisodeSetup& setup) {
  json layout = json::array();
  for (const Placement& place : setup.layout) {
    layout.push_back({{"name", place.name}, {"x_m", place.x_m}, {"y_m", place.y_m}});
  }
  json rotations = json::array();
  for (const Rotation& rotation : setup.rotations) {
    rotations.push_back({{"name", rotation.name}, {"angle_rad", rotation.angle_rad}});
  }
  return {{"generator_seed", setup.generator_seed},
          {"layout", std::move(layout)},
          {"rotations", std::move(rotations)},
          {"robot_rotation_rad", setup.robot_rotation_rad}};
}

EpisodeSetup ReadSetup(HeaderReader& reader, const json& object) {
  EpisodeSetup setup;
  setup.generator_seed =
      static_cast<std::uint32_t>(reader.Integer(object, "generator_seed", kMaxUint32));
  for (const json& place : reader.Array(object, "layout")) {
    setup.layout.push_back(
        {reader.Text(place, "name"), reader.Real(place, "x_m"), reader.Real(place, "y_m")});
  }
  for (const json& rotation : reader.Array(object, "rotations")) {
    setup.rotations.push_back({reader.Text(rotation, "name"), reader.Real(rotation, "angle_rad")});
  }
  setup.robot_rotation_rad = reader.Real(object, "robot_rotation_rad");
  return setup;
}

json HandOversToJson(const std::vector<HandOver>& hand_overs) {
  json list = json::array();
  for (const HandOver& hand_over : hand_overs) {
    list.push_back({{"step", hand_over.step}, {"agent", hand_over.agent}});
  }
  return list;
}

StepIndex ReadStep(HeaderReader& reader, const json& object, const char* key) {
  return static_cast<StepIndex>(reader.Integer(object, key, std::numeric_limits<StepIndex>::max()));
}

std::vector<HandOver> ReadHandOvers(HeaderReader& reader, const json& object) {
  std::vector<HandOver> hand_overs;
  for (const json& hand_over : reader.Array(object, "hand_overs")) {
    hand_overs.push_back({ReadStep(reader, hand_over, "step"), reader.Text(hand_over, "agent")});
  }
  return hand_overs;
}

json ImportedToJson(const ImportedEpisode& imported) {
  json kinds = json::array();
  for (const CostKind kind : imported.cost_kinds) kinds.push_back(CostKindName(kind));
  return {{"file", imported.file},
          {"action_dim", imported.action_dim},
          {"max_episode_steps", imported.max_episode_steps},
          {"step_duration_s", imported.step_duration_s},
          {"costs", std::move(kinds)}};
}

ImportedEpisode ReadImported(HeaderReader& reader, const json& object) {
  ImportedEpisode imported;
  imported.file = reader.Text(object, "file");
  imported.action_dim = static_cast<int>(reader.Integer(object, "action_dim", kMostActionDim));
  imported.max_episode_steps = ReadStep(reader, object, "max_episode_steps");
  imported.step_duration_s = reader.Real(object, "step_duration_s");
  if (!(imported.step_duration_s > 0.0)) reader.Reject("step_duration_s", "is not above 0");
  for (const json& name : reader.Array(object, "costs")) {
    // A kind of a newer version: its cost is among the other ones of the steps.
    const auto kind = name.is_string() ? FindCostKind(name.get<std::string>()) : std::nullopt;
    if (kind) imported.cost_kinds.push_back(*kind);
  }
  return imported;
}

// What version 2 added.
void ReadAdditions(HeaderReader& reader, const json& object, EpisodeHeader& header) {
  Result<ObservationSignature> signature =
      ObservationSignature::FromText(reader.Text(object, "signature"));
  if (!signature) return reader.Reject("signature", "is unusable: " + signature.error().message);
  header.signature = std::move(signature).value();
  header.hand_overs = ReadHandOvers(reader, object);
  if (object.contains("imported")) {
    header.imported = ReadImported(reader, reader.Object(object, "imported"));
  }
}

std::int64_t ReadVersion(HeaderReader& reader, const json& object) {
  if (reader.Text(object, "format") != kFormat) {
    reader.Reject("format", std::string("is not \"") + kFormat + "\"");
  }
  const std::int64_t version = reader.Integer(object, "version");
  if (version > kHeaderVersion) {
    reader.Reject(BadInput(
        fmt::format("The header of a recorded episode was written by a newer version of Lookout: "
                    "its format is {}, this program reads up to {}. Update Lookout.",
                    version, kHeaderVersion)));
  }
  return version;
}

}  // namespace

std::string EncodeHeader(const EpisodeHeader& header) {
  json object{{"format", kFormat},
              {"version", kHeaderVersion},
              {"id", header.id.value},
              {"environment", header.config.id},
              {"signature", header.signature.Text()},
              {"seed", header.seed},
              {"agent", header.agent},
              {"hand_overs", HandOversToJson(header.hand_overs)},
              {"branched_from", header.branched_from.value},
              {"branched_at", header.branched_at},
              {"started_unix_ms", header.started_unix_ms}};
  if (header.imported) {
    object["imported"] = ImportedToJson(*header.imported);
  } else {
    object["config"] = ConfigToJson(header.config);
    object["setup"] = SetupToJson(header.setup);
  }
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<EpisodeHeader> DecodeHeader(std::string_view text) {
  HeaderReader reader;
  if (text.size() > kMostHeaderBytes) {
    reader.Reject("header",
                  fmt::format("has {} bytes, expected at most {}", text.size(), kMostHeaderBytes));
    return reader.status().error();
  }
  const json object = ParseJsonText(text).value;
  const std::int64_t version = ReadVersion(reader, object);
  EpisodeHeader header;
  header.id = {reader.Integer(object, "id")};
  header.seed = static_cast<std::uint32_t>(reader.Integer(object, "seed", kMaxUint32));
  header.agent = reader.Text(object, "agent");
  header.branched_from = {reader.Integer(object, "branched_from")};
  header.branched_at = ReadStep(reader, object, "branched_at");
  header.started_unix_ms = reader.Integer(object, "started_unix_ms");
  if (version >= 2) ReadAdditions(reader, object, header);
  const std::string environment = reader.Text(object, "environment");
  if (header.imported) {
    header.config.id = environment;
    if (!reader.status()) return reader.status().error();
    return header;
  }
  header.setup = ReadSetup(reader, reader.Object(object, "setup"));
  const json& options = reader.Object(object, "config");
  if (!reader.status()) return reader.status().error();

  Result<EnvironmentConfig> config = ParseConfig(options, environment);
  if (!config) return config.error();
  header.config = std::move(*config);
  return header;
}

}  // namespace lookout::sim
