#include "ui/panels/oversee/overseer_list.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "ui/commands.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// What may be added by a click; whatever else there is can be typed.
struct OverseerChoice {
  const char* spec;
  const char* title;
  const char* help;
};
constexpr std::array<OverseerChoice, 5> kChoices{{
    {"lookahead", "Look-ahead",
     "Simulates each action and a braking after it, and lets only pass what stays free of cost"},
    {"lookahead:cost=learned", "Look-ahead, learned cost",
     "The same by the cost that was learned from marks"},
    {"lookahead:cost=both", "Look-ahead, both costs", "The same by the rule and the learned cost"},
    {"delegate:careful", "Delegation",
     "Hands over to the careful script where the agent is unsure"},
    {"person:lag=0.3,misses=0.05", "Simulated person",
     "Sees danger ahead, late and not always, as a person does"},
}};

struct KindTitle {
  std::string_view kind, title;
};
constexpr std::array<KindTitle, 4> kTitles{{{"lookahead", "Look-ahead"},
                                            {"blocker", "Learned blocker"},
                                            {"delegate", "Delegation"},
                                            {"person", "Simulated person"}}};

void Wish(const PanelContext& context, std::span<const std::string> overseers) {
  context.sender.Send(SetOverseer{Joined(overseers)});
}

// The person, whose held key comes before everybody else's word.
void DrawPersonRow(const PanelContext& context) {
  const bool watches = context.snapshots.player.oversight.watching;
  const RowState row = Row("overseer/person", Px(26), false);
  Tooltip("Your held keys come first, whoever else oversees");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Theme& theme = CurrentTheme();
  DrawText(list, {row.min.x + Px(8), row.min.y + Px(5)}, Px(20),
           watches ? theme.good : theme.text_muted, kIconPerson);
  const Short words("You%s", watches ? "" : ", in Oversee mode");
  DrawText(list, {row.min.x + Px(30), row.min.y + Px(5)}, row.max.x - row.min.x - Px(60),
           watches ? theme.text : theme.text_muted, words);
  DrawText(list, {row.max.x - Px(24), row.min.y + Px(5)}, Px(20), theme.good,
           watches ? kIconCheck : "");
}

enum class RowWish { kNone, kUp, kDown, kRemove };

// Its sign, title and settings in one line of that width.
void DrawOverseerName(const std::string& overseer, bool works, float width) {
  const Theme& theme = CurrentTheme();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float y = at.y + (ImGui::GetFrameHeight() - ImGui::GetFontSize()) * 0.5F;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  DrawText(list, {at.x + Px(8), y}, Px(20), works ? theme.good : theme.warning,
           works ? kIconShield : kIconWarning);
  const float room = width - Px(34);
  const float used = DrawText(list, {at.x + Px(30), y}, room, works ? theme.text : theme.text_muted,
                              OverseerTitle(overseer));
  const std::size_t colon = overseer.find(':');
  if (colon == std::string::npos || room - used < Px(30)) return;
  DrawText(list, {at.x + Px(38) + used, y + Px(1)}, room - used - Px(8), theme.text_muted,
           std::string_view(overseer).substr(colon + 1), CurrentFonts().small);
}

RowWish DrawOverseerRow(std::size_t index, std::size_t count, const std::string& overseer,
                        bool works) {
  const ScopedId id(static_cast<int>(index));
  const float tools =
      (count > 1 ? 3.0F : 1.0F) * ButtonWidth({.icon = kIconUp, .look = ButtonLook::kGhost});
  const float width = ImGui::GetContentRegionAvail().x - tools;
  DrawOverseerName(overseer, works, width);
  ImGui::InvisibleButton("row", {width - Px(4), ImGui::GetFrameHeight()});
  NoteItem(Short("overseer/%zu", index));
  Tooltip(overseer);
  const auto clicked = [&](const char* what, const char* sign, const char* help,
                           const char* why_not) {
    ImGui::SameLine(0.0F, 0.0F);
    const Short name("overseer/%s/%zu", what, index);
    return Button({.id = name.c_str(),
                   .icon = sign,
                   .look = ButtonLook::kGhost,
                   .tooltip = help,
                   .disabled_because = why_not});
  };
  RowWish wish = RowWish::kNone;
  const char* first = index == 0 ? "It is the first" : "";
  const char* last = index + 1 == count ? "It is the last" : "";
  if (count > 1 && clicked("up", kIconUp, "Asked earlier", first)) wish = RowWish::kUp;
  if (count > 1 && clicked("down", kIconDown, "Asked later", last)) wish = RowWish::kDown;
  if (clicked("remove", kIconClose, "Oversees no longer", "")) wish = RowWish::kRemove;
  return wish;
}

void DrawRows(const PanelContext& context) {
  const OversightSnapshot& now = context.snapshots.player.oversight;
  std::vector<std::string> overseers = OverseersIn(now.spec);
  for (std::size_t i = 0; i < overseers.size(); ++i) {
    const RowWish wish = DrawOverseerRow(i, overseers.size(), overseers[i], now.problem.empty());
    if (wish == RowWish::kNone) continue;
    if (wish == RowWish::kUp) std::swap(overseers[i], overseers[i - 1]);
    if (wish == RowWish::kDown) std::swap(overseers[i], overseers[i + 1]);
    if (wish == RowWish::kRemove) overseers.erase(overseers.begin() + static_cast<int>(i));
    return Wish(context, overseers);
  }
}

void DrawAdd(const PanelContext& context) {
  std::vector<std::string> overseers = OverseersIn(context.snapshots.player.oversight.spec);
  const auto chosen = DropDown({.id = "overseer/add",
                                .icon = kIconPlus,
                                .preview = "Add an overseer",
                                .count = static_cast<int>(kChoices.size()),
                                .tooltip = "Asked after those above: the first that does not let "
                                           "an action pass decides"},
                               [](int i) { return kChoices[static_cast<std::size_t>(i)].title; });
  if (!chosen) return;
  overseers.emplace_back(kChoices[static_cast<std::size_t>(*chosen)].spec);
  Wish(context, overseers);
}

// The same as text, for all that has no button.
void DrawSpecField(const PanelContext& context) {
  OverseerPanelState& state = context.window.overseer;
  const std::string& spec = context.snapshots.player.oversight.spec;
  if (state.text_of != spec) state.text = state.text_of = spec;
  if (TextField("overseer/text", state.text, kLongestOverseerText, ImGui::GetContentRegionAvail().x,
                "as text: lookahead+blocker:FILE")) {
    context.sender.Send(SetOverseer{state.text});
  }
  Tooltip(
      "The same as a text, as --overseer takes it: several are joined by +, with settings "
      "behind a colon");
}

}  // namespace

std::vector<std::string> OverseersIn(std::string_view spec) {
  std::vector<std::string> overseers;
  while (!spec.empty()) {
    const std::string_view one = spec.substr(0, spec.find('+'));
    spec.remove_prefix(std::min(one.size() + 1, spec.size()));
    if (!one.empty()) overseers.emplace_back(one);
  }
  return overseers;
}

std::string Joined(std::span<const std::string> overseers) {
  std::string spec;
  for (const std::string& one : overseers) spec.append(spec.empty() ? "" : "+").append(one);
  return spec;
}

std::string_view OverseerTitle(std::string_view overseer) {
  const std::string_view kind = overseer.substr(0, overseer.find(':'));
  const auto* const known = std::ranges::find(kTitles, kind, &KindTitle::kind);
  return known == kTitles.end() ? kind : known->title;
}

void DrawOverseerList(const PanelContext& context) {
  const OversightSnapshot& now = context.snapshots.player.oversight;
  const bool machine = !now.overseer.empty();
  const char* remark = machine ? "on" : now.watching ? "you alone" : "nobody";
  Heading("Who oversees", remark);
  {
    const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
    DrawPersonRow(context);
    DrawRows(context);
  }
  if (!now.problem.empty()) {
    TextWrapped(Short("%s  Nobody but you oversees: %s", kIconWarning,
                      std::string(Cut(now.problem, 120)).c_str()),
                CurrentTheme().warning);
    NoteItem("overseer/problem");
  }
  DrawAdd(context);
  DrawSpecField(context);
}

}  // namespace lookout::ui
