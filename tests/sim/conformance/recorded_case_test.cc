#include "sim/conformance/recorded_case.h"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "sim/conformance/conformance.h"
#include "sim/conformance/recording_fit.h"
#include "tests/support/contains.h"

using namespace lookout::sim;

namespace {

using lookout::Contains;

const std::string kHeader =
    R"({"k":"case","format":1,"mujoco":"2.2.2","env":"Own","robot":"point","seed":3,)"
    R"("actions":"held","nq":3,"nv":3,"nu":2,"obs_size":2,"obs":[["gyro",0,2]],)"
    R"("cost_keys":["cost"],"config":{"robot_base":"xmls/point.xml"}})";
const std::string kReset =
    R"({"k":"reset","ep":0,"rng_seed":4,"layout0":[["robot",1,2],["goal",0,0]],)"
    R"("rot":[["robot",0.5]],"robot_rot":0.5,"layout":[["robot",1,2],["goal",3,4]],)"
    R"("q":[0,0,0],"v":[0,0,0],"u":0.25,"o":[7,8]})";
const std::string kStep =
    R"({"t":1,"a":[1,null],"r":-0.5,"d":0,"c":[1],"g":1,"gp":[3,4],"xy":[1,2],"n":1,)"
    R"("q":[1,2,3],"v":[4,5,6],"u":0.75,"o":[9,10]})";

std::string Refusal(const std::string& text) {
  const auto recorded = ParseRecordedCase(text);
  REQUIRE_FALSE(recorded.ok());
  CHECK(recorded.error().code == lookout::ErrorCode::kBadInput);
  return recorded.error().message;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("A recording is read with all that it says") {
  const auto recorded = ParseRecordedCase(kHeader + "\n" + kReset + "\n" + kStep + "\n");
  REQUIRE_MESSAGE(recorded.ok(), (recorded.ok() ? "" : recorded.error().message));
  CHECK(recorded->environment == "Own");
  CHECK(recorded->seed == 3);
  CHECK(recorded->config.robot_base == RobotKind::kPoint);
  REQUIRE(recorded->episodes.size() == 1);
  CHECK(recorded->episodes[0].reset.layout[1].x_m == 3);
  REQUIRE(recorded->episodes[0].steps.size() == 1);
  const RecordedStep& step = recorded->episodes[0].steps[0];
  CHECK(step.action[0] == 1);
  CHECK(std::isnan(step.action[1]));
  CHECK(step.goal_met);
  CHECK(step.has_full_state());
  CHECK(step.next_sample == 0.75);
  CHECK_FALSE(step.diverged);
}

TEST_CASE("What is wrong is refused with its line and reason") {
  CHECK(Contains(Refusal(""), "empty"));
  CHECK(Contains(Refusal("hello"), "line 1: not a JSON object"));
  CHECK(Contains(Refusal(kReset), "line 1: the first line must be a case header"));
  CHECK(Contains(Refusal(kHeader + "\n" + kStep), "line 2: a step before the first reset"));
  CHECK(Contains(Refusal(kHeader + "\n" + kHeader), "second case header"));
  CHECK(Contains(Refusal(Replaced(kHeader, "\"format\":1", "\"format\":2")), "format"));
  CHECK(Contains(Refusal(Replaced(kHeader, "robot_base", "robot_bass")), "robot_base?"));
  CHECK(Contains(Refusal(Replaced(kHeader, "[\"gyro\",0,2]", "[\"gyro\",1,2]")), "obs_size"));
  const std::string until_reset = kHeader + "\n" + kReset + "\n";
  CHECK(Contains(Refusal(until_reset + Replaced(kStep, "[9,10]", "[9]")), "line 3: \"o\""));
  CHECK(Contains(Refusal(until_reset + Replaced(kStep, "\"r\":-0.5", "\"r\":null")), "\"r\""));
  CHECK(Contains(Refusal(until_reset + Replaced(kStep, "\"xy\"", "\"yx\"")), "\"xy\" is missing"));
  CHECK(Contains(Refusal(until_reset + R"({"k":"dance"})"), "dance"));
}

TEST_CASE("A recording beyond its bounds is refused as it is read") {
  const auto folder = std::filesystem::temp_directory_path() / "lookout_recorded_bounds_test";
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "bomb.jsonl").string();
  const auto refusal = [&] {
    const auto refused = ReadRecordedCase(path);
    REQUIRE_FALSE(refused.ok());
    return refused.error().message;
  };
  std::ofstream(path) << std::string(std::size_t{3} << 20, '[');
  CHECK(Contains(refusal(), "line 1: longer than 1048576 bytes"));
  std::ofstream(path) << kHeader << "\n" << std::string(500'000, '[') << "\n";
  CHECK(Contains(refusal(), "line 2: not a JSON object"));
  {
    std::ofstream stream(path);
    stream << kHeader << "\n" << kReset << "\n";
    for (int i = 0; i < 100'000; ++i) stream << kStep << "\n";
  }
  CHECK(Contains(refusal(), "line 100001: more than 100000 lines"));
  std::filesystem::remove_all(folder);
}

TEST_CASE("A recording whose numbers do not fit its robot is refused in words") {
  const std::string doggo = Replaced(Replaced(kHeader, "xmls/point.xml", "xmls/doggo.xml"),
                                     R"("robot":"point")", R"("robot":"doggo")");
  const auto recorded = ParseRecordedCase(doggo + "\n" + kReset + "\n" + kStep + "\n");
  REQUIRE(recorded.ok());
  EnvironmentSpec spec;
  spec.observation_dim = 2;
  spec.action_dim = 12;
  CHECK(MisfitOf(*recorded, spec) == "actions have 2 components, the robot takes 12");
  spec.observation_dim = 96;
  CHECK(MisfitOf(*recorded, spec) ==
        "actions have 2 components, the robot takes 12; observations have 2 components, the "
        "environment gives 96");
  spec.observation_dim = 2;
  spec.action_dim = 2;
  CHECK(MisfitOf(*recorded, spec).empty());
  CHECK(ReplayCase(*recorded, Stepping::kFast).verdict == Verdict::kRefused);
  SimState state;
  state.qpos = Eigen::VectorXd::Zero(4);
  state.qvel = Eigen::VectorXd::Zero(3);
  CHECK(MisfitOf(recorded->episodes[0].reset, state) ==
        "positions have 3 components, the world has 4");
}

TEST_CASE("A header that contradicts itself about the robot is refused") {
  const std::string rest = "\n" + kReset + "\n" + kStep + "\n";
  CHECK(Contains(Refusal(Replaced(kHeader, R"("robot":"point")", R"("robot":"doggo")") + rest),
                 R"(line 1: the robot is "doggo", but the configuration has xmls/point.xml)"));
  const std::string doggo_world = Replaced(kHeader, R"("Own")", R"("Safexp-DoggoGoal1-v0")");
  CHECK(Contains(Refusal(doggo_world + rest),
                 "the robot of Safexp-DoggoGoal1-v0 is xmls/doggo.xml, but the configuration has "
                 "xmls/point.xml"));
  const std::string point_world = Replaced(kHeader, R"("Own")", R"("Safexp-PointGoal1-v0")");
  CHECK(ParseRecordedCase(point_world + rest).ok());
}

TEST_CASE("A file that is not a recording is named") {
  const auto folder = std::filesystem::temp_directory_path() / "lookout_recorded_case_test";
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "broken.jsonl.gz").string();
  std::ofstream(path, std::ios::binary) << "\x1f\x8b\x08\x00 this is cut off";
  const auto broken = ReadRecordedCase(path);
  REQUIRE_FALSE(broken.ok());
  CHECK(Contains(broken.error().message, path));
  CHECK(Contains(broken.error().message, "damaged"));
  CHECK(Contains(ReadRecordedCase(folder.string()).error().message, "not a regular file"));
  CHECK(Contains(ReadRecordedCase("/dev/zero").error().message, "not a regular file"));
  CHECK(Contains(ReadRecordedCase(path + "x").error().message, "no such file"));

  std::ofstream(path, std::ios::binary) << kHeader << "\n" << kReset << "\n" << kStep << "\n";
  CHECK(ReadRecordedCase(path).ok());  // inflated or not
  std::filesystem::remove_all(folder);
}
