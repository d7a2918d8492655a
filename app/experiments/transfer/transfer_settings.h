// What an experiment on transfer is run with: whether cost models and policies that were learned in
// one environment are of use in others. Value types; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/experiments/place_name.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/config/config.h"

namespace lookout::app {

// What a cost model looks at, and from whose answers it was fitted.
enum class TransferInputs : std::uint8_t {
  kFull,   // the whole observation
  kWorld,  // what is around alone, without the robot's own movement
  // The same, fitted anew to the answers of both places: those of the source, observed in the
  // target's terms, and a few in the target. At home, to those few alone.
  kWorldAndAnswers,
};
inline constexpr std::size_t kTransferInputs = 3;
std::span<const Choice<TransferInputs>> Choices(TransferInputs inputs);

// An environment, and who plays there.
struct TransferPlace {
  sim::EnvironmentConfig environment;
  std::string policy;  // path of a policy file; empty: the careful script
};

struct TransferSettings {
  std::vector<TransferPlace> places;  // of different names, see PlaceName
  std::string annotator;              // as agents::ParseAnnotator reads it
  int answers = 200;                  // in each place
  int few_answers = 30;  // the first of them, which other places' models may have, too; <= answers
  int batch = 25;        // answers between two fits of the model that the queue goes by
  int clip_steps = 50;
  int pool_episodes = 40;        // that may be asked about
  int selection_episodes = 10;   // on which thresholds are chosen
  int evaluation_episodes = 20;  // on which everything is measured
};

// The numbers, as options of the command line.
template <FieldsOf<TransferSettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<TransferSettings>;
  visit(F("answers", "clips that are answered about in each environment").Within(1, 100'000),
        s.answers);
  visit(F("few-answers", "the first of them, which models from elsewhere may have as well")
            .Within(1, 100'000),
        s.few_answers);
  visit(
      F("batch", "answers between two fits of the model that the queue goes by").Within(1, 100'000),
      s.batch);
  visit(F("clip-steps", "steps of a clip").Within(1, 100'000), s.clip_steps);
  visit(F("pool-episodes", "episodes that may be asked about").Within(1, 500), s.pool_episodes);
  visit(F("selection-episodes", "episodes that thresholds are chosen on").Within(1, 500),
        s.selection_episodes);
  visit(F("evaluation-episodes", "episodes that everything is measured on").Within(1, 500),
        s.evaluation_episodes);
}

// The first seeds of a seed's episodes, in every environment; each purpose may take up as many as
// `each`.
struct TransferSeeds {
  std::uint32_t pool = 0;
  std::uint32_t selection = 0;
  std::uint32_t evaluation = 0;
  static constexpr std::uint32_t kEach = 1000;
};
TransferSeeds TransferSeedsOf(std::uint32_t seed);

}  // namespace lookout::app
