// Where a session hands things to the workers, as functions, so that a test can stand in for them.
// Every function returns at once.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/workers/agreement/agreement_request.h"
#include "app/workers/blind_spots/blind_spots_request.h"
#include "app/workers/blockers/measure_blocker.h"
#include "app/workers/cost_field/episode_prediction.h"
#include "app/workers/fitter/fit_job.h"
#include "app/workers/fitter/fit_request.h"
#include "app/workers/hard_worlds/hard_worlds_request.h"
#include "app/workers/inspector/inspector_request.h"
#include "app/workers/inspector/proof_request.h"
#include "app/workers/new_ways/new_ways_request.h"
#include "app/workers/queries/query_request.h"
#include "app/workers/runtime/policy_registry.h"
#include "app/workers/version_comparison/version_comparison_worker.h"
#include "app/workers/writer/project_writer.h"
#include "app/workspace/files/opened_files.h"
#include "ui/commands.h"

namespace lookout::app {

// The workers' newest words, valid for one frame.
struct WorkerSnapshots {
  const ui::PlayerSnapshot& player;
  const ui::TrainingSnapshot& training;
  const ui::FitSnapshot& fit;
  const ui::FieldSnapshot& field;
  const ui::ProjectSnapshot& project;
};

struct WorkerLinks {
  std::function<void(ui::PlayerCommand)> to_player;
  std::function<void(ui::TrainerCommand)> to_trainer;
  std::function<void(ui::FitterCommand)> to_fitter;
  std::function<void(ObservationShown)> observation_shown;
  std::function<void(FitRequest)> labels_changed;
  std::function<void(PredictRequest)> predict;
  // That version; null if it is not kept any more.
  std::function<agents::CostModelPtr(CostModelId)> find_cost_model;
  // Looks for queries worth asking; what comes of it is told (WindowController::OnQueries).
  std::function<void(QueryRequest)> propose;
  // Measures how far annotators agree; what comes of it is told (WindowController::OnAgreement).
  std::function<void(AgreementRequest)> measure_agreement;
  // Compares two versions of the cost model; what comes of it is told
  // (WindowController::OnVersions).
  std::function<void(VersionMessage)> compare_versions;
  // Measures a learned blocker on recorded steps; what comes of it is told
  // (WindowController::OnBlocker).
  std::function<void(BlockerRequest)> measure_blocker;
  // Explains a moment, or checks its explanation; what comes of it is told
  // (WindowController::OnInspected), unless it is abandoned: all with a smaller number is.
  std::function<void(InspectorMessage)> inspect;
  std::function<void(std::int64_t next_number)> abandon_inspection;
  // Searches for a proof or a counterexample; what comes of it is told (WindowController::OnProof),
  // as soon as it is stopped.
  std::function<void(ProofRequest)> prove;
  std::function<void(std::int64_t number)> stop_proof;
  // Looks for what one agent does that another does not; what comes of it is told
  // (WindowController::OnNewWays), unless it is abandoned: all with a smaller number is.
  std::function<void(NewWaysRequest)> find_new_ways;
  std::function<void(std::int64_t next_number)> abandon_new_ways;
  // Looks for moments in which a cost model is wrong; what comes of it is told
  // (WindowController::OnBlindSpots), unless it is abandoned: all with a smaller number is.
  std::function<void(BlindSpotsRequest)> find_blind_spots;
  std::function<void(std::int64_t next_number)> abandon_blind_spots;
  // Looks for worlds in which an agent comes to harm; what comes of it is told
  // (WindowController::OnHardWorlds), unless it is abandoned: all with a smaller number is.
  std::function<void(HardWorldsRequest)> find_hard_worlds;
  std::function<void(std::int64_t next_number)> abandon_hard_worlds;
  // Takes an episode that was not played live; returns its number. It can be loaded from now on,
  // and is written to the project when `record` asks for it.
  std::function<EpisodeId(RecordedEpisode)> hold_episode;
  std::function<void(WriteRequest)> to_project_writer;
  // Whether episodes that begin from now on are written to the project.
  std::function<void(bool)> set_recording;
  // Writes this one in any case, from its beginning on.
  std::function<void(EpisodeId)> record;
  std::function<void(std::vector<std::filesystem::path>)> open_files;
  // Writes a file in the background; what came of it is told.
  std::function<void(FileToWrite)> write_file;
  std::function<void(ui::SavePlot)> save_plot;
  // Puts a policy where the player finds it; returns the name for ui::SetAgent.
  std::function<std::string(PolicyRegistry::Entry, std::string bytes)> keep_policy;
};

}  // namespace lookout::app
