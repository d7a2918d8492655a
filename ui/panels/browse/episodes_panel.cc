#include "ui/panels/browse/episodes_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "ui/commands.h"
#include "ui/panels/browse/library_list.h"
#include "ui/panels/state/inputs/environment_catalogue.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::array kOrders{"Newest", "Cost", "Return", "Length"};

// By the chosen order; what is equal stays newest first.
void Order(const std::vector<EpisodeSummary>& episodes, int order, std::vector<int>& rows) {
  const auto of = [&](int i) -> const EpisodeSummary& {
    return episodes[static_cast<std::size_t>(i)];
  };
  if (order == 1) {
    std::ranges::stable_sort(rows, std::ranges::greater{}, [&](int i) { return of(i).cost; });
  } else if (order == 2) {
    std::ranges::stable_sort(rows, std::ranges::greater{},
                             [&](int i) { return of(i).episode_return; });
  } else if (order == 3) {
    std::ranges::stable_sort(rows, std::ranges::greater{}, [&](int i) { return of(i).steps; });
  }
}

// Cost and, over the limit, its warning, at the right. Returns where they begin.
float DrawCost(const Snapshots& snapshots, const EpisodeSummary& episode, const RowState& row,
               float right) {
  if (snapshots.blind()) return right;
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Short cost("%.0f", episode.cost);
  const float width = TextSize(cost).x;
  const bool over = episode.cost > snapshots.cost_limit;
  DrawText(list, {right - width, row.min.y + Px(4)}, width + 1.0F, over ? theme.error : theme.text,
           cost);
  if (!over) return right - width;
  DrawText(list, {right - width - Px(18), row.min.y + Px(6)}, Px(18), theme.error, kIconUnsafe,
           CurrentFonts().small);
  return right - width - Px(18);
}

// As much as there is room for in whole words: what every row of one world shares goes first. The
// tooltip has all of it.
Short DetailThatFits(std::string_view environment, const Short& origin, StepIndex steps,
                     bool usual_world, float width) {
  const int length = static_cast<int>(environment.size());
  const char* from = origin.c_str();
  const std::array choices{
      Short("%.*s \xC2\xB7 %s \xC2\xB7 %d", length, environment.data(), from, steps),
      usual_world ? Short("%s \xC2\xB7 %d steps", from, steps)
                  : Short("%.*s \xC2\xB7 %s", length, environment.data(), from),
      usual_world ? Short("%s \xC2\xB7 %d", from, steps)
                  : Short("%.*s \xC2\xB7 %d", length, environment.data(), steps),
      usual_world ? origin : Short("%.*s", length, environment.data())};
  for (const Short& choice : choices) {
    if (TextSize(choice, CurrentFonts().small).x <= width) return choice;
  }
  return choices.back();
}

// First line: number or name, agent, cost. Second: environment, seed or origin, length, return.
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
  const float right = row.max.x - LibraryToolsWidth();
  const float title_end = DrawCost(snapshots, episode, row, right) - Px(6);
  const std::string_view name = Cut(snapshots.library.Of(KeyOf(episode.id)).name, 80);
  const std::string_view agent = Cut(episode.agent, 60);
  const Short title = name.empty() ? Short("%lld  %.*s", static_cast<long long>(episode.id.value),
                                           static_cast<int>(agent.size()), agent.data())
                                   : Short("%.*s", static_cast<int>(name.size()), name.data());
  DrawText(list, {left, row.min.y + Px(4)}, title_end - left, theme.text, title);
  const std::string_view environment = Cut(ShortEnvironmentName(episode.environment), 40);
  const Short origin =
      branch ? Short("from %lld@%d", static_cast<long long>(episode.branched_from.value),
                     episode.branched_at)
             : Short("seed %u", episode.seed);
  const Short detail =
      DetailThatFits(environment, origin, episode.steps,
                     episode.environment == snapshots.player.environment, right - left);
  DrawText(list, {left, row.min.y + Px(22)}, right - left, theme.text_muted, detail, small);
}

void ShowAll(const EpisodeSummary& episode, bool blind) {
  const Short cost = blind ? Short() : Short(", cost %.1f", episode.cost);
  Tooltip(Short("Episode %lld in %s, seed %u\n%d steps, return %.2f%s",
                static_cast<long long>(episode.id.value),
                std::string(Cut(episode.environment, 60)).c_str(), episode.seed, episode.steps,
                episode.episode_return, cost.c_str()));
}

std::string WhyKeep(const ActionContext& context, const EpisodeSummary& episode) {
  if (episode.id == context.snapshots.player.episode) return "It is the live episode";
  const std::size_t marks = context.snapshots.marks.marks().OfEpisode(episode.id).size();
  if (marks > 0) return "It has marks: remove them first, or they would lose their labels";
  return WhyNotNote(context);
}

void DrawRow(const ActionContext& context, const EpisodeSummary& episode, float height) {
  const Snapshots& snapshots = context.snapshots;
  const ScopedId id(episode.id.value);
  const bool shown = episode.id == snapshots.playhead.episode;
  const RowState row =
      Row(Short("episode/%lld", static_cast<long long>(episode.id.value)), height, shown);
  ShowAll(episode, snapshots.blind());
  DrawEpisodeText(snapshots, episode, row);
  const bool over = ImGui::IsMouseHoveringRect(row.min, row.max);
  DrawLibraryTools(context, KeyOf(episode.id), row.min, row.max, shown || over,
                   WhyKeep(context, episode));
  if (!row.clicked) return;
  if (episode.id == snapshots.player.episode) {
    context.sender.Send(GoLive{});
  } else {
    context.sender.Send(OpenEpisode{episode.id});
  }
}

// Once an episode comes on screen by any way, its row is scrolled to.
void RevealShown(const Snapshots& snapshots, const std::vector<int>& rows, EpisodeId& revealed,
                 float pitch) {
  const EpisodeId shown = snapshots.playhead.episode;
  if (std::exchange(revealed, shown) == shown) return;
  const auto& episodes = snapshots.episodes.summaries();
  const auto row = std::ranges::find(
      rows, shown, [&](int i) { return episodes[static_cast<std::size_t>(i)].id; });
  if (row != rows.end()) KeepRowInView(static_cast<int>(row - rows.begin()), pitch);
}

}  // namespace

std::vector<int> ListedEpisodes(const Snapshots& snapshots, const ListFilter& filter) {
  const auto& episodes = snapshots.episodes.summaries();
  std::vector<int> rows;
  std::string text;
  for (std::size_t i = 0; i < episodes.size(); ++i) {
    const EpisodeSummary& episode = episodes[i];
    if (!filter.search.empty()) {
      text = fmt::format("{} {} seed {} {}", episode.agent, episode.environment, episode.seed,
                         episode.id.value);
    }
    const LibraryNote& note = snapshots.library.Of(KeyOf(episode.id));
    if (IsListed(filter, note, text)) rows.push_back(static_cast<int>(i));
  }
  Order(episodes, filter.order, rows);
  return rows;
}

namespace {

// Whether what is played is kept.
void DrawRecording(const ActionContext& context) {
  bool records = context.snapshots.recording;
  if (Toggle(
          {.id = "recording",
           .icon = kIconSaved,
           .text = records ? "Recorded" : "Not recorded",
           .tooltip = "What is played is kept in the project. Off: episodes that begin from now on "
                      "stay in memory only. One in which something is marked is recorded in "
                      "any case."},
          records)) {
    context.sender.Send(SetRecording{records});
  }
}

void DrawList(const ActionContext& context, float height_px) {
  const Snapshots& snapshots = context.snapshots;
  const auto& episodes = snapshots.episodes.summaries();
  ListFilter& filter = context.window.episodes.filter;
  if (episodes.size() > 4) {
    DrawLibraryFilter({.search = "episodes/search",
                       .sort = "episodes/sort",
                       .starred = "episodes/starred",
                       .orders = kOrders},
                      filter);
    height_px -= ImGui::GetFrameHeight() + ImGui::GetStyle().ItemSpacing.y;
  }
  const std::vector<int> rows = ListedEpisodes(snapshots, filter);
  const ScopedChild child("episodes_list", {0, height_px});
  if (rows.empty()) {
    TextWrapped(episodes.empty() ? "The first episode is about to start."
                                 : "No episode is like that. Clear the search and the star.",
                CurrentTheme().text_muted);
    return;
  }
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  const float row_height = Px(42);
  const float pitch = row_height + Px(2);
  RevealShown(snapshots, rows, context.window.episodes.revealed, pitch);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows.size()), pitch);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const int row = rows[static_cast<std::size_t>(i)];
      DrawRow(context, episodes[static_cast<std::size_t>(row)], row_height);
    }
  }
}

Short EpisodesTitle(const PanelContext& context) {
  return Short("Episodes (%zu)", context.snapshots.episodes.summaries().size());
}

Short EpisodesRemark(const PanelContext& /*context*/) { return Short("cost"); }

// The switch, the filter and the list: as many rows as there are, or those that there is room for,
// but some at least; the left side scrolls then.
void DrawEpisodes(const PanelContext& context, float room_px) {
  const ActionContext actions{context.snapshots, context.sender, context.window};
  const float top = ImGui::GetCursorPosY();
  DrawRecording(actions);
  const float below = ImGui::GetCursorPosY() - top + Px(44);
  const std::size_t count = context.snapshots.episodes.summaries().size();
  const float needs = Px(44) * static_cast<float>(std::max<std::size_t>(count, 1)) +
                      (count > 4 ? ImGui::GetFrameHeight() + Px(10) : Px(4));
  const float room = std::max(Px(44 * 4 + 34), room_px - below);
  DrawList(actions, std::min(needs, room));
}

}  // namespace

constinit const PanelSection kEpisodesSection{
    .name = "episodes", .title = EpisodesTitle, .remark = EpisodesRemark, .draw = DrawEpisodes};

}  // namespace lookout::ui
