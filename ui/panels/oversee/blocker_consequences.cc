#include "ui/panels/oversee/blocker_consequences.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/overseer/exact_interval.h"
#include "ui/commands.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// "3 of 50, 6.0 % (1.3-16.5)"
Short ShareInWords(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return Short("none to judge by");
  const agents::ExactInterval share = agents::ShareOf(part, whole);
  return Short("%lld of %lld, %.1f %% (%.1f\xE2\x80\x93%.1f)", static_cast<long long>(part),
               static_cast<long long>(whole), 100.0 * share.value, 100.0 * share.low,
               100.0 * share.high);
}

void DrawRow(const BlockerRow& row) {
  NameAndValue("Blocks", ShareInWords(row.blocks, row.steps));
  NoteItem("blocker/blocks");
  NameAndValue("False blocks", ShareInWords(row.false_blocks, row.steps - row.overseer_blocks));
  NoteItem("blocker/false_blocks");
  Tooltip(
      "Of the steps that whoever oversaw let pass: those that it would block. In brackets the "
      "exact 95 % interval");
  NameAndValue("Misses", ShareInWords(row.misses, row.overseer_blocks),
               row.misses > 0 ? CurrentTheme().warning : 0);
  NoteItem("blocker/misses");
  Tooltip("Of the steps that whoever oversaw blocked: those that it would let pass");
}

// The threshold goes by the measured rows: what lies between was not looked at.
void DrawThreshold(const BlockerOnScreen& blocker, OverseerPanelState& state) {
  const BlockerRow* nearest = NearestRow(blocker, state.threshold);
  auto index = static_cast<float>(nearest - blocker.rows.data());
  const auto last = static_cast<float>(blocker.rows.size() - 1);
  FieldLabel("Blocks from score");
  const Short shown("%.3g", nearest->threshold);
  if (SliderField("blocker/threshold", index, 0.0F, std::max(last, 1.0F), shown.c_str(), Px(150))) {
    const auto row = static_cast<std::size_t>(std::clamp(std::round(index), 0.0F, last));
    state.threshold = blocker.rows[row].threshold;
  }
}

void DrawUse(const PanelContext& context, const BlockerOnScreen& blocker) {
  const bool usable = blocker.problem.empty() && !blocker.measuring;
  if (Button({.id = "blocker/use",
              .icon = kIconPlus,
              .text = "Let it oversee",
              .width = -1.0F,
              .tooltip = "Adds it to those who oversee, with this threshold",
              .disabled_because = usable ? "" : "It cannot be used yet"})) {
    const std::string& spec = context.snapshots.player.oversight.spec;
    const std::string one = BlockerSpec(blocker.file, context.window.overseer.threshold);
    context.sender.Send(SetOverseer{spec.empty() ? one : spec + "+" + one});
  }
}

// The file's name as it is typed: another one is to be looked at.
void DrawFile(const PanelContext& context, OverseerPanelState& state) {
  if (!TextField("blocker/file", state.blocker, kLongestOverseerText,
                 ImGui::GetContentRegionAvail().x, "a file of \"lookout blocker fit\"")) {
    return;
  }
  context.sender.Send(LookAtBlocker{state.blocker});
  state.blocker_seen.clear();
}

}  // namespace

const BlockerRow* NearestRow(const BlockerOnScreen& blocker, double threshold) {
  const auto nearest = std::ranges::min_element(
      blocker.rows, {}, [&](const BlockerRow& row) { return std::abs(row.threshold - threshold); });
  return nearest == blocker.rows.end() ? nullptr : &*nearest;
}

std::string BlockerSpec(const std::string& file, double threshold) {
  return fmt::format("blocker:{},threshold={:.6g}", file, threshold);
}

void DrawBlockerConsequences(const PanelContext& context) {
  const BlockerOnScreen* blocker = context.snapshots.blocker;
  OverseerPanelState& state = context.window.overseer;
  const bool measuring = blocker != nullptr && blocker->measuring;
  Heading("Learned blocker", measuring ? "being measured" : "");
  DrawFile(context, state);
  if (blocker == nullptr || blocker->file.empty()) {
    TextWrapped("Name its file to see what it would have done before it is on.",
                CurrentTheme().text_muted);
    return;
  }
  if (!blocker->problem.empty()) TextWrapped(blocker->problem, CurrentTheme().warning);
  if (!measuring && state.blocker_seen != blocker->file) {
    state.blocker_seen = blocker->file;
    state.threshold = blocker->threshold;
  }
  if (!blocker->teacher.empty()) {
    NameAndValue("Learned from", blocker->teacher);
    NoteItem("blocker/teacher");
  }
  if (!blocker->rows.empty()) {
    DrawThreshold(*blocker, state);
    DrawRow(*NearestRow(*blocker, state.threshold));
    TextWrapped(blocker->source, CurrentTheme().text_muted);
    NoteItem("blocker/source");
  }
  DrawUse(context, *blocker);
}

}  // namespace lookout::ui
