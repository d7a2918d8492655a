#include "ui/panels/inspect/version_sheet.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/commands.h"
#include "ui/panels/inspect/version_differences.h"
#include "ui/panels/inspect/version_figures.h"
#include "ui/panels/inspect/version_names.h"
#include "ui/panels/inspect/version_tables.h"
#include "ui/panels/state/action_button.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr char kHidden[] = "Hidden while you mark blind. Leave Mark mode to compare versions.";

// Another version for one of the two places.
void DrawChoice(const ActionContext& context, std::size_t which, float width) {
  const FitSnapshot& fit = context.snapshots.fit;
  const VersionComparison& comparison = *context.snapshots.versions;
  std::vector<CostModelId> ids;
  for (auto version = fit.versions.rbegin(); version != fit.versions.rend(); ++version) {
    if (!version->deleted) ids.push_back(version->id);
  }
  std::vector<std::string> names;
  for (const CostModelId id : ids) names.push_back(VersionName(fit, id));
  const auto present = std::ranges::find(ids, comparison.models[which]);
  const std::string preview =
      std::string(VersionLetter(which)) + "  " + VersionName(fit, comparison, which);
  const auto chosen =
      DropDown({.id = which == 0 ? "versions/first" : "versions/second",
                .preview = preview,
                .count = static_cast<int>(ids.size()),
                .selected = present == ids.end() ? -1 : static_cast<int>(present - ids.begin()),
                .width = width,
                .tooltip = "A version of the cost model of what is on screen"},
               [&](int i) -> std::string_view { return names[static_cast<std::size_t>(i)]; });
  if (!chosen) return;
  std::array<CostModelId, 2> models = comparison.models;
  models[which] = ids[static_cast<std::size_t>(*chosen)];
  // The file stays what it is compared with, until a version is chosen in its place.
  context.sender.Send(CompareVersions{models[0], models[1], which == 0 ? comparison.file : ""});
}

void DrawReference(VersionSheetState& state) {
  const std::array<Segment, 2> references{
      {{"versions/rule", "", "Rule", "What the environment charges is the truth"},
       {"versions/marks", "", "Marks", "What was marked is the truth, step by step"}}};
  if (const auto chosen = Segmented(references, state.by_marks ? 1 : 0)) {
    state.by_marks = *chosen == 1;
  }
}

void DrawFiles(const ActionContext& context, const VersionsAgainst* against) {
  const bool any = against != nullptr && against->figures.has_value();
  const std::string_view none = any ? "" : "There is nothing to write yet";
  const bool csv = Button({.id = "versions/csv",
                           .icon = kIconSaved,
                           .text = "CSV",
                           .tooltip = "Writes the three plots as tables, beside the project",
                           .disabled_because = none});
  ImGui::SameLine(0.0F, Px(6));
  const bool svg = Button({.id = "versions/svg",
                           .icon = kIconSaved,
                           .text = "SVG",
                           .tooltip = "Writes the three plots as pictures, beside the project",
                           .disabled_because = none});
  if (!csv && !svg) return;
  const FitSnapshot& fit = context.snapshots.fit;
  const VersionComparison& compared = *context.snapshots.versions;
  const bool by_marks = context.window.versions.by_marks;
  for (PlotTable& table : VersionTables(
           *against->figures, {VersionName(fit, compared, 0), VersionName(fit, compared, 1)},
           by_marks ? "marks" : "rule")) {
    context.sender.Send(SavePlot{std::move(table), svg});
  }
}

void DrawHead(const ActionContext& context, const VersionsAgainst* against) {
  VersionSheetState& state = context.window.versions;
  const float width = std::clamp(ImGui::GetContentRegionAvail().x * 0.2F, Px(96), Px(200));
  DrawChoice(context, 0, width);
  ImGui::SameLine(0.0F, Px(6));
  DrawChoice(context, 1, width);
  ImGui::SameLine(0.0F, Px(12));
  DrawReference(state);
  ImGui::SameLine(0.0F, Px(12));
  DrawFiles(context, against);
  ImGui::SameLine(ImGui::GetWindowWidth() - ImGui::GetFrameHeight() - Px(20));
  if (Button({.id = "versions/close",
              .icon = kIconClose,
              .look = ButtonLook::kGhost,
              .tooltip = "Close",
              .key = "Esc"})) {
    state.shown = false;
  }
}

// On what they are compared, and whether a version knows it.
void DrawMaterial(const VersionsAgainst& against) {
  const agents::CostEvaluation& any = against.figures->models[0];
  const auto episodes = static_cast<long long>(any.episodes);
  const Short on("%lld episode%s, %s steps", episodes, episodes == 1 ? "" : "s",
                 CompactCount(static_cast<double>(any.steps)).c_str());
  if (!against.unseen) {
    TextWrapped(Short("On %s, to all of which a version was fitted: there are no others. That "
                      "flatters it.",
                      on.c_str()),
                CurrentTheme().warning);
  } else if (against.left_out > 0) {
    TextMuted(Short("On %s that neither was fitted to; %d other%s left out.", on.c_str(),
                    against.left_out, against.left_out == 1 ? "" : "s"));
  } else {
    TextMuted(Short("On %s that neither was fitted to.", on.c_str()));
  }
  NoteItem(against.unseen ? "versions/unseen" : "versions/seen");
}

// Figures, curves and the list side by side where there is room, else all but the list below each
// other.
void DrawBody(const ActionContext& context, const VersionsAgainst& against) {
  const agents::TwoModels& two = *against.figures;
  VersionSheetState& state = context.window.versions;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const bool wide = room.x >= Px(880);
  const float gap = Px(16);
  const float list = room.x * (wide ? 0.3F : 0.42F);
  const float curves = wide ? room.x * 0.34F : 0.0F;
  const float figures = room.x - list - curves - gap * (wide ? 2.0F : 1.0F);
  const float text = 2.0F * ImGui::GetTextLineHeightWithSpacing() + Px(16);
  const float plot = wide ? std::max(Px(120), (room.y - text) * 0.5F) : Px(190);
  {
    const ScopedChild child("versions/figures", {figures, room.y});
    DrawVersionFigures(two);
    DrawVersionCosts(*context.snapshots.versions, state, Px(170));
    if (!wide) DrawVersionCurves(two, context.snapshots.fit, *context.snapshots.versions, plot);
  }
  if (wide) {
    ImGui::SameLine(0.0F, gap);
    const ScopedChild child("versions/curves", {curves, room.y});
    DrawVersionCurves(two, context.snapshots.fit, *context.snapshots.versions, plot);
  }
  ImGui::SameLine(0.0F, gap);
  const ScopedChild child("versions/list", {list, room.y});
  DrawVersionDifferences(context, two);
}

void DrawContent(const ActionContext& context, const VersionsAgainst* against) {
  const VersionComparison& comparison = *context.snapshots.versions;
  const ImU32 muted = CurrentTheme().text_muted;
  if (context.snapshots.blind()) return TextWrapped(kHidden, muted);
  if (comparison.measuring) {
    TextMuted("The recorded episodes are being scored\xE2\x80\xA6");
    ProgressBar(static_cast<float>(comparison.fraction));
    if (Button({.id = "versions/cancel",
                .icon = kIconClose,
                .text = "Cancel",
                .tooltip = "Abandons the comparison"})) {
      context.sender.Send(EndVersionComparison{});
      context.window.versions.shown = false;
    }
    return;
  }
  if (!comparison.problem.empty()) return TextWrapped(comparison.problem, muted);
  if (against == nullptr || !against->figures) {
    return TextWrapped("No marked step is recorded: nothing to compare with but the rule.", muted);
  }
  DrawMaterial(*against);
  DrawBody(context, *against);
}

}  // namespace

void DrawVersionComparison(const ActionContext& context) {
  const VersionComparison* comparison = context.snapshots.versions;
  if (comparison == nullptr) return;
  const FitSnapshot& fit = context.snapshots.fit;
  const std::string names =
      VersionName(fit, *comparison, 0) + " and " + VersionName(fit, *comparison, 1);
  Heading("Comparison", comparison->measuring ? "being measured\xE2\x80\xA6" : "");
  TextEllipsis(names, ImGui::GetContentRegionAvail().x);
  if (comparison->measuring) ProgressBar(static_cast<float>(comparison->fraction));
  if (context.snapshots.blind()) return TextWrapped(kHidden, CurrentTheme().text_muted);
  const VersionsAgainst* against = comparison->against(comparison->by_marks);
  if (against != nullptr && against->figures && comparison->shown) {
    const agents::TwoModels& two = *against->figures;
    const agents::CostDifference& difference = two.differences[*comparison->shown];
    TextEllipsis(PlaceInWords(two, difference), ImGui::GetContentRegionAvail().x);
    TextEllipsis(DifferenceInWords(difference), ImGui::GetContentRegionAvail().x,
                 CurrentTheme().text_muted);
    NoteItem("versions/difference");
  }
  const float width = (ImGui::GetContentRegionAvail().x - 2.0F * Px(6)) / 3.0F;
  ActionButton(ActionId::kPreviousVersionDifference, context, {.text = "Previous", .width = width});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(ActionId::kNextVersionDifference, context, {.text = "Next", .width = width});
  ImGui::SameLine(0.0F, Px(6));
  if (Button({.id = "versions/open",
              .icon = kIconCompare,
              .text = "Open",
              .width = width,
              .tooltip = "Curves, figures and the list of differences"})) {
    context.window.versions.shown = true;
  }
}

void DrawVersionSheet(const Rect& window_rect, const ActionContext& context) {
  VersionSheetState& state = context.window.versions;
  const VersionComparison* comparison = context.snapshots.versions;
  if (comparison == nullptr) {  // not there yet, or given up
    if (std::exchange(state.seen, false)) state.shown = false;
    return;
  }
  state.seen = true;
  if (!state.shown) return;
  const ScopedSheet sheet("versions##sheet", window_rect);
  const VersionsAgainst* against = comparison->against(state.by_marks);
  DrawHead(context, against);
  DrawContent(context, against);
}

}  // namespace lookout::ui
