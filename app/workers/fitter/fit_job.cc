#include "app/workers/fitter/fit_job.h"

#include <algorithm>

namespace lookout::app {

FitJob::FitJob(FitterOptions options, FitterLinks links)
    : options_(std::move(options)), links_(links), changes_(options_.quiet, options_.patience) {
  state_.automatic = options_.automatic;
  for (const agents::CostModelPtr& model : options_.stored) {
    state_.versions.emplace_back(model->id(), model->report());
    next_id_.value = std::max(next_id_.value, model->id().value + 1);
  }
  if (!options_.stored.empty()) {
    state_.newest = options_.stored.back();
    links_.newest_model.Set(state_.newest);
  }
  options_.stored.clear();
  Publish();
}

void FitJob::Apply(FitterMessage message, SteadyTime now) {
  std::visit([&](auto&& specific) { On(std::forward<decltype(specific)>(specific), now); },
             std::move(message));
}

void FitJob::On(LabelsChanged&& message, SteadyTime now) {
  request_ = std::move(message.request);
  changes_.Change(now);
}

void FitJob::On(ui::FitNow&& message, SteadyTime) {
  options_.settings = message.settings;  // also of the automatic fits from now on
  asked_ = true;
}

void FitJob::On(ui::SetAutomaticFit&& message, SteadyTime) {
  state_.automatic = message.automatic;
  Publish();
}

SteadyTime FitJob::DueAt() const {
  if (asked_) return SteadyTime::min();
  return state_.automatic ? changes_.DueAt() : SteadyTime::max();
}

void FitJob::Fit(const std::function<void()>& poll, const std::stop_token& stop) {
  automatic_ = !std::exchange(asked_, false);
  steadfast_ = changes_.Overdue(std::chrono::steady_clock::now());
  const FitRequest request = request_.value_or(FitRequest{});
  const std::optional<SteadyTime> waited_since = changes_.Settle();
  const Result<agents::DerivedLabels> labels = LabelsOf(request);
  if (!labels) return ReportFailure(labels.error().message);
  state_.counts = labels->counts;
  state_.contradictions = labels->contradictions;
  state_.refusal.clear();
  // Nobody asked, and there is nothing to say about marks that are not there.
  if (automatic_ && labels->labels.rows() == 0) return Publish();
  if (!Learn(labels->labels, request.signature, poll, stop)) changes_.Unsettle(waited_since);
}

bool FitJob::Learn(const agents::LabelSet& labels, const sim::ObservationSignature& signature,
                   const std::function<void()>& poll, const std::stop_token& stop) {
  state_.fitting = true;
  state_.fraction = 0.0;
  Publish();
  const auto progress = [&](double fraction) {
    state_.fraction = fraction;
    poll();
    Publish();
    return !Superseded() && !stop.stop_requested();
  };
  agents::CostModelSettings settings = options_.settings;
  settings.signature = signature;
  Result<agents::CostModelPtr> model = options_.fit(labels, settings, next_id_, progress);
  state_.fitting = false;
  const bool given_up = !model && Superseded();
  if (model) {
    Accept(std::move(model).value());
  } else if (!given_up && !stop.stop_requested()) {
    state_.refusal = model.error().message;
  }
  Publish();
  return !given_up;
}

bool FitJob::Superseded() const {
  return automatic_ && (asked_ || (changes_.pending() && !steadfast_));
}

void FitJob::Accept(agents::CostModelPtr model) {
  next_id_.value = model->id().value + 1;
  state_.versions.emplace_back(model->id(), model->report());
  state_.newest = model;
  links_.newest_model.Set(model);
  links_.events.Put(ModelFitted{std::move(model)});
}

void FitJob::ReportFailure(const std::string& cause) {
  state_.fitting = false;
  state_.refusal = cause;
  Warn(links_.notices, "No cost model was fitted: " + cause);
  Publish();
}

void FitJob::Publish() {
  links_.snapshot.Writable() = state_;
  links_.snapshot.Publish();
}

}  // namespace lookout::app
