// Moments and models for explanations to be tried on.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/cost_model.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents::test {

// The cost model of PointGoal1 that comes with the program.
CostModelPtr ShippedModel();

// An ensemble with weights at random, a history of no steps and a calibration that is not the
// usual; nearest_things: lidars are reduced to their nearest thing, and the first value is left
// out.
CostModelPtr RandomModel(const sim::ObservationSignature& signature, bool nearest_things,
                         std::uint32_t seed = 3);

std::unique_ptr<sim::SafetyGym> World(const sim::EnvironmentConfig& config, std::uint32_t seed = 6);
// PointGoal1 after some steps of chance.
std::unique_ptr<sim::SafetyGym> PointGoalMoment(std::uint32_t seed = 6, int steps = 30);

// A robot at the origin that looks along +x, hazards where it is told and nothing else in sight.
std::unique_ptr<sim::SafetyGym> AmongHazards(const std::vector<std::array<double, 2>>& places);

// Puts the robot so far in front of a hazard's centre, looking along +x, as it has to stand for the
// shipped model to call it unsafe (0.1) or not (1.5).
void StandBefore(sim::SafetyGym& world, int hazard, double distance_m);

// In scene().objects.
int ObjectOf(const sim::SafetyGym& world, sim::SceneObjectKind kind, int index);

// First value of an entry in the observation.
int PlaceOf(const sim::SafetyGym& world, std::string_view key);

}  // namespace lookout::agents::test
