#include "ui/panels/inspect/version_differences.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "ui/commands.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {
namespace {

void DrawDifference(const ActionContext& context, const agents::TwoModels& two, std::size_t index,
                    bool shown) {
  const agents::CostDifference& difference = two.differences[index];
  const Theme& theme = CurrentTheme();
  const ScopedId id(static_cast<std::int64_t>(index));
  const RowState row = Row(Short("version_difference/%zu", index), Px(40), shown);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = row.max.x - row.min.x - Px(18);
  DrawText(list, {row.min.x + Px(10), row.min.y + Px(3)}, width, theme.text,
           PlaceInWords(two, difference));
  DrawText(list, {row.min.x + Px(10), row.min.y + Px(21)}, width, theme.text_muted,
           DifferenceInWords(difference), CurrentFonts().small);
  if (!row.clicked) return;
  context.sender.Send(ShowVersionDifference{index, context.window.versions.by_marks});
  context.window.versions.shown = false;
}

}  // namespace

Short PlaceInWords(const agents::TwoModels& two, const agents::CostDifference& difference) {
  const auto episode = static_cast<long long>(two.episodes[difference.episode].id.value);
  const std::string_view kind = agents::DangerInWords(difference.truth);
  return Short("Ep. %lld, steps %d\xE2\x80\x93%d%s%.*s", episode, difference.first_step,
               difference.last_step, kind.empty() ? "" : " \xC2\xB7 ",
               static_cast<int>(kind.size()), kind.data());
}

Short DifferenceInWords(const agents::CostDifference& difference) {
  const std::string_view first = agents::VerdictInWords(difference.unsafe, difference.first_right);
  const std::string_view second =
      agents::VerdictInWords(difference.unsafe, difference.second_right);
  return Short("A %.2f %.*s \xC2\xB7 B %.2f %.*s", double(difference.first.probability),
               static_cast<int>(first.size()), first.data(), double(difference.second.probability),
               static_cast<int>(second.size()), second.data());
}

void DrawVersionDifferences(const ActionContext& context, const agents::TwoModels& two) {
  const VersionComparison& comparison = *context.snapshots.versions;
  const std::size_t count = two.differences.size();
  Heading(Short("%zu difference%s", count, count == 1 ? "" : "s"), "a click goes there");
  const bool here = comparison.by_marks == context.window.versions.by_marks;
  const ScopedChild child("version_differences",
                          {0, std::max(Px(80), ImGui::GetContentRegionAvail().y)});
  if (count == 0) {
    return TextWrapped("On every step they say nearly the same.", CurrentTheme().text_muted);
  }
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(count), Px(42));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto index = static_cast<std::size_t>(i);
      DrawDifference(context, two, index, here && comparison.shown == index);
    }
  }
}

}  // namespace lookout::ui
