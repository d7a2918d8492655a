#include "app/runs/foreign_run.h"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>

#include "app/platform/files.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Keys = std::initializer_list<const char*>;

// The first of the keys that has a text, or "".
std::string TextUnder(const json& object, Keys keys) {
  for (const char* key : keys) {
    const auto found = object.find(key);
    if (found != object.end() && found->is_string()) return found->get<std::string>();
  }
  return "";
}

std::optional<double> NumberUnder(const json& object, Keys keys) {
  for (const char* key : keys) {
    const auto found = object.find(key);
    if (found != object.end() && found->is_number()) return found->get<double>();
  }
  return std::nullopt;
}

// OmniSafe sorts its settings into objects of one level.
std::optional<double> CostLimitIn(const json& object) {
  if (const auto limit = NumberUnder(object, {"cost_lim", "cost_limit"})) return limit;
  for (const json& part : object) {
    if (!part.is_object()) continue;
    if (const auto limit = NumberUnder(part, {"cost_lim", "cost_limit"})) return limit;
  }
  return std::nullopt;
}

void Describe(const json& object, LoadedRun& run) {
  ForeignRun& foreign = run.foreign.emplace();
  run.config.environment = TextUnder(object, {"env_id", "env_name", "task", "env"});
  if (run.config.environment.empty()) run.config.environment = "unknown";
  foreign.agent = TextUnder(object, {"algo", "algorithm", "exp_name", "experiment"});
  if (foreign.agent.empty()) foreign.agent = fs::absolute(run.folder).lexically_normal().string();
  foreign.cost_limit = CostLimitIn(object);
  const auto seed = NumberUnder(object, {"seed"});
  if (seed && *seed >= 0 && *seed <= 4294967295.0) foreign.seed = std::uint32_t(*seed);
}

Result<ProgressTable> ReadLog(const fs::path& folder) {
  std::error_code ignored;
  fs::path file = folder / "progress.csv";
  if (!fs::exists(file, ignored)) file = folder / "progress.txt";
  if (!fs::exists(file, ignored)) {
    return BadInput(folder.string() +
                    " holds neither progress.txt nor progress.csv; name the folder of a run.");
  }
  auto text = ReadWholeFile(file, kMostTextBytes);
  if (!text.ok()) return text.error();
  return ParseForeignProgress(*text, file.string());
}

}  // namespace

Result<LoadedRun> LoadAnyRunFolder(const fs::path& path) {
  const fs::path config = RunFolder(path).config();
  std::error_code ignored;
  json object = json::object();
  if (fs::exists(config, ignored)) {
    auto text = ReadWholeFile(config, kMostTextBytes);
    if (!text.ok()) return text.error();
    sim::JsonText parsed = sim::ParseJsonText(*text);
    if (!parsed.problem.empty()) return BadInput(config.string() + " " + parsed.problem + ".");
    if (parsed.value.is_object()) object = std::move(parsed.value);
    if (TextUnder(object, {"program"}).starts_with("lookout")) return LoadRunFolder(path);
  }
  auto progress = ReadLog(path);
  if (!progress.ok()) return progress.error();
  if (progress->rows == 0) return BadInput(path.string() + " has no finished iteration yet.");
  LoadedRun run{.folder = path, .progress = std::move(*progress)};
  Describe(object, run);
  return run;
}

}  // namespace lookout::app
