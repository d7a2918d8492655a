// The answers of one seed of an experiment on labels, and the cost models that are made of them, in
// files. One owner, one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/policies/policy.h"
#include "app/experiments/keep_going.h"
#include "app/experiments/labels/labels_settings.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"
#include "sim/environment/observation_signature.h"

namespace lookout::app {

// The first seeds of the episodes that a seed's answers are about, and of those that its agents are
// measured on; training starts from none of either.
struct EpisodeSeeds {
  std::uint32_t pool = 0;
  std::uint32_t evaluation = 0;
  std::uint32_t each = 0;  // that either may take up
};
EpisodeSeeds EpisodeSeedsOf(const LabelsSettings& settings, std::uint32_t seed);

// What all cells share.
struct LabelsWorld {
  const LabelsSettings& settings;
  const sim::CameraFactory& cameras;
  std::filesystem::path folder;
  agents::AnnotatorSpec annotator;  // without flips
  agents::PolicyPtr policy;
  sim::ObservationSignature signature;
  double step_s = 0.0;

  agents::AnnotatorSpec AnnotatorWith(double flips) const;
};

struct AnswersKey {
  Asking asking = Asking::kQueue;
  double flips = 0.0;
  int answers = 0;  // to give
  std::uint32_t seed = 0;
  bool operator==(const AnswersKey&) const = default;
};

struct AnswersFigures {
  int answers = 0;  // that were given
  int unsafe_answers = 0;
  double viewing_minutes = 0.0;
  bool both_verdicts = false;  // so that there were models to fit
};

// Of the files, without a folder: "answers-queue-flips0.1-700-seed0.json".
std::string FileNameOf(const AnswersKey& key);
// Of the model of a row with those answers, which is there if somebody said both safe and unsafe.
std::string ModelFileOf(CostRow row, const AnswersKey& key);

// Plays, asks and fits the models of all rows that ask so, and leaves their files, the figures' one
// last; where that is there already, only reads it. Rejects (kBadInput) figures that were made with
// other settings, and fewer clips than answers. Fails if it is stopped.
Result<AnswersFigures> AnswersOf(const LabelsWorld& world, const AnswersKey& key,
                                 const KeepGoing& keep_going);

}  // namespace lookout::app
