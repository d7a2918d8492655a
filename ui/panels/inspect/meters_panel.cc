#include "ui/panels/inspect/meters_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "ui/panels/inspect/meter_card.h"
#include "ui/panels/inspect/model_trust.h"
#include "ui/theme/icons.h"
#include "ui/theme/kinds.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/explanations.h"
#include "ui/widgets/plots/meter.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// The sums at the step on screen.
struct Sums {
  double episode_return = 0.0;
  double cost = 0.0;
  double predicted = 0.0;      // sum
  float predicted_now = 0.0F;  // NaN: no model predicted
  float spread_now = 0.0F;
  CostModelId model;
  bool recorded = false;           // and not by the model that is in use now
  agents::DangerClass danger = 0;  // of that class alone
  std::array<float, sim::kCostKindCount> by_kind{};
};

Sums SumsOf(const Snapshots& snapshots) {
  Sums sums;
  const EpisodeTrack* track = snapshots.shown_episode();
  if (track == nullptr || track->steps() == 0) return sums;
  const StepIndex last = std::clamp(snapshots.playhead.step, 0, track->steps() - 1);
  const auto step = static_cast<std::size_t>(last);
  sums.episode_return = track->return_so_far[step];
  sums.cost = track->cost_so_far[step];
  const ShownPredictions predictions = snapshots.shown_predictions();
  // Live, what is predicted of a recorded step comes a moment late.
  constexpr std::size_t kMostLate = 64;  // steps
  const std::size_t end = predictions.cost.size();
  const bool late = snapshots.playhead.live && end > 0 && step >= end && step - end < kMostLate;
  const std::size_t at = late ? end - 1 : step;
  const bool known = at < end;
  sums.predicted = known ? predictions.so_far[at] : 0.0;
  sums.predicted_now = known ? predictions.cost[at] : NAN;
  sums.spread_now = known ? predictions.spread[at] : 0.0F;
  sums.model = predictions.model;
  sums.recorded = predictions.recorded;
  sums.danger = predictions.danger;
  sums.by_kind = track->cost_by_kind_so_far[step];
  return sums;
}

void DrawBudgetCard(const Card& card, const char* icon, ImU32 colour, std::string_view title,
                    double value, bool known, double limit, std::string_view now,
                    bool alarming = true) {
  DrawCardHead(card, icon, colour, title, now);
  const Short number = known ? Short("%.1f", value) : Short("\xE2\x80\x93");
  const float used = DrawCardNumber(card, number, Short("of %.4g", limit));
  // Bars begin at one place, whatever the numbers, as long as there is room for both.
  const float left = std::max(std::min(Px(96), card.width * 0.55F), used + Px(8));
  if (card.width - left < Px(16)) return;
  ImGui::SetCursorScreenPos({card.min.x + left, card.min.y + Px(kNumberTop + 8.0F)});
  Meter({.value = known ? value : 0.0,
         .limit = limit,
         .colour = colour,
         .width = card.width - left,
         .height = Px(8),
         .alarming = alarming});
}

Short BudgetText(double cost, double limit) {
  const double left = limit - cost;
  return left >= 0.0 ? Short("%.1f left", left) : Short("%.1f over", -left);
}

void DrawReturnCard(const Snapshots& snapshots, const Card& card, const Sums& sums) {
  const Theme& theme = CurrentTheme();
  const sim::StepRecord* step = snapshots.shown_step();
  DrawCardHead(card, kIconReward, theme.reward, "Return", "");
  DrawCardNumber(card, Short("%.2f", sums.episode_return),
                 Short("%+.3f", step != nullptr ? step->reward : 0.0F));
}

// One line of the table beside the meters.
struct KindLine {
  const char* icon;
  ImU32 colour;
  std::string_view name;
  Short value;
  bool lit = false;
};

// A line for each kind that this environment can charge, lit while it charges, and one for the
// buttons' timer where the task is about buttons.
std::vector<KindLine> KindLinesOf(const Snapshots& snapshots, const Sums& sums) {
  std::vector<KindLine> lines;
  const EpisodeTrack* track = snapshots.shown_episode();
  if (track == nullptr) return lines;
  const Theme& theme = CurrentTheme();
  const sim::StepRecord* step = snapshots.shown_step();
  for (const sim::CostKind kind : track->scene().spec.cost_kinds) {
    const KindStyle style = CostKindStyle(theme, kind);
    lines.push_back({style.icon, style.colour, style.name,
                     Short("%.1f", sums.by_kind[static_cast<std::size_t>(kind)]),
                     step != nullptr && step->costs[kind] > 0.0});
  }
  for (const EpisodeTrack::OtherCost& other : track->other_costs) {
    const auto at = static_cast<std::size_t>(std::max(0, snapshots.playhead.step));
    if (at >= other.so_far.size()) continue;
    const float now = other.so_far[at] - (at > 0 ? other.so_far[at - 1] : 0.0F);
    lines.push_back({kIconUnsafe, theme.true_cost, Cut(other.name, 60),
                     Short("%.1f", other.so_far[at]), now > 0.0F});
  }
  if (track->scene().header->config.task == sim::Task::kButton) {
    const int left = step != nullptr && step->state ? step->state->button_timer : 0;
    lines.push_back({kIconHistory, theme.text_muted, "Timer",
                     left > 0 ? Short("%d left", left) : Short("on"), left > 0});
  }
  return lines;
}

constexpr std::size_t kLinesPerColumn = 2;
constexpr float kKindColumn = 132.0F;  // at 100 %

float WidthOf(const std::vector<KindLine>& lines, float width) {
  // The meters beside it keep half of the room.
  const std::size_t columns = (lines.size() + kLinesPerColumn - 1) / kLinesPerColumn;
  const float room = std::floor(width * 0.5F / Px(kKindColumn));
  return Px(kKindColumn) * std::min(static_cast<float>(columns), room);
}

void DrawKinds(const std::vector<KindLine>& lines, const Card& card) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* small = CurrentFonts().small;
  const float column = Px(kKindColumn);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const KindLine& line = lines[i];
    const std::size_t column_index = i / kLinesPerColumn;
    const ImVec2 at(card.min.x + column * static_cast<float>(column_index),
                    card.min.y + Px(18.0F) * static_cast<float>(i % kLinesPerColumn));
    if (at.x + column > card.min.x + card.width + Px(4)) break;
    if (line.lit) {
      list.AddRectFilled({at.x - Px(3), at.y}, {at.x + column - Px(6), at.y + Px(16)},
                         WithAlpha(line.colour, 0.30F), Px(3));
    }
    DrawText(list, at, Px(18), line.colour, line.icon, small);
    const float value_width = TextSize(line.value, small).x;
    DrawText(list, {at.x + Px(19), at.y}, column - Px(30) - value_width, theme.text_muted,
             line.name, small);
    DrawText(list, {at.x + column - Px(8) - value_width, at.y}, value_width + 1.0F, theme.text,
             line.value, small);
  }
}

// Whose predictions these are, and of what.
Short LearnedTitle(const Snapshots& snapshots, const Sums& sums, bool predicts, bool narrow) {
  const auto model = static_cast<long long>(sums.model.value);
  if (!predicts || model == 0) return Short(narrow ? "Learned" : "Cost, as learned");
  const char* danger = snapshots.marks.danger_classes().NameOf(sums.danger).c_str();
  if (sums.danger != 0)
    return narrow ? Short("%s", danger) : Short("%s, by model %lld", danger, model);
  if (narrow) return Short(sums.recorded ? "Model %lld, then" : "Model %lld", model);
  return Short(sums.recorded ? "Cost by model %lld, recorded" : "Cost by model %lld", model);
}

// The same of a model that has not shown that it knows anything; the longest that leaves the number
// at the right its place.
Short DoubtfulTitle(CostModelId model, const agents::CostModelReport& report, float room) {
  const auto id = static_cast<long long>(model.value);
  const char* quality = QualityOf(report);
  const std::array titles{Short("Cost by model %lld, %s", id, quality),
                          Short("Model %lld, %s", id, quality), Short("Model %lld, doubtful", id)};
  for (const Short& title : titles) {
    if (TextSize(title, CurrentFonts().small).x <= room) return title;
  }
  return titles.back();
}

// What a model says, and how far that can be trusted.
void DrawLearnedCard(const Snapshots& snapshots, const Card& card, const Sums& sums) {
  const Theme& theme = CurrentTheme();
  const bool predicts = std::isfinite(sums.predicted_now);
  const Short now = predicts ? Short("%.2f \xC2\xB1 %.2f now", sums.predicted_now, sums.spread_now)
                             : Short("%s", WhyNoPrediction(snapshots.fit));
  const agents::CostModelReport* report = predicts ? ReportOf(snapshots.fit, sums.model) : nullptr;
  const ModelTrust trust = report != nullptr ? TrustOf(*report) : ModelTrust::kSome;
  const bool doubtful = trust != ModelTrust::kSome;
  const float room = card.width - Px(36) - TextSize(now, CurrentFonts().small).x;
  const Short title = doubtful ? DoubtfulTitle(sums.model, *report, room)
                               : LearnedTitle(snapshots, sums, predicts, card.width < Px(130));
  DrawBudgetCard(card, doubtful ? kIconWarning : kIconModel,
                 doubtful ? theme.text_muted : theme.predicted_cost, title, sums.predicted,
                 predicts, snapshots.cost_limit, now, !doubtful);
  if (report == nullptr) return ExplainCard(card, "meter/learned", Figure::kCostLearned, now);
  // The sentence is made for whoever points there, not in every frame.
  const ImVec2 end(card.min.x + card.width, card.min.y + Px(52));
  const bool asked = ImGui::IsMouseHoveringRect(card.min, end);
  ExplainCard(card, doubtful ? "meter/doubtful" : "meter/learned", Figure::kCostLearned,
              asked ? std::string(now).append(". ").append(TrustInWords(*report)) : std::string());
}

// What the person would charge for an episode of the agent on screen, by their answers to clips
// that were drawn by chance; nullptr: there are none.
const agents::AnsweredAudit* AuditOf(const Snapshots& snapshots) {
  const EpisodeTrack* track = snapshots.shown_episode();
  if (track == nullptr) return nullptr;
  const std::string agent = track->agents_in_words();
  const auto found = std::ranges::find_if(snapshots.audits, [&](const agents::AnsweredAudit& one) {
    return one.agent == agent && one.environment == track->header().config.id;
  });
  return found != snapshots.audits.end() ? &*found : nullptr;
}

void DrawAuditedCard(const agents::AnsweredAudit& audit, const Card& card) {
  DrawCardHead(card, kIconPerson, CurrentTheme().accent, "Audited", "");
  if (audit.clips < agents::kFewestAuditClips) {
    DrawCardNumber(card, "\xE2\x80\x93",
                   Short("%d of %d clips", audit.clips, agents::kFewestAuditClips));
  } else {
    DrawCardNumber(
        card, Short("%.1f", audit.cost.value),
        Short("%.0f\xE2\x80\x93%.0f", std::floor(audit.cost.low), std::ceil(audit.cost.high)));
  }
  ExplainCard(
      card, "meter/audited", Figure::kCostAudited,
      Short("%d %s judged, %d with danger; %.1f by marks that nobody asked for", audit.clips,
            audit.clips == 1 ? "clip" : "clips", audit.unsafe_clips, audit.known));
}

// In place of all that tells what something costs: that it is hidden.
void DrawBlind(const Snapshots& snapshots, const Sums& sums, float width) {
  const Card card{ImGui::GetCursorScreenPos(), Px(124)};
  DrawReturnCard(snapshots, card, sums);
  ExplainCard(card, "meter/return", Figure::kReturn, {});
  const std::array<std::string_view, 2> texts{
      "Blind: costs and other annotators are hidden while you mark", "Blind: costs are hidden"};
  const float left = card.width + Px(18);
  const bool all = BadgeWidth(texts[0], kIconHidden) <= width - left;
  ImGui::SetCursorScreenPos({card.min.x + left, card.min.y + Px(10)});
  Badge(texts[all ? 0 : 1], CurrentTheme().accent, kIconHidden);
  NoteItem("blind");
  Tooltip("So that they do not sway you. Who marks blind is chosen in the menu of annotators");
}

}  // namespace

const char* WhyNoPrediction(const FitSnapshot& fit) {
  if (fit.fitting) return "being fitted\xE2\x80\xA6";
  if (fit.model != nullptr) return "none at this step";
  return fit.environment.empty() ? "" : "no model yet";
}

void DrawMeters(const Snapshots& snapshots, float width) {
  const Theme& theme = CurrentTheme();
  const Sums sums = SumsOf(snapshots);
  if (snapshots.blind()) return DrawBlind(snapshots, sums, width);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float gap = Px(18);
  const float narrow = Px(124);
  const std::vector<KindLine> lines = KindLinesOf(snapshots, sums);
  const float for_kinds = width > Px(520) ? WidthOf(lines, width) : 0.0F;
  const agents::AnsweredAudit* audit = width > Px(480) ? AuditOf(snapshots) : nullptr;
  const float for_audit = audit != nullptr ? narrow + gap : 0.0F;
  const float meters =
      width - narrow - for_audit - for_kinds - gap * (for_kinds > 0.0F ? 3.0F : 2.0F);
  const float meter = std::max(Px(70), meters * 0.5F);

  Card card{origin, meter};
  DrawBudgetCard(card, kIconBudget, theme.true_cost, meter < Px(130) ? "Rule" : "Cost, by the rule",
                 sums.cost, true, snapshots.cost_limit,
                 BudgetText(sums.cost, snapshots.cost_limit));
  ExplainCard(card, "meter/cost", Figure::kCostByRule,
              Short("%.2f of %.4g", sums.cost, snapshots.cost_limit));
  card.min.x += meter + gap;
  DrawLearnedCard(snapshots, card, sums);
  card.min.x += meter + gap;
  card.width = narrow;
  if (audit != nullptr) DrawAuditedCard(*audit, card);
  card.min.x += for_audit;
  DrawReturnCard(snapshots, card, sums);
  ExplainCard(card, "meter/return", Figure::kReturn, {});
  card.min.x += narrow + gap;
  card.width = for_kinds;
  if (for_kinds > 0.0F) DrawKinds(lines, card);
  ExplainCard(card, "meter/kinds", Figure::kCostKinds, {});
}

}  // namespace lookout::ui
