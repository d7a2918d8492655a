#include "agents/inspect/explanations/motion_curve.h"

#include <numbers>

#include "agents/inspect/explanations/moved_robot.h"

namespace lookout::agents {

Result<MotionCurve> MotionCurveOf(const ExplainedModel& model, sim::SafetyGym& world,
                                  const MotionSettings& settings, const KeepGoing& keep_going) {
  LOOKOUT_CHECK(settings.speeds >= 2 && settings.headings >= 1, "a grid has points");
  MotionCurve curve;
  curve.speed_m_s = world.robot_velocity_in_world().head<2>().norm();
  for (int i = 0; i < settings.speeds; ++i) {
    const double part = static_cast<double>(i) / (settings.speeds - 1);
    curve.speeds_m_s.push_back(settings.most_m_s * (part * 4.0 - 1.0) / 3.0);
  }
  for (int i = 0; i < settings.headings; ++i) {
    curve.turns_rad.push_back(2.0 * std::numbers::pi * i / settings.headings);
  }
  curve.probability.resize(settings.speeds, settings.headings);
  curve.spread.resize(settings.speeds, settings.headings);
  MovedRobot robot(model, world);
  for (int i = 0; i < settings.speeds; ++i) {
    if (Status going = CheckGoing(keep_going); !going) return going.error();
    std::vector<sim::RobotMove> moves;
    for (const double turn_rad : curve.turns_rad) {
      moves.push_back(
          {.turn_rad = turn_rad, .forward_m_s = curve.speeds_m_s[static_cast<std::size_t>(i)]});
    }
    Eigen::VectorXf probability(settings.headings);
    Eigen::VectorXf spread(settings.headings);
    model.model().Predict(robot.Observe(moves), probability, spread);
    curve.probability.row(i) = probability.cast<double>().transpose();
    curve.spread.row(i) = spread.cast<double>().transpose();
  }
  return curve;
}

}  // namespace lookout::agents
