#include "app/workspace/files/remembered.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::json;
using ui::AgentKind;

constexpr std::array<std::pair<AgentKind, std::string_view>, 4> kNames{
    {{AgentKind::kRandom, "random"},
     {AgentKind::kGoToGoal, "go_to_goal"},
     {AgentKind::kCareful, "careful"},
     {AgentKind::kNewestPolicy, "newest_policy"}}};
constexpr std::string_view kPolicy = "policy ";
constexpr std::string_view kOf = " of ";  // before a class of danger

template <typename Number>
bool ReadWhole(std::string_view text, Number& number) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end;
}

}  // namespace

std::string AgentText(const ui::SetAgent& agent) {
  if (agent.kind == AgentKind::kNamedPolicy) return std::string(kPolicy) + agent.policy;
  for (const auto& [kind, name] : kNames) {
    if (kind == agent.kind) return std::string(name);
  }
  return {};
}

std::optional<ui::SetAgent> AgentFromText(std::string_view text) {
  if (text.starts_with(kPolicy)) {
    return ui::SetAgent{AgentKind::kNamedPolicy, std::string(text.substr(kPolicy.size()))};
  }
  for (const auto& [kind, name] : kNames) {
    if (name == text) return ui::SetAgent{kind, {}};
  }
  return {};
}

std::string CostReadingText(const agents::CostUse& use) {
  const std::string text = fmt::format("{} {}", ChoiceName(use.reading), use.caution);
  return use.danger == 0 ? text : fmt::format("{}{}{}", text, kOf, use.danger);
}

std::optional<agents::CostUse> CostReadingFromText(std::string_view text) {
  const std::size_t of = text.find(kOf);
  int danger = 0;
  if (of != std::string_view::npos) {
    if (!ReadWhole(text.substr(of + kOf.size()), danger)) return {};
    if (danger < 1 || danger >= agents::kDangerClassCount) return {};
    text = text.substr(0, of);
  }
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return {};
  const auto reading = ParseChoice<agents::CostReading>(text.substr(0, space), "reading");
  double caution = 0.0;
  const bool sound = ReadWhole(text.substr(space + 1), caution) && caution >= 0.0;
  if (!reading || !sound || !std::isfinite(caution)) return {};
  return agents::CostUse{*reading, caution, static_cast<agents::DangerClass>(danger)};
}

std::string PathsText(const std::vector<std::string>& paths) {
  return json(paths).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<std::string> PathsFromText(std::string_view text) {
  const json list = sim::ParseJsonText(text).value;
  std::vector<std::string> paths;
  if (!list.is_array()) return paths;
  for (const json& entry : list) {
    if (entry.is_string()) RememberPath(entry.get<std::string>(), paths);
  }
  return paths;
}

bool RememberPath(const std::string& path, std::vector<std::string>& paths) {
  if (path.empty() || std::ranges::find(paths, path) != paths.end()) return false;
  paths.push_back(path);
  if (paths.size() > kMostOpenedFiles) paths.erase(paths.begin());
  return true;
}

}  // namespace lookout::app
