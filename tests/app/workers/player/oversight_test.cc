// Who watches the live episode, on the toy world: held keys, overseers by text, and the account.
#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/app/workers/player_loop_fixture.h"
#include "tests/support/action_filters.h"

namespace lookout::app {
namespace {

using sim::ActionSource;
using std::chrono::milliseconds;

class ThrowingFilter : public agents::ActionFilter {
 public:
  std::string name() const override { return "Shaky"; }
  agents::Decision Review(const agents::ActionContext& context, const Eigen::VectorXd&) override {
    if (context.step == 3) throw std::runtime_error("out of memory");
    return agents::Decision::Pass();
  }
};

class SlowFilter : public agents::ActionFilter {
 public:
  explicit SlowFilter(SteadyTime& now) : now_(now) {}
  agents::Decision Review(const agents::ActionContext& context, const Eigen::VectorXd&) override {
    if (context.step == 2) now_ += std::chrono::seconds(3);
    return agents::Decision::Pass();
  }

 private:
  SteadyTime& now_;
};

struct OversightFixture : SessionFixture {
  std::vector<std::string> asked_for;
  test::ScriptedFilter script;  // copied into what is made
  std::string options_overseer;

  void OpenWith(bool playing) {
    PlayerOptions options = Options();
    options.playing = playing;
    options.overseer = options_overseer;
    options.agent = {ui::AgentKind::kRandom, {}};
    options.make_overseer =
        [this](const std::string& spec,
               const sim::EnvironmentConfig&) -> Result<std::unique_ptr<agents::ActionFilter>> {
      asked_for.push_back(spec);
      if (spec == "script") return std::unique_ptr<agents::ActionFilter>(new auto(script));
      if (spec == "shaky") return std::unique_ptr<agents::ActionFilter>(new ThrowingFilter);
      if (spec == "slow") return std::unique_ptr<agents::ActionFilter>(new SlowFilter(now));
      return BadInput("There is no overseer " + spec + ".");
    };
    Open(std::move(options));
  }
  const std::vector<sim::StepRecord>& Steps(std::int64_t episode = 1) {
    Shown();
    return Recorded().At(episode).steps;
  }
  const ui::OversightSnapshot& Oversight() { return Shown().oversight; }
};

TEST_CASE_FIXTURE(OversightFixture, "while the key is held the robot brakes, as a person's word") {
  OpenWith(false);
  Do(ui::StepForward{2});
  Do(ui::WatchOver{true, "Ann"});
  Do(ui::HoldBlock{true});
  CHECK(Oversight().blocking);
  Do(ui::StepForward{3});
  Do(ui::HoldBlock{false});
  Do(ui::StepForward{1});
  const auto& steps = Steps();
  REQUIRE(steps.size() == 7);
  for (std::size_t i = 3; i <= 5; ++i) {
    CAPTURE(i);
    REQUIRE(steps[i].overseer != nullptr);
    CHECK(*steps[i].overseer == "Ann");
    CHECK(*steps[i].reason == "blocked by hand");
    CHECK(steps[i].source == ActionSource::kHuman);
    CHECK(*steps[i].agent == "Random");
    CHECK(steps[i].executed_action[0] * steps[i - 1].state->qvel[0] < 0.0);
    CHECK(steps[i].proposed_action.size() == 2);
  }
  CHECK(steps[2].overseer == nullptr);
  CHECK(steps[6].overseer == nullptr);
  CHECK(steps[6].reason == nullptr);
  CHECK(steps[6].source == ActionSource::kAgent);
}

TEST_CASE_FIXTURE(OversightFixture, "an overseer is made from its text, for each environment") {
  script.replace[1] = Eigen::Vector2d(0.5, 0.0);
  OpenWith(false);
  Do(ui::SetOverseer{"person"});
  CHECK(asked_for.empty());
  Do(ui::SetOverseer{"person+script"});
  CHECK(asked_for == std::vector<std::string>{"script"});
  CHECK(Oversight().overseer == "Overseer");
  CHECK(Oversight().spec == "person+script");
  Do(ui::StepForward{2});
  CHECK(*Steps()[2].overseer == "Overseer");
  CHECK(*Steps()[2].reason == "it brakes");
  Do(ui::SetEnvironment{"other"});
  CHECK(asked_for.size() == 2);
  Do(ui::SetOverseer{""});
  CHECK(Oversight().overseer.empty());
}

TEST_CASE_FIXTURE(OversightFixture,
                  "an overseer that cannot be made is told, and nobody oversees") {
  OpenWith(false);
  Do(ui::SetOverseer{"nonsense"});
  CHECK(Oversight().problem == "There is no overseer nonsense.");
  CHECK(Oversight().overseer.empty());
  CHECK(Notices() == std::vector<std::string>{"Nobody oversees: There is no overseer nonsense."});
  Do(ui::StepForward{5});
  CHECK(Shown().step == 5);
  CHECK(Steps()[5].overseer == nullptr);
  CHECK(Oversight().problem == "There is no overseer nonsense.");
}

TEST_CASE_FIXTURE(OversightFixture, "who watches at real time is warned before a row of blocks") {
  for (const int step : {5, 6, 7}) script.replace[step] = Eigen::Vector2d(0.5, 0.0);
  OpenWith(true);
  Do(ui::WatchOver{true, "You"});
  Do(ui::SetOverseer{"script"});
  Pass(milliseconds(200));
  CHECK(Shown().step == 5);
  REQUIRE(Oversight().warning);
  CHECK(Oversight().warning->reason == "it brakes");
  CHECK(Oversight().warning->overseer == "Overseer");
  CHECK(Oversight().warning->planned == Eigen::Vector2d(0.5, 0.0));
  CHECK(Oversight().warning->left_s == doctest::Approx(0.4).epsilon(0.1));
  Pass(milliseconds(380));
  CHECK(Shown().step == 5);
  Pass(milliseconds(100));
  CHECK_FALSE(Oversight().warning);
  CHECK(Shown().step >= 7);  // the others of the row come without
  CHECK(*Steps()[6].overseer == "Overseer");
  CHECK(Steps()[6].source == ActionSource::kOverseer);
}

TEST_CASE_FIXTURE(OversightFixture, "nobody waits for who does not watch, or plays faster") {
  script.replace[5] = Eigen::Vector2d(0.5, 0.0);
  OpenWith(true);
  Do(ui::SetOverseer{"script"});
  Pass(milliseconds(200));
  CHECK(Shown().step == 10);
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kSame, 0});
  Do(ui::WatchOver{true, "You"});
  Do(ui::SetSpeed{2.0});
  Pass(milliseconds(200));
  CHECK(Shown().step == 20);
}

TEST_CASE_FIXTURE(OversightFixture, "what a person lets pass is done, as their decision") {
  for (const int step : {5, 6}) script.replace[step] = Eigen::Vector2d(0.5, 0.0);
  OpenWith(true);
  Do(ui::WatchOver{true, "You"});
  Do(ui::SetOverseer{"script"});
  Pass(milliseconds(200));
  REQUIRE(Oversight().warning);
  Do(ui::LetPass{true});
  Pass(milliseconds(60));
  Do(ui::LetPass{false});
  CHECK(Shown().step >= 7);
  for (const std::size_t i : {6U, 7U}) {
    const sim::StepRecord& step = Steps()[i];
    REQUIRE(step.overseer != nullptr);
    CHECK(*step.overseer == "You");
    CHECK(*step.reason == "let pass, although it brakes");
    CHECK(step.source == ActionSource::kHuman);
    CHECK(step.proposed_action.size() == 0);  // it is what was done
  }
  CHECK(Steps()[5].overseer == nullptr);
}

TEST_CASE_FIXTURE(OversightFixture, "the wheel is the person's for as long as the key is held") {
  OpenWith(false);
  Do(ui::StepForward{2});
  Do(ui::TakeWheel{true});
  CHECK(Oversight().has_wheel);
  CHECK(Shown().agent == ui::AgentKind::kHuman);
  Do(ui::DriveInput{1.0, 0.0});
  Do(ui::StepForward{3});
  Do(ui::TakeWheel{false});
  CHECK_FALSE(Oversight().has_wheel);
  CHECK(Shown().agent == ui::AgentKind::kRandom);
  Do(ui::StepForward{1});
  const auto& steps = Steps();
  for (std::size_t i = 3; i <= 5; ++i) {
    CHECK(steps[i].source == ActionSource::kHuman);
    CHECK(*steps[i].agent == "You");
    CHECK(steps[i].executed_action == Eigen::Vector2d(1.0, 0.0));
    CHECK(steps[i].overseer == nullptr);
  }
  CHECK(steps[6].source == ActionSource::kAgent);
  Do(ui::TakeWheel{true});
  Do(ui::SetAgent{ui::AgentKind::kGoToGoal, {}});  // a choice of its own
  Do(ui::TakeWheel{false});
  CHECK_FALSE(Oversight().has_wheel);
}

TEST_CASE_FIXTURE(OversightFixture, "an overseer that throws ends the episode, and it waits") {
  OpenWith(true);
  Do(ui::SetOverseer{"shaky"});
  Pass(milliseconds(400));
  CHECK(Shown().now.status == sim::EpisodeStatus::kTimedOut);
  CHECK(Shown().step == 4);
  CHECK_FALSE(Shown().playing);
  CHECK(Oversight().problem == "Shaky failed: out of memory");
  CHECK(*Steps()[4].reason == "Shaky failed: out of memory");
  CHECK(Notices() ==
        std::vector<std::string>{"The episode was ended: Shaky failed: out of memory"});
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kNext, 0});
  CHECK(Oversight().problem.empty());
}

TEST_CASE_FIXTURE(OversightFixture, "an overseer that is late ends the episode") {
  OpenWith(false);
  Do(ui::SetOverseer{"slow"});
  Do(ui::StepForward{3});
  CHECK(Shown().now.status == sim::EpisodeStatus::kTimedOut);
  CHECK(Oversight().problem == "Overseer took 3.0 s for one step");
}

TEST_CASE_FIXTURE(OversightFixture, "the account is what the recording says, counted anew") {
  script.replace[30] = script.replace[31] = script.replace[40] = Eigen::Vector2d(-1.0, 0.0);
  OpenWith(false);
  Do(ui::StepForward{20});  // alone
  Do(ui::SetOverseer{"script"});
  Do(ui::StepForward{30});  // to the end of the episode
  Do(ui::StepForward{1});   // into the next one
  Do(ui::StepForward{25});
  REQUIRE(Oversight().account != nullptr);
  const ui::OversightAccount account = *Oversight().account;
  std::int64_t blocks = 0;
  std::int64_t cost_steps[2] = {0, 0};
  std::int64_t steps[2] = {0, 0};
  for (const std::int64_t episode : {1, 2}) {
    const auto& records = Recorded().At(episode).steps;
    for (std::size_t i = 1; i < records.size(); ++i) {
      const bool overseen = episode == 2 || i > 20;
      ++steps[overseen];
      cost_steps[overseen] += records[i].costs.total > 0.0;
      blocks += records[i].overseer != nullptr;
    }
  }
  CHECK(account.alone.steps == steps[0]);
  CHECK(account.overseen.steps == steps[1]);
  CHECK(account.alone.violations.steps + account.alone.start_steps == cost_steps[0]);
  CHECK(account.overseen.violations.steps + account.overseen.start_steps == cost_steps[1]);
  CHECK(account.overseen.blocks == blocks);
  CHECK(account.overseen.block_runs == 2);
  CHECK(account.overseen.steps_by_source[static_cast<std::size_t>(ActionSource::kOverseer)] ==
        blocks);
  CHECK(account.overseen.person_s == 0.0);
}

TEST_CASE_FIXTURE(OversightFixture, "every block is settled, a person's and an overseer's") {
  script.replace[4] = Eigen::Vector2d(-1.0, 0.0);
  OpenWith(false);
  Do(ui::SetOverseer{"script"});
  Do(ui::HoldBlock{true});
  Do(ui::StepForward{3});
  Do(ui::HoldBlock{false});
  Do(ui::StepForward{5});
  const agents::LedgerCounts& overseen = Oversight().account->overseen;
  CHECK(overseen.blocks == 4);
  CHECK(overseen.settled_blocks == 4);
}

TEST_CASE_FIXTURE(OversightFixture, "who oversees at the start is told by the options") {
  options_overseer = "script";
  OpenWith(false);
  CHECK(Oversight().overseer == "Overseer");
}

TEST_CASE_FIXTURE(OversightFixture, "a person's time is that of watching it play") {
  OpenWith(true);
  Do(ui::WatchOver{true, "You"});
  Pass(milliseconds(400));
  Do(ui::SetPlaying{false});
  Pass(milliseconds(5000));
  Do(ui::SetPlaying{true});
  Pass(milliseconds(200));
  Do(ui::SetPlaying{false});
  REQUIRE(Oversight().account != nullptr);
  CHECK(Oversight().account->overseen.person_s == doctest::Approx(0.6).epsilon(0.07));
  CHECK(Oversight().account->alone.steps == 0);
}

}  // namespace
}  // namespace lookout::app
