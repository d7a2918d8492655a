#include "sim/config/config_file.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "sim/config/json_text.h"
#include "sim/config/json_value.h"

namespace lookout::sim {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kMostBytes = std::size_t{4} << 20U;
constexpr int kMostDepth = 8;  // a list of rectangles in the options of an object is three deep
constexpr std::size_t kMostShown = 300;  // characters of a path in a message
constexpr const char* kExtends = "extends";

Result<json> ParseJson(std::string_view text) {
  if (text.size() > kMostBytes) {
    return BadInput(fmt::format("A configuration of {} bytes is not read; it may have {}.",
                                text.size(), kMostBytes));
  }
  std::set<std::string> keys;
  std::string twice;
  const auto note_key = [&](int depth, json::parse_event_t event, json& value) {
    if (event != json::parse_event_t::key || depth != 1) return true;
    if (!keys.insert(value.get<std::string>()).second) twice = Excerpt(value);
    return true;
  };
  JsonText parsed = ParseJsonText(text, kMostDepth, note_key);
  if (!parsed.problem.empty()) {
    return BadInput("The configuration " + parsed.problem +
                    ". Numbers must be finite; texts stand in double quotes.");
  }
  if (twice.empty()) return std::move(parsed.value);
  return BadInput("The configuration has the option " + twice + " twice; remove one.");
}

// The configuration to start from: a registered one, or Engine's defaults.
Result<EnvironmentConfig> TakeBase(json& options) {
  if (!options.is_object() || !options.contains(kExtends)) return EnvironmentConfig{};
  const json name = options[kExtends];
  options.erase(kExtends);
  if (!name.is_string()) {
    return BadInput("The option extends must be the id of an environment, not " + Excerpt(name) +
                    ".");
  }
  Result<EnvironmentConfig> base = ConfigForId(name.get_ref<const std::string&>());
  if (!base) return BadInput("The option extends: " + base.error().message);
  return base;
}

Result<std::string> ReadText(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    return BadInput("There is no file " + path.string().substr(0, kMostShown) +
                    "; 'lookout envs' lists the environments that need none.");
  }
  if (!fs::is_regular_file(path, error)) {
    return BadInput(path.string() + " is not a file of a configuration.");
  }
  if (const std::uintmax_t bytes = fs::file_size(path, error); !error && bytes > kMostBytes) {
    return BadInput(fmt::format("{} has {} bytes; a configuration may have {}.", path.string(),
                                bytes, kMostBytes));
  }
  std::ifstream stream(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (stream.fail()) return BadInput(path.string() + " cannot be read; check its permissions.");
  return text;
}

}  // namespace

Result<EnvironmentConfig> ParseConfigText(std::string_view text, std::string_view id) {
  Result<json> options = ParseJson(text);
  if (!options) return options.error();
  Result<EnvironmentConfig> base = TakeBase(*options);
  if (!base) return base.error();
  base->id = id;
  return ChangeConfig(*options, std::move(*base));
}

std::string ConfigText(const EnvironmentConfig& config) { return ConfigToJson(config).dump(); }

Result<EnvironmentConfig> LoadConfigFile(const fs::path& path) {
  const Result<std::string> text = ReadText(path);
  if (!text) return text.error();
  Result<EnvironmentConfig> config = ParseConfigText(*text, path.stem().string());
  if (!config) return BadInput(path.string() + ": " + config.error().message);
  return config;
}

Result<EnvironmentConfig> LoadConfig(std::string_view id_or_file) {
  if (id_or_file.find('/') != std::string_view::npos || id_or_file.ends_with(".json")) {
    return LoadConfigFile(id_or_file);
  }
  std::error_code ignored;
  Result<EnvironmentConfig> registered = ConfigForId(id_or_file);
  const bool is_file = !registered && fs::is_regular_file(id_or_file, ignored);
  return is_file ? LoadConfigFile(id_or_file) : registered;
}

}  // namespace lookout::sim
