#include "tests/support/toy_environments.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/base/random_state.h"

namespace lookout::test {
namespace {

using sim::EpisodeStatus;
using sim::StepResult;

// What the toys share: seeding as Safety Gym does it, and a spec.
class ToyEnvironment : public sim::Environment {
 public:
  explicit ToyEnvironment(sim::EnvironmentSpec spec) : spec_(std::move(spec)) {
    observation_.setZero(spec_.observation_dim);
  }
  const sim::EnvironmentSpec& spec() const override { return spec_; }
  const Eigen::VectorXd& observation() const override { return observation_; }
  Status Reset(std::uint32_t seed) override {
    seed_ = seed;
    random_.Seed(seed_ + 1);
    step_ = 0;
    Begin();
    return {};
  }
  Status ResetNext() override { return Reset(seed_ + 1); }

 protected:
  virtual void Begin() = 0;
  sim::EnvironmentSpec spec_;
  Eigen::VectorXd observation_;
  RandomState random_;
  std::uint32_t seed_ = 0;
  int step_ = 0;
};

class QuadraticEnvironment : public ToyEnvironment {
 public:
  explicit QuadraticEnvironment(const QuadraticOptions& options)
      : ToyEnvironment({.id = "Quadratic",
                        .observation_dim = 2,
                        .action_dim = 1,
                        .max_episode_steps = options.length}),
        options_(options) {}

  StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    const double a = std::clamp(action[0], -1.0, 1.0);
    StepResult result;
    result.reward = -(a - 1.0) * (a - 1.0) + options_.reward_noise * random_.Normal();
    result.costs.total = a > 0.0 ? a * a : 0.0;
    ++step_;
    Observe();
    if (step_ == options_.length) result.status = EpisodeStatus::kTimedOut;
    if (options_.diverge_every > 0 && seed_ % options_.diverge_every == 0 &&
        step_ == options_.length / 2) {
      result.status = EpisodeStatus::kDiverged;
      result.reward = -1e9;
      observation_.setConstant(std::nan(""));
    }
    return result;
  }

 private:
  void Begin() override { Observe(); }
  void Observe() { observation_ << 1.0, random_.Uniform(-1.0, 1.0); }
  QuadraticOptions options_;
};

class EdgeEnvironment : public ToyEnvironment {
 public:
  EdgeEnvironment()
      : ToyEnvironment(
            {.id = "Edge", .observation_dim = 2, .action_dim = 1, .max_episode_steps = 20}) {}

  StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    const double a = action[0];
    observation_[1] = a;
    StepResult result;
    result.reward = -(a - 1.0) * (a - 1.0);
    result.costs.total = a > 0.5 ? 1.0 : 0.0;
    if (++step_ == spec_.max_episode_steps) result.status = EpisodeStatus::kTimedOut;
    return result;
  }

 private:
  void Begin() override { observation_ << 1.0, 0.0; }
};

class WanderEnvironment : public ToyEnvironment {
 public:
  WanderEnvironment()
      : ToyEnvironment(
            {.id = "Wander", .observation_dim = 3, .action_dim = 2, .max_episode_steps = 40}) {}

  StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    position_ += 0.1 * action[0] + 0.05 * random_.Normal();
    ++step_;
    Observe();
    StepResult result;
    result.reward = position_ - 0.01 * action[1] * action[1];
    result.costs.total = position_ > 0.5 ? 1.0 : 0.0;
    if (step_ == length_) result.status = EpisodeStatus::kTimedOut;
    if (step_ >= 5 && position_ > 1.5) result.status = EpisodeStatus::kGoalMet;
    if (step_ >= 5 && position_ < -1.5) result.status = EpisodeStatus::kNoGoalPlaceable;
    return result;
  }

 private:
  void Begin() override {
    position_ = random_.Uniform(-1.0, 1.0);
    length_ = 10 + random_.Choice(31);
    Observe();
  }
  void Observe() { observation_ << position_, double(step_) / 40.0, random_.Uniform(0.0, 1.0); }
  double position_ = 0.0;
  int length_ = 0;
};

class RecallEnvironment : public ToyEnvironment {
 public:
  RecallEnvironment()
      : ToyEnvironment(
            {.id = "Recall", .observation_dim = 2, .action_dim = 1, .max_episode_steps = 8}) {}

  StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    StepResult result;
    if (++step_ == spec_.max_episode_steps) {
      const double error = std::clamp(action[0], -1.0, 1.0) - shown_;
      result.reward = -error * error;
      result.status = EpisodeStatus::kTimedOut;
    }
    observation_ << 0.0, (step_ + 1 == spec_.max_episode_steps ? 1.0 : 0.0);
    return result;
  }

 private:
  void Begin() override {
    shown_ = seed_ % 2 == 0 ? 1.0 : -1.0;
    observation_ << shown_, 0.0;
  }
  double shown_ = 0.0;
};

class CopyEnvironment : public ToyEnvironment {
 public:
  explicit CopyEnvironment(int delay)
      : ToyEnvironment(
            {.id = "Copy", .observation_dim = 2, .action_dim = 1, .max_episode_steps = 24}),
        delay_(delay) {}

  StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    StepResult result;
    if (step_ >= delay_) {
      const double error = std::clamp(action[0], -1.0, 1.0) - shown_[step_ - delay_];
      result.reward = 1.0 - error * error;
    }
    if (++step_ == spec_.max_episode_steps) result.status = EpisodeStatus::kTimedOut;
    Show();
    return result;
  }

 private:
  void Begin() override {
    shown_.clear();
    Show();
  }
  void Show() {
    shown_.push_back(random_.Choice(2) == 0 ? 1.0 : -1.0);
    observation_ << shown_.back(), 1.0;
  }
  int delay_;
  std::vector<double> shown_;
};

class MazeEnvironment : public ToyEnvironment {
 public:
  MazeEnvironment()
      : ToyEnvironment(
            {.id = "Maze", .observation_dim = 3, .action_dim = 2, .max_episode_steps = 20}) {}

  StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    StepResult result;
    result.reward = -0.02;
    if (place_ >= kCorridor) {
      result.reward += action[1] * goal_ > 0.0 ? 1.0 : -1.0;
      result.status = EpisodeStatus::kGoalMet;
    } else {
      place_ = std::max(0.0, place_ + std::clamp(action[0], -1.0, 1.0));
    }
    if (++step_ == spec_.max_episode_steps && !IsDone(result.status)) {
      result.status = EpisodeStatus::kTimedOut;
    }
    observation_ << 0.0, (place_ >= kCorridor ? 1.0 : 0.0), 1.0;
    return result;
  }

 private:
  static constexpr double kCorridor = 4.0;
  void Begin() override {
    goal_ = seed_ % 2 == 0 ? 1.0 : -1.0;
    place_ = 0.0;
    observation_ << goal_, 0.0, 1.0;
  }
  double goal_ = 0.0;
  double place_ = 0.0;
};

}  // namespace

std::unique_ptr<sim::Environment> MakeQuadraticEnvironment(const QuadraticOptions& options) {
  return std::make_unique<QuadraticEnvironment>(options);
}

std::unique_ptr<sim::Environment> MakeEdgeEnvironment() {
  return std::make_unique<EdgeEnvironment>();
}

std::unique_ptr<sim::Environment> MakeWanderEnvironment() {
  return std::make_unique<WanderEnvironment>();
}

std::unique_ptr<sim::Environment> MakeRecallEnvironment() {
  return std::make_unique<RecallEnvironment>();
}

std::unique_ptr<sim::Environment> MakeCopyEnvironment(int delay) {
  return std::make_unique<CopyEnvironment>(delay);
}

std::unique_ptr<sim::Environment> MakeMazeEnvironment() {
  return std::make_unique<MazeEnvironment>();
}

}  // namespace lookout::test
