#include "ui/panels/oversee/oversight_figures.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "agents/overseer/ledger.h"
#include "ui/panels/oversee/blocker_consequences.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::ExactInterval;
using agents::LedgerCounts;
using sim::ActionSource;

constexpr char kDash[] = "\xE2\x80\x93";
constexpr std::int64_t kMostProjected = 1'000'000'000'000;

Short Count(std::int64_t count) { return CompactCount(static_cast<double>(count)); }

Short Percent(double share) {
  if (std::isnan(share)) return Short("%s", kDash);
  return Short("%.1f %%", 100.0 * share);
}

// "2.5k": two digits say enough of a rate.
Short Rounded(double rate) {
  if (rate >= 1e6) return Short("%.1fM", rate / 1e6);
  if (rate >= 1e4) return Short("%.0fk", rate / 1e3);
  return rate >= 1e3 ? Short("%.1fk", rate / 1e3) : Short("%.0f", rate);
}

Short Rate(const ExactInterval& rate) {
  if (std::isnan(rate.value)) return Short("%s", kDash);
  return Rounded(rate.value);
}

Short Interval(const ExactInterval& rate) {
  if (std::isnan(rate.value)) return Short("%s", kDash);
  return Short("%s%s%s", Rounded(rate.low).c_str(), kDash, Rounded(rate.high).c_str());
}

// "12 s", "3.4 min", "2.1 h"
Short Time(double seconds) {
  if (std::isnan(seconds)) return Short("%s", kDash);
  if (seconds < 60.0) return Short("%.0f s", seconds);
  if (seconds < 3600.0) return Short("%.1f min", seconds / 60.0);
  return Short("%.1f h", seconds / 3600.0);
}

// A name and two values under their headings.
void TableRow(const char* id, std::string_view name, std::string_view alone,
              std::string_view overseen, const char* help, ImU32 colour = 0,
              ImFont* font = nullptr) {
  const Theme& theme = CurrentTheme();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float column = std::min(Px(92), width * 0.3F);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto right = [&](std::string_view text, float end, ImU32 text_colour) {
    const float room = column - Px(4);
    const float used = std::min(TextSize(text, font).x, room);
    DrawText(list, {end - used, at.y}, room + 1.0F, text_colour, text, font);
  };
  DrawText(list, at, width - 2.0F * column - Px(4), theme.text_muted, name, font);
  right(alone, at.x + width - column, theme.text_muted);
  right(overseen, at.x + width, colour == 0 ? theme.text : colour);
  ImGui::Dummy({width, ImGui::GetTextLineHeight()});
  NoteItem(Short("account/%s", id));
  if (*help != '\0') Tooltip(help);
}

void DrawViolations(const LedgerCounts& alone, const LedgerCounts& overseen) {
  TableRow("head", "", "alone", "overseen",
           "Steps while nobody oversaw, and while you or another overseer did");
  TableRow("steps", "Steps", Count(alone.steps), Count(overseen.steps), "");
  TableRow("violations", "Violations", Count(alone.violations.beginnings),
           Count(overseen.violations.beginnings),
           "Stretches of steps with a cost by the rule; those that an episode begins in do not "
           "count",
           overseen.violations.beginnings > 0 ? CurrentTheme().error : CurrentTheme().good);
  TableRow("violation_steps", "Cost steps", Count(alone.violations.steps),
           Count(overseen.violations.steps), "");
  const ExactInterval rate_alone = ViolationsPerMillion(alone);
  const ExactInterval rate = ViolationsPerMillion(overseen);
  TableRow("rate", "Per 1M steps", Rate(rate_alone), Rate(rate), "Violations per million steps");
  TableRow("interval", "  95 % interval", Interval(rate_alone), Interval(rate),
           "Exact (Garwood): it holds for few violations, and for none", 0, CurrentFonts().small);
}

// What was there before anybody could do anything.
void DrawStarts(const LedgerCounts& alone, const LedgerCounts& overseen) {
  TableRow("starts", "Starts in cost", Count(alone.starts_in_cost), Count(overseen.starts_in_cost),
           "Episodes that begin in a cost, which nobody can prevent: they are no violations");
  if (alone.starts_in_cost + overseen.starts_in_cost == 0) return;
  TableRow("start_steps", "  steps of them", Count(alone.start_steps), Count(overseen.start_steps),
           "Steps in which only the cost went on that the episode began in; not among the cost "
           "steps above",
           0, CurrentFonts().small);
}

void DrawBlocks(const LedgerCounts& overseen) {
  NameAndValue("Blocks", overseen.blocks == 0 ? Short("none")
                                              : Short("%lld run%s, %lld step%s",
                                                      static_cast<long long>(overseen.block_runs),
                                                      overseen.block_runs == 1 ? "" : "s",
                                                      static_cast<long long>(overseen.blocks),
                                                      overseen.blocks == 1 ? "" : "s"));
  NoteItem("account/blocks");
  Tooltip("Runs of blocked steps without a gap, and how many steps they have together");
  if (overseen.blocks == 0) return;
  const ExactInterval share = FalseBlockShare(overseen);
  if (overseen.settled_blocks == 0) {
    NameAndValue("False blocks", "not settled");
  } else {
    NameAndValue("False blocks",
                 Short("%lld of %lld", static_cast<long long>(overseen.false_blocks),
                       static_cast<long long>(overseen.settled_blocks)));
    NameAndValue("  share", ShareInWords(share), CurrentTheme().text_muted);
  }
  NoteItem("account/false_blocks");
  Tooltip(
      "Blocked actions that would have been free of cost, with a braking after them. The "
      "share has its exact 95 % interval");
}

// Who was in control, as one bar with words, so that colour is not the only sign.
void DrawControl(const LedgerCounts& counts) {
  struct Part {
    ActionSource source;
    const char* icon;
    const char* name;
    ImU32 colour;
  };
  const Theme& theme = CurrentTheme();
  const std::array<Part, 3> parts{
      {{ActionSource::kAgent, kIconAgent, "Agent", theme.accent},
       {ActionSource::kHuman, kIconPerson, "Person", theme.good},
       {ActionSource::kOverseer, kIconShield, "Overseer", theme.warning}}};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float left = at.x;
  for (const Part& part : parts) {
    const double share = SourceShare(counts, part.source);
    const float right = std::isnan(share) ? left : left + width * static_cast<float>(share);
    list.AddRectFilled({left, at.y}, {right, at.y + Px(8)}, part.colour, Px(2));
    left = right;
  }
  ImGui::Dummy({width, Px(10)});
  NoteItem("account/control");
  for (const Part& part : parts) {
    NameAndValue(Short("%s  %s", part.icon, part.name), Percent(SourceShare(counts, part.source)),
                 part.colour);
  }
}

void DrawPerson(const LedgerCounts& counts, OverseerPanelState& state) {
  NameAndValue("Your time", Time(counts.person_s));
  NoteItem("account/person");
  Tooltip("For which you watched in Oversee mode while it played, or had the wheel");
  FieldLabel("Hours for so many steps");
  NumberField("account/projected", state.projected_steps, 1, kMostProjected, Px(110));
  const double hours = ProjectedHours(counts, static_cast<double>(state.projected_steps));
  NameAndValue("Projected at this pace",
               std::isnan(hours) ? Short("%s", kDash) : Time(hours * 3600.0));
  NoteItem("account/hours");
}

}  // namespace

void DrawOversightFigures(const PanelContext& context) {
  Heading("This sitting", "live episodes");
  const auto& account = context.snapshots.player.oversight.account;
  if (account == nullptr) {
    TextSmall("Counted from the first step on.");
    return;
  }
  DrawViolations(account->alone, account->overseen);
  DrawStarts(account->alone, account->overseen);
  ImGui::Dummy({1, Px(2)});
  DrawBlocks(account->overseen);
  ImGui::Dummy({1, Px(2)});
  TextSmall("In control while overseen");
  DrawControl(account->overseen);
  DrawPerson(account->overseen, context.window.overseer);
}

}  // namespace lookout::ui
