// A session whose workers are stood in for.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/workspace/window_controller.h"

namespace lookout::app {

// Stands in for the workers: keeps what they are sent, and says what a test wants them to say.
struct FakeWorkers {
  std::vector<ui::PlayerCommand> player_commands;
  std::vector<ui::TrainerCommand> trainer_commands;
  std::vector<ui::FitterCommand> fitter_commands;
  PolicyRegistry policies;
  std::vector<ObservationShown> observations_shown;
  std::vector<FitRequest> label_sources;
  std::vector<PredictRequest> predict_requests;
  std::vector<QueryRequest> query_requests;
  std::vector<AgreementRequest> agreement_requests;
  std::vector<VersionMessage> version_messages;
  std::vector<BlockerRequest> blocker_requests;
  std::vector<InspectorMessage> inspector_messages;
  std::vector<std::int64_t> abandoned;
  std::vector<ProofRequest> proof_requests;
  std::vector<std::int64_t> stopped_proofs;
  std::vector<NewWaysRequest> new_ways_requests;
  std::vector<BlindSpotsRequest> blind_spots_requests;
  std::vector<std::int64_t> abandoned_blind_spots;
  std::vector<HardWorldsRequest> hard_worlds_requests;
  std::vector<std::int64_t> abandoned_hard_worlds;
  std::vector<std::int64_t> abandoned_new_ways;
  std::vector<RecordedEpisode> held_episodes;  // from number 101 on
  std::vector<WriteRequest> write_requests;
  std::vector<std::filesystem::path> paths;
  std::vector<FileToWrite> files;
  std::vector<ui::SavePlot> plots;
  bool recording = true;
  std::vector<EpisodeId> recorded;
  std::map<CostModelId, agents::CostModelPtr> cost_models;
  ui::PlayerSnapshot player;
  ui::TrainingSnapshot training;
  ui::FitSnapshot fit;
  ui::FieldSnapshot field;
  ui::ProjectSnapshot project;

  WorkerLinks links() {
    WorkerLinks links = LinksBesidesSearches();
    links.find_new_ways = [this](NewWaysRequest r) { new_ways_requests.push_back(std::move(r)); };
    links.abandon_new_ways = [this](std::int64_t next) { abandoned_new_ways.push_back(next); };
    links.find_blind_spots = [this](BlindSpotsRequest r) {
      blind_spots_requests.push_back(std::move(r));
    };
    links.abandon_blind_spots = [this](std::int64_t next) {
      abandoned_blind_spots.push_back(next);
    };
    links.find_hard_worlds = [this](HardWorldsRequest r) {
      hard_worlds_requests.push_back(std::move(r));
    };
    links.abandon_hard_worlds = [this](std::int64_t next) {
      abandoned_hard_worlds.push_back(next);
    };
    return links;
  }
  WorkerLinks LinksBesidesSearches() {
    return {
        .to_player = [this](ui::PlayerCommand c) { player_commands.push_back(std::move(c)); },
        .to_trainer = [this](ui::TrainerCommand c) { trainer_commands.push_back(std::move(c)); },
        .to_fitter = [this](ui::FitterCommand c) { fitter_commands.push_back(std::move(c)); },
        .observation_shown =
            [this](ObservationShown s) { observations_shown.push_back(std::move(s)); },
        .labels_changed = [this](FitRequest s) { label_sources.push_back(std::move(s)); },
        .predict = [this](PredictRequest r) { predict_requests.push_back(std::move(r)); },
        .find_cost_model =
            [this](CostModelId id) {
              const auto found = cost_models.find(id);
              return found == cost_models.end() ? nullptr : found->second;
            },
        .propose = [this](QueryRequest r) { query_requests.push_back(std::move(r)); },
        .measure_agreement =
            [this](AgreementRequest r) { agreement_requests.push_back(std::move(r)); },
        .compare_versions = [this](VersionMessage m) { version_messages.push_back(std::move(m)); },
        .measure_blocker = [this](BlockerRequest r) { blocker_requests.push_back(std::move(r)); },
        .inspect = [this](InspectorMessage m) { inspector_messages.push_back(std::move(m)); },
        .abandon_inspection = [this](std::int64_t next) { abandoned.push_back(next); },
        .prove = [this](ProofRequest r) { proof_requests.push_back(std::move(r)); },
        .stop_proof = [this](std::int64_t number) { stopped_proofs.push_back(number); },
        .hold_episode =
            [this](RecordedEpisode episode) {
              held_episodes.push_back(std::move(episode));
              return EpisodeId{100 + std::ssize(held_episodes)};
            },
        .to_project_writer = [this](WriteRequest r) { write_requests.push_back(std::move(r)); },
        .set_recording = [this](bool on) { recording = on; },
        .record = [this](EpisodeId id) { recorded.push_back(id); },
        .open_files = [this](std::vector<std::filesystem::path> p) { paths = std::move(p); },
        .write_file = [this](FileToWrite f) { files.push_back(std::move(f)); },
        .save_plot = [this](ui::SavePlot plot) { plots.push_back(std::move(plot)); },
        .keep_policy =
            [this](PolicyRegistry::Entry entry, std::string bytes) {
              return policies.Put(std::move(entry), std::move(bytes));
            }};
  }
  WorkerSnapshots snapshots() const { return {player, training, fit, field, project}; }

  template <typename T>
  int CountPlayer() const {
    int count = 0;
    for (const auto& command : player_commands) count += std::holds_alternative<T>(command);
    return count;
  }
  std::vector<agents::JournalEntry> journal() const {
    std::vector<agents::JournalEntry> entries;
    for (const auto& request : write_requests) {
      if (const auto* keep = std::get_if<SaveJournal>(&request)) entries.push_back(keep->entry);
    }
    return entries;
  }
};

inline ui::EpisodeScenePtr SceneOf(std::int64_t id, const std::string& environment = "toy",
                                   int observation_dim = 4) {
  auto header = std::make_shared<sim::EpisodeHeader>();
  header->id = EpisodeId{id};
  header->config.id = environment;
  auto scene = std::make_shared<ui::EpisodeScene>();
  scene->header = header;
  scene->spec.step_duration_s = 0.02;
  scene->spec.observation_dim = observation_dim;
  return scene;
}

inline sim::ChunkPtr Steps(std::int64_t id, StepIndex first, int count) {
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = EpisodeId{id};
  chunk->first_step = first;
  sim::StepRecord step;
  step.state = std::make_shared<const sim::SimState>();
  chunk->steps.resize(static_cast<std::size_t>(count), step);
  return chunk;
}

// A session that watches live episode 1 at its 100th step, playing at real time.
struct Watching {
  FakeWorkers workers;
  WindowController session{workers.links()};

  Watching() {
    session.OnEpisodeBegan(SceneOf(1));
    session.OnChunk(Steps(1, 0, 101));
    workers.player.episode = EpisodeId{1};
    workers.player.playing = true;
    LiveAt(100);
  }
  void LiveAt(StepIndex step) {
    workers.player.step = step;
    const StepIndex known = session.episodes().Find(EpisodeId{1})->steps();
    if (step >= known) session.OnChunk(Steps(1, known, step + 1 - known));
    Frame();
  }
  void Frame(double elapsed_s = 0.016) { session.Update(workers.snapshots(), elapsed_s); }
  void Do(ui::Command command) {
    session.Send(std::move(command));
    Frame();
  }
  ui::Snapshots View() { return session.View(workers.snapshots(), figures); }

  ui::FrameFigures figures;
};

}  // namespace lookout::app
