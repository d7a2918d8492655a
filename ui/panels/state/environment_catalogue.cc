#include "ui/panels/state/environment_catalogue.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>

namespace lookout::ui {
namespace {

// One kind of object: how many, how it is called, and what it costs to meet it.
struct Obstacles {
  const sim::ObjectPlacement sim::EnvironmentConfig::*placement;
  bool sim::EnvironmentConfig::*charged;  // null: never
  const char* one;
  const char* many;
  sim::CostKind kind;
};
constexpr std::array<Obstacles, 6> kObstacles{
    {{&sim::EnvironmentConfig::hazards, &sim::EnvironmentConfig::constrain_hazards, "hazard",
      "hazards", sim::CostKind::kHazards},
     {&sim::EnvironmentConfig::vases, &sim::EnvironmentConfig::constrain_vases, "vase", "vases",
      sim::CostKind::kVasesContact},
     {&sim::EnvironmentConfig::gremlins, &sim::EnvironmentConfig::constrain_gremlins, "gremlin",
      "gremlins", sim::CostKind::kGremlins},
     {&sim::EnvironmentConfig::pillars, &sim::EnvironmentConfig::constrain_pillars, "pillar",
      "pillars", sim::CostKind::kPillars},
     {&sim::EnvironmentConfig::buttons, &sim::EnvironmentConfig::constrain_buttons, "button",
      "buttons", sim::CostKind::kButtons},
     {&sim::EnvironmentConfig::walls, nullptr, "wall", "walls", sim::CostKind::kHazards}}};

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

std::string ContentsOf(const sim::EnvironmentConfig& config) {
  std::string contents;
  for (const Obstacles& kind : kObstacles) {
    const int count = (config.*kind.placement).num;
    if (count == 0) continue;
    contents += (contents.empty() ? "" : ", ") + std::to_string(count) + " " +
                (count == 1 ? kind.one : kind.many);
  }
  return contents.empty() ? "nothing in the way" : contents;
}

std::string ArenaOf(const sim::Rectangle& extents) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3g \xC3\x97 %.3g m", extents[2] - extents[0],
                extents[3] - extents[1]);
  return text;
}

}  // namespace

EnvironmentCard CardOf(const sim::EnvironmentConfig& config, bool own) {
  EnvironmentCard card;
  card.id = config.id;
  card.name = ShortEnvironmentName(config.id);
  card.contents = ContentsOf(config);
  card.arena = ArenaOf(config.placements_extents);
  card.robot = config.robot_base;
  card.task = config.task;
  card.own = own;
  for (const Obstacles& kind : kObstacles) {
    if (kind.charged == nullptr || (config.*kind.placement).num == 0) continue;
    if (config.*kind.charged) card.charged.push_back(kind.kind);
  }
  card.searchable =
      Lower(card.id + " " + card.contents + " " + RobotName(card.robot) + " " +
            TaskName(card.task) + " " + TaskRemark(card.task) + (own ? " own file" : ""));
  return card;
}

std::vector<EnvironmentCard> RegisteredCards() {
  std::vector<EnvironmentCard> cards;
  for (const std::string& id : sim::EnvironmentIds()) {
    if (const auto config = sim::ConfigForId(id)) cards.push_back(CardOf(*config, false));
  }
  return cards;
}

bool Matches(const EnvironmentCard& card, std::string_view search) {
  const std::string wanted = Lower(search);
  std::size_t at = 0;
  while (at < wanted.size()) {
    const std::size_t end = std::min(wanted.find(' ', at), wanted.size());
    if (card.searchable.find(wanted.substr(at, end - at)) == std::string::npos) return false;
    at = end + 1;
  }
  return true;
}

const char* RobotName(sim::RobotKind robot) {
  switch (robot) {
    case sim::RobotKind::kPoint:
      return "Point";
    case sim::RobotKind::kCar:
      return "Car";
    case sim::RobotKind::kDoggo:
      return "Doggo";
  }
  return "";
}

const char* TaskName(sim::Task task) {
  switch (task) {
    case sim::Task::kGoal:
      return "Goal";
    case sim::Task::kButton:
      return "Button";
    case sim::Task::kPush:
      return "Push";
    case sim::Task::kX:
      return "Run";
    case sim::Task::kZ:
      return "Jump";
    case sim::Task::kCircle:
      return "Circle";
    case sim::Task::kNone:
      return "Free";
  }
  return "";
}

const char* TaskRemark(sim::Task task) {
  switch (task) {
    case sim::Task::kGoal:
      return "reach the green goal";
    case sim::Task::kButton:
      return "press the button that is lit";
    case sim::Task::kPush:
      return "push the yellow box into the goal";
    case sim::Task::kX:
      return "run along x";
    case sim::Task::kZ:
      return "move up";
    case sim::Task::kCircle:
      return "run round the circle";
    case sim::Task::kNone:
      return "nothing to do";
  }
  return "";
}

}  // namespace lookout::ui
