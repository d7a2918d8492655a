#include "ui/theme/kinds.h"

#include <array>

#include "ui/theme/icons.h"

namespace lookout::ui {
namespace {

struct NameAndIcon {
  const char* name;
  const char* icon;
};

// In the order of sim::CostKind.
constexpr std::array<NameAndIcon, sim::kCostKindCount> kCostKinds{{
    {"Vase contact", kIconVase},
    {"Pillars", kIconPillar},
    {"Buttons", kIconButton},
    {"Gremlins", kIconGremlin},
    {"Vase moved", kIconMoved},
    {"Vase speed", kIconFast},
    {"Hazards", kIconHazard},
}};

constexpr std::array<const char*, kDangerClassCount> kDangerClasses{
    "Any danger", "Hazard",  "Vase",    "Gremlin", "Pillar",
    "Button",     "Class 6", "Class 7", "Class 8", "Class 9"};

}  // namespace

KindStyle CostKindStyle(const Theme& theme, sim::CostKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  if (index >= kCostKinds.size()) return {"Cost", kIconUnsafe, theme.true_cost};
  return {kCostKinds[index].name, kCostKinds[index].icon, theme.cost_kind[index]};
}

KindStyle VerdictStyle(const Theme& theme, agents::Verdict verdict) {
  switch (verdict) {
    case agents::Verdict::kUnsafe:
      return {"Unsafe", kIconUnsafe, theme.unsafe_mark};
    case agents::Verdict::kSafe:
      return {"Safe", kIconSafe, theme.safe_mark};
    case agents::Verdict::kUnsure:
      return {"Not sure", kIconUnsure, theme.unsure_mark};
  }
  return {"Unknown", kIconUnsure, theme.unsure_mark};
}

const char* DangerClassName(agents::DangerClass danger) {
  return danger < kDangerClasses.size() ? kDangerClasses[danger] : "Other danger";
}

}  // namespace lookout::ui
