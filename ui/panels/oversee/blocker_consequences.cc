#include "ui/panels/oversee/blocker_consequences.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/feedback/audit/exact_interval.h"
#include "ui/commands.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

Short PartOf(std::int64_t part, std::int64_t whole) {
  return Short("%lld of %lld", static_cast<long long>(part), static_cast<long long>(whole));
}

// Counts in one line, what they say in the next: together they are too wide for a panel.
void DrawShare(const char* name, std::int64_t part, std::int64_t whole,
               const agents::ExactInterval& share, ImU32 colour = 0) {
  if (whole == 0) return NameAndValue(name, "none to judge by");
  NameAndValue(name, PartOf(part, whole), colour);
  NameAndValue("  share", ShareInWords(share), CurrentTheme().text_muted);
}

// A miss is one of a run, by its first step: there the overseer would have stepped in.
void DrawMisses(const BlockerRow& row) {
  if (row.missed_starts < 0) {
    NameAndValue("Runs missed", "not told by this file");
  } else {
    DrawShare("Runs missed", row.missed_starts, row.runs, row.missed_share,
              row.missed_starts > 0 ? CurrentTheme().warning : 0);
  }
  NoteItem("blocker/misses");
  if (!WantsTooltip()) return;
  Tooltip(fmt::format(
      "Of the runs of blocks without a gap of whoever oversaw: those of which it would let the "
      "first step pass, with the exact 95 % interval. It would let {} of the runs pass wholly, and "
      "{} of the {} single steps "
      "that were blocked",
      row.missed_runs, row.misses, row.overseer_blocks));
}

void DrawRow(const BlockerRow& row) {
  NameAndValue("Blocks", PartOf(row.blocks, row.steps));
  NoteItem("blocker/blocks");
  Tooltip("Of the recorded steps: those that it would block");
  DrawShare("False blocks", row.false_blocks, row.steps - row.overseer_blocks, row.false_share);
  NoteItem("blocker/false_blocks");
  Tooltip(
      "Of the steps that whoever oversaw let pass: those that it would block. The 95 % interval "
      "is over episodes, as the steps of one are alike");
  DrawMisses(row);
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

Short ShareInWords(const agents::ExactInterval& share) {
  if (!std::isfinite(share.value)) return Short("\xE2\x80\x93");
  if (!std::isfinite(share.low)) return Short("%.1f %%", 100.0 * share.value);
  return Short("%.1f %% (%.1f\xE2\x80\x93%.1f)", 100.0 * share.value, 100.0 * share.low,
               100.0 * share.high);
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
