#include "ui/panels/state/query_actions.h"

#include "ui/commands.h"
#include "ui/panels/state/mark_actions.h"
#include "ui/panels/state/panel.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {
namespace {

void Answer(const ActionContext& c, SaferClip safer, bool clearly) {
  c.sender.Send(AnswerPair{.safer = safer,
                           .clearly = clearly,
                           .blind = c.window.settings.blind_pairs && !c.window.judging.seen});
}

void GoTo(const ActionContext& c, agents::QueryReason reason) {
  c.sender.Send(GoToError{reason, c.window.settings.errors_against_others});
}

// Who begins to be asked wants to see what about; who then turns to another tab keeps that.
void AskNext(const ActionContext& c, int direction) {
  const QueriesOnScreen* queries = c.snapshots.queries;
  if (queries == nullptr || !queries->asked) c.window.wanted_tab = kQueriesTab;
  c.sender.Send(GoToQuery{direction});
}

}  // namespace

std::string WhyNotJudge(const ActionContext& c) { return WhyNotMark(c); }

std::string WhyNotAnswer(const ActionContext& c) {
  if (std::string reason = WhyNotMark(c); !reason.empty()) return reason;
  if (c.snapshots.pair == nullptr) return "No two clips are compared";
  return c.snapshots.pair->loaded ? "" : "The clips are still being loaded";
}

std::string WhyNotSkip(const ActionContext& c) {
  const bool any = c.snapshots.queries != nullptr && c.snapshots.queries->now() != nullptr;
  return any ? "" : "There is no query to skip";
}

void ComparePairsOfQueue(const ActionContext& c) { c.sender.Send(ComparePairs{}); }
void FirstSafer(const ActionContext& c) { Answer(c, SaferClip::kFirst, false); }
void FirstClearlySafer(const ActionContext& c) { Answer(c, SaferClip::kFirst, true); }
void SecondSafer(const ActionContext& c) { Answer(c, SaferClip::kSecond, false); }
void SecondClearlySafer(const ActionContext& c) { Answer(c, SaferClip::kSecond, true); }
void CannotTell(const ActionContext& c) { Answer(c, SaferClip::kCannotTell, false); }
void NextQuery(const ActionContext& c) { AskNext(c, +1); }
void PreviousQuery(const ActionContext& c) { AskNext(c, -1); }
void SkipTheQuery(const ActionContext& c) { c.sender.Send(SkipQuery{}); }
void NextFalseAlarm(const ActionContext& c) { GoTo(c, agents::QueryReason::kFalseAlarm); }
void NextMiss(const ActionContext& c) { GoTo(c, agents::QueryReason::kMiss); }
void NextDisagreement(const ActionContext& c) { c.sender.Send(GoToDisagreement{+1}); }
void PreviousDisagreement(const ActionContext& c) { c.sender.Send(GoToDisagreement{-1}); }

void NextVersionDifference(const ActionContext& c) { c.sender.Send(GoToVersionDifference{+1}); }
void PreviousVersionDifference(const ActionContext& c) { c.sender.Send(GoToVersionDifference{-1}); }

std::string WhyNotVersionDifference(const ActionContext& c) {
  if (c.snapshots.blind()) return "You mark blind: leave Mark mode to see what a model gets wrong";
  const bool any = c.snapshots.versions != nullptr && c.snapshots.versions->result != nullptr;
  return any ? "" : "Compare two versions of the cost model first, in its panel";
}

std::string WhyNotError(const ActionContext& c) {
  return c.snapshots.blind() ? "You mark blind: leave Mark mode to see where the cost model errs"
                             : "";
}

std::string WhyNotDisagreement(const ActionContext& c) {
  return c.snapshots.blind() ? "You mark blind: leave Mark mode to see what others marked" : "";
}

}  // namespace lookout::ui
