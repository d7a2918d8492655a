// What the actions of queries do: the queue, pairs of clips, errors of the cost model. See
// keymap.h. Window thread only.
#pragma once

#include <string>

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

std::string WhyNotJudge(const ActionContext& c);   // the project is read-only
std::string WhyNotAnswer(const ActionContext& c);  // or no two clips are on screen
std::string WhyNotSkip(const ActionContext& c);    // or there is no query

void ComparePairsOfQueue(const ActionContext& c);
void FirstSafer(const ActionContext& c);
void FirstClearlySafer(const ActionContext& c);
void SecondSafer(const ActionContext& c);
void SecondClearlySafer(const ActionContext& c);
void CannotTell(const ActionContext& c);
void NextQuery(const ActionContext& c);
void PreviousQuery(const ActionContext& c);
void SkipTheQuery(const ActionContext& c);
void NextFalseAlarm(const ActionContext& c);
void NextMiss(const ActionContext& c);
void NextDisagreement(const ActionContext& c);
void PreviousDisagreement(const ActionContext& c);
// Who marks blind does not see what others marked.
std::string WhyNotError(const ActionContext& c);
std::string WhyNotDisagreement(const ActionContext& c);

}  // namespace lookout::ui
