#include "agents/rl/settings/training_settings.h"

#include <array>

#include "agents/rl/settings/iteration_report.h"

namespace lookout::agents {
namespace {

constexpr std::array<Choice<Algorithm>, kAlgorithmCount> kAlgorithms{
    {{Algorithm::kPpo, "ppo"},
     {Algorithm::kPpoLagrangian, "ppo-lag"},
     {Algorithm::kTrpo, "trpo"},
     {Algorithm::kTrpoLagrangian, "trpo-lag"},
     {Algorithm::kCpo, "cpo"}}};

constexpr std::array<Choice<MultiplierKind>, 3> kMultiplierKinds{
    {{MultiplierKind::kLagrange, "lagrange"},
     {MultiplierKind::kPid, "pid"},
     {MultiplierKind::kFixed, "fixed"}}};

// One kind alone goes by the name that the simulation gives it.
constexpr std::array<Choice<CostSource>, kCostSourceCount> kCostSources{
    {{CostSource::kRule, "rule"},
     {CostSource::kLearned, "learned"},
     {CostSource::kNone, "none"},
     {CostSource::kSum, "sum"},
     {CostSource::kMaximum, "max"},
#define LOOKOUT_CHOICE(id, name) {CostSource::k##id, #name},
     LOOKOUT_COST_KINDS(LOOKOUT_CHOICE)
#undef LOOKOUT_CHOICE
    }};

constexpr std::array<Choice<LearnFrom>, 3> kLearnFroms{{{LearnFrom::kProposed, "proposed"},
                                                        {LearnFrom::kExecuted, "executed"},
                                                        {LearnFrom::kBoth, "both"}}};

// Names in files; what the window says is CpoCaseName.
constexpr std::array<Choice<CpoCase>, kCpoCaseCount> kCpoCases{
    {{CpoCase::kNone, "none"},
     {CpoCase::kRecovery, "recovery"},
     {CpoCase::kPartly, "partly"},
     {CpoCase::kBoundary, "boundary"},
     {CpoCase::kInside, "inside"},
     {CpoCase::kNoGradient, "no-gradient"}}};
constexpr std::array<std::string_view, kCpoCaseCount> kCpoCaseNames{
    "", "recovery", "partly feasible", "boundary", "inside", "no cost gradient"};

std::string Label(const TrainingSettings& settings, std::string_view algorithm,
                  std::string_view after_multiplier) {
  std::string label(algorithm);
  if (settings.network != NetworkKind::kMlp)
    label.append(", ").append(NetworkName(settings.network));
  if (HasMultiplier(settings.algorithm) && settings.multiplier_kind != MultiplierKind::kLagrange) {
    label.append(", ").append(ChoiceName(settings.multiplier_kind));
    label += after_multiplier;
  }
  if (settings.cost_source != CostSource::kRule) {
    label.append(", cost ").append(ChoiceName(settings.cost_source));
  }
  if (!settings.overseer.empty()) label.append(", under ").append(settings.overseer);
  if (!settings.start_from.empty()) label.append(", from ").append(settings.start_from);
  return label;
}

}  // namespace

std::span<const Choice<Algorithm>> Choices(Algorithm /*kind*/) { return kAlgorithms; }
std::span<const Choice<MultiplierKind>> Choices(MultiplierKind /*kind*/) {
  return kMultiplierKinds;
}
std::span<const Choice<CostSource>> Choices(CostSource /*kind*/) { return kCostSources; }
std::span<const Choice<LearnFrom>> Choices(LearnFrom /*kind*/) { return kLearnFroms; }
std::span<const Choice<CpoCase>> Choices(CpoCase /*kind*/) { return kCpoCases; }

std::string_view AlgorithmName(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kPpo:
      return "PPO";
    case Algorithm::kPpoLagrangian:
      return "PPO-Lagrangian";
    case Algorithm::kTrpo:
      return "TRPO";
    case Algorithm::kTrpoLagrangian:
      return "TRPO-Lagrangian";
    case Algorithm::kCpo:
      return "CPO";
  }
  return {};
}

bool IsConstrained(Algorithm algorithm) {
  return algorithm != Algorithm::kPpo && algorithm != Algorithm::kTrpo;
}

bool HasMultiplier(Algorithm algorithm) {
  return algorithm == Algorithm::kPpoLagrangian || algorithm == Algorithm::kTrpoLagrangian;
}

bool NeedsCostModel(CostSource source) {
  return source == CostSource::kLearned || source == CostSource::kSum ||
         source == CostSource::kMaximum;
}

std::optional<sim::CostKind> OnlyKind(CostSource source) {
  const int kind = static_cast<int>(source) - static_cast<int>(CostSource::kMaximum) - 1;
  if (kind < 0) return std::nullopt;
  return static_cast<sim::CostKind>(kind);
}

std::string_view CpoCaseName(CpoCase value) {
  return kCpoCaseNames[static_cast<std::size_t>(value)];
}

int CpoCaseNumber(CpoCase value) { return static_cast<int>(value) - 1; }

std::string AgentLabel(const TrainingSettings& settings) {
  return Label(settings, AlgorithmName(settings.algorithm), " multiplier");
}

std::string ShortAgentLabel(const TrainingSettings& settings) {
  const std::string_view name = AlgorithmName(settings.algorithm);
  return Label(settings, name.substr(0, name.find("rangian")), "");
}

}  // namespace lookout::agents
