#include "agents/feedback/models/cost_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

#include "agents/learning/mlp.h"

namespace lookout::agents {
namespace {

constexpr int kValuesPerLidar = 3;

Eigen::Matrix2Xf Directions(int bins) {
  Eigen::Matrix2Xf directions(2, bins);
  for (int i = 0; i < bins; ++i) {
    const double angle = (i + 0.5) * 2.0 * std::numbers::pi / bins;
    directions.col(i) = Eigen::Vector2d(std::cos(angle), std::sin(angle)).cast<float>();
  }
  return directions;
}

bool IsOfWorld(std::string_view key) { return key.ends_with("_lidar") || key.ends_with("_dist"); }

// Whether every place is after the one before, in the observation and in no lidar.
bool AreLegal(const std::vector<int>& left_out, int observation_dim,
              const std::vector<LidarInput>& lidars) {
  int before = -1;
  for (const int place : left_out) {
    if (place <= before || place >= observation_dim) return false;
    for (const LidarInput& lidar : lidars) {
      if (place >= lidar.offset && place < lidar.offset + lidar.bins) return false;
    }
    before = place;
  }
  return true;
}

// state_dim: values that are looked at of one observation.
Status CheckPast(const PastInputs& past, int state_dim) {
  if (past.history < 0 || past.history > PastInputs::kMostHistory) {
    return BadInput(fmt::format("A cost model looks at 0 to {} observations before a step, not {}.",
                                PastInputs::kMostHistory, past.history));
  }
  if (past.traces < 0 || past.traces > PastInputs::kMostTraces) {
    return BadInput(fmt::format("A cost model has 0 to {} traces of the past, not {}.",
                                PastInputs::kMostTraces, past.traces));
  }
  const int most = Mlp::kMaxWidth;
  if (past == PastInputs{}) return {};
  const int states = 1 + past.history + 2 * past.traces;  // peaks are no more than a state
  if (past.action_dim < 0 || past.action_dim > most ||
      states * state_dim > most - past.action_dim) {
    return BadInput(fmt::format(
        "{} observations and traces of {} values and an action of {} are more than the {} values "
        "that a cost model takes; look at fewer of what was before a step.",
        states, state_dim, past.action_dim, most));
  }
  return {};
}

}  // namespace

std::span<const Choice<InputChoice>> Choices(InputChoice /*kind*/) {
  static constexpr std::array<Choice<InputChoice>, 2> kChoices{
      {{InputChoice::kFull, "full"}, {InputChoice::kWorld, "world"}}};
  return kChoices;
}

Result<std::vector<int>> LeftOut(InputChoice choice, const sim::ObservationSignature& signature) {
  std::vector<int> left_out;
  if (choice == InputChoice::kFull) return left_out;
  int place = 0;
  for (const sim::ObservationSignature::Entry& entry : signature.entries()) {
    for (const int end = place + entry.size; place < end; ++place) {
      if (!IsOfWorld(entry.key)) left_out.push_back(place);
    }
  }
  if (std::ssize(left_out) == signature.observation_dim()) {
    return BadInput(
        "The observation has no lidars and no distances that a cost model could look at alone; "
        "fit it to the full observation.");
  }
  return left_out;
}

Result<CostInputs> CostInputs::Create(int observation_dim, std::vector<LidarInput> lidars,
                                      std::vector<int> left_out, const PastInputs& past) {
  int end = 0;
  for (const LidarInput& lidar : lidars) {
    if (lidar.offset < end || lidar.bins < 0 || lidar.bins > observation_dim - lidar.offset) {
      return BadInput(
          fmt::format("A lidar of {} bins at {} does not fit an observation of {} values or the "
                      "lidar before it.",
                      lidar.bins, lidar.offset, observation_dim));
    }
    end = lidar.offset + lidar.bins;
  }
  if (!AreLegal(left_out, observation_dim, lidars) || std::ssize(left_out) == observation_dim) {
    return BadInput(fmt::format(
        "The places that are left out do not fit an observation of {} values and its lidars.",
        observation_dim));
  }
  CostInputs inputs;
  inputs.observation_dim_ = observation_dim;
  inputs.passed_on_.assign(static_cast<std::size_t>(observation_dim), 1);
  for (const int place : left_out) inputs.passed_on_[static_cast<std::size_t>(place)] = 0;
  inputs.left_out_ = std::move(left_out);
  for (const LidarInput& lidar : lidars) inputs.directions_.push_back(Directions(lidar.bins));
  inputs.lidars_ = std::move(lidars);
  if (Status fits = CheckPast(past, inputs.state_dim()); !fits) return fits.error();
  inputs.past_ = past;
  inputs.past_.lidars = past.traces > 0 ? inputs.lidars_ : std::vector<LidarInput>();
  if (past.traces == 0) inputs.past_.peaks = true;
  return inputs;
}

int CostInputs::state_dim() const {
  int dim = observation_dim_ - static_cast<int>(left_out_.size());
  for (const LidarInput& lidar : lidars_) dim += kValuesPerLidar - lidar.bins;
  return dim;
}

int CostInputs::dim() const {
  const int peaks = past_.peaks ? kValuesPerLidar * static_cast<int>(lidars_.size()) : 0;
  return (1 + past_.history + past_.traces) * state_dim() + past_.traces * peaks + past_.action_dim;
}

void CostInputs::Write(const Transitions& transitions, Eigen::Ref<Eigen::MatrixXf> out) const {
  LOOKOUT_CHECK(out.rows() == dim() && transitions.count() == out.cols() && transitions.Has(past_),
                "transitions do not fit the inputs of the cost model");
  const int state = state_dim();
  WriteStates(transitions.next_observations, false, out.topRows(state));
  const auto write_change = [&](int place, const Transitions::Columns& since, bool is_trace) {
    auto change = out.middleRows(static_cast<Eigen::Index>(place) * state, state);
    WriteStates(since, is_trace, change);
    change = out.topRows(state) - change;
  };
  for (int steps = 1; steps <= past_.history; ++steps) {
    write_change(steps, transitions.ObservationsBefore(steps), false);
  }
  for (int i = 0; i < past_.traces; ++i) {
    write_change(1 + past_.history + i, transitions.Trace(i), !transitions.is_state());
  }
  WritePeaks(transitions, out);
  if (past_.action_dim == 0) return;
  auto action = out.bottomRows(past_.action_dim);
  if (transitions.actions.rows() == past_.action_dim) {
    action = transitions.actions;
  } else {
    action.setZero();
  }
}

bool CostInputs::CanTell(const Transitions& transitions, Eigen::Index column) const {
  if (!transitions.next_observations.col(column).allFinite()) return false;
  for (int steps = 1; steps <= past_.history; ++steps) {
    if (!transitions.ObservationsBefore(steps).col(column).allFinite()) return false;
  }
  for (int i = 0; i < past_.traces; ++i) {
    if (!transitions.Trace(i).col(column).allFinite()) return false;
    if (past_.peaks && !transitions.Peaks(i).col(column).allFinite()) return false;
  }
  return past_.action_dim == 0 ||
         (FitsActions(transitions) && transitions.actions.col(column).allFinite());
}

void CostInputs::WriteStates(const Transitions::Columns& observations, bool of_traces,
                             Eigen::Ref<Eigen::MatrixXf> out) const {
  LOOKOUT_CHECK(observations.rows() == observation_dim_,
                "observations do not fit the inputs of the cost model");
  for (Eigen::Index column = 0; column < observations.cols(); ++column) {
    const float* from = observations.col(column).data();
    float* to = out.col(column).data();
    int next = 0;
    const auto pass_on = [&](int end) {
      for (; next < end; ++next) {
        if (passed_on_[static_cast<std::size_t>(next)] != 0) *to++ = from[next];
      }
    };
    for (std::size_t i = 0; i < lidars_.size(); ++i) {
      pass_on(lidars_[i].offset);
      if (lidars_[i].bins == 0) {
        to = std::fill_n(to, kValuesPerLidar, 0.0F);
        continue;
      }
      const Eigen::Map<const Eigen::VectorXf> bins(from + next, lidars_[i].bins);
      WriteLidar(i, bins, of_traces, to);
      to += kValuesPerLidar;
      next += lidars_[i].bins;
    }
    pass_on(observation_dim_);
  }
}

void CostInputs::WritePeaks(const Transitions& transitions, Eigen::Ref<Eigen::MatrixXf> out) const {
  if (!past_.peaks) return;
  const bool of_trace = !transitions.is_state();
  Eigen::Index row = (1 + past_.history + past_.traces) * state_dim();
  for (int trace = 0; trace < past_.traces; ++trace) {
    const Transitions::Columns peaks = transitions.Peaks(trace);
    for (std::size_t i = 0; i < lidars_.size(); ++i) {
      const auto write = [&](const Transitions::Columns& from, Eigen::Index column, bool is_trace) {
        std::array<float, kValuesPerLidar> seen{};
        const auto& [offset, bins] = lidars_[i];
        if (bins > 0) WriteLidar(i, from.col(column).segment(offset, bins), is_trace, seen.data());
        return Eigen::Vector3f(seen.data());
      };
      for (Eigen::Index column = 0; column < out.cols(); ++column) {
        out.col(column).segment<kValuesPerLidar>(row) =
            write(transitions.next_observations, column, false) - write(peaks, column, of_trace);
      }
      row += kValuesPerLidar;
    }
  }
}

void CostInputs::WriteLidar(std::size_t i, const Eigen::Ref<const Eigen::VectorXf>& bins,
                            bool of_trace, float* to) const {
  if (of_trace) {
    const Eigen::Vector2f vector = directions_[i] * bins;
    to[0] = bins.sum();
    to[1] = vector.x();
    to[2] = vector.y();
    return;
  }
  Eigen::Index nearest = 0;
  const float closeness = bins.maxCoeff(&nearest);
  to[0] = closeness;
  to[1] = closeness * directions_[i](0, nearest);
  to[2] = closeness * directions_[i](1, nearest);
}

}  // namespace lookout::agents
