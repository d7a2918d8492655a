#include "app/verification/question_file.h"

#include <doctest/doctest.h>

#include <numbers>
#include <string>
#include <variant>

#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"
#include "ui/panels/state/why/proof_form.h"

namespace lookout::app {
namespace {

std::string QuestionRefusal(const std::string& text) {
  const auto question = ParseQuestion(text);
  return question.ok() ? "" : question.error().message;
}

TEST_CASE("a question about a layout is read whole") {
  const auto question = ParseQuestion(R"({"claim": "safe", "threshold": 0.25,
      "place": {"of": "vase", "beyond_m": 0.5, "x_m": [-1, 1], "y_m": 0.5, "heading_deg": [0, 90]},
      "speed_m_per_s": 0.5, "turn_rate_rad_per_s": [-1, 2],
      "sensors": {"accelerometer": [0, [-2, 2], 9.81]}})");
  REQUIRE(question.ok());
  CHECK(question->claim == agents::SafetyClaim::kSafe);
  CHECK(question->threshold == 0.25);
  CHECK(question->speed_m_per_s == 0.5);
  CHECK(question->turn_rate_rad_per_s == agents::Interval{-1.0, 2.0});
  const auto& place = std::get<agents::PosesInLayout>(question->where);
  CHECK(place.of == sim::SceneObjectKind::kVase);
  CHECK(place.beyond_m == 0.5);
  CHECK(!place.within_m);
  CHECK(place.x_m == agents::Interval{-1.0, 1.0});
  CHECK(place.y_m == agents::Interval{0.5, 0.5});
  CHECK(place.heading_rad.high == doctest::Approx(std::numbers::pi / 2));
  REQUIRE(question->sensors.size() == 1);
  CHECK(question->sensors[0].values[1] == agents::Interval{-2.0, 2.0});
  CHECK(question->sensors[0].values[2] == agents::Interval{9.81, 9.81});
}

TEST_CASE("a question about things around the robot is read whole") {
  const auto question = ParseQuestion(R"({"claim": "unsafe", "things": [
      {"kind": "hazard", "distance_m": [0, 0.2]},
      {"kind": "goal", "distance_m": 1, "bearing_deg": [-10, 10]}]})");
  REQUIRE(question.ok());
  CHECK(question->threshold == 0.5);
  const auto& things = std::get<agents::ThingsAround>(question->where);
  REQUIRE(things.size() == 2);
  CHECK(things[0].bearing_rad.width() == doctest::Approx(2 * std::numbers::pi));
  CHECK(things[1].kind == sim::SceneObjectKind::kGoal);
  CHECK(things[1].distance_m == agents::Interval{1.0, 1.0});
}

TEST_CASE("what is wrong in a question is named by its key") {
  const auto refuses = [](const std::string& text, const std::string& part) {
    CHECK_MESSAGE(Contains(QuestionRefusal(text), part), text << ": " << QuestionRefusal(text));
  };
  refuses("{", "is not JSON");
  refuses("[]", "must be an object");
  refuses("{}", "claim is missing");
  refuses(R"({"claim": "nice", "place": {}})", "claim must be one of unsafe, safe");
  refuses(R"({"claim": "safe"})", "either 'place' or 'things'");
  refuses(R"({"claim": "safe", "place": {}, "things": []})", "either 'place' or 'things'");
  refuses(R"({"claim": "safe", "place": {}, "claim": "unsafe"})", "\"claim\" twice");
  refuses(R"({"claim": "safe", "place": {}, "treshold": 1})", "Did you mean threshold?");
  refuses(R"({"claim": "safe", "place": {}, "threshold": 1})", "threshold must be at most");
  refuses(R"({"claim": "safe", "place": {"x_m": [1, -1]}})", "place.x_m has its larger end first");
  refuses(R"({"claim": "safe", "place": {"x_m": "a"}})", "place.x_m must be");
  refuses(R"({"claim": "safe", "place": {"with_m": 1}})", "there is no place.with_m");
  refuses(R"({"claim": "safe", "place": {"within_m": 1}})", "place.within_m needs 'of'");
  refuses(R"({"claim": "safe", "place": {"of": "hazard", "within_m": 1, "beyond_m": 1}})",
          "does not go with within_m");
  refuses(R"({"claim": "safe", "place": {"of": "cat"}})", "place.of must be one of");
  refuses(R"({"claim": "safe", "place": {"heading_deg": [-200, 200]}})", "more than a full turn");
  refuses(R"({"claim": "safe", "things": [{"kind": "hazard"}]})",
          "things[0].distance_m is missing");
  refuses(R"({"claim": "safe", "things": [{"distance_m": 1}]})", "things[0].kind is missing");
  refuses(R"({"claim": "safe", "things": []})", "things must be a list of 1 to 4");
  refuses(R"({"claim": "safe", "place": {}, "sensors": {"gyro": 1}})", "sensors.gyro must be");
  refuses(R"({"claim": "safe", "place": {}, "sensors": {"gyro": [[2, 1]]}})", "larger end first");
}

TEST_CASE("every question with a name is one that can be read") {
  CHECK(NamedQuestions().size() >= 3);
  for (const NamedQuestion& one : NamedQuestions()) {
    CHECK_MESSAGE(LoadQuestion(std::string(one.name)).ok(), one.name);
  }
}

TEST_CASE("a question is loaded from a file, and errors name it") {
  const test::ScratchFolder scratch;
  scratch.Write("ask.json", R"({"claim": "safe", "place": {}})");
  CHECK(LoadQuestion(scratch / "ask.json").ok());
  scratch.Write("wrong.json", "{}");
  CHECK(Contains(LoadQuestion(scratch / "wrong.json").error().message, "wrong.json: The question"));
  CHECK(Contains(LoadQuestion("inside-hazards").error().message, "Did you mean inside-hazard?"));
}

TEST_CASE("whatever the window's form can ask is a question that can be read") {
  for (const auto& [place, name] : Choices(ui::ProofPlace{})) {
    for (const bool unsafe : {true, false}) {
      CAPTURE(name);
      const ui::ProofForm form{.unsafe = unsafe,
                               .place = place,
                               .of = sim::SceneObjectKind::kVase,
                               .distance_m = 0.35,
                               .heading_from_deg = -30.0,
                               .heading_to_deg = 45.0,
                               .speed_m_per_s = 0.75};
      const auto question = ParseQuestion(ui::QuestionText(form));
      REQUIRE_MESSAGE(question.ok(), (question.ok() ? "" : question.error().message));
      CHECK((question->claim == agents::SafetyClaim::kUnsafe) == unsafe);
      CHECK(question->speed_m_per_s == 0.75);
      const auto* poses = std::get_if<agents::PosesInLayout>(&question->where);
      CHECK((poses == nullptr) == (place == ui::ProofPlace::kAround));
      if (poses == nullptr) continue;
      CHECK(poses->heading_rad.high == doctest::Approx(std::numbers::pi / 4));
      CHECK(poses->of.has_value() == ui::AsksOfObjects(form));
      CHECK(poses->x_m.has_value() == ui::AsksBox(form));
    }
  }
}

}  // namespace
}  // namespace lookout::app
