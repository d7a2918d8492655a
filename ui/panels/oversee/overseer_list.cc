#include "ui/panels/oversee/overseer_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "ui/commands.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kLongestProblem = 300;
constexpr std::string_view kYou = "person";  // without settings: who has the keys

constexpr std::array<OverseerChoice, 5> kChoices{{
    {.kind = "lookahead",
     .title = "Look-ahead",
     .help =
         "Simulates what comes: lets pass what can still be braked from without a cost, and does "
         "the most similar action of which that holds in place of any other",
     .spec = "lookahead"},
    {.kind = "person",
     .title = "Simulated person",
     .help = "Sees danger ahead as a person does: late, and not always. Settings: lag in seconds, "
             "share of misses",
     .spec = "person:lag=0.3,misses=0.05"},
    {.kind = "blocker",
     .title = "Learned blocker",
     .help =
         "Blocks what an overseer blocked that it learned from, by \"lookout blocker fit\"; the "
         "robot brakes then",
     .spec = "blocker:",
     .lacks = "Type the file of \"lookout blocker fit --out\", then Enter"},
    {.kind = "risk",
     .title = "Risk critic",
     .help = "Replaces what it expects a violation from by the least risky action; it learned from "
             "violations, by \"lookout blocker fit --risk\"",
     .spec = "risk:",
     .lacks = "Type the file of \"lookout blocker fit --risk\", then Enter"},
    {.kind = "delegate",
     .title = "Delegation",
     .help = "Hands the wheel to an advisor, such as the careful script, where the agent is new to "
             "what it sees or in danger, by the judgement of a learned blocker",
     .spec = "delegate:careful,model=",
     .lacks = "Type the file of \"lookout blocker fit --out\", then Enter"},
}};

const OverseerChoice* ChoiceOf(std::string_view overseer) {
  const auto* const known =
      std::ranges::find(kChoices, overseer.substr(0, overseer.find(':')), &OverseerChoice::kind);
  return known == kChoices.end() ? nullptr : known;
}

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
void DrawOverseerName(std::string_view overseer, bool works, float width) {
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
  if (colon == std::string_view::npos || room - used < Px(30)) return;
  DrawText(list, {at.x + Px(38) + used, y + Px(1)}, room - used - Px(8), theme.text_muted,
           overseer.substr(colon + 1), CurrentFonts().small);
}

RowWish DrawOverseerRow(std::size_t index, std::size_t count, std::string_view overseer,
                        bool works) {
  const ScopedId id(static_cast<int>(index));
  const float tools =
      (count > 1 ? 3.0F : 1.0F) * ButtonWidth({.icon = kIconUp, .look = ButtonLook::kGhost});
  const float width = ImGui::GetContentRegionAvail().x - tools;
  DrawOverseerName(overseer, works, width);
  ImGui::InvisibleButton("row", {width - Px(4), ImGui::GetFrameHeight()});
  NoteItem(Short("overseer/%zu", index));
  if (ImGui::IsItemHovered()) {
    const OverseerChoice* choice = ChoiceOf(overseer);
    Tooltip(choice == nullptr ? std::string(overseer)
                              : fmt::format("{}\n{}", choice->help, overseer));
  }
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

// The next of "a+b", which is taken off.
std::string_view TakeFirst(std::string_view& spec) {
  const std::string_view first = spec.substr(0, spec.find('+'));
  spec.remove_prefix(std::min(first.size() + 1, spec.size()));
  return first;
}

// The person has a row already.
bool HasRow(std::string_view overseer) { return !overseer.empty() && overseer != kYou; }

std::size_t CountRows(std::string_view spec) {
  std::size_t count = 0;
  while (!spec.empty()) count += HasRow(TakeFirst(spec)) ? 1 : 0;
  return count;
}

void Change(const PanelContext& context, std::size_t row, RowWish wish) {
  std::vector<std::string> overseers = OverseersIn(context.snapshots.player.oversight.spec);
  std::erase(overseers, kYou);
  if (wish == RowWish::kUp) std::swap(overseers[row], overseers[row - 1]);
  if (wish == RowWish::kDown) std::swap(overseers[row], overseers[row + 1]);
  if (wish == RowWish::kRemove) overseers.erase(overseers.begin() + static_cast<int>(row));
  Wish(context, overseers);
}

void DrawRows(const PanelContext& context) {
  const OversightSnapshot& now = context.snapshots.player.oversight;
  const std::size_t count = CountRows(now.spec);
  std::size_t row = 0;
  for (std::string_view rest = now.spec; !rest.empty();) {
    const std::string_view overseer = TakeFirst(rest);
    if (!HasRow(overseer)) continue;
    const RowWish wish = DrawOverseerRow(row, count, overseer, now.problem.empty());
    if (wish != RowWish::kNone) return Change(context, row, wish);
    ++row;
  }
}

// What lacks a file is typed on; all else oversees at once.
void Add(const PanelContext& context, const OverseerChoice& choice) {
  const std::string& spec = context.snapshots.player.oversight.spec;
  const std::string wanted = fmt::format("{}{}{}", spec, spec.empty() ? "" : "+", choice.spec);
  if (choice.lacks.empty()) return context.sender.Send(SetOverseer{wanted});
  OverseerPanelState& state = context.window.overseer;
  state.text = wanted;
  state.to_complete = choice.lacks;
  state.type_on = true;
}

void DrawAdd(const PanelContext& context) {
  const auto chosen = DropDown(
      {.id = "overseer/add",
       .icon = kIconPlus,
       .preview = "Add an overseer",
       .count = static_cast<int>(kChoices.size()),
       .tooltip = "Asked after those above: the first that does not let an action pass decides",
       .help_of = [](int i) { return kChoices[static_cast<std::size_t>(i)].help; }},
      [](int i) { return kChoices[static_cast<std::size_t>(i)].title; });
  if (chosen) Add(context, kChoices[static_cast<std::size_t>(*chosen)]);
}

void DrawProblem(const OversightSnapshot& now) {
  if (now.problem.empty()) return;
  TextWrapped(fmt::format("{}  {}: {}", kIconWarning,
                          now.watching ? "Nobody but you oversees" : "Nobody oversees",
                          Cut(now.problem, kLongestProblem)),
              CurrentTheme().warning);
  NoteItem("overseer/problem");
}

// The same as text, for settings and files.
void DrawSpecField(const PanelContext& context) {
  OverseerPanelState& state = context.window.overseer;
  const std::string& spec = context.snapshots.player.oversight.spec;
  if (state.text_of != spec) {
    state.text = state.text_of = spec;
    state.to_complete.clear();
  }
  if (state.type_on) BeginTypingHere();
  const bool typed = TextField("overseer/text", state.text, kLongestOverseerText,
                               ImGui::GetContentRegionAvail().x, "as text: lookahead+blocker:FILE");
  if (state.type_on && IsTypedBehindText()) state.type_on = false;
  Tooltip(
      "The same as a text, as --overseer takes it: several are joined by +, with settings "
      "behind a colon");
  if (typed) {
    context.sender.Send(SetOverseer{state.text});
    state.to_complete.clear();
  }
  if (!state.to_complete.empty()) {
    TextWrapped(state.to_complete, CurrentTheme().text_muted);
    NoteItem("overseer/to_complete");
  }
}

}  // namespace

std::vector<std::string> OverseersIn(std::string_view spec) {
  std::vector<std::string> overseers;
  while (!spec.empty()) {
    if (const std::string_view one = TakeFirst(spec); !one.empty()) overseers.emplace_back(one);
  }
  return overseers;
}

std::string Joined(std::span<const std::string> overseers) {
  std::string spec;
  for (const std::string& one : overseers) spec.append(spec.empty() ? "" : "+").append(one);
  return spec;
}

std::span<const OverseerChoice> OverseerChoices() { return kChoices; }

std::string_view OverseerTitle(std::string_view overseer) {
  const OverseerChoice* choice = ChoiceOf(overseer);
  return choice == nullptr ? overseer.substr(0, overseer.find(':')) : choice->title;
}

void DrawOverseerList(const PanelContext& context) {
  const OversightSnapshot& now = context.snapshots.player.oversight;
  const bool machine = !now.overseer.empty();
  Heading("Who oversees", machine        ? now.watching ? "in this order" : "without you"
                          : now.watching ? "you alone"
                                         : "nobody");
  {
    const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
    DrawPersonRow(context);
    DrawRows(context);
  }
  DrawAdd(context);
  DrawSpecField(context);
  DrawProblem(now);
}

}  // namespace lookout::ui
