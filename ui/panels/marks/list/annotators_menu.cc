#include "ui/panels/marks/list/annotators_menu.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "agents/feedback/agreement/reaction_lag.h"
#include "ui/commands.h"
#include "ui/panels/marks/list/take_over_rule.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr char kPopup[] = "annotators_popup";
constexpr float kMenuWidth = 300.0F;

Short ItemId(const char* what, std::string_view name) {
  return Short("%s/%.*s", what, static_cast<int>(name.size()), name.data());
}

// A click makes them mark; the eye shows or hides their marks.
void DrawAnnotatorRow(const ActionContext& context, const AnnotatorProfile& profile) {
  const Theme& theme = CurrentTheme();
  const bool present = profile.name == context.snapshots.marks.annotator();
  const ScopedId id(profile.name.c_str());
  const RowState row = Row(ItemId("annotator", profile.name), Px(30), present);
  Tooltip(present ? "Marks now" : "Marks from now on");
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = (row.min.y + row.max.y) * 0.5F;
  list.AddCircleFilled({row.min.x + Px(14), middle}, Px(5), AnnotatorColour(theme, profile.colour),
                       16);
  const float y = middle - ImGui::GetFontSize() * 0.5F;
  const float tools = row.max.x - Px(36);
  const float used = DrawText(list, {row.min.x + Px(28), y}, tools - row.min.x - Px(96), theme.text,
                              TitleOf(profile));
  const char* remark = profile.blind ? "blind" : profile.marks_here ? "" : "from records";
  DrawText(list, {row.min.x + Px(36) + used, y}, Px(90), theme.text_muted, remark);
  bool toggled = false;
  if (!present) {
    ImGui::SetCursorScreenPos({tools, row.min.y + Px(1)});
    toggled = Button({.id = ItemId("annotator_shown", profile.name).c_str(),
                      .icon = profile.shown ? kIconView : kIconHidden,
                      .look = ButtonLook::kGhost,
                      .width = Px(32),
                      .tooltip = profile.shown ? "Their marks are shown: click to hide them"
                                               : "Their marks are hidden: click to show them"});
  }
  ImGui::SetCursorScreenPos(after);
  if (toggled) {
    AnnotatorProfile changed = profile;
    changed.shown = !changed.shown;
    context.sender.Send(SaveAnnotator{std::move(changed)});
  } else if (row.clicked && !present) {
    context.sender.Send(SwitchAnnotator{profile.name});
  }
}

// Two of one name could not be told apart.
void Rename(const ActionContext& context, AnnotatorProfile profile, const std::string& title) {
  const auto same = [&](const AnnotatorProfile& other) {
    return other.name != profile.name && TitleOf(other) == title;
  };
  if (std::ranges::any_of(context.snapshots.marks.annotators().all(), same)) {
    return context.sender.Send(Tell{"Somebody else is called \"" + title + "\" already."});
  }
  profile.title = title;
  context.sender.Send(SaveAnnotator{std::move(profile)});
}

void DrawColours(CommandSender& sender, const AnnotatorProfile& present) {
  const Theme& theme = CurrentTheme();
  FieldLabel("Colour");
  for (int i = 0; i < kAnnotatorColours; ++i) {
    if (i > 0) ImGui::SameLine(0.0F, Px(3));
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const Short id("annotator_colour/%d", i);
    const bool clicked = ImGui::InvisibleButton(id.c_str(), {Px(19), Px(19)});
    NoteItem(id);
    const ImVec2 middle(min.x + Px(9.5F), min.y + Px(9.5F));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddCircleFilled(middle, Px(7), AnnotatorColour(theme, i), 20);
    if (i == present.colour) list.AddCircle(middle, Px(9), theme.text, 20, Px(1.5F));
    if (!clicked) continue;
    AnnotatorProfile changed = present;
    changed.colour = i;
    sender.Send(SaveAnnotator{std::move(changed)});
  }
}

// What the marks of theirs say of the lags; NaN of what too few say anything about.
struct LagsByMarks {
  agents::Estimate press;
  agents::Estimate release;
};

bool Differs(double stored_s, const agents::Estimate& lag) {
  return !std::isnan(lag.low) && (stored_s < lag.low || stored_s > lag.high);
}

// Nothing if they bear out those that are stored.
std::optional<LagsByMarks> LagByMarks(const Snapshots& snapshots, const AnnotatorProfile& profile) {
  const AgreementOnScreen* agreement = snapshots.agreement;
  if (agreement == nullptr || agreement->report == nullptr) return std::nullopt;
  const auto& lags = agreement->report->lags;
  const auto found = std::ranges::find(lags, profile.name, &agents::ReactionLag::annotator);
  if (found == lags.end()) return std::nullopt;
  const LagsByMarks by_marks{.press = found->onset.lag_s, .release = found->offset.lag_s};
  const bool differs = Differs(profile.reaction_lag_s, by_marks.press) ||
                       Differs(profile.release_lag_s, by_marks.release);
  return differs ? std::optional(by_marks) : std::nullopt;
}

std::string InWords(const char* what, const agents::Estimate& lag, double stored_s) {
  if (std::isnan(lag.low)) return {};
  return fmt::format("{} {:.2f} s late ({:.2f}\xE2\x80\x93{:.2f}; stored: {:.2f} s). ", what,
                     lag.value, lag.low, lag.high, stored_s);
}

// What the one who marks is like.
void DrawPresent(const ActionContext& context, AnnotatorsMenuState& state) {
  const AnnotatorProfile& present = context.snapshots.marks.annotators().present();
  if (state.title_of != present.name) {
    state.title_of = present.name;
    state.title = TitleOf(present);
  }
  FieldLabel("Name");
  if (TextField("annotator_title", state.title, kLongestAnnotatorName, 0.0F,
                present.name.c_str())) {
    Rename(context, present, state.title);
  }
  Tooltip(Short("As shown in the window; in files their marks stay those of \"%s\"",
                present.name.c_str()));
  DrawColours(context.sender, present);
  AnnotatorProfile changed = present;
  if (Toggle(
          {.id = "annotator_blind",
           .icon = kIconHidden,
           .text = "Marks blind",
           .tooltip = "In Mark mode the rule's cost, the learned cost and everybody else's marks "
                      "are hidden: who sees the answer marks the answer"},
          changed.blind)) {
    context.sender.Send(SaveAnnotator{std::move(changed)});
  }
}

// How late they press and let go, by a drill or by their own marks.
void DrawLag(const ActionContext& context) {
  if (Button({.id = "annotator_drill",
              .icon = kIconSpeed,
              .text = "Measure the reaction lag",
              .width = -1.0F,
              .tooltip = "A drill of one minute: hold a key whenever a disc appears"})) {
    context.window.drill_asked = true;
    ImGui::CloseCurrentPopup();
  }
  const MarkStore& marks = context.snapshots.marks;
  AnnotatorProfile profile = marks.annotators().present();
  const auto theirs = [&](const auto& entry) { return entry.second.annotator == profile.name; };
  const auto made = std::ranges::count_if(marks.marks().marks(), theirs);
  if (made < agents::kLeastLagEdges) return;
  context.sender.Send(MeasureAgreement{});
  const std::optional<LagsByMarks> lags = LagByMarks(context.snapshots, profile);
  if (!lags) return;
  TextWrapped("By your marks against the rule: " +
                  InWords("you press", lags->press, profile.reaction_lag_s) +
                  InWords("you let go", lags->release, profile.release_lag_s),
              CurrentTheme().text_muted);
  if (!std::isnan(lags->press.low)) profile.reaction_lag_s = lags->press.value;
  if (!std::isnan(lags->release.low)) profile.release_lag_s = lags->release.value;
  if (Button(
          {.id = "annotator_lag_by_marks",
           .icon = kIconCheck,
           .text = Short("Take %.2f and %.2f s", profile.reaction_lag_s, profile.release_lag_s),
           .width = -1.0F,
           .tooltip = "As the lags of pressing and letting go, of what is marked from now on"})) {
    context.sender.Send(SaveAnnotator{std::move(profile)});
  }
}

// Whoever is there already just marks.
void DrawAdd(const ActionContext& context, AnnotatorsMenuState& state) {
  const MarkStore& marks = context.snapshots.marks;
  const float button = ButtonWidth({.icon = kIconPlus, .text = "Add"});
  const float width = ImGui::GetContentRegionAvail().x - button - Px(6);
  const bool entered =
      TextField("annotator_new", state.added, kLongestAnnotatorName, width, "Somebody new") &&
      IsPressed({Key::kEnter});
  ImGui::SameLine(0.0F, Px(6));
  const bool clicked = Button({.id = "annotator_add",
                               .icon = kIconPlus,
                               .text = "Add",
                               .width = button,
                               .tooltip = "They mark from now on"});
  const bool blank = state.added.find_first_not_of(' ') == std::string::npos;
  if (blank || (!entered && !clicked)) return;
  const std::string name = std::exchange(state.added, {});
  if (marks.annotators().Find(name) == nullptr) {
    const bool others_marked = !marks.marks().records().empty();
    context.sender.Send(SaveAnnotator{marks.annotators().Suggest(name, others_marked)});
  }
  context.sender.Send(SwitchAnnotator{name});
}

}  // namespace

void OpenAnnotatorsMenu() { ImGui::OpenPopup(kPopup); }

void DrawAnnotatorsMenu(const ActionContext& context) {
  if (!ImGui::BeginPopup(kPopup)) return;
  AnnotatorsMenuState& state = context.window.annotators;
  ImGui::Dummy({Px(kMenuWidth), 0});
  TextSmall("Who marks");
  for (const AnnotatorProfile& profile : context.snapshots.marks.annotators().all()) {
    DrawAnnotatorRow(context, profile);
  }
  const std::string read_only = WhyNotMark(context);
  if (read_only.empty()) {
    DrawAdd(context, state);
    ImGui::Separator();
    DrawPresent(context, state);
    DrawLag(context);
    ImGui::Separator();
    DrawTakeOverDefaults(context);
  } else {
    TextWrapped(read_only, CurrentTheme().text_muted);
  }
  ImGui::EndPopup();
}

}  // namespace lookout::ui
