// Everything that `lookout goodhart` tells of a run: the chain from what was meant to what the
// agent does, the four ways in which a proxy fails, and cost against optimisation. The caller's
// thread; spreads its episodes over workers, which never change the result.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "agents/inspect/goodhart/causal.h"
#include "agents/inspect/goodhart/gaps.h"
#include "agents/inspect/goodhart/misses.h"
#include "agents/inspect/goodhart/overoptimisation.h"
#include "agents/inspect/goodhart/parting.h"
#include "agents/inspect/goodhart/regressional.h"
#include "app/goodhart/goodhart_run.h"
#include "app/goodhart/implementation_gap.h"
#include "app/project/project.h"

namespace lookout::app {

struct GoodhartSettings {
  int episodes = 20;                   // of each policy, all from the same seeds
  std::uint32_t seed = 2'500'000'000;  // of the first; trainings and evaluations begin elsewhere
  int workers = 2;                     // never changes the result
  int label_episodes = 12;    // of each of three policies, for the best model of the class; 0: none
  StepIndex label_every = 4;  // steps
  StepIndex causal_every = 25;  // steps between states in which changes are tried; 0: none
  bool again = true;            // whether iteration 1 is done again
  double price = 0.0;           // of a unit of cost in return; 0: the run's last multiplier
  float unsafe_from = 0.5F;
  int bootstrap = 1000;
  std::size_t most = 5;  // worst cases of each kind
};

// Of a policy that the run kept.
struct PolicyFigures {
  std::int64_t iteration = 0;
  std::string file;
  agents::ExtremalReport extremal;
};

struct GoodhartReport {
  std::string folder, environment, model_file, agent;
  bool is_of_project = false;  // then folder and model_file are words for people
  GoodhartSettings settings;
  std::int64_t last_iteration = 0;
  int diverged = 0;  // episodes that ended early for that
  std::string base;  // what the last policy is compared with: the first policy, or the random agent
  std::string base_file;

  // The chain. Nothing where it was not measured, for the reason beside it.
  std::optional<agents::LabelGap> labels;
  std::string no_labels;
  std::optional<agents::ModelGap> model;
  std::string no_model;
  ImplementationGap implementation;
  agents::RevealedGap revealed;  // against the random agent

  agents::RegressionReport steps, base_steps, base_episodes;
  std::vector<agents::BestOfNPoint> best_of_n;  // of the base's episodes
  std::vector<agents::WorstCase> worst_episodes;
  bool knows_support = false;
  float doubt_above = 0.0F;
  std::vector<PolicyFigures> policies;
  std::optional<agents::CausalReport> causal;
  std::string no_causal;
  std::vector<std::uint32_t> causal_seeds;  // by number of the episode
  std::vector<std::string> causal_changes;  // by number of the change
  agents::AdversarialReport adversarial;

  std::optional<agents::PressureReport> pressure;
  std::string no_pressure;
  double price = 1.0;
  std::optional<agents::PolicyParting> policy_parting;  // numbers of `pressure`'s policies
  std::optional<agents::Parting> training_parting;      // in the run's own log
};

// What is being done, and how much of it; false stops.
using GoodhartProgress = std::function<bool(const std::string& what, double fraction)>;

// project: with the labels that the model was fitted to; null: not known. Fails as what it is made
// of, and if it is stopped.
Result<GoodhartReport> MeasureGoodhart(const GoodhartRun& run, const GoodhartSettings& settings,
                                       Project* project, const sim::CameraFactory& cameras = {},
                                       const GoodhartProgress& progress = {});

}  // namespace lookout::app
