#include "agents/feedback/targets/label_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>

namespace lookout::agents {
namespace {

bool AllFinite(auto values) {
  return std::ranges::all_of(values, [](auto value) { return std::isfinite(value); });
}

Error OtherLength(std::string_view what, EpisodeId episode, StepIndex step, std::size_t values,
                  int expected) {
  return BadInput(fmt::format(
      "Step {} of episode {} has an {} of {} values where the others have {}; fit marks "
      "of one kind of environment at a time.",
      step, episode.value, what, values, expected));
}

Eigen::MatrixXf Matrix(const std::vector<float>& values, Eigen::Index rows, int columns) {
  return Eigen::Map<const Eigen::MatrixXf>(values.data(), rows, columns);
}

}  // namespace

Result<bool> LabelColumns::Add(EpisodeId episode, StepIndex step) {
  for (const auto add :
       {&LabelColumns::AddObservation, &LabelColumns::AddEarlier, &LabelColumns::AddAction}) {
    Result<bool> added = (this->*add)(episode, step);
    if (!added.ok()) return added;
    if (!*added) {
      Drop();
      return false;
    }
  }
  ++count_;
  return true;
}

void LabelColumns::Shrink(int count) {
  count_ = count;
  Drop();
}

Eigen::MatrixXf LabelColumns::Observations() const {
  return Matrix(values_, recorded_.observation_dim, count_);
}

LabelledPast LabelColumns::Past() const {
  return {.observations = Matrix(earlier_, PastRows(), count_),
          .actions = Matrix(actions_, recorded_.past.action_dim, count_),
          .traces = recorded_.past.traces};
}

Result<std::optional<LabelColumns::Observation>> LabelColumns::Look(EpisodeId episode,
                                                                    StepIndex step) const {
  const std::span<const float> found = recorded_.observation_of(episode, step);
  if (found.empty() || !AllFinite(found)) return std::optional<Observation>{};
  if (found.size() != static_cast<std::size_t>(recorded_.observation_dim)) {
    return OtherLength("observation", episode, step, found.size(), recorded_.observation_dim);
  }
  return std::optional(Observation(found.data(), recorded_.observation_dim));
}

Result<bool> LabelColumns::AddObservation(EpisodeId episode, StepIndex step) {
  const auto observation = Look(episode, step);
  if (!observation.ok()) return observation.error();
  if (!*observation) return false;
  values_.insert(values_.end(), (*observation)->begin(), (*observation)->end());
  return true;
}

Result<bool> LabelColumns::AddEarlier(EpisodeId episode, StepIndex step) {
  if (!recorded_.past.LooksBack()) return true;
  const StepIndex before = std::max(step - 1, 0);
  Result<bool> walked = WalkTo(episode, before);
  if (!walked.ok() || !*walked) return walked;
  const auto observation = Look(episode, before);
  if (!observation.ok()) return observation.error();
  if (!*observation) return false;
  earlier_.insert(earlier_.end(), (*observation)->begin(), (*observation)->end());
  const auto earlier = history_.earlier();
  earlier_.insert(earlier_.end(), earlier.begin(), earlier.end());
  return true;
}

Result<bool> LabelColumns::WalkTo(EpisodeId episode, StepIndex step) {
  if (!recorded_.past.BeyondOneStep()) return true;
  // Traces hold all of the episode.
  const StepIndex reach = recorded_.past.traces > 0 ? step : recorded_.past.history - 1;
  const StepIndex first = std::max(step - reach, 0);
  const bool goes_on = walked_ == episode && walked_to_ >= first && walked_to_ <= step;
  if (!goes_on) walked_to_ = -1;
  walked_ = episode;
  for (StepIndex at = goes_on ? walked_to_ + 1 : first; at <= step; ++at) {
    const auto observation = Look(episode, at);
    const bool usable = observation.ok() && *observation;
    if (!usable) walked_to_ = -1;
    if (!observation.ok()) return observation.error();
    if (!usable) return false;
    if (walked_to_ < 0) {
      history_.Begin(**observation);
    } else {
      history_.Add(**observation);
    }
    walked_to_ = at;
  }
  return true;
}

Result<bool> LabelColumns::AddAction(EpisodeId episode, StepIndex step) {
  const auto dim = static_cast<std::size_t>(recorded_.past.action_dim);
  if (dim == 0) return true;
  if (step == 0) {  // nothing led to it
    actions_.insert(actions_.end(), dim, 0.0F);
    return true;
  }
  const std::span<const double> action = recorded_.action_of(episode, step);
  if (action.empty() || !AllFinite(action)) return false;
  if (action.size() != dim) {
    return OtherLength("action", episode, step, action.size(), recorded_.past.action_dim);
  }
  for (const double value : action) actions_.push_back(static_cast<float>(value));
  return true;
}

void LabelColumns::Drop() {
  const auto keep = [this](std::vector<float>& values, Eigen::Index rows) {
    values.resize(static_cast<std::size_t>(count_) * static_cast<std::size_t>(rows));
  };
  keep(values_, recorded_.observation_dim);
  keep(earlier_, PastRows());
  keep(actions_, recorded_.past.action_dim);
}

Eigen::Index LabelColumns::PastRows() const {
  if (!recorded_.past.LooksBack()) return 0;
  return recorded_.observation_dim + recorded_.past.EarlierRows(recorded_.observation_dim);
}

}  // namespace lookout::agents
