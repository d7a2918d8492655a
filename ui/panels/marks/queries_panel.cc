#include "ui/panels/marks/queries_panel.h"

#include <array>
#include <span>
#include <utility>

#include "ui/panels/marks/list/key_hints.h"
#include "ui/panels/marks/list/pair_words.h"
#include "ui/panels/state/action_button.h"
#include "ui/panels/state/inputs/environment_catalogue.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::Query;
using agents::QueryKind;

// "episode 4, 2.4-3.9 s"; in steps as long as the episode is not in memory.
Short PlaceOf(const Snapshots& snapshots, const agents::Segment& clip) {
  const auto episode = static_cast<long long>(clip.episode.value);
  const EpisodeTrack* track = snapshots.episodes.Find(clip.episode);
  if (track == nullptr) {
    return Short("episode %lld, steps %d\xE2\x80\x93%d", episode, clip.first, clip.last);
  }
  const double step_s = track->scene().spec.step_duration_s;
  return Short("episode %lld, %.1f\xE2\x80\x93%.1f s", episode, clip.first * step_s,
               (clip.last + 1) * step_s);
}

constexpr std::array<KeyHint, 3> kQueueKeys{{{ActionId::kNextQuery, "next"},
                                             {ActionId::kSkipQuery, "skip"},
                                             {ActionId::kComparePairs, "pairs"}}};

// What is asked, where, and why. Reasons and figures of the cost model would tell who judges blind
// what it says, and that something is the matter with just this moment.
void DrawCard(const ActionContext& context, const QueriesOnScreen& queries, const Query& query) {
  const bool pair = query.kind == QueryKind::kPair;
  const bool blind_pair = pair && context.window.settings.blind_pairs;
  Badge(pair ? "PAIR" : "SPAN", CurrentTheme().accent, pair ? kIconCompare : kIconMark);
  ImGui::SameLine(0.0F, Px(8));
  TextSmall(
      Short("%zu of %zu%s", queries.place(), queries.count(), queries.asked ? ", on screen" : ""));
  if (blind_pair) {
    TextWrapped(
        "Which of two clips is safer? Where they come from and why they are asked about is "
        "not shown while you judge blind.");
    return;
  }
  const WhyAsked why = WhyIsAsked(query, context.snapshots.blind());
  if (!why.reason.empty()) TextWrapped(why.reason);
  TextWrapped(why.why, CurrentTheme().text_muted);
  TextSmall(PlaceOf(context.snapshots, query.first));
  if (pair) TextSmall(PlaceOf(context.snapshots, query.second));
  if (!pair && queries.asked) DrawKeyHints(context.window.keymap, "Hold", kSpanKeys);
}

void DrawWays(const ActionContext& context, const QueriesOnScreen& queries) {
  const float width = (ImGui::GetContentRegionAvail().x - 2.0F * Px(6)) / 3.0F;
  ActionButton(ActionId::kPreviousQuery, context, {.text = "Back", .width = width});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(ActionId::kSkipQuery, context, {.text = "Skip", .width = width});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(
      ActionId::kNextQuery, context,
      {.text = queries.asked ? "Next" : "Show", .look = ButtonLook::kPrimary, .width = width});
  ActionButton(ActionId::kComparePairs, context, {.text = "Compare pairs", .width = -1.0F});
  DrawKeyHints(context.window.keymap, "Keys", kQueueKeys);
}

void DrawFigures(const QueriesOnScreen& queries) {
  NameAndValue("Answered", Short("%lld", static_cast<long long>(queries.answered)));
  NameAndValue("Skipped", Short("%lld", static_cast<long long>(queries.skipped)));
  NameAndValue("Judged of all that is recorded", Short("%.1f %%", 100.0 * queries.coverage));
  if (!queries.still_brings.empty()) {
    TextWrapped(queries.still_brings, CurrentTheme().text_muted);
  }
}

void DrawErrors(const ActionContext& context) {
  const agents::DangerClass danger = context.snapshots.shown_predictions().danger;
  const auto& names = context.snapshots.marks.danger_classes();
  Heading("Errors of the cost model",
          danger == 0 ? Short() : Short("%s alone", names.NameOf(danger).c_str()));
  bool& others = context.window.settings.errors_against_others;
  constexpr std::array<Segment, 2> kReferences{
      {{"errors/rule", "", "Against the rule", "What the environment charges for"},
       {"errors/others", "", "Against others", "What other annotators have marked"}}};
  if (const auto chosen =
          Segmented(kReferences, others ? 1 : 0, ImGui::GetContentRegionAvail().x)) {
    others = *chosen == 1;
  }
  const float width = (ImGui::GetContentRegionAvail().x - Px(6)) / 2.0F;
  ActionButton(ActionId::kNextFalseAlarm, context, {.text = "False alarm", .width = width});
  ImGui::SameLine(0.0F, Px(6));
  ActionButton(ActionId::kNextMiss, context, {.text = "Miss", .width = width});
}

void DrawQueries(const PanelContext& panel) {
  const ActionContext context{panel.snapshots, panel.sender, panel.window};
  const QueriesOnScreen* queries = panel.snapshots.queries;
  if (queries == nullptr) {
    panel.sender.Send(FillQueries{});
    TextMuted("Looking for queries\xE2\x80\xA6");
    return;
  }
  Heading("What helps most", queries->looking ? "looking for more\xE2\x80\xA6" : "");
  if (const Query* query = queries->now()) {
    DrawCard(context, *queries, *query);
  } else if (queries->looking) {
    TextMuted("Looking for queries\xE2\x80\xA6");
  } else {
    TextWrapped(queries->problem.empty() ? std::string_view("No query is open.")
                                         : std::string_view(queries->problem),
                CurrentTheme().text_muted);
  }
  DrawWays(context, *queries);
  Toggle({.id = "blind_pairs_toggle",
          .icon = kIconView,
          .text = "Judge pairs blind",
          .tooltip = "Hides costs, agents and reasons while two clips are compared"},
         panel.window.settings.blind_pairs);
  Heading("So far", ShortEnvironmentName(panel.snapshots.fit.environment));
  DrawFigures(*queries);
  DrawErrors(context);
}

}  // namespace

constinit const Panel kQueriesPanel{kQueriesTab, kIconHelp, "Queries", DrawQueries};

}  // namespace lookout::ui
