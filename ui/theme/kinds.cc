#include "ui/theme/kinds.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "sim/objects/object_kinds.h"
#include "ui/theme/icons.h"

namespace lookout::ui {
namespace {

struct Icon {
  std::string_view name;
  const char* glyph;
};

// The signs that descriptors of costs may name.
constexpr std::array kIcons{Icon{"cube", kIconVase},    Icon{"frame", kIconPillar},
                            Icon{"dot", kIconButton},   Icon{"bug", kIconGremlin},
                            Icon{"arrows", kIconMoved}, Icon{"bolt", kIconFast},
                            Icon{"disc", kIconHazard}};

const char* IconNamed(std::string_view name) {
  const auto* found = std::ranges::find(kIcons, name, &Icon::name);
  return found == kIcons.end() ? kIconUnsafe : found->glyph;
}

}  // namespace

KindStyle CostKindStyle(const Theme& theme, sim::CostKind kind) {
  const sim::CostRule& rule = sim::RuleOf(kind);
  const sim::CostColours& colours = rule.colours;
  const std::uint32_t colour = theme.is_high_contrast ? colours.high_contrast
                               : theme.is_light       ? colours.light
                                                      : colours.dark;
  return {rule.name, IconNamed(rule.icon), Rgb(colour)};
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

ImU32 AnnotatorColour(const Theme& theme, std::int32_t number) {
  return theme.series[static_cast<std::uint32_t>(number) % theme.series.size()];
}

}  // namespace lookout::ui
