#include "app/workers/fitter/fit_job.h"

#include <fmt/format.h>

#include <algorithm>

#include "agents/feedback/fitting/label_inputs.h"
#include "app/workers/fitter/fit_fingerprint.h"
#include "app/workers/fitter/rule_cost.h"
#include "sim/environment/environment.h"

namespace lookout::app {
namespace {

// Where a model that came from a file is in use; where what is on screen is another observation,
// that and what differs.
std::string PlaceOf(const agents::CostModel& model, const std::string& environment,
                    const sim::ObservationSignature& observed) {
  if (model.Fits(observed)) return ", in use where a robot observes what it looks at.";
  return fmt::format("; it does not fit {}, as its observation {}.",
                     sim::ShortEnvironmentName(environment),
                     sim::SignatureDifference(model.signature(), observed));
}

}  // namespace

FitJob::FitJob(FitterOptions options, FitterLinks links)
    : options_(std::move(options)),
      links_(links),
      versions_(std::move(options_.stored), options_.notes, links.cost_models) {
  KeepNotes(/*changed=*/false);
  Publish();
}

void FitJob::Apply(FitterMessage message, SteadyTime now) {
  std::visit([&](auto&& specific) { On(std::forward<decltype(specific)>(specific), now); },
             std::move(message));
}

FitJob::Group& FitJob::Show(const std::string& environment,
                            const sim::ObservationSignature& signature) {
  const auto known = std::ranges::find(groups_, signature, &Group::signature);
  shown_ = known != groups_.end()
               ? &*known
               : &groups_.emplace_back(Group{.signature = signature,
                                             .environment = {},
                                             .shipped = {},
                                             .request = {},
                                             .changes = {options_.quiet, options_.patience},
                                             .counts = {},
                                             .contradictions = {},
                                             .refusal = {}});
  if (shown_->environment != environment) shown_->shipped = options_.shipped(environment);
  shown_->environment = environment;
  return *shown_;
}

void FitJob::On(ObservationShown&& message, SteadyTime) {
  Show(message.environment, message.signature);
  Publish();
}

void FitJob::On(LabelsChanged&& message, SteadyTime now) {
  Group& group = Show(message.request.environment, message.request.signature);
  group.request = std::move(message.request);
  group.changes.Change(now);
  Publish();
}

void FitJob::On(TakeInModel&& message, SteadyTime) {
  const CostModelId next = versions_.next_id();
  const Result<CostModelId> id =
      versions_.TakeIn(*message.model, message.name, "file " + message.fingerprint);
  if (!id) return Warn(links_.notices, id.error().message);
  const agents::CostModelPtr model = links_.cost_models.Find(*id);
  if (*id == next) links_.events.Put(ModelFitted{model});
  KeepNotes();
  const sim::ObservationSignature& observed =
      shown_ != nullptr ? shown_->signature : message.model->signature();
  const std::string said =
      fmt::format("\"{}\" is version {} of the cost model{}", message.name, id->value,
                  PlaceOf(*message.model, shown_ != nullptr ? shown_->environment : "", observed));
  (message.model->Fits(observed) ? Inform : Warn)(links_.notices, said);
}

void FitJob::On(ui::FitNow&& message, SteadyTime) {
  options_.settings = std::move(message.settings);  // also of the automatic fits from now on
  if (shown_ != nullptr) shown_->asked = true;
}

void FitJob::On(ui::SetAutomaticFit&& message, SteadyTime now) {
  options_.automatic = message.automatic;
  for (Group& group : groups_) {
    if (message.automatic && std::exchange(group.unfitted, false)) group.changes.Change(now);
  }
  Publish();
}

void FitJob::On(ui::SetFitSettings&& message, SteadyTime) {
  options_.settings = std::move(message.settings);
}

void FitJob::On(ui::UseCostModel&& message, SteadyTime) {
  KeepNotes(shown_ != nullptr && versions_.Use(shown_->signature, message.id));
}

void FitJob::On(ui::NameCostModel&& message, SteadyTime) {
  KeepNotes(versions_.Rename(message.id, std::move(message.name)));
}

void FitJob::On(ui::DeleteCostModel&& message, SteadyTime) {
  KeepNotes(versions_.Delete(message.id));
}

void FitJob::On(ui::RestoreCostModel&& message, SteadyTime) {
  KeepNotes(versions_.Restore(message.id));
}

// Who asks waits for the marks, which may still be on their way from the project. Changed marks
// are due also where they are only counted.
SteadyTime FitJob::DueAt(const Group& group) const {
  if (!group.request) return SteadyTime::max();
  if (group.asked) return SteadyTime::min();
  return group.changes.DueAt();
}

SteadyTime FitJob::DueAt() const {
  SteadyTime due = SteadyTime::max();
  for (const Group& group : groups_) due = std::min(due, DueAt(group));
  return due;
}

FitJob::Group* FitJob::NextDue() {
  Group* next = nullptr;
  for (Group& group : groups_) {
    if (DueAt(group) < (next != nullptr ? DueAt(*next) : SteadyTime::max())) next = &group;
  }
  return next;
}

void FitJob::Fit(const std::function<void()>& poll, const std::stop_token& stop) {
  fitting_ = NextDue();
  if (fitting_ == nullptr) return;
  Group& group = *fitting_;
  automatic_ = !std::exchange(group.asked, false);
  steadfast_ = group.changes.Overdue(std::chrono::steady_clock::now());
  const FitRequest request = *group.request;
  const std::optional<SteadyTime> waited_since = group.changes.Settle();
  agents::CostModelSettings settings = options_.settings;
  settings.signature = group.signature;
  settings.previous = versions_.InUse(group.signature);
  // Nobody asked for another kind of model.
  if (automatic_ && settings.previous) TakeInputsOf(*settings.previous, settings);
  const Result<agents::DerivedLabels> labels = LabelsOf(request, settings, steps_);
  if (!labels) return ReportFailure(labels.error().message);
  if (stop.stop_requested()) {  // steps may be missing
    fitting_ = nullptr;
    return;
  }
  TellProblem();
  group.counts = labels->counts;
  group.contradictions = labels->contradictions;
  group.refusal.clear();
  const std::string fitted_to = FitFingerprint(labels->labels, settings);
  group.unfitted = automatic_ && !options_.automatic;
  // Nobody asked, and there is nothing to say about marks that are not there.
  const bool silent = group.unfitted || (automatic_ && labels->labels.rows() == 0);
  if (!silent && !KnowsAlready(group, fitted_to) &&
      !Learn(group, request, labels->labels, settings, poll, stop)) {
    group.changes.Unsettle(waited_since);
  }
  fitting_ = nullptr;
  Publish();
}

// Once, not after every fit.
void FitJob::TellProblem() {
  if (steps_.problem() == told_problem_) return;
  told_problem_ = steps_.problem();
  if (!told_problem_.empty()) Warn(links_.notices, told_problem_);
}

bool FitJob::KnowsAlready(const Group& group, const std::string& fitted_to) {
  if (automatic_ && versions_.IsLatest(group.signature, fitted_to)) return true;
  if (!versions_.TakeUp(group.signature, fitted_to)) return false;
  KeepNotes();
  if (!automatic_) {
    Inform(links_.notices,
           fmt::format("Version {} was fitted to these marks already; it is in use.",
                       versions_.InUse(group.signature)->id().value));
  }
  return true;
}

bool FitJob::Learn(Group& group, const FitRequest& request, const agents::LabelSet& labels,
                   const agents::CostModelSettings& settings, const std::function<void()>& poll,
                   const std::stop_token& stop) {
  fraction_ = 0.0;
  Publish();
  const auto progress = [&](double fraction) {
    fraction_ = fraction;
    poll();
    Publish();
    return !Superseded(group) && !stop.stop_requested();
  };
  Result<agents::CostModelPtr> model =
      options_.fit(labels, settings, versions_.next_id(), progress);
  const bool given_up = !model && Superseded(group);
  if (model) {
    model = WithRuleCost(*model, request);
    versions_.Add(*model, FitFingerprint(labels, settings), settings);
    links_.events.Put(ModelFitted{std::move(model).value()});
    KeepNotes();
  } else if (!given_up && !stop.stop_requested()) {
    group.refusal = model.error().message;
  }
  return !given_up;
}

// Whoever asks goes before a fit that nobody asked for; so do newer marks of the same observation.
bool FitJob::Superseded(const Group& group) const {
  const bool asked = std::ranges::any_of(
      groups_, [this](const Group& other) { return other.asked && other.request; });
  return automatic_ && (asked || (group.changes.pending() && !steadfast_));
}

void FitJob::ReportFailure(const std::string& cause) {
  if (fitting_ != nullptr) fitting_->refusal = cause;
  fitting_ = nullptr;
  Warn(links_.notices, "No cost model was fitted: " + cause);
  Publish();
}

void FitJob::KeepNotes(bool changed) {
  for (const CostModelId id : versions_.TakeForgotten()) {
    links_.events.Put(ModelForgotten{id});
    changed = true;
  }
  if (changed) links_.events.Put(NotesChanged{versions_.Notes()});
  if (changed) Publish();
}

void FitJob::Publish() {
  ui::FitSnapshot& snapshot = links_.snapshot.Writable();
  snapshot = {};
  snapshot.automatic = options_.automatic;
  if (shown_ != nullptr) {
    snapshot.environment = shown_->environment;
    snapshot.shipped_model = shown_->shipped;
    snapshot.fitting = fitting_ == shown_;
    snapshot.fraction = snapshot.fitting ? fraction_ : 0.0;
    snapshot.model = versions_.InUse(shown_->signature);
    snapshot.counts = shown_->counts;
    snapshot.contradictions = shown_->contradictions;
    snapshot.refusal = shown_->refusal;
    snapshot.versions = versions_.Of(shown_->signature);
  }
  links_.snapshot.Publish();
}

}  // namespace lookout::app
