// What the networks of a cost model see of a step. Immutable; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/transitions/lidar_input.h"
#include "agents/feedback/transitions/transition.h"
#include "sim/base/choices.h"
#include "sim/base/result.h"
#include "sim/environment/observation_signature.h"

namespace lookout::agents {

// What of an observation a cost model looks at.
enum class InputChoice : std::uint8_t {
  kFull,   // all of it
  kWorld,  // lidars and distances: what is around, not how the robot itself moves
};
std::span<const Choice<InputChoice>> Choices(InputChoice kind);

// The places in the observation that a choice leaves out, ascending. Rejects (kBadInput) kWorld of
// a signature without lidars and distances, which the names of its entries tell.
Result<std::vector<int>> LeftOut(InputChoice choice, const sim::ObservationSignature& signature);

// Passes an observation on, without what is left out, but for the lidars: each becomes three
// values, the closeness of the nearest thing and the same as a vector towards it. Otherwise a
// network would have to learn "anything close" once for every bin, from the few dangers that a
// person marks: with the marks of ten episodes of PointGoal1 that is the difference between an AUC
// of 0.5 and of 0.99.
//
// Of the observations before, and of traces of them, what is passed on is how much each of those
// values has changed since, of a trace since their mean: steps are so short that the values
// themselves are nearly copies, in which a network does not find the change that tells fast from
// slow. Of the action, all values.
class CostInputs {
 public:
  CostInputs() = default;
  // left_out: places outside of lidars, ascending. Rejects (kBadInput) lidars and places that
  // overlap, are out of order or outside of the observation, inputs of nothing at all, and more
  // history or, with it, values than there is room for.
  static Result<CostInputs> Create(int observation_dim, std::vector<LidarInput> lidars,
                                   std::vector<int> left_out = {}, const PastInputs& past = {});

  int observation_dim() const { return observation_dim_; }
  // Values that the networks see: those of the state, then for each observation before it, the
  // latest first, by how much they changed since, the same for each trace, of the lidars alone for
  // each trace's peaks, then the action's.
  int dim() const;
  int state_dim() const;
  const std::vector<LidarInput>& lidars() const { return lidars_; }
  const std::vector<int>& left_out() const { return left_out_; }
  const PastInputs& past() const { return past_; }
  bool operator==(const CostInputs& other) const {
    return observation_dim_ == other.observation_dim_ && lidars_ == other.lidars_ &&
           left_out_ == other.left_out_ && past_ == other.past_;
  }

  // transitions: n, with the past that is looked at, and with actions of action_dim values or of
  // none, which are 0. out: [dim x n]. Does not allocate.
  void Write(const Transitions& transitions, Eigen::Ref<Eigen::MatrixXf> out) const;
  // Whether all is finite that is looked at of one transition, hidden by a lidar's nearest thing or
  // not, and its action has a length that fits.
  bool CanTell(const Transitions& transitions, Eigen::Index column) const;

 private:
  // out: [state_dim x n]. of_traces: the observations are traces, whose lidars hold means of the
  // nearest thing's place.
  void WriteStates(const Transitions::Columns& observations, bool of_traces,
                   Eigen::Ref<Eigen::MatrixXf> out) const;
  // The rows of `out`, [dim x n], that are of peaks.
  void WritePeaks(const Transitions& transitions, Eigen::Ref<Eigen::MatrixXf> out) const;
  // What lidar i says of its bins; to: kValuesPerLidar values.
  void WriteLidar(std::size_t i, const Eigen::Ref<const Eigen::VectorXf>& bins, bool of_trace,
                  float* to) const;
  bool FitsActions(const Transitions& transitions) const {
    return transitions.actions.rows() == 0 || transitions.actions.rows() == past_.action_dim;
  }

  int observation_dim_ = 0;
  std::vector<LidarInput> lidars_;
  std::vector<int> left_out_;
  PastInputs past_;
  std::vector<std::uint8_t> passed_on_;       // [observation_dim], 0: left out
  std::vector<Eigen::Matrix2Xf> directions_;  // of each lidar's bins, unit vectors
};

}  // namespace lookout::agents
