#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "sim/config/json_text.h"
#include "sim/recording/recording.h"

namespace lookout::sim {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "lookout-episode";
constexpr int kHeaderVersion = 1;
constexpr std::size_t kMostHeaderBytes = std::size_t{16} << 20U;
constexpr std::int64_t kMaxInt64 = std::numeric_limits<std::int64_t>::max();
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

// Takes typed values out of JSON objects. The first thing that is missing or wrong sticks.
class Reader {
 public:
  const Status& status() const { return status_; }

  std::int64_t Integer(const json& object, const char* key, std::int64_t most = kMaxInt64) {
    const json& value = Find(object, key);
    const bool fits = value.is_number_integer() &&
                      (!value.is_number_unsigned() || value.get<std::uint64_t>() <= kMaxInt64);
    const std::int64_t number = fits ? value.get<std::int64_t>() : -1;
    if (number >= 0 && number <= most) return number;
    Reject(key, "is not a whole number from 0 to " + std::to_string(most));
    return 0;
  }

  double Real(const json& object, const char* key) {
    const json& value = Find(object, key);
    const double number = value.is_number() ? value.get<double>() : std::nan("");
    if (!std::isfinite(number)) Reject(key, "is not a number");
    return number;
  }

  std::string Text(const json& object, const char* key) {
    const json& value = Find(object, key);
    if (value.is_string()) return value.get<std::string>();
    Reject(key, "is not a text");
    return {};
  }

  const json& Object(const json& object, const char* key) {
    const json& value = Find(object, key);
    if (!value.is_object()) Reject(key, "is not an object");
    return value;
  }

  const json& Array(const json& object, const char* key) {
    const json& value = Find(object, key);
    if (value.is_array()) return value;
    Reject(key, "is not a list");
    return empty_array_;
  }

  void Reject(const std::string& key, const std::string& cause) {
    Reject(BadInput("The header of a recorded episode is unusable: \"" + key + "\" " + cause +
                    "; its file is damaged or was not written by Lookout."));
  }
  void Reject(Error error) {
    if (status_.ok()) status_ = std::move(error);
  }

 private:
  const json& Find(const json& object, const char* key) const {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found == object.end() ? null_ : *found;
  }

  json null_;
  json empty_array_ = json::array();
  Status status_;
};

EpisodeSetup ReadSetup(Reader& reader, const json& object) {
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

void CheckFormat(Reader& reader, const json& object) {
  if (reader.Text(object, "format") != kFormat) {
    reader.Reject("format", std::string("is not \"") + kFormat + "\"");
  }
  const std::int64_t version = reader.Integer(object, "version");
  if (version > kHeaderVersion) {
    reader.Reject(
        BadInput("The header of a recorded episode was written by a newer version of "
                 "Lookout: its format is " +
                 std::to_string(version) + ", this program reads up to " +
                 std::to_string(kHeaderVersion) + ". Update Lookout."));
  }
}

}  // namespace

std::string EncodeHeader(const EpisodeHeader& header) {
  const json object{{"format", kFormat},
                    {"version", kHeaderVersion},
                    {"id", header.id.value},
                    {"environment", header.config.id},
                    {"config", ConfigToJson(header.config)},
                    {"setup", SetupToJson(header.setup)},
                    {"seed", header.seed},
                    {"agent", header.agent},
                    {"branched_from", header.branched_from.value},
                    {"branched_at", header.branched_at},
                    {"started_unix_ms", header.started_unix_ms}};
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<EpisodeHeader> DecodeHeader(std::string_view text) {
  Reader reader;
  if (text.size() > kMostHeaderBytes) {
    reader.Reject("header", "has " + std::to_string(text.size()) + " bytes, expected at most " +
                                std::to_string(kMostHeaderBytes));
    return reader.status().error();
  }
  const json object = ParseJsonText(text).value;
  CheckFormat(reader, object);
  EpisodeHeader header;
  header.id = {reader.Integer(object, "id")};
  header.setup = ReadSetup(reader, reader.Object(object, "setup"));
  header.seed = static_cast<std::uint32_t>(reader.Integer(object, "seed", kMaxUint32));
  header.agent = reader.Text(object, "agent");
  header.branched_from = {reader.Integer(object, "branched_from")};
  header.branched_at = static_cast<StepIndex>(
      reader.Integer(object, "branched_at", std::numeric_limits<StepIndex>::max()));
  header.started_unix_ms = reader.Integer(object, "started_unix_ms");
  const std::string environment = reader.Text(object, "environment");
  const json& options = reader.Object(object, "config");
  if (!reader.status()) return reader.status().error();

  Result<EnvironmentConfig> config = ParseConfig(options, environment);
  if (!config) return config.error();
  header.config = std::move(*config);
  return header;
}

}  // namespace lookout::sim
