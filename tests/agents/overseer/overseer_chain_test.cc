#include "agents/overseer/overseer_chain.h"

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "agents/rollout/stepper.h"
#include "tests/support/action_filters.h"
#include "tests/support/toy_environments.h"

namespace lookout::agents {
namespace {

using Kind = Decision::Kind;

class Named : public test::ScriptedFilter {
 public:
  explicit Named(std::string name) : name_(std::move(name)) {}
  std::string name() const override { return name_; }

 private:
  std::string name_;
};

// Throws in the step, or at the episode's beginning.
class Failing : public ActionFilter {
 public:
  explicit Failing(int at) : at_(at) {}
  std::string name() const override { return "Guard"; }
  void BeginEpisode() override {
    if (at_ < 0) throw std::runtime_error("no eyes");
  }
  Decision Review(const ActionContext& context, const Eigen::VectorXd&) override {
    if (context.step == at_) throw std::runtime_error("no idea");
    return Decision::Pass();
  }

 private:
  int at_;
};

struct Walk {
  explicit Walk(ActionFilter& filter) : stepper(*environment, &filter) { Begin(); }
  void Begin() {
    REQUIRE(environment->Reset(1).ok());
    stepper.BeginEpisode();
  }
  const StepOutcome& Step() {
    stepper.Hold(Eigen::Vector2d(0.1, 0.1), sim::ActionSource::kAgent, 1);
    return stepper.Step();
  }
  std::unique_ptr<sim::Environment> environment = test::MakeWanderEnvironment();
  Stepper stepper;
};

TEST_CASE("the first overseer that does not let an action pass decides, and is named") {
  auto first = std::make_unique<Named>("First");
  auto second = std::make_unique<Named>("Second");
  Named* const ahead = first.get();
  Named* const behind = second.get();
  ahead->replace[2] = Eigen::Vector2d(0.2, 0.2);
  for (const int step : {1, 2}) behind->replace[step] = Eigen::Vector2d(0.3, 0.3);
  std::vector<std::unique_ptr<ActionFilter>> filters;
  filters.push_back(std::move(first));
  filters.push_back(std::move(second));
  OverseerChain chain(std::move(filters));
  CHECK(chain.name() == "First, then Second");
  Walk walk(chain);
  CHECK(walk.Step().overseer.empty());
  const StepOutcome& second_decides = walk.Step();
  CHECK(second_decides.overseer == "Second");
  CHECK(second_decides.executed_action[0] == 0.3);
  const StepOutcome& first_decides = walk.Step();
  CHECK(first_decides.overseer == "First");
  CHECK(first_decides.executed_action[0] == 0.2);
  CHECK(ahead->asked.size() == 3);
  CHECK(behind->asked.size() == 2);
  CHECK(behind->asked.back().step == 1);
  CHECK(ahead->episodes == 1);
  CHECK(behind->episodes == 1);
}

TEST_CASE("an overseer that fails ends the episode and says so, and the next one begins anew") {
  GuardedOverseer guarded(std::make_unique<Failing>(1));
  Walk walk(guarded);
  CHECK_FALSE(walk.Step().stopped);
  const StepOutcome& end = walk.Step();
  CHECK(end.stopped);
  CHECK(end.result.status == sim::EpisodeStatus::kTimedOut);
  CHECK(end.reason == "Guard failed: no idea");
  CHECK(end.overseer == "Guard");
  walk.Begin();
  CHECK_FALSE(walk.Step().stopped);
}

TEST_CASE("an overseer that cannot even begin lets nothing pass") {
  GuardedOverseer guarded(std::make_unique<Failing>(-1));
  Walk walk(guarded);
  CHECK(walk.Step().reason == "Guard failed: no eyes");
}

TEST_CASE("where somebody waits, an answer that comes too late ends the episode") {
  std::chrono::steady_clock::time_point now;
  auto pace = std::chrono::milliseconds(20);
  const auto clock = [&] { return now += pace; };
  GuardedOverseer guarded(std::make_unique<Named>("Guard"), 0.05, clock);
  Walk walk(guarded);
  CHECK_FALSE(walk.Step().stopped);
  pace = std::chrono::milliseconds(80);
  const StepOutcome& end = walk.Step();
  CHECK(end.stopped);
  CHECK(end.reason == "Guard took 0.08 s to answer, 0.05 s are allowed");
}

TEST_CASE("a block is settled by what would have come of the proposed action") {
  auto filter = std::make_unique<Named>("Guard");
  for (const int step : {1, 2}) filter->replace[step] = Eigen::Vector2d(0.3, 0.3);
  int asked = 0;
  SettledOverseer settled(std::move(filter),
                          [&asked](const sim::Environment&, const Eigen::VectorXd& proposed) {
                            CHECK(proposed == Eigen::Vector2d(0.1, 0.1));
                            return ++asked == 1;
                          });
  Walk walk(settled);
  CHECK(walk.Step().verdict == BlockVerdict::kNotSettled);
  CHECK(walk.Step().verdict == BlockVerdict::kFalse);
  CHECK(walk.Step().verdict == BlockVerdict::kNeeded);
  CHECK(asked == 2);
}

}  // namespace
}  // namespace lookout::agents
