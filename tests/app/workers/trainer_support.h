// A trainer whose runs are toys that only wait, and what it said.
#pragma once

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "agents/policies/scripted/scripted_policies.h"
#include "app/workers/trainer/trainer.h"
#include "tests/app/workers/toy_world.h"
#include "tests/app/workers/worker_support.h"

namespace lookout::app {

using ui::TrainingState;

inline constexpr int kEndless = 1'000'000;  // until the test says otherwise

// What the toy run does, and what it was told; shared with the test.
struct RunPlan {
  std::atomic<int> steps_per_iteration{4};
  std::atomic<int> throw_in_iteration{-1};
  std::atomic<int> fail_in_iteration{-1};
  std::atomic<int> last_iteration{1000};
  std::atomic<std::size_t> checkpoint_size{1};
  std::atomic<bool> ignores_stop{false};
  std::atomic<double> skips_after{1.0};  // beyond this fraction, an iteration is done at once
  std::atomic<bool> started_from_policy{false};
  std::atomic<int> parts_in_iteration{
      -1};  // from which on the true cost is higher, the learned not
  std::atomic<int> niceness{-100};
  std::atomic<std::int64_t> model_of_iteration[64] = {};
};

// A run whose iterations only wait, a millisecond a step.
class ToyRun : public agents::TrainingRun {
 public:
  ToyRun(std::shared_ptr<RunPlan> plan, agents::TrainingSettings settings,
         sim::EnvironmentSpec spec)
      : plan_(std::move(plan)), settings_(settings), spec_(std::move(spec)) {}

  const agents::TrainingSettings& settings() const override { return settings_; }
  const sim::EnvironmentSpec& spec() const override { return spec_; }
  Status SetCostModel(agents::CostModelPtr model) override {
    if (model->observation_dim() != spec_.observation_dim) return BadInput("another observation");
    model_ = std::move(model);
    return {};
  }
  Status StartFrom(std::string_view policy) override {
    if (policy != "bytes of a policy") return BadInput("That is no policy.");
    plan_->started_from_policy = true;
    return {};
  }
  Result<agents::IterationReport> RunIteration(const Progress& progress) override {
    const int next = iteration_ + 1;
    plan_->niceness = getpriority(PRIO_PROCESS, 0);
    if (next == plan_->throw_in_iteration) throw std::runtime_error("a worker threw");
    if (next == plan_->fail_in_iteration) return Error{"The policy loss is not finite."};
    for (int step = 0; step < plan_->steps_per_iteration * plan_->skips_after; ++step) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (!progress(static_cast<double>(step) / plan_->steps_per_iteration) &&
          !plan_->ignores_stop) {
        return Error{"abandoned"};
      }
    }
    iteration_ = next;
    if (model_ && next < 64) plan_->model_of_iteration[next] = model_->id().value;
    agents::IterationReport report{
        .iteration = next, .steps = next * 100, .sample_seconds = 0.5, .update_seconds = 0.5};
    if (plan_->parts_in_iteration < 0) return report;
    report.episodes = 30;
    report.mean_learned_cost = 20.0;
    report.mean_true_cost = next < plan_->parts_in_iteration ? 20.0 : 30.0;
    report.true_cost_deviation = 5.0;
    return report;
  }
  bool finished() const override { return iteration_ >= plan_->last_iteration; }
  agents::PolicyPtr policy(bool) const override { return agents::MakeRandomPolicy(spec_); }
  // The iteration, with as many spaces behind it as the size asks for.
  std::string EncodeCheckpoint() const override {
    std::string bytes = fmt::to_string(iteration_);
    bytes.resize(std::max<std::size_t>(bytes.size(), plan_->checkpoint_size), ' ');
    return bytes;
  }
  Status RestoreCheckpoint(std::string_view bytes) override {
    iteration_ = std::stoi(std::string(bytes));
    return {};
  }

 private:
  std::shared_ptr<RunPlan> plan_;
  agents::TrainingSettings settings_;
  sim::EnvironmentSpec spec_;
  agents::CostModelPtr model_;
  int iteration_ = 0;
};

struct Gymnasium {
  std::shared_ptr<RunPlan> plan = std::make_shared<RunPlan>();
  std::shared_ptr<ToyPlan> world = std::make_shared<ToyPlan>();
  CostModelRegistry cost_models;
  PublishedPtr<TrainedPolicy> newest_policy;
  NoticeBoard notices;
  std::unique_ptr<Trainer> trainer;
  std::vector<TrainerEvent> said;

  TrainerOptions Options() {
    TrainerOptions options;
    options.factory = ToyEnvironmentFactory(world);
    options.policy_of = [](std::string_view checkpoint, const sim::EnvironmentSpec&) {
      return Result<std::string>("policy of " + std::string(checkpoint));
    };
    options.make_run =
        [plan = plan](
            const agents::TrainingSettings& settings, const agents::EnvironmentMaker& make,
            const agents::ActionFilterMaker&) -> Result<std::unique_ptr<agents::TrainingRun>> {
      auto environment = make();
      if (!environment) return environment.error();
      return std::unique_ptr<agents::TrainingRun>(
          std::make_unique<ToyRun>(plan, settings, (*environment)->spec()));
    };
    return options;
  }
  void Open(TrainerOptions options) {
    trainer = std::make_unique<Trainer>(std::move(options), cost_models, newest_policy, notices);
  }
  void Open() { Open(Options()); }
  void Start(agents::CostSource source = agents::CostSource::kNone, const char* id = "toy") {
    trainer->Send(ui::StartTraining{id, {.cost_source = source}});
  }
  const ui::TrainingSnapshot& Shown() {
    trainer->snapshot().Refresh();
    return trainer->snapshot().value();
  }
  std::size_t Iterations() { return Shown().history ? Shown().history->size() : 0; }
  bool Reaches(TrainingState state) {
    return Eventually([&] { return Shown().state == state; });
  }
  bool Does(std::size_t iterations) {
    return Eventually([&] { return Iterations() >= iterations; });
  }
  template <typename Event>
  std::vector<Event> Said() {
    std::vector<TrainerEvent> taken;
    trainer->events().Take(taken);
    said.insert(said.end(), taken.begin(), taken.end());
    std::vector<Event> events;
    for (const TrainerEvent& event : said) {
      if (const auto* match = std::get_if<Event>(&event)) events.push_back(*match);
    }
    return events;
  }
};

}  // namespace lookout::app
