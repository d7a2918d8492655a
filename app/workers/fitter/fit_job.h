// The fitter without its thread: decides when to fit what, and publishes the result. Marks are kept
// apart by the observation that they are about, each with a cost model of its own. One thread.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "app/workers/fitter/fit_request.h"
#include "app/workers/fitter/model_versions.h"
#include "app/workers/runtime/cost_model_registry.h"
#include "app/workers/runtime/debounce.h"
#include "app/workers/runtime/latest_value.h"
#include "app/workers/runtime/notice.h"
#include "ui/commands.h"

namespace lookout::app {

// What is on screen: the commands are about it, and the snapshot.
struct ObservationShown {
  std::string environment;  // by its id
  sim::ObservationSignature signature;
};
// Marks (or recorded steps of marked episodes) changed: the whole new material of the observation
// that is on screen.
struct LabelsChanged {
  FitRequest request;
};
// A cost model from a file becomes a version, in use where its observation is on screen.
struct TakeInModel {
  agents::CostModelPtr model;
  std::string name;
  std::string fingerprint;  // of the file
};
using FitterMessage = std::variant<ObservationShown, LabelsChanged, TakeInModel, ui::FitNow,
                                   ui::SetAutomaticFit, ui::SetFitSettings, ui::UseCostModel,
                                   ui::NameCostModel, ui::DeleteCostModel, ui::RestoreCostModel>;

struct ModelFitted {
  agents::CostModelPtr model;
};
// The project need not keep that version any longer.
struct ModelForgotten {
  CostModelId id;
};
// What is to be kept beside the models; see FitterOptions::notes.
struct NotesChanged {
  std::string notes;
};
using FitterEvent = std::variant<ModelFitted, ModelForgotten, NotesChanged>;

struct FitterOptions {
  std::vector<agents::CostModelPtr> stored;  // versions of earlier sessions, oldest first
  std::string notes;                         // the newest NotesChanged of those sessions
  bool automatic = true;
  agents::CostModelSettings settings;
  std::chrono::milliseconds quiet{1000};  // after the last change, before fitting by itself
  std::chrono::milliseconds patience{4000};
  std::function<Result<agents::CostModelPtr>(const agents::LabelSet&,
                                             const agents::CostModelSettings&, CostModelId,
                                             const agents::FitProgress&)>
      fit = [](const agents::LabelSet& labels, const agents::CostModelSettings& how, CostModelId id,
               const agents::FitProgress& progress) {
        return agents::FitCostModel(labels, how, id, progress);
      };
  // The file of the cost model that is shipped for an environment, by its id; empty: none is.
  std::function<std::string(const std::string&)> shipped = [](const std::string&) {
    return std::string();
  };
  int nice = 5;  // so that the window and the player run first
};

struct FitterLinks {
  CostModelRegistry& cost_models;
  Mailbox<FitterEvent>& events;
  LatestValue<ui::FitSnapshot>& snapshot;
  NoticeBoard& notices;
};

class FitJob {
 public:
  // The stored models are in use at once.
  FitJob(FitterOptions options, FitterLinks links);

  // Also while Fit polls.
  void Apply(FitterMessage message, SteadyTime now);

  // When Fit is to be called; SteadyTime::max(): not before another message.
  SteadyTime DueAt() const;
  // Fits the newest material that is due, of one observation, or counts its labels only where
  // nobody asked and nothing is to be fitted by itself; what nobody asked for looks at what
  // the version in use looks at. Material that a version was fitted to
  // before gives that version. `poll` is called now and then to Apply what arrived meanwhile: newer
  // marks abandon a fit that nobody asked for, unless marks have waited too long already.
  void Fit(const std::function<void()>& poll, const std::stop_token& stop);

  // The fit gave no model, with the cause; the model before stays.
  void ReportFailure(const std::string& cause);

 private:
  // The marks of one observation.
  struct Group {
    sim::ObservationSignature signature;
    std::string environment;
    std::string shipped;  // the file of the cost model that is shipped for it; empty: none is
    std::optional<FitRequest> request;
    Debounce changes;
    bool asked = false;     // FitNow is waiting
    bool unfitted = false;  // the newest marks were only counted: nothing is fitted by itself
    agents::LabelCounts counts;
    std::vector<agents::Contradiction> contradictions;
    std::string refusal;
  };

  void On(ObservationShown&& message, SteadyTime now);
  void On(LabelsChanged&& message, SteadyTime now);
  void On(TakeInModel&& message, SteadyTime now);
  void On(ui::FitNow&& message, SteadyTime now);
  void On(ui::SetAutomaticFit&& message, SteadyTime now);
  void On(ui::SetFitSettings&& message, SteadyTime now);
  void On(ui::UseCostModel&& message, SteadyTime now);
  void On(ui::NameCostModel&& message, SteadyTime now);
  void On(ui::DeleteCostModel&& message, SteadyTime now);
  void On(ui::RestoreCostModel&& message, SteadyTime now);

  Group& Show(const std::string& environment, const sim::ObservationSignature& signature);
  SteadyTime DueAt(const Group& group) const;
  Group* NextDue();
  bool Superseded(const Group& group) const;
  void TellProblem();
  // True if there is nothing to fit: the same material as before.
  bool KnowsAlready(const Group& group, const std::string& fitted_to);
  // False if it was given up for newer marks.
  bool Learn(Group& group, const FitRequest& request, const agents::LabelSet& labels,
             const agents::CostModelSettings& settings, const std::function<void()>& poll,
             const std::stop_token& stop);
  void KeepNotes(bool changed = true);
  void Publish();

  FitterOptions options_;
  FitterLinks links_;
  ModelVersions versions_;
  FitSteps steps_;
  std::string told_problem_;  // with reading steps
  std::deque<Group> groups_;  // in places of their own: more may come during a fit
  Group* shown_ = nullptr;    // of what is on screen
  Group* fitting_ = nullptr;
  double fraction_ = 0.0;
  bool automatic_ = false;  // the fit that is running was not asked for
  bool steadfast_ = false;  // and is not given up for newer marks
};

}  // namespace lookout::app
