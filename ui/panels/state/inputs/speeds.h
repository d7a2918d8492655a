// The speeds that the toolbar offers and the keys step through. Any thread.
#pragma once

#include <span>

#include "ui/snapshots.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

// From 0.1 % to 64 times real time, then kUnlimitedSpeed.
std::span<const double> Speeds();
// The next faster (+1) or slower (-1) one; the same at either end.
double NextSpeed(double speed, int direction);
// "0.1 %", "50 %", "1×", "64×", "Unlimited".
Short SpeedText(double speed);
// As measured: "0.98×", "12 %".
Short MeasuredSpeedText(double speed);

// Of what is on screen: "1×, measured 0.98×" of the live episode, "1×, replaying" of the past and
// of two clips, or "1×, paused".
Short SpeedInWords(const Snapshots& snapshots);
// The end of it alone: "0.98×", "replay", "paused".
Short MotionInWords(const Snapshots& snapshots);

}  // namespace lookout::ui
