#include "ui/panels/state/inputs/speeds.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/snapshots.h"

namespace lookout::ui {
namespace {

constexpr std::array<double, 18> kSpeeds{0.001, 0.002, 0.005, 0.01, 0.02, 0.05,
                                         0.1,   0.2,   0.33,  0.5,  1.0,  2.0,
                                         4.0,   8.0,   16.0,  32.0, 64.0, kUnlimitedSpeed};

bool ReplaysOnScreen(const Snapshots& snapshots) {
  return snapshots.pair != nullptr || !snapshots.playhead.live;
}

// Orders "as fast as possible" after everything else.
double Rank(double speed) { return speed == kUnlimitedSpeed ? INFINITY : speed; }

}  // namespace

std::span<const double> Speeds() { return kSpeeds; }

double NextSpeed(double speed, int direction) {
  const double rank = Rank(speed);
  if (direction > 0) {
    const auto faster = std::find_if(kSpeeds.begin(), kSpeeds.end(),
                                     [rank](double other) { return Rank(other) > rank * 1.0001; });
    return faster == kSpeeds.end() ? kUnlimitedSpeed : *faster;
  }
  double slower = kSpeeds.front();
  for (const double other : kSpeeds) {
    if (Rank(other) < rank * 0.9999) slower = other;
  }
  return slower;
}

Short SpeedText(double speed) {
  if (speed == kUnlimitedSpeed) return Short("Unlimited");
  if (speed < 1.0) return Short("%.3g %%", speed * 100.0);
  return Short("%.3g\xC3\x97", speed);
}

Short MeasuredSpeedText(double speed) {
  if (!std::isfinite(speed)) return Short("–");
  if (speed >= 100.0) return Short("%.0f\xC3\x97", speed);
  if (speed >= 10.0) return Short("%.1f\xC3\x97", speed);
  return speed >= 0.095 || speed == 0.0 ? Short("%.2f\xC3\x97", speed)
                                        : Short("%.2g %%", speed * 100.0);
}

Short MotionInWords(const Snapshots& snapshots) {
  if (!snapshots.playing()) return Short("paused");
  if (ReplaysOnScreen(snapshots)) return Short("replay");
  return MeasuredSpeedText(snapshots.player.measured_speed);
}

Short SpeedInWords(const Snapshots& snapshots) {
  const Short target = SpeedText(snapshots.player.target_speed);
  if (!snapshots.playing()) return Short("%s, paused", target.c_str());
  if (ReplaysOnScreen(snapshots)) return Short("%s, replaying", target.c_str());
  return Short("%s, measured %s", target.c_str(),
               MeasuredSpeedText(snapshots.player.measured_speed).c_str());
}

}  // namespace lookout::ui
