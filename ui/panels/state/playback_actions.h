// What the actions of playback do: play, step, seek, begin anew. Parts of the table in actions.cc.
// Window thread only.
#pragma once

#include <string>

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

void PlayPause(const ActionContext& c);
void OneForward(const ActionContext& c);
void TenForward(const ActionContext& c);
void OneBack(const ActionContext& c);
void TenBack(const ActionContext& c);
// A step forward needs a standing picture.
std::string WhyNotForward(const ActionContext& c);

void Reset(const ActionContext& c);
void NextSeed(const ActionContext& c);
void Faster(const ActionContext& c);
void Slower(const ActionContext& c);

void ToStart(const ActionContext& c);
void ToEnd(const ActionContext& c);  // the end of an episode that still grows is the live moment
void BackToLive(const ActionContext& c);
void ContinueHere(const ActionContext& c);
std::string WhyNotFromPast(const ActionContext& c);
std::string WhyNotBackToLive(const ActionContext& c);

void SwapCompared(const ActionContext& c);
std::string WhyNotSwap(const ActionContext& c);

}  // namespace lookout::ui
