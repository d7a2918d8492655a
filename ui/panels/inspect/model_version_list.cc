#include "ui/panels/inspect/model_version_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "ui/commands.h"
#include "ui/panels/inspect/version_sheet.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr std::size_t kLongestName = 200;  // bytes
constexpr std::size_t kLongestPath = 4096;

const CostModelVersion* InUse(const FitSnapshot& fit) {
  for (const CostModelVersion& version : fit.versions) {
    if (fit.model != nullptr && version.id == fit.model->id()) return &version;
  }
  return nullptr;
}

// The field holds what is typed until it is left.
void DrawName(const CostModelVersion& version, CommandSender& sender, CostModelPanelState& state) {
  if (state.named != version.id || state.name_before != version.name) {
    state.named = version.id;
    state.name = state.name_before = version.name;
  }
  if (TextField("model_name", state.name, kLongestName, 0.0F, "Name of the version in use")) {
    sender.Send(NameCostModel{version.id, state.name});
  }
}

void DrawExport(CommandSender& sender, CostModelPanelState& state) {
  const ButtonSpec save{
      .id = "export_model",
      .icon = kIconSaved,
      .text = "Save",
      .tooltip = "Writes the version in use as a file for lookout train --cost-model",
      .disabled_because = state.path.empty() ? std::string_view("Name a file first") : ""};
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float width = ImGui::GetContentRegionAvail().x - ButtonWidth(save) - gap;
  TextField("model_path", state.path, kLongestPath, width, "File to save as");
  ImGui::SameLine();
  if (Button(save)) sender.Send(ExportCostModel{state.path});
}

// The version in use beside a model that is not of this study.
void DrawCompareFile(const ActionContext& context, const CostModelVersion& used) {
  CostModelPanelState& state = context.window.cost_model;
  const ButtonSpec compare{
      .id = "compare_file",
      .icon = kIconCompare,
      .text = "Compare",
      .tooltip =
          "Compares the version in use with the cost model of that file, on the recorded "
          "episodes",
      .disabled_because = state.compared.empty() ? std::string_view("Name a file first") : ""};
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float width = ImGui::GetContentRegionAvail().x - ButtonWidth(compare) - gap;
  TextField("compared_path", state.compared, kLongestPath, width, "File to compare");
  ImGui::SameLine();
  if (!Button(compare)) return;
  context.sender.Send(CompareVersions{used.id, {}, state.compared});
  context.window.versions.shown = true;
}

Short TitleOf(const CostModelVersion& version) {
  const std::string_view name = Cut(version.name, 120);
  return Short("v%lld  %.*s", static_cast<long long>(version.id.value),
               static_cast<int>(name.size()), name.data());
}

constexpr float kRow = 42.0F;       // height at 100 %
constexpr float kActionTop = 6.0F;  // of its buttons, likewise

std::string_view FittedWith(const CostModelVersion& version) {
  return version.fitted_with.empty() ? std::string_view("settings not recorded")
                                     : std::string_view(version.fitted_with);
}

// "v3  cautious          AUC 0.95", and below it "900 rows  usual settings": the name is what a
// person gave it, so it has the room.
void DrawVersionLine(const CostModelVersion& version, ImVec2 min, float width) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Theme& theme = CurrentTheme();
  ImFont* small = CurrentFonts().small;
  const float left = min.x + Px(8);
  const float y = min.y + Px(4);
  const Short auc("AUC %s", CompactNumber(version.report.auc).c_str());
  const float auc_width = TextSize(auc, small).x;
  DrawText(list, {min.x + width - auc_width, y}, auc_width + 1.0F, theme.text_muted, auc, small);
  const Short title = TitleOf(version);
  const float room = width - auc_width - Px(16);
  const float used = DrawText(list, {left, y}, room,
                              version.deleted ? theme.text_muted : theme.text, title, small);
  NoteRect(Short("version_name/%lld%s", static_cast<long long>(version.id.value),
                 TextSize(title, small).x > room ? "/cut" : ""),
           {left, y}, {left + used, y + Px(14)});
  const std::string_view settings = Cut(FittedWith(version), 110);
  const Short below("%s rows  \xC2\xB7  %.*s",
                    CompactCount(static_cast<double>(version.report.train_rows)).c_str(),
                    static_cast<int>(settings.size()), settings.data());
  DrawText(list, {left, y + Px(17)}, width - Px(8), theme.text_muted, below, small);
}

// What a click does, and with which settings the version was fitted: the row may cut them.
void ExplainVersion(const CostModelVersion& version, bool in_use) {
  const std::string_view settings = FittedWith(version);
  NoteItem(Short("fitted/%lld/%.*s", static_cast<long long>(version.id.value),
                 static_cast<int>(Cut(settings, 110).size()), settings.data()));
  if (!WantsTooltip()) return;
  const std::string_view what_for = version.deleted ? ""
                                    : in_use        ? ". In use"
                                                    : ". Click to use it; a newer fit takes over";
  const std::string fitted = fmt::format("Fitted with: {}{}", Cut(settings, 110), what_for);
  Tooltip(version.name.empty() ? fitted : fmt::format("{}\n{}", TitleOf(version).view(), fitted));
}

// At the right of a row: takes a version out of use, or brings it back. True when clicked.
bool DrawVersionAction(const CostModelVersion& version, ImVec2 at, float width,
                       CommandSender& sender) {
  const auto id = static_cast<long long>(version.id.value);
  const Short label(version.deleted ? "restore_version/%lld" : "delete_version/%lld", id);
  const ButtonSpec spec{
      .id = label.c_str(),
      .icon = version.deleted ? kIconUndo : kIconTrash,
      .look = ButtonLook::kGhost,
      .tooltip = version.deleted
                     ? "Bring this version back"
                     : "Delete this version; it can be brought back until the program ends"};
  ImGui::SetCursorPos({at.x + width - ButtonWidth(spec), at.y + Px(kActionTop)});
  if (!Button(spec)) return false;
  if (version.deleted) {
    sender.Send(RestoreCostModel{version.id});
  } else {
    sender.Send(DeleteCostModel{version.id});
  }
  return true;
}

// Left of it: compares the version with the one in use. True when clicked.
bool DrawCompare(const ActionContext& context, const CostModelVersion& version,
                 const CostModelVersion& used, ImVec2 at, float right) {
  const Short label("compare_version/%lld", static_cast<long long>(version.id.value));
  const ButtonSpec spec{.id = label.c_str(),
                        .icon = kIconCompare,
                        .look = ButtonLook::kGhost,
                        .tooltip =
                            "Compare this version with the one in use, on the recorded "
                            "episodes that neither was fitted to"};
  ImGui::SetCursorPos({at.x + right - ButtonWidth(spec), at.y + Px(kActionTop)});
  if (!Button(spec)) return false;
  context.sender.Send(CompareVersions{used.id, version.id});
  context.window.versions.shown = true;
  return true;
}

void DrawVersion(const ActionContext& context, const CostModelVersion& version,
                 const CostModelVersion* used) {
  CommandSender& sender = context.sender;
  const bool in_use = &version == used;
  const ScopedId scope(version.id.value);
  const float width = ImGui::GetContentRegionAvail().x;
  const float button = ButtonWidth({.id = "action", .icon = kIconTrash});
  const float action = 2.0F * button;
  const ImVec2 at = ImGui::GetCursorPos();
  const RowState row =
      Row(Short("version/%lld", static_cast<long long>(version.id.value)), Px(kRow), in_use);
  DrawVersionLine(version, row.min, row.max.x - row.min.x - action - Px(4));
  ExplainVersion(version, in_use);
  const ImVec2 after = ImGui::GetCursorPos();
  bool acted = DrawVersionAction(version, at, width, sender);
  if (!in_use && used != nullptr && !version.deleted) {
    acted |= DrawCompare(context, version, *used, at, width - button);
  }
  ImGui::SetCursorPos(after);
  if (row.clicked && !acted && !version.deleted) sender.Send(UseCostModel{version.id});
}

}  // namespace

void DrawModelVersions(const ActionContext& context) {
  const FitSnapshot& fit = context.snapshots.fit;
  if (fit.versions.empty()) return;
  Heading("Versions", fit.versions.size() > 1 ? "newest first" : "");
  const CostModelVersion* used = InUse(fit);
  if (used != nullptr) {
    DrawName(*used, context.sender, context.window.cost_model);
    DrawExport(context.sender, context.window.cost_model);
    DrawCompareFile(context, *used);
  }
  for (auto version = fit.versions.rbegin(); version != fit.versions.rend(); ++version) {
    DrawVersion(context, *version, used);
  }
  DrawVersionComparison(context);
}

}  // namespace lookout::ui
