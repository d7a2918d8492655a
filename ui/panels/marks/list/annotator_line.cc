#include "ui/panels/marks/list/annotator_line.h"

#include <algorithm>

#include "ui/commands.h"
#include "ui/panels/marks/list/annotators_menu.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// As many as one line has room for; the menu has them all.
void DrawNames(const ActionContext& context) {
  const Annotators& annotators = context.snapshots.marks.annotators();
  const std::string& key = context.window.keymap.text(ActionId::kNextAnnotator);
  const float menu = ButtonWidth({.icon = kIconPlus});
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - menu;
  for (const AnnotatorProfile& profile : annotators.all()) {
    if (!profile.marks_here) continue;
    const bool present = profile.name == annotators.present().name;
    const Short id("marks_as/%.*s", static_cast<int>(profile.name.size()), profile.name.data());
    const ButtonSpec button{.id = id.c_str(),
                            .icon = profile.blind ? kIconHidden : kIconPerson,
                            .text = Cut(TitleOf(profile), 24),
                            .selected = present,
                            .tooltip = present ? "Marks now" : "Marks from now on",
                            .key = key,
                            .icon_colour = AnnotatorColour(CurrentTheme(), profile.colour)};
    if (ImGui::GetCursorPosX() + ButtonWidth(button) + Px(4) > right) break;
    if (Button(button) && !present) context.sender.Send(SwitchAnnotator{profile.name});
    ImGui::SameLine(0.0F, Px(4));
  }
  if (Button({.id = "annotators_menu",
              .icon = kIconPlus,
              .look = ButtonLook::kGhost,
              .tooltip = "Annotators: add, rename, show and hide, blind"})) {
    OpenAnnotatorsMenu();
  }
  DrawAnnotatorsMenu(context);
}

// Of whoever marks.
void DrawLags(const ActionContext& context, const std::string& read_only) {
  AnnotatorProfile present = context.snapshots.marks.annotators().present();
  const std::string_view title = Cut(TitleOf(present), 24);
  FieldLabel(Short("Lags of \"%.*s\", s", static_cast<int>(title.size()), title.data()));
  const ScopedDisabled disabled(!read_only.empty());
  bool changed =
      NumberField("reaction_lag", present.reaction_lag_s, 0.0, kMostReactionLag_s, "%.2f", Px(48));
  Tooltip(
      "The time from seeing to pressing. What you mark while it plays is taken to have begun this "
      "much earlier, times the speed; marks that are there already keep theirs.");
  ImGui::SameLine(0.0F, Px(6));
  changed |=
      NumberField("release_lag", present.release_lag_s, 0.0, kMostReactionLag_s, "%.2f", Px(48));
  Tooltip("The time from its end to letting go, by which a mark is taken to have ended earlier.");
  if (changed) context.sender.Send(SaveAnnotator{present});
}

}  // namespace

void DrawAnnotators(const ActionContext& context, const std::string& read_only) {
  DrawNames(context);
  DrawLags(context, read_only);
  const std::int64_t newer = context.snapshots.marks.marks().of_newer_versions();
  if (newer > 0) {
    TextWrapped(Short("%lld record%s made by a newer version, kept as they are",
                      static_cast<long long>(newer), newer == 1 ? "" : "s"),
                CurrentTheme().text_muted);
  }
}

}  // namespace lookout::ui
