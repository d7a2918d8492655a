// The fitter without its thread: decides when to fit what, and publishes the result. One thread.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "agents/feedback/models/cost_model_fit.h"
#include "app/workers/fitter/fit_request.h"
#include "app/workers/runtime/debounce.h"
#include "app/workers/runtime/latest_value.h"
#include "app/workers/runtime/notice.h"
#include "app/workers/runtime/published_ptr.h"
#include "ui/commands.h"

namespace lookout::app {

// Marks (or recorded steps of marked episodes) changed: the whole new material.
struct LabelsChanged {
  FitRequest request;
};
using FitterMessage = std::variant<LabelsChanged, ui::FitNow, ui::SetAutomaticFit>;

struct ModelFitted {
  agents::CostModelPtr model;
};
using FitterEvent = std::variant<ModelFitted>;

struct FitterOptions {
  std::vector<agents::CostModelPtr> stored;  // versions of earlier sessions, oldest first
  bool automatic = true;
  agents::CostModelSettings settings;
  std::chrono::milliseconds quiet{1000};  // after the last change, before fitting by itself
  std::chrono::milliseconds patience{4000};
  std::function<Result<agents::CostModelPtr>(const agents::LabelSet&,
                                             const agents::CostModelSettings&, CostModelId,
                                             const agents::FitProgress&)>
      fit = agents::FitCostModel;
  int nice = 5;  // so that the window and the player run first
};

struct FitterLinks {
  PublishedPtr<agents::CostModel>& newest_model;
  Mailbox<FitterEvent>& events;
  LatestValue<ui::FitSnapshot>& snapshot;
  NoticeBoard& notices;
};

class FitJob {
 public:
  // Publishes the newest stored model at once.
  FitJob(FitterOptions options, FitterLinks links);

  // Also while Fit polls.
  void Apply(FitterMessage message, SteadyTime now);

  // When Fit is to be called; SteadyTime::max(): not before another message.
  SteadyTime DueAt() const;
  // Fits the newest material. `poll` is called now and then to Apply what arrived meanwhile: newer
  // marks abandon a fit that nobody asked for, unless marks have waited too long already.
  void Fit(const std::function<void()>& poll, const std::stop_token& stop);

  // The fit gave no model, with the cause; the model before stays.
  void ReportFailure(const std::string& cause);

 private:
  void On(LabelsChanged&& message, SteadyTime now);
  void On(ui::FitNow&& message, SteadyTime now);
  void On(ui::SetAutomaticFit&& message, SteadyTime now);

  bool Superseded() const;
  // False if it was given up for newer marks.
  bool Learn(const agents::LabelSet& labels, const sim::ObservationSignature& signature,
             const std::function<void()>& poll, const std::stop_token& stop);
  void Accept(agents::CostModelPtr model);
  void Publish();

  FitterOptions options_;
  FitterLinks links_;
  ui::FitSnapshot state_;  // what is published
  std::optional<FitRequest> request_;
  Debounce changes_;
  bool asked_ = false;      // FitNow is waiting
  bool automatic_ = false;  // the fit that is running was not asked for
  bool steadfast_ = false;  // and is not given up for newer marks
  CostModelId next_id_{1};
};

}  // namespace lookout::app
