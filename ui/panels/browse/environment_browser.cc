#include "ui/panels/browse/environment_browser.h"

#include <algorithm>
#include <array>

#include "sim/robots/robots.h"
#include "ui/panels/browse/open_path.h"
#include "ui/panels/state/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::array kTasks{sim::Task::kGoal,   sim::Task::kButton, sim::Task::kPush, sim::Task::kX,
                            sim::Task::kCircle, sim::Task::kZ,      sim::Task::kNone};
constexpr float kCardWidth = 205.0F;  // at least, at 100 %
constexpr float kCardHeight = 58.0F;
constexpr std::size_t kLongestSearch = 500;  // may be a path

// What the cards of one frame have in common.
struct Page {
  const Snapshots& snapshots;
  CommandSender& sender;
  const WindowInputs& inputs;
  EnvironmentsState& state;

  bool Wanted(const EnvironmentCard& card) const {
    if (!state.search.empty()) return Matches(card, state.search);  // a search looks everywhere
    if (state.filter.own) return card.own;
    return !state.filter.robot || (!card.own && state.filter.robot == card.robot);
  }
  void Choose(const EnvironmentCard& card) const {
    if (card.id != snapshots.player.environment) sender.Send(SetEnvironment{card.id});
    state.shown = false;
  }
};

void DrawHead(const Page& page) {
  Text("Environments", 0, CurrentFonts().title);
  ImGui::SameLine(0.0F, Px(14));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + Px(5));
  const auto own = std::ranges::count_if(page.inputs.cards, &EnvironmentCard::own);
  const auto registered = static_cast<std::ptrdiff_t>(page.inputs.cards.size()) - own;
  TextMuted(own > 0 ? Short("%td of Safety Gym, %td of your own", registered, own)
                    : Short("%td of Safety Gym", registered));
  ImGui::SameLine(ImGui::GetWindowWidth() - ImGui::GetFrameHeight() - Px(16));
  ImGui::SetCursorPosY(Px(12));
  if (Button({.id = "close_environments",
              .icon = kIconClose,
              .look = ButtonLook::kGhost,
              .tooltip = "Close",
              .key = "Esc"})) {
    page.state.shown = false;
  }
}

// A filter as it stands to choose.
struct FilterChoice {
  std::string id;
  std::string_view name;
  EnvironmentFilter filter;
};

std::vector<FilterChoice> FilterChoices() {
  std::vector<FilterChoice> choices{{"robot/all", "All", {}}};
  for (const sim::RobotKind robot : sim::AllRobots()) {
    choices.push_back({"robot/" + std::string(sim::RobotName(robot)),
                       sim::DescriptorOf(robot).name,
                       {.robot = robot}});
  }
  choices.push_back({"robot/own", "Own files", {.own = true}});
  return choices;
}

void DrawFilters(const Page& page) {
  EnvironmentsState& state = page.state;
  const std::vector<FilterChoice> choices = FilterChoices();
  std::vector<Segment> filters;
  for (const FilterChoice& choice : choices) {
    filters.push_back({choice.id.c_str(), "", choice.name});
  }
  const float search = std::max(Px(120), ImGui::GetContentRegionAvail().x - Px(390));
  if (ImGui::IsWindowAppearing()) {
    state.search.clear();
    ImGui::SetKeyboardFocusHere();
  }
  TextField("environment_search", state.search, kLongestSearch, search,
            "Search: car push, gremlins, run");
  const bool entered = ImGui::IsItemDeactivated() && IsPressed({Key::kEnter});
  ImGui::SameLine(0.0F, Px(10));
  const auto present = std::ranges::find(choices, state.filter, &FilterChoice::filter);
  const int selected = state.search.empty() ? static_cast<int>(present - choices.begin()) : 0;
  const float width = ImGui::GetContentRegionAvail().x;
  if (const auto chosen = Segmented(filters, selected, width)) {
    state.filter = choices[static_cast<std::size_t>(*chosen)].filter;
    state.search.clear();
  }
  if (!entered) return;
  const auto first =
      std::ranges::find_if(page.inputs.cards, [&](const auto& card) { return page.Wanted(card); });
  if (first != page.inputs.cards.end()) {
    page.Choose(*first);
  } else if (state.search.find('/') != std::string::npos) {  // the path of a file, surely
    page.sender.Send(OpenFiles{{state.search}});
    state.shown = false;
  }
}

// One card at the cursor; true when clicked. `label` is for the ItemRecorder.
bool DrawEnvironmentCard(std::string_view label, const EnvironmentCard& card, bool playing,
                         float width) {
  const Theme& theme = CurrentTheme();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max(min.x + width, min.y + Px(kCardHeight));
  const bool clicked = ImGui::InvisibleButton("card", {width, Px(kCardHeight)});
  NoteItem(label);
  const bool hovered = ImGui::IsItemHovered();
  Tooltip(Short("%s: %s. %s.", card.id.c_str(), card.contents.c_str(), TaskRemark(card.task)));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 fill = playing   ? WithAlpha(theme.accent, theme.is_light ? 0.16F : 0.22F)
                     : hovered ? theme.raised_hover
                               : theme.raised;
  list.AddRectFilled(min, max, fill, Px(6));
  list.AddRect(min, max, playing ? theme.accent : theme.border, Px(6));
  ImFont* small = CurrentFonts().small;
  const float left = min.x + Px(10);
  const float room = width - Px(20);
  const float arena = TextSize(card.arena, small).x;
  DrawText(list, {left, min.y + Px(5)}, room - arena - Px(8), theme.text, card.name,
           CurrentFonts().strong);
  DrawText(list, {max.x - Px(10) - arena, min.y + Px(7)}, arena + 1.0F, theme.text_muted,
           card.arena, small);
  DrawText(list, {left, min.y + Px(23)}, room, theme.text_muted, card.contents, small);
  float x = left;
  const float y = min.y + Px(39);
  x += DrawText(list, {x, y}, room, theme.text_muted,
                card.charged.empty() ? "no cost" : "costs:", small);
  for (const sim::CostKind kind : card.charged) {
    const KindStyle style = CostKindStyle(theme, kind);
    x += Px(9);
    x += DrawText(list, {x, y}, max.x - x - Px(8), style.colour, style.icon, small);
  }
  return clicked;
}

// The wanted cards that `belongs` picks, side by side under a heading; nothing if there are none.
template <typename Belongs>
bool DrawGroup(const Page& page, std::string_view name, std::string_view remark, Belongs belongs) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float gap = Px(8);
  const int columns = std::max(1, static_cast<int>((width + gap) / (Px(kCardWidth) + gap)));
  const float each = (width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  int drawn = 0;
  for (std::size_t i = 0; i < page.inputs.cards.size(); ++i) {
    const EnvironmentCard& card = page.inputs.cards[i];
    if (!belongs(card) || !page.Wanted(card)) continue;
    if (drawn == 0) {
      Text(name, 0, CurrentFonts().strong);
      ImGui::SameLine(0.0F, Px(8));
      ImGui::SetCursorPosY(ImGui::GetCursorPosY() + Px(2));
      TextSmall(remark);
    }
    if (drawn % columns != 0) ImGui::SameLine(0.0F, gap);
    const ScopedId id(static_cast<int>(i));
    const bool playing = card.id == page.snapshots.player.environment;
    if (DrawEnvironmentCard(Short("environment/%zu", i), card, playing, each)) page.Choose(card);
    ++drawn;
  }
  if (drawn > 0) ImGui::Dummy({1, Px(4)});
  return drawn > 0;
}

void DrawRecent(const Page& page, const WindowSettings& settings) {
  if (settings.recent_configurations.empty()) return;
  Text("Opened lately", 0, CurrentFonts().strong);
  for (std::size_t i = 0; i < settings.recent_configurations.size(); ++i) {
    const std::string& path = settings.recent_configurations[i];
    const ScopedId id(static_cast<int>(i));
    const RowState row = Row(Short("recent/%zu", i), Px(27), false);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float y = row.min.y + Px(5);
    DrawText(list, {row.min.x + Px(8), y}, Px(20), CurrentTheme().text_muted, kIconHistory);
    DrawText(list, {row.min.x + Px(32), y}, row.max.x - row.min.x - Px(40), CurrentTheme().text,
             path);
    if (!row.clicked) continue;
    page.sender.Send(OpenFiles{{path}});
    page.state.shown = false;
  }
}

void DrawOpenFile(const Page& page) {
  Text("Open a configuration file", 0, CurrentFonts().strong);
  TextWrapped(
      "Drop a JSON file of Safety Gym's options anywhere on the window, or type where it is. "
      "\"lookout envs ID --json\" writes one to start from.",
      CurrentTheme().text_muted);
  const OpenPathSpec spec{
      .field = "configuration_path", .button = "open_configuration", .hint = "~/maze.json"};
  if (OpenPathField(spec, page.state.path, page.sender)) page.state.shown = false;
}

void DrawBody(const Page& page, const WindowSettings& settings) {
  const ScopedChild child("environments_body", {0, 0});
  const ScopedStyle spacing(ImGuiStyleVar_ItemSpacing, ImVec2(Px(8), Px(6)));
  bool any = DrawGroup(page, "Your own", "in this project",
                       [](const EnvironmentCard& card) { return card.own; });
  for (const sim::RobotKind robot : sim::AllRobots()) {
    for (const sim::Task task : kTasks) {
      const std::string name = std::string(sim::DescriptorOf(robot).name) + " " + TaskName(task);
      const bool some = DrawGroup(page, name, TaskRemark(task), [&](const EnvironmentCard& card) {
        return !card.own && card.robot == robot && card.task == task;
      });
      any = any || some;
    }
  }
  const bool own_page = page.state.filter.own && page.state.search.empty();
  if (!any && !own_page) TextMuted("No environment has all of these words.");
  // Who finds nothing may have typed the path of a file.
  if (any && !own_page && !page.state.search.empty()) return;
  DrawRecent(page, settings);
  DrawOpenFile(page);
}

}  // namespace

void DrawEnvironmentBrowser(const Rect& window_rect, const Snapshots& snapshots,
                            CommandSender& sender, const WindowInputs& inputs,
                            WindowState& window) {
  if (!window.environments.shown) return;
  const float width = std::min(Px(720), window_rect.width() - Px(24));
  const float height = std::min(Px(640), window_rect.height() - Px(24));
  const ImVec2 min((window_rect.min.x + window_rect.max.x - width) * 0.5F,
                   (window_rect.min.y + window_rect.max.y - height) * 0.5F);
  const Rect sheet{min, {min.x + width, min.y + height}};
  const ScopedStyle rounding(ImGuiStyleVar_WindowRounding, Px(10));
  const ScopedStyle border(ImGuiStyleVar_WindowBorderSize, 1.0F);
  const ScopedRegion region("environments##sheet", sheet, CurrentTheme().panel, {Px(18), Px(12)},
                            ImGuiWindowFlags_NoScrollbar, ScopedRegion::Layer::kSheet);
  if (ImGui::IsWindowAppearing()) ImGui::SetWindowFocus();
  // While a person types, keys are not the window's, but Escape still closes.
  if (IsPressed({Key::kEscape})) window.environments.shown = false;
  const Page page{snapshots, sender, inputs, window.environments};
  DrawHead(page);
  DrawFilters(page);
  ImGui::Dummy({1, Px(2)});
  DrawBody(page, window.settings);
}

}  // namespace lookout::ui
