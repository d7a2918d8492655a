#include "tests/support/project_samples.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>
#include <utility>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/kinds/correction.h"
#include "agents/feedback/kinds/intervention.h"
#include "agents/feedback/kinds/note.h"
#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/kinds/region.h"
#include "tests/support/step_states.h"

namespace lookout::test {

namespace fs = std::filesystem;

TestFolder::TestFolder() {
  const fs::path memory = "/dev/shm";
  const bool in_memory = access(memory.c_str(), W_OK | X_OK) == 0;
  const fs::path base = in_memory ? memory : fs::temp_directory_path();
  std::string name = (base / "lookout-test-XXXXXX").string();
  LOOKOUT_CHECK(mkdtemp(name.data()) != nullptr, "no temporary folder for a test");
  path_ = name;
}

TestFolder::~TestFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

std::vector<std::string> TestFolder::Names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void WriteFile(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

agents::JournalEntry AddedMark(std::int64_t sequence, EpisodeId episode) {
  agents::JournalEntry entry;
  entry.sequence = sequence;
  entry.op = agents::JournalOp::kAdd;
  entry.unix_ms = 1'700'000'000'000 + sequence;
  entry.annotator = "me";
  entry.record = RecordOf(agents::Mark{.id = MarkId{sequence},
                                       .episode = episode,
                                       .first_step = static_cast<StepIndex>(sequence),
                                       .last_step = static_cast<StepIndex>(sequence + 7),
                                       .verdict = agents::Verdict::kUnsure,
                                       .danger = 9,
                                       .reaction_lag_steps = 15,
                                       .annotator = "Zoë \"the\" marker",
                                       .created_unix_ms = 1'700'000'000'000,
                                       .time_spent_ms = 321,
                                       .on_screen = {.model = CostModelId{3}},
                                       .note = "brushed the vase; 100 % sure?"});
  return entry;
}

agents::JournalEntry AddedOfAnyKind(std::int64_t sequence, EpisodeId episode) {
  agents::JournalEntry entry = AddedMark(sequence, episode);
  const auto step = static_cast<StepIndex>(sequence);
  const agents::Segment first{episode, step, step + 7};
  const agents::Segment second{episode, step + 20, step + 27};
  switch (sequence % 6) {
    case 1:
      SetContent(agents::Preference{.first = first, .second = second, .note = "clearly"},
                 entry.record);
      break;
    case 2:
      SetContent(agents::Note{episode, step, "odd \"turn\""}, entry.record);
      break;
    case 3:
      SetContent(agents::Region{.episode = episode,
                                .step = step,
                                .points = {0.1, -1.0 / 3.0},
                                .radius_m = 0.5,
                                .layout = "room"},
                 entry.record);
      break;
    case 4:
      SetContent(
          agents::Intervention{.episode = episode, .first_step = step, .last_step = step + 9},
          entry.record);
      break;
    case 5:
      SetContent(agents::Correction{.episode = episode,
                                    .step = step,
                                    .agents = first,
                                    .persons = second,
                                    .forward = -0.25},
                 entry.record);
      break;
    default:
      break;
  }
  return entry;
}

sim::EpisodeHeader SampleHeader(EpisodeId id) {
  sim::EpisodeHeader header;
  header.id = id;
  header.config = sim::ConfigForId("Safexp-PointGoal1-v0").value();
  header.setup.generator_seed = 8;
  header.setup.layout = {{"robot", 0.1, -0.2}, {"goal", 1.5, 1.25}};
  header.setup.rotations = {{"robot", 0.75}};
  header.seed = 7;
  header.agent = "Go to goal";
  header.started_unix_ms = 1'700'000'000'000;
  return header;
}

sim::RecordingChunk SampleChunk(EpisodeId id, StepIndex first, int steps, StepIndex last) {
  sim::RecordingChunk chunk{.episode = id, .first_step = first, .steps = {}};
  for (int i = 0; i < steps; ++i) {
    const StepIndex index = first + i;
    sim::StepRecord step;
    sim::SimState state;
    state.qpos = Eigen::VectorXd::Constant(3, 0.1 * index);
    state.qvel = Eigen::VectorXd::Constant(3, 0.5);
    state.qacc_warmstart = Eigen::VectorXd::Zero(3);
    state.ctrl = Eigen::VectorXd::Zero(2);
    state.step = index;
    if (index == last) state.status = sim::EpisodeStatus::kTimedOut;
    SetState(step, std::move(state));
    step.observation = Eigen::VectorXf::Constant(12, static_cast<float>(index));
    if (index > 0) {
      step.executed_action = Eigen::VectorXd::Constant(2, 0.25);
    }
    step.reward = 0.5F;
    step.costs.total = index % 4 == 0 ? 1.0 : 0.0;
    step.predicted_cost = index == 0 ? std::numeric_limits<float>::quiet_NaN() : 0.25F;
    chunk.steps.push_back(std::move(step));
  }
  return chunk;
}

agents::CostModelPtr SampleCostModel(CostModelId id) {
  agents::LabelSet labels;
  constexpr int kRows = 64;
  labels.observations = Eigen::MatrixXf(4, kRows);
  for (int i = 0; i < kRows; ++i) {
    const bool unsafe = i % 2 == 0;
    labels.observations.col(i).setConstant(unsafe ? 1.0F : -1.0F);
    labels.points.push_back(
        {.target = unsafe ? 1.0F : 0.0F, .episode = EpisodeId{1 + i / 16}, .step = i});
  }
  const agents::CostModelSettings settings{.members = 2, .hidden = 8, .max_epochs = 2};
  return agents::FitCostModel(labels, settings, id).value();
}

std::unique_ptr<app::Project> OpenProject(const fs::path& path, app::ProjectAccess access) {
  return app::Project::Open(path, access).value();
}

}  // namespace lookout::test
