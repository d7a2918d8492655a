#include "ui/panels/frame/side_panel.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/base/check.h"
#include "ui/panels/inspect/agreement_panel.h"
#include "ui/panels/inspect/cost_model_panel.h"
#include "ui/panels/marks/marks_panel.h"
#include "ui/panels/marks/queries_panel.h"
#include "ui/panels/oversee/overseer_panel.h"
#include "ui/panels/training/training_panel.h"
#include "ui/panels/why/why_panel.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {
namespace {

// Every panel of the right side, from left to right.
constexpr std::array kPanels{&kMarksPanel,     &kCostModelPanel, &kTrainingPanel, &kQueriesPanel,
                             &kAgreementPanel, &kOverseerPanel,  &kWhyPanel};

}  // namespace

void ShowPanel(std::string_view tab, WindowSettings& settings) {
  const auto* const found = std::ranges::find(kPanels, tab, &Panel::tab);
  LOOKOUT_CHECK(found != kPanels.end(), "a panel that is in the list");
  settings.side_tab = static_cast<int>(found - kPanels.begin());
}

void DrawSidePanel(const Snapshots& snapshots, CommandSender& sender, const WindowInputs& inputs,
                   WindowState& window) {
  std::array<Segment, kPanels.size()> tabs;
  std::ranges::transform(kPanels, tabs.begin(), [](const Panel* panel) {
    return Segment{panel->tab, panel->icon, panel->name};
  });
  const bool oversees = snapshots.mode == InputMode::kOversee;
  if (!std::exchange(window.overseer.mode_seen, oversees) && oversees) {
    ShowPanel(kOverseerPanel.tab, window.settings);  // who begins to oversee wants to see it
  }
  if (const std::string_view wanted = std::exchange(window.wanted_tab, {}); !wanted.empty()) {
    ShowPanel(wanted, window.settings);
  }
  int& tab = window.settings.side_tab;
  constexpr int kCount = static_cast<int>(kPanels.size());
  const int moves = std::exchange(window.tab_moves, 0) % kCount;  // from the last on to the first
  tab = (std::clamp(tab, 0, kCount - 1) + moves + kCount) % kCount;
  if (const auto chosen = Tabs(tabs, tab)) tab = *chosen;
  window.why.pointed_object = -1;  // until the panel says another
  const Panel& panel = *kPanels[static_cast<std::size_t>(tab)];
  const ScopedChild child(panel.tab, {0, 0});  // each scrolls by itself
  ImGui::Dummy({1, Px(1)});
  panel.draw({snapshots, sender, inputs, window});
}

}  // namespace lookout::ui
