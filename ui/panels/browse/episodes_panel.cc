#include "ui/panels/browse/episodes_panel.h"

#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

void DrawEpisodeText(const Snapshots& snapshots, const EpisodeSummary& episode,
                     const RowState& row) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* small = CurrentFonts().small;
  const bool live = episode.id == snapshots.player.episode;
  const bool branch = static_cast<bool>(episode.branched_from);
  const char* icon = live ? kIconLive : branch ? kIconBranch : kIconEpisodes;
  DrawText(list, {row.min.x + Px(9), row.min.y + Px(6)}, Px(20),
           live ? theme.good : theme.text_muted, icon, small);
  const float left = row.min.x + Px(31);
  const float right = row.max.x - Px(8);
  const Short cost("%.0f", episode.cost);
  const float cost_width = TextSize(cost).x;
  const bool over = episode.cost > snapshots.cost_limit;
  DrawText(list, {right - cost_width, row.min.y + Px(4)}, cost_width + 1.0F,
           over ? theme.error : theme.text, cost);
  const char* warning = over ? kIconUnsafe : "";
  const float warning_width = over ? Px(18) : 0.0F;
  DrawText(list, {right - cost_width - warning_width, row.min.y + Px(6)}, Px(18), theme.error,
           warning, small);
  const std::string_view agent = Cut(episode.agent, 60);
  const Short title("%lld  %.*s", static_cast<long long>(episode.id.value),
                    static_cast<int>(agent.size()), agent.data());
  DrawText(list, {left, row.min.y + Px(4)}, right - cost_width - warning_width - Px(6) - left,
           theme.text, title);
  const Short origin =
      branch ? Short("from %lld@%d", static_cast<long long>(episode.branched_from.value),
                     episode.branched_at)
             : Short("seed %u", episode.seed);
  const Short detail("%s \xC2\xB7 %d steps \xC2\xB7 R %.1f", origin.c_str(), episode.steps,
                     episode.episode_return);
  DrawText(list, {left, row.min.y + Px(22)}, right - left, theme.text_muted, detail, small);
}

}  // namespace

void DrawEpisodesPanel(const Snapshots& snapshots, CommandSender& sender, float height_px) {
  const auto& episodes = snapshots.episodes.summaries();
  const ScopedChild child("episodes_list", {0, height_px});
  if (episodes.empty()) {
    TextWrapped("The first episode is about to start.", CurrentTheme().text_muted);
    return;
  }
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  const float row_height = Px(42);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(episodes.size()), row_height + Px(2));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const EpisodeSummary& episode = episodes[static_cast<std::size_t>(i)];
      const ScopedId id(episode.id.value);
      const bool shown = episode.id == snapshots.playhead.episode;
      const RowState row =
          Row(Short("episode/%lld", static_cast<long long>(episode.id.value)), row_height, shown);
      DrawEpisodeText(snapshots, episode, row);
      if (!row.clicked) continue;
      if (episode.id == snapshots.player.episode) {
        sender.Send(GoLive{});
      } else {
        sender.Send(OpenEpisode{episode.id});
      }
    }
  }
}

}  // namespace lookout::ui
