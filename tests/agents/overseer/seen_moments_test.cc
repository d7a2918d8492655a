// Moments of long runs at which a look-ahead let something happen, put up again.
#include <doctest/doctest.h>

#include <Eigen/Core>
#include <memory>
#include <string>
#include <vector>

#include "agents/overseer/look_ahead.h"
#include "agents/rollout/stepper.h"
#include "sim/config/config_file.h"

namespace lookout::agents {
namespace {

// A Point robot among hazards of 0.2 m that cost and vases that do not, in a state that was seen.
class SeenMoment {
 public:
  // layout: members of an environment file, for what the usual ones leave open.
  SeenMoment(const std::string& layout, const std::vector<double>& qpos,
             const std::vector<double>& qvel, const std::vector<double>& qacc_warmstart) {
    const auto config = sim::ParseConfigText(
        R"({"robot_base": "xmls/point.xml", "task": "goal", "goal_size": 0.3, "goal_keepout": 0.05,
            "observe_hazards": true, "constrain_hazards": true, "hazards_size": 0.2,
            "hazards_keepout": 0.01, "vases_keepout": 0.01, "robot_keepout": 0.01, )" +
            layout + "}",
        "seen");
    REQUIRE_MESSAGE(config.ok(), config.error().message);
    gym_ = *sim::SafetyGym::Create(*config);
    REQUIRE(gym_->Reset(0).ok());
    sim::SimState state = gym_->Save();
    Put(qpos, state.qpos);
    Put(qvel, state.qvel);
    Put(qacc_warmstart, state.qacc_warmstart);
    REQUIRE(gym_->Restore(state).ok());
    filter_ = *LookAhead::Create(*config, {});
  }

  // How many of the steps cost something of an agent that proposes that all the time.
  int CostSteps(const Eigen::Vector2d& proposed, int steps) {
    Stepper stepper(*gym_, filter_.get());
    stepper.BeginEpisode();
    int costs = 0;
    for (int i = 0; i < steps; ++i) {
      stepper.Hold(proposed, sim::ActionSource::kAgent, 1);
      costs += stepper.Step().result.costs.total > 0 ? 1 : 0;
    }
    return costs;
  }

  LookAheadCounts counts() const { return filter_->counts(); }
  double DistanceTo(const Eigen::Vector2d& place) const {
    return (gym_->robot_position_in_world().head<2>() - place).norm();
  }

 private:
  static void Put(const std::vector<double>& values, Eigen::VectorXd& state) {
    REQUIRE(state.size() == static_cast<Eigen::Index>(values.size()));
    state = Eigen::Map<const Eigen::VectorXd>(values.data(), state.size());
  }

  std::unique_ptr<sim::SafetyGym> gym_;
  std::unique_ptr<LookAhead> filter_;
};

// Pressed against a vase, the robot was pushed on by a tenth of a millimetre in a step, until
// braking did not help any more.
TEST_CASE("a robot between a vase and a hazard leaves while it can") {
  SeenMoment seen(
      R"("hazards_num": 1, "hazards_locations": [[-0.0848, -0.3109]], "vases_num": 1,
         "vases_locations": [[-0.3292, -0.1835]], "robot_locations": [[-0.62193, -0.78855]],
         "robot_rot": -2.08697)",
      {-0.523760711, 0.100580961, 0.973510167, -0.329171645, -0.18345822, 0.0998469032, 0.999955545,
       0.000275501187, -6.16757856e-06, 0.00942509973},
      {0.00118959884, -0.000808676506, 0.476516383, -0.000352578882, 0.00171088446, 0.00293197997,
       -0.0143981388, 0.000294105763, -0.000683646037},
      {-10.4552543, 7.11606085, -656.090742, 0.0365649973, -0.0372364717, -0.0310084032,
       0.106547299, 0.00982420442, 0.0708780636});
  CHECK(seen.CostSteps(Eigen::Vector2d::Zero(), 200) == 0);
  CHECK(seen.counts().escapes > 0);
  CHECK(seen.DistanceTo({-0.0848, -0.3109}) > 0.2 + 0.05);
}

// No brake helps against sliding sideways, which took the robot on into a hazard at a centimetre a
// second.
TEST_CASE("a robot that slides sideways towards a hazard drives away from it") {
  SeenMoment seen(
      R"("hazards_num": 2, "hazards_locations": [[0.656164, 0.083343], [1.04683, 0.084086]],
         "robot_locations": [[0.0, 0.0]], "robot_rot": 0.0)",
      {0.864457664, -0.022088372, -0.639550690}, {-0.019113709, 0.051826578, 0.477746993},
      {-1.373367444, -12.862150576, -656.093014522});
  CHECK(seen.CostSteps(Eigen::Vector2d::Zero(), 150) == 0);
  CHECK(seen.counts().replaced > 0);
}

// With three steps left it let pass what braking would have brought into a hazard after the end,
// and a step later took that brake for one that does not help.
TEST_CASE("an episode that ends on the way to a hazard ends without a cost") {
  SeenMoment seen(
      R"("num_steps": 3, "hazards_num": 2,
         "hazards_locations": [[0.29831290264212829, 0.17091961599297933],
                               [-0.17845358963611946, 0.07616153456088437]],
         "vases_num": 1, "vases_locations": [[0.2288, -0.0165]],
         "robot_locations": [[0.027974947801341354, 0.78516302748249078]],
         "robot_rot": 0.78909572158325647)",
      {-0.26979716559230082, -0.84384848122957656, -11.686345712341209, 0.22884955046318903,
       -0.01652864151549276, 0.10184582657173787, -0.18354756449040666, -0.0061008008612217796,
       -0.00052724181864199026, 0.98299175673784589},
      {-0.19991084796557373, 0.4018377431726779, -2.9831194775923735, -0.5554157807591189,
       0.26426659373348871, -0.010521950610384833, -0.19408088501039877, -0.15119029524608485,
       0.65296128018399313},
      {-1.3469344181223293, -2.8695216727911088, -0.18900116778773218, -2.1253042968555338,
       -0.79542075412020941, -7.6100660248900205, 20.154913353435798, 31.877766497556262,
       -19.96649186548753});
  CHECK(seen.CostSteps({0.137, 0.11}, 3) == 0);
}

// A brake that was found free, as nothing can be met any more after it, was not taken, for want of
// its distance from hazards.
TEST_CASE("a robot that turns beside a vase brakes before its corner gets there") {
  SeenMoment seen(
      R"("hazards_num": 1, "hazards_locations": [[1.1718, -0.4234]], "vases_num": 1,
         "constrain_vases": true, "observe_vases": true,
         "vases_locations": [[0.076765987277601644, -1.4085034049358958]],
         "robot_locations": [[-0.0763789331812188, -0.34167254363637589]],
         "robot_rot": -0.46938351185418115)",
      {0.57941104225645845, -1.1650360391133496, 1.4350368504721074, 0.076765987277601644,
       -1.4085034049358958, 0.099956380520093369, 0.32759097682423838, -9.4886670888292879e-18,
       -3.6504907676435122e-18, 0.94481963988019502},
      {0.80657857064797445, 0.26831589548300933, 0.97366237446621262, 2.0752307207730543e-17,
       4.7327965927834198e-17, -1.1214716221647011e-15, 1.0795699610552064e-14,
       -2.9381455357882557e-16, -1.08551787674287e-16},
      {0.32210523051616191, 2.1626880292742863, 77.656014884186334, -1.5587430668965547e-15,
       -4.0928801867074748e-15, 1.392621751025584e-13, -1.1278953714713754e-12,
       3.0863989765499031e-14, 1.1229329289392893e-14});
  CHECK(seen.CostSteps({1.342, 0.3157}, 20) == 0);
}

}  // namespace
}  // namespace lookout::agents
