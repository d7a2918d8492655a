#include "ui/panels/state/inputs/environment_catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "sim/objects/object_kinds.h"

namespace lookout::ui {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

// What is in the way, the goal of the task apart.
std::string ContentsOf(const sim::EnvironmentConfig& config) {
  std::string contents;
  for (const sim::SceneObjectKind object : sim::AllObjectKinds()) {
    const sim::ObjectKind& kind = sim::DescriptorOf(object);
    const int count = kind.is_single ? 0 : kind.count(config);
    if (count == 0) continue;
    contents += fmt::format("{}{} ", contents.empty() ? "" : ", ", count);
    contents += count == 1 ? kind.one : kind.many;
  }
  return contents.empty() ? "nothing in the way" : contents;
}

std::string ArenaOf(const sim::Rectangle& extents) {
  return fmt::format("{:.3g} \xC3\x97 {:.3g} m", extents[2] - extents[0], extents[3] - extents[1]);
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
  for (const sim::SceneObjectKind object : sim::AllObjectKinds()) {
    const sim::ObjectKind& kind = sim::DescriptorOf(object);
    if (kind.count(config) == 0) continue;
    for (const sim::CostRule& rule : kind.costs) {
      if (rule.charged(config)) card.charged.push_back(rule.kind);
    }
  }
  card.searchable =
      Lower(card.id + " " + card.contents + " " + std::string(sim::DescriptorOf(card.robot).name) +
            " " + TaskName(card.task) + " " + TaskRemark(card.task) + (own ? " own file" : ""));
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
