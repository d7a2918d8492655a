#include "ui/panels/training/cpo_cases.h"

#include <algorithm>
#include <array>

#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::CpoCase;

ImU32 CaseColour(CpoCase value) {
  const Theme& theme = CurrentTheme();
  switch (value) {
    case CpoCase::kRecovery:
      return theme.error;
    case CpoCase::kPartly:
      return theme.warning;
    case CpoCase::kBoundary:
      return theme.accent;
    case CpoCase::kInside:
      return theme.good;
    case CpoCase::kNoGradient:
    case CpoCase::kNone:
      return theme.text_muted;
  }
  return theme.text_muted;
}

const char* CaseHelp(CpoCase value) {
  switch (value) {
    case CpoCase::kRecovery:
      return "Too costly, and so is every step in the trust region: only the cost counts";
    case CpoCase::kPartly:
      return "Too costly, but part of the trust region is not";
    case CpoCase::kBoundary:
      return "Cheap enough, and the limit cuts the trust region";
    case CpoCase::kInside:
      return "Every step in the trust region is cheap enough: the limit does not bind";
    default:
      return "The cost does not depend on the policy";
  }
}

using CaseCounts = std::array<int, agents::kCpoCaseCount>;

void DrawStrip(const RunTrack& run, CaseCounts& counts) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::Dummy({width, Px(14)});
  NoteItem("cpo_strip");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float piece = width / static_cast<float>(run.history->size());
  for (std::size_t i = 0; i < run.history->size(); ++i) {
    const CpoCase value = (*run.history)[i].cpo_case;
    ++counts[static_cast<std::size_t>(value)];
    const float left = at.x + piece * static_cast<float>(i);
    list.AddRectFilled({left, at.y}, {left + std::max(1.0F, piece), at.y + Px(14)},
                       CaseColour(value));
  }
}

}  // namespace

void DrawCpoCases(const RunTrack& run) {
  if (run.iterations() == 0 || run.settings.algorithm != agents::Algorithm::kCpo) return;
  const agents::IterationReport& last = run.history->back();
  Heading("CPO: case of each update", agents::CpoCaseName(last.cpo_case));
  CaseCounts counts{};
  DrawStrip(run, counts);
  for (int i = 1; i < agents::kCpoCaseCount; ++i) {
    const int count = counts[static_cast<std::size_t>(i)];
    if (count == 0) continue;
    const auto value = static_cast<CpoCase>(i);
    const std::string_view name = agents::CpoCaseName(value);
    NameAndValue(name, Short("%d", count), CaseColour(value));
    Tooltip(CaseHelp(value));
  }
  if (last.line_search_failed) {
    TextSmall("The last line search found no step that was good enough: the policy stayed.");
  }
}

}  // namespace lookout::ui
