// What the window does about why a cost model judges and a policy acts as it does, and where the
// cost model fails: which moment is explained, what is searched for, what came of it. Part of the
// window controller; window thread only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "agents/policies/policy.h"
#include "app/workspace/worker_links.h"
#include "ui/inspection.h"
#include "ui/inspection_commands.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

class Inspection {
 public:
  // The links have to outlive it.
  explicit Inspection(const WorkerLinks& links) : links_(links) {}

  // What is on screen.
  struct Moment {
    const ui::EpisodeTrack* track = nullptr;  // null: nothing
    const sim::StepRecord* record = nullptr;  // likewise
    StepIndex step = 0;
    bool moving = false;                           // it is another one soon
    agents::CostModelPtr model = nullptr;          // in use for it; null: none
    agents::PolicyPtr policy = nullptr;            // that plays; null: none that is trained
    std::int64_t labels_sequence = 0;              // of the journal
    std::function<FitRequest()> labels = nullptr;  // all that is labelled of such observations
  };

  void Apply(const ui::ExplainMoment& command) { wanted_ = command.subject; }
  void Apply(const ui::CheckExplanation& command, const Moment& moment);
  void Apply(const ui::AttackSensors& command) { wanted_budget_ = command.budget; }
  void Apply(const ui::AskQuestion& command, const Moment& moment);
  void Apply(const ui::StopQuestion&);
  void Apply(const ui::ShowCounterexample& command) { proof_.in_view = command.shown; }
  // Writes the world of the answer, if it has one, to a file beside the project, and opens that.
  void OpenCounterexample(const std::filesystem::path& project);
  // Once a frame, after the commands: asks for what is wanted, abandons what no longer is.
  void Follow(const Moment& moment);

  void On(InspectorAnswer answer);
  void On(ProofNews news);

  const ui::ExplanationOnScreen& explanation() const { return explanation_; }
  const ui::SensorsOnScreen& sensors() const { return sensors_; }
  const ui::ProofOnScreen& proof() const { return proof_; }
  // The nearest labels of the moment on screen; null: there is none of that index.
  const agents::NearLabel* NearLabelAt(std::size_t index) const;

 private:
  // A moment, by a model or a policy.
  struct Asked {
    std::int64_t number = 0;
    ui::WhySubject subject = ui::WhySubject::kCostModel;
    ui::EpisodeScenePtr scene;
    StepIndex step = 0;
    sim::SimStatePtr state;
    agents::CostModelPtr model;
    std::int64_t labels_sequence = 0;
    agents::PolicyPtr policy;
  };
  bool CanBeAsked(const Moment& moment) const;
  bool IsAsked(const Moment& moment) const;
  void Ask(const Moment& moment);
  void Abandon();
  void AskAboutSensors(const Moment& moment);
  void Prepare(const Moment& moment);
  ExplainRequest RequestOf(const Moment& moment);
  void ReadLabels(const Moment& moment);
  void On(MomentAnswer& told);
  void On(CheckAnswer& checked);
  void On(SensorAnswer& attacked);

  const WorkerLinks& links_;
  std::optional<ui::WhySubject> wanted_;                 // by who looks
  ui::WhySubject subject_ = ui::WhySubject::kCostModel;  // that was wanted last
  // Which episode somebody looked at last while it moved, and for how many frames.
  ui::EpisodeScenePtr watched_;
  int watched_frames_ = 0;
  std::int64_t next_number_ = 1;
  std::optional<Asked> asked_;     // whose answer is there or on its way
  std::int64_t check_number_ = 0;  // of the check that is on its way
  ui::ExplanationOnScreen explanation_;
  std::optional<double> wanted_budget_;  // of an attack on sensors, by who looks
  std::optional<double> asked_budget_;   // whose answer is there or on its way
  std::int64_t sensors_number_ = 0;      // of the attack that is on its way
  ui::SensorsOnScreen sensors_;
  // The labels that were sent last, of which environment and when.
  std::shared_ptr<const FitRequest> labels_;
  std::int64_t labels_sequence_ = -1;
  std::string labels_environment_;
  std::int64_t proof_number_ = 0;
  ui::ProofOnScreen proof_;
};

// The files beside a project that hold finds of a kind, "counterexample", are named in order: the
// first that is not there yet.
std::filesystem::path NextFindFile(const std::filesystem::path& project, std::string_view kind);

}  // namespace lookout::app
