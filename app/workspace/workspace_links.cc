// Where the window's controller hands things to the workers. Part of workspace.h.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/workspace/workspace.h"

namespace lookout::app {
namespace fs = std::filesystem;

WorkerLinks Workspace::Links() {
  WorkerLinks links = LinksBesidesSearches();
  links.find_new_ways = [this](NewWaysRequest request) {
    workers_->FindNewWays(std::move(request));
  };
  links.abandon_new_ways = [this](std::int64_t next) { workers_->AbandonNewWays(next); };
  links.find_blind_spots = [this](BlindSpotsRequest request) {
    workers_->FindBlindSpots(std::move(request));
  };
  links.abandon_blind_spots = [this](std::int64_t next) { workers_->AbandonBlindSpots(next); };
  links.find_hard_worlds = [this](HardWorldsRequest request) {
    workers_->FindHardWorlds(std::move(request));
  };
  links.abandon_hard_worlds = [this](std::int64_t next) { workers_->AbandonHardWorlds(next); };
  return links;
}

WorkerLinks Workspace::LinksBesidesSearches() {
  return {
      .to_player = [this](ui::PlayerCommand command) { workers_->Send(std::move(command)); },
      .to_trainer = [this](ui::TrainerCommand command) { workers_->Send(std::move(command)); },
      .to_fitter = [this](ui::FitterCommand command) { workers_->Send(std::move(command)); },
      .observation_shown =
          [this](ObservationShown shown) { workers_->ShowObservation(std::move(shown)); },
      .labels_changed = [this](FitRequest labels) { workers_->LabelsChanged(std::move(labels)); },
      .predict = [this](PredictRequest request) { workers_->Predict(std::move(request)); },
      .find_cost_model = [this](CostModelId id) { return workers_->cost_models().Find(id); },
      .propose = [this](QueryRequest request) { workers_->Propose(std::move(request)); },
      .measure_agreement =
          [this](AgreementRequest request) { workers_->MeasureAgreement(std::move(request)); },
      .compare_versions =
          [this](VersionMessage message) { workers_->CompareVersions(std::move(message)); },
      .measure_blocker =
          [this](BlockerRequest request) { workers_->MeasureBlocker(std::move(request)); },
      .inspect = [this](InspectorMessage message) { workers_->Inspect(std::move(message)); },
      .abandon_inspection = [this](std::int64_t next) { workers_->AbandonInspection(next); },
      .prove = [this](ProofRequest request) { workers_->Prove(std::move(request)); },
      .stop_proof = [this](std::int64_t number) { workers_->StopProof(number); },
      .hold_episode =
          [this](RecordedEpisode episode) { return workers_->Hold(std::move(episode)); },
      .to_project_writer = [this](WriteRequest command) { workers_->Ask(std::move(command)); },
      .set_recording = [this](bool on) { workers_->SetRecording(on); },
      .record = [this](EpisodeId id) { workers_->Record(id); },
      .open_files = [this](std::vector<fs::path> paths) { opener_.Open(std::move(paths)); },
      .write_file = [this](FileToWrite file) { opener_.Write(std::move(file)); },
      .save_plot =
          [this](ui::SavePlot plot) { plots_.Save(std::move(plot), workers_->project().path); },
      .keep_policy =
          [this](PolicyRegistry::Entry entry, std::string bytes) {
            return policies_->Put(std::move(entry), std::move(bytes));
          }};
}

}  // namespace lookout::app
