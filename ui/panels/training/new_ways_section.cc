#include "ui/panels/training/new_ways_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/theme/icons.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kRowHeight = 77.0F;

void SmallLines(std::string_view text) {
  const ScopedFont small(CurrentFonts().small);
  TextWrapped(text, CurrentTheme().text_muted);
}

void DrawSearch(const NewWaysOnScreen& ways, CommandSender& sender) {
  ImGui::Dummy({1, Px(1)});
  SmallLines(Short("Plays %s and %s: %.0f %%", ways.asked.before.c_str(), ways.asked.after.c_str(),
                   100.0 * ways.fraction));
  ProgressBar(static_cast<float>(ways.fraction), Px(7));
  if (Button({.id = "stop_new_ways", .icon = kIconStop, .text = "Cancel", .width = -1.0F})) {
    sender.Send(InspectionCommand(StopNewWays{}));
  }
}

Short CostInWords(const agents::NewWay& way) {
  if (std::isnan(way.predicted.value)) return Short("true cost %.1f an episode", way.cost.value);
  return Short("true cost %.1f, predicted %.1f an episode", way.cost.value, way.predicted.value);
}

Short FrequencyInWords(const agents::NewWay& way) {
  return Short("%s: %.1f clips an episode, before %.1f", agents::OftenInWords(way).c_str(),
               way.frequency.after, way.frequency.before);
}

// What was found is about the labels of then; what was marked of its clips since is said instead.
Short MarkedInWords(const NewWaysOnScreen& shown, std::size_t index) {
  const agents::NewWay& way = shown.result->report.ways[index];
  if (const std::size_t marked = shown.unsafe_clips[index]; marked > 0) {
    return Short("%zu of its %zu clip%s marked unsafe", marked, way.clips.size(),
                 way.clips.size() == 1 ? " is" : "s are");
  }
  const bool marked_since =
      std::ranges::any_of(shown.unsafe_clips, [](std::size_t clips) { return clips > 0; });
  const char* const then = marked_since ? ", before these marks" : "";
  if (way.outside_share >= 1.0) return Short("nothing like it is marked unsafe%s", then);
  return Short("%.0f %% of it marked unsafe%s", 100.0 * (1.0 - way.outside_share), then);
}

void TellMore(const NewWays& ways, std::size_t index) {
  if (!WantsTooltip()) return;
  const agents::NewWay& way = ways.report.ways[index];
  std::string text = ways.places[index];
  text += Short(", in %.0f %% of the episodes, %.1f [%.1f, %.1f] times as often as before.",
                100.0 * way.episode_share.value, way.frequency.times.value, way.frequency.times.low,
                way.frequency.times.high)
              .view();
  text += Short(
              " True cost %.1f [%.1f, %.1f] an episode, %.1f of it away from all that was marked "
              "unsafe.",
              way.cost.value, way.cost.low, way.cost.high, way.cost_outside.value)
              .view();
  text += way.clips.size() == 1
              ? " A click replays its one clip;"
              : fmt::format(" A click replays one of its {} clips, the next click the next one;",
                            way.clips.size());
  Tooltip(text + " its episode is kept in the project. In brackets: 95 % intervals.");
}

void DrawWay(const Snapshots& snapshots, CommandSender& sender, std::size_t index) {
  const NewWaysOnScreen& shown = *snapshots.new_ways;
  const agents::NewWay& way = shown.result->report.ways[index];
  const Theme& theme = CurrentTheme();
  const ScopedId id(static_cast<std::int64_t>(index));
  const bool selected = shown.shown == index;
  const RowState row = Row(Short("new_way/%zu", index), Px(kRowHeight), selected);
  if (!selected) TellMore(*shown.result, index);  // it would hide what is below
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float room = row.max.x - row.min.x - Px(20);
  const float left = row.min.x + Px(10);
  DrawText(list, {left, row.min.y + Px(3)}, room, theme.text, shown.result->places[index]);
  const auto small = [&](float y, ImU32 colour, std::string_view text) {
    DrawText(list, {left, row.min.y + Px(y)}, room, colour, text, CurrentFonts().small);
  };
  small(22, theme.text_muted, FrequencyInWords(way));
  small(39, way.cost.value > 0.0 ? theme.text : theme.text_muted, CostInWords(way));
  small(56, theme.text_muted, MarkedInWords(shown, index));
  if (row.clicked) sender.Send(InspectionCommand(ShowNewWay{index}));
  if (!selected) return;
  TextSmall(Short("Clip %zu of %zu", shown.shown_clip + 1, way.clips.size()));
  const bool marked = shown.marked[index];
  if (Button({.id = "mark_new_way",
              .icon = kIconUnsafe,
              .text = marked ? "Marked unsafe" : "Mark these unsafe",
              .width = -1.0F,
              .tooltip = "All its clips, as marks of yours that undo takes back",
              .disabled_because = snapshots.project.read_only ? "The project is read-only"
                                  : marked ? "Its clips are marked; undo takes that back"
                                           : ""})) {
    sender.Send(InspectionCommand(MarkNewWay{index}));
  }
}

void DrawFound(const Snapshots& snapshots, CommandSender& sender) {
  const NewWaysOnScreen& shown = *snapshots.new_ways;
  const agents::UnblockedReport& report = shown.result->report;
  SmallLines(shown.found.after + " beside " + shown.found.before + " in " +
             shown.found.environment + ".");
  if (snapshots.blind()) {
    return TextWrapped("What it costs is hidden while you mark blind.", CurrentTheme().text_muted);
  }
  SmallLines(Short("%zu of %zu clip%s new or more often; true cost %.1f an episode.",
                   report.found_clips, report.clips, report.clips == 1 ? " is" : "s are",
                   report.cost.value));
  if (report.ways.empty()) {
    return TextWrapped(report.found_clips == 0
                           ? "It does nothing that the other does not do, or not as often."
                           : "Too few of these are alike to be a way.",
                       CurrentTheme().text_muted);
  }
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  for (std::size_t i = 0; i < report.ways.size(); ++i) DrawWay(snapshots, sender, i);
}

}  // namespace

void DrawNewWays(const Snapshots& snapshots, CommandSender& sender, const SetAgent& before,
                 const SetAgent& after, std::string_view why_not) {
  const NewWaysOnScreen* const ways = snapshots.new_ways;
  if (ways != nullptr && ways->searching) {
    DrawSearch(*ways, sender);
  } else if (Button({.id = "find_new_ways",
                     .icon = kIconBranch,
                     .text = "What does B do newly?",
                     .width = -1.0F,
                     .tooltip =
                         "Plays fresh episodes of both beside the window and looks for what B "
                         "does that A does not, or far less often. An earlier policy of a run "
                         "is among the agents once it was watched",
                     .disabled_because = why_not})) {
    sender.Send(InspectionCommand(FindNewWays{before, after}));
  }
  if (ways == nullptr) return;
  if (!ways->problem.empty()) TextWrapped(ways->problem, CurrentTheme().error);
  if (ways->result != nullptr) DrawFound(snapshots, sender);
}

}  // namespace lookout::ui
