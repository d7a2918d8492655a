#include "agents/overseer/simulated_person.h"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "agents/overseer/danger_ahead.h"
#include "agents/overseer/fallback.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr std::array kPersonDoesNames{Choice<PersonDoes>{PersonDoes::kBlock, "block"},
                                      Choice<PersonDoes>{PersonDoes::kDrive, "drive"}};

// Uniform in [0, 1), of numbers that tell dangers apart (splitmix64 of Steele, Lea and Flood 2014).
double Drawn(std::initializer_list<std::uint64_t> numbers) {
  std::uint64_t mixed = 0;
  for (const std::uint64_t number : numbers) {
    mixed = (mixed ^ number) + 0x9E3779B97F4A7C15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    mixed ^= mixed >> 31U;
  }
  return double(mixed >> 11U) * 0x1.0p-53;
}

class SimulatedPerson : public ActionFilter {
 public:
  SimulatedPerson(const sim::EnvironmentConfig& config, const sim::EnvironmentSpec& spec,
                  const SimulatedPersonSettings& settings, Fallback fallback,
                  DrivingPolicyPtr script)
      : settings_(settings),
        lag_steps_(static_cast<int>(std::lround(settings.lag_s / spec.step_duration_s))),
        clear_steps_(static_cast<int>(std::lround(settings.clear_s / spec.step_duration_s))),
        ahead_(config, settings.foresight_s, settings.margin_m),
        fallback_(fallback),
        script_(std::move(script)) {
    action_.setZero(spec.action_dim);
  }

  std::string name() const override { return "Simulated person"; }

  void BeginEpisode() override {
    for (Watched& watched : watched_) watched = {};
    drives_ = false;
  }

  Decision Review(const ActionContext& context, const Eigen::VectorXd&) override {
    const auto* const gym = dynamic_cast<const sim::SafetyGym*>(&context.environment);
    LOOKOUT_CHECK(gym != nullptr, "a simulated person sees Safety Gym's worlds alone");
    const bool acts = Watch(*gym, context.step);
    const bool begins = acts && !std::exchange(drives_, acts);
    if (!acts) return Decision::Pass();
    if (script_ == nullptr) {
      fallback_.Brake(*gym, action_);
      return Decision::Replace(action_, sim::ActionSource::kOverseer, "saw danger ahead");
    }
    if (begins) {
      memory_ = script_->NewMemory();
      random_.Seed(gym->setup().generator_seed ^ static_cast<std::uint32_t>(context.step));
    }
    script_->Act(gym->observation(), *memory_, random_, action_);
    return Decision::Replace(action_, sim::ActionSource::kHuman, "took the wheel: danger ahead");
  }

 private:
  struct Watched {
    enum class Danger : std::uint8_t { kNone, kMissed, kSeen };
    Danger danger = Danger::kNone;
    int since = 0;              // step
    int last = 0;               // step in which it was still there
    std::uint64_t earlier = 0;  // dangers of that object in this episode
  };

  // Whether the person's hand is on it in that step.
  bool Watch(const sim::SafetyGym& gym, int step) {
    const std::vector<bool>& dangers = ahead_.Look(gym);
    watched_.resize(dangers.size());
    bool acts = false;
    for (std::size_t i = 0; i < dangers.size(); ++i) {
      Watched& watched = watched_[i];
      if (dangers[i]) {
        if (watched.danger == Watched::Danger::kNone) Begin(gym, i, step, watched);
        watched.last = step;
      } else if (step - watched.last > clear_steps_) {
        watched.danger = Watched::Danger::kNone;
      }
      acts =
          acts || (watched.danger == Watched::Danger::kSeen && step - watched.since >= lag_steps_);
    }
    return acts;
  }

  void Begin(const sim::SafetyGym& gym, std::size_t object, int step, Watched& watched) const {
    const double drawn = Drawn(
        {settings_.seed, gym.setup().generator_seed, std::uint64_t{object}, watched.earlier++});
    watched.danger = drawn < settings_.misses ? Watched::Danger::kMissed : Watched::Danger::kSeen;
    watched.since = step;
  }

  SimulatedPersonSettings settings_;
  int lag_steps_;
  int clear_steps_;
  DangerAhead ahead_;
  Fallback fallback_;
  DrivingPolicyPtr script_;       // null: the person brakes
  std::vector<Watched> watched_;  // by object of the scene
  bool drives_ = false;           // or brakes, in the last step that it was asked about
  std::unique_ptr<PolicyMemory> memory_;
  RandomState random_;
  Eigen::VectorXd action_;
};

}  // namespace

std::span<const Choice<PersonDoes>> Choices(PersonDoes) { return kPersonDoesNames; }

Result<std::unique_ptr<ActionFilter>> MakeSimulatedPerson(const sim::EnvironmentConfig& config,
                                                          const sim::EnvironmentSpec& spec,
                                                          const SimulatedPersonSettings& settings) {
  auto fallback = Fallback::Create(config, spec);
  if (!fallback.ok()) return fallback.error();
  DrivingPolicyPtr script;
  if (settings.does == PersonDoes::kDrive) {
    auto made = MakeGoToGoalDriver(config, spec, /*careful=*/true);
    if (!made.ok()) return made.error();
    script = std::move(*made);
  }
  return std::unique_ptr<ActionFilter>(
      std::make_unique<SimulatedPerson>(config, spec, settings, *fallback, std::move(script)));
}

}  // namespace lookout::agents
