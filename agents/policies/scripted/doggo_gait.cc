#include "agents/policies/scripted/doggo_gait.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lookout::agents {
namespace {

using std::numbers::pi;

// Torque of a joint over a cycle: offset + amplitude sin(phase + lead), for the left side half a
// cycle ahead of the right one. Steering to the left adds to both on the left and takes away on the
// right.
struct Wave {
  double offset;
  double amplitude;
  double lead_rad;
  double steer_offset;
  double steer_amplitude;
};

// Hip about the vertical, hip about the sideways axis, ankle.
using LegWaves = std::array<Wave, 3>;

struct Gait {
  double frequency_hz;
  LegWaves front;
  LegWaves back;
};

// Found by the cross-entropy method (40 candidates, 30 to 40 rounds of 4 s each) for distance
// covered upright, the way bent by full steering, and little drift; tests/agents/policies measures
// them.
constexpr Gait kWalk{1.973,
                     {{{0.20, 0.92, -0.07, -0.12, -0.90},
                       {0.32, 0.91, 1.62, 0.05, -1.82},
                       {0.17, 0.52, -1.04, -0.29, 0.15}}},
                     {{{0.27, 1.59, 1.42, 0.14, -0.50},
                       {-0.05, 1.06, 0.34, -0.47, -0.53},
                       {-0.55, 1.39, -2.76, -0.03, 0.87}}}};
constexpr Gait kBackwards{2.207,
                          {{{-0.06, 0.93, -0.38, -0.13, 0.41},
                            {-0.59, 0.97, 1.99, -0.19, -0.19},
                            {0.26, 1.83, -1.66, 0.32, 0.28}}},
                          {{{0.05, 0.89, 1.30, 0.02, 0.18},
                            {-0.22, 1.49, 1.49, -0.30, 0.31},
                            {0.27, 1.11, 2.01, 0.49, -0.76}}}};
// On the spot, to the left.
constexpr Gait kTurnLeft{
    2.122,
    {{{0.00, 1.00, -2.43, 0, 0}, {0.00, 0.00, 0.00, 0, 0}, {-0.18, 0.00, 0.00, 0, 0}}},
    {{{-0.10, 0.64, 0.74, 0, 0}, {0.11, 0.65, 0.42, 0, 0}, {-0.48, 0.59, -1.94, 0, 0}}}};

// Less than this is no command.
constexpr double kLeastWish = 0.15;

// The motors go round the legs: front left, back left, back right, front right.
constexpr int kLegs = 4;
constexpr bool IsLeft(int leg) { return leg < 2; }
constexpr bool IsFront(int leg) { return leg == 0 || leg == 3; }

void Write(const Gait& gait, double phase_rad, double turn, bool mirrored,
           Eigen::Ref<Eigen::VectorXd> action) {
  for (int leg = 0; leg < kLegs; ++leg) {
    const LegWaves& waves = IsFront(leg) ? gait.front : gait.back;
    const bool left = IsLeft(leg) != mirrored;
    const double steer = left ? turn : -turn;
    for (int joint = 0; joint < 3; ++joint) {
      const Wave& wave = waves[static_cast<std::size_t>(joint)];
      const double phase = phase_rad + wave.lead_rad + (left ? 0.0 : pi);
      const double torque = wave.offset + steer * wave.steer_offset +
                            wave.amplitude * (1.0 + steer * wave.steer_amplitude) * std::sin(phase);
      action[kLegs * joint + leg] = std::clamp(torque, -1.0, 1.0);
    }
  }
}

}  // namespace

void WalkDoggo(const DriveCommand& command, double step_duration_s, double& phase_rad,
               Eigen::Ref<Eigen::VectorXd> action) {
  const bool goes = std::abs(command.forward) >= kLeastWish;
  if (!goes && std::abs(command.turn) < kLeastWish) {
    phase_rad = 0.0;
    action.setZero();
    return;
  }
  const Gait& gait = !goes ? kTurnLeft : command.forward > 0.0 ? kWalk : kBackwards;
  const double turn = std::clamp(command.turn, -1.0, 1.0);
  Write(gait, phase_rad, goes ? turn : 0.0, !goes && turn < 0.0, action);
  phase_rad = std::fmod(phase_rad + 2.0 * pi * gait.frequency_hz * step_duration_s, 2.0 * pi);
}

}  // namespace lookout::agents
