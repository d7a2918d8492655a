#include "ui/panels/why/attack_parts.h"

#include <algorithm>

#include "ui/panels/why/why_figures.h"
#include "ui/theme/icons.h"
#include "ui/widgets/draw.h"

namespace lookout::ui {
namespace {

constexpr std::int64_t kMostSeed = 1'000'000'000;

}  // namespace

void LayoutFields(int& layouts, std::int64_t most, std::uint32_t& seed, std::string_view help) {
  std::int64_t many = layouts, first = seed;
  NamedField("Layouts", help,
             [&](float width) { NumberField("attack/layouts", many, 1, most, width); });
  NamedField("Seed of the first", "Each further one adds 1",
             [&](float width) { NumberField("attack/seed", first, 0, kMostSeed, width); });
  layouts = static_cast<int>(many);
  seed = static_cast<std::uint32_t>(first);
}

Short DurationInWords(double seconds) {
  if (seconds < 90.0) return Short("%.0f s", std::max(seconds, 1.0));
  return seconds < 5400.0 ? Short("%.0f min", seconds / 60.0) : Short("%.1f h", seconds / 3600.0);
}

bool DrawSearching(int layouts, double fraction, double seconds_left) {
  SmallLines(seconds_left > 0.0 ? Short("Searching: %.0f %%, some %s left", 100.0 * fraction,
                                        DurationInWords(seconds_left).c_str())
                                : Short("Searching around %d layout%s: %.0f %%", layouts,
                                        layouts == 1 ? "" : "s", 100.0 * fraction));
  ProgressBar(static_cast<float>(fraction), Px(7));
  NoteItem("attack/progress");
  return Button({.id = "attack/stop", .icon = kIconStop, .text = "Cancel", .width = -1.0F});
}

RowState FindRow(std::string_view name, const FindWords& words, bool selected) {
  const Theme& theme = CurrentTheme();
  const RowState row = Row(name, Px(38), selected);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = row.min.x + Px(8);
  const float width = row.max.x - row.min.x - Px(16);
  DrawText(list, {left, row.min.y + Px(3)}, Px(24), words.is_failure ? theme.error : theme.good,
           words.is_failure ? kIconClose : kIconCheck);
  DrawText(list, {left + Px(26), row.min.y + Px(2)}, width - Px(26), theme.text, words.first);
  DrawText(list, {left + Px(26), row.min.y + Px(20)}, width - Px(26), theme.text_muted,
           words.second, CurrentFonts().small);
  return row;
}

}  // namespace lookout::ui
