#include "ui/panels/training/all_settings.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "agents/rl/settings/settings.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// One of the settings, by its option's name.
template <typename T>
void DrawSetting(const lookout::Field<agents::TrainingSettings>& field_of, T& value) {
  const std::string option(field_of.name);
  const char* name = option.c_str();
  const std::string_view help = field_of.help;
  if constexpr (std::is_same_v<T, bool>) {
    Toggle({.id = name, .text = name, .tooltip = help}, value);
  } else {
    const float field = Px(86);
    ImGui::AlignTextToFramePadding();
    TextEllipsis(name, ImGui::GetContentRegionAvail().x - field - Px(8), CurrentTheme().text_muted);
    ImGui::SameLine(ImGui::GetContentRegionMax().x - field);
    if constexpr (std::is_floating_point_v<T>) {
      NumberField(name, value, field_of.least, field_of.most, "%.6g", field);
    } else {
      auto number = static_cast<std::int64_t>(value);
      NumberField(name, number, static_cast<std::int64_t>(field_of.least),
                  static_cast<std::int64_t>(field_of.most), field);
      value = static_cast<T>(number);
    }
    Tooltip(help);
  }
}

bool HasFieldAbove(std::string_view name) {
  return name == "steps" || name == "seed" || name == "cost-limit" || name == "stop-when-parted";
}

}  // namespace

void DrawAllSettings(TrainingDraft& draft) {
  Toggle({.id = "all_settings",
          .text = "All settings",
          .tooltip = "Every hyperparameter of this agent, by its option of 'lookout train'"},
         draft.shows_all);
  if (!draft.shows_all) return;
  VisitNumbers(draft.settings, [&draft](const auto& field, auto& value) {
    if (HasFieldAbove(field.name) || !Applies(field, draft.settings)) return;
    DrawSetting(field, value);
  });
}

}  // namespace lookout::ui
