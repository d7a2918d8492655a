#include "sim/robots/robots.h"

namespace lookout::sim {
namespace {

#define LOOKOUT_POINTER(id, name) &k##id##Robot,
constexpr std::array kRobots{LOOKOUT_ROBOTS(LOOKOUT_POINTER)};
#undef LOOKOUT_POINTER

#define LOOKOUT_VALUE(id, name) RobotKind::k##id,
constexpr std::array kRobotKinds{LOOKOUT_ROBOTS(LOOKOUT_VALUE)};
#undef LOOKOUT_VALUE

#define LOOKOUT_NAME(id, name) #name,
constexpr std::array<std::string_view, kRobotKinds.size()> kRobotNames{
    LOOKOUT_ROBOTS(LOOKOUT_NAME)};
#undef LOOKOUT_NAME

#define LOOKOUT_CHOICE(id, name) Choice<RobotKind>{RobotKind::k##id, "xmls/" #name ".xml"},
constexpr std::array kRobotFiles{LOOKOUT_ROBOTS(LOOKOUT_CHOICE)};
#undef LOOKOUT_CHOICE

}  // namespace

std::span<const Choice<RobotKind>> Choices(RobotKind /*kind*/) { return kRobotFiles; }

const Robot& DescriptorOf(RobotKind kind) { return *kRobots[static_cast<std::size_t>(kind)]; }

std::string_view RobotName(RobotKind kind) { return kRobotNames[static_cast<std::size_t>(kind)]; }

std::span<const RobotKind> AllRobots() { return kRobotKinds; }

}  // namespace lookout::sim
