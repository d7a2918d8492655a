#include "app/exchange/trajectory.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <set>
#include <sstream>
#include <utility>

#include "app/exchange/step_object.h"
#include "app/exchange/trajectory_lines.h"
#include "sim/base/fingerprint.h"

namespace lookout::app {
namespace {

using nlohmann::json;

constexpr double kUsualStep_s = 0.02;

// Puts the steps of a file into episodes.
class Assembler {
 public:
  explicit Assembler(const TrajectoryLines& file)
      : file_(file), reader_(file.signature.observation_dim()) {}

  Status Add(const TrajectoryLine& line) {
    StepObject step;
    if (const std::string problem = reader_.Read(line.step, step); !problem.empty()) {
      return RejectLine(line.number, problem);
    }
    if (episodes_.empty() || step.episode != newest_) {
      if (!begun_.insert(step.episode).second) {
        return RejectLine(
            line.number,
            fmt::format(
                "goes on with episode {} after another one; keep the lines of an episode together.",
                step.episode));
      }
      newest_ = step.episode;
      episodes_.emplace_back();
      episodes_.back().header.seed = step.seed;
      agent_.reset();
    }
    return AddStep(line.number, std::move(step));
  }

  // Everything that only all lines together tell.
  std::vector<Trajectory> Finish(const std::string& name, const std::string& environment,
                                 double step_duration_s) {
    std::size_t longest = 0;
    for (const Trajectory& episode : episodes_) longest = std::max(longest, episode.steps.size());
    const sim::ImportedEpisode imported{.file = name,
                                        .action_dim = std::max(0, reader_.action_dim()),
                                        .max_episode_steps = static_cast<int>(longest) - 1,
                                        .step_duration_s = step_duration_s,
                                        .cost_kinds = reader_.cost_kinds()};
    const auto others = static_cast<Eigen::Index>(reader_.other_cost_names().size());
    for (Trajectory& episode : episodes_) {
      episode.other_cost_names = reader_.other_cost_names();
      episode.header.config.id = environment;
      episode.header.signature = file_.signature;
      episode.header.imported = imported;
      for (sim::StepRecord& step : episode.steps) {
        const Eigen::Index known = step.other_costs.size();
        step.other_costs.conservativeResize(others);
        step.other_costs.tail(others - known).setZero();
      }
    }
    return std::move(episodes_);
  }

 private:
  Status AddStep(int line, StepObject step) {
    Trajectory& episode = episodes_.back();
    const bool acts = step.record.executed_action.size() > 0;
    if (episode.steps.empty() == acts) {
      return RejectLine(
          line, acts ? "begins an episode with an action; its first line has the observation after "
                       "the reset alone."
                     : "has no \"action\"; only the first line of an episode goes without.");
    }
    if (!episode.steps.empty() && sim::IsDone(episode.steps.back().status)) {
      return RejectLine(line, "goes on after the episode ended; begin another one.");
    }
    if (acts) {
      const bool named = !step.agent.empty();
      if (!agent_ || (named && *agent_ != step.agent)) {
        agent_ = std::make_shared<const std::string>(named ? step.agent : "Imported");
      }
      if (episode.header.agent.empty()) episode.header.agent = *agent_;
      step.record.agent = agent_;
    }
    episode.steps.push_back(std::move(step.record));
    return {};
  }

  const TrajectoryLines& file_;
  StepObjectReader reader_;
  std::vector<Trajectory> episodes_;
  std::set<std::int64_t> begun_;
  std::int64_t newest_ = 0;
  sim::SharedName agent_;
};

std::string ImportKey(std::string_view text) { return "imported/" + Fingerprint(text); }

std::string IdList(const std::vector<EpisodeId>& ids) {
  std::string list;
  for (const EpisodeId id : ids) list += fmt::format("{} ", id.value);
  return list;
}

Error InFile(const std::string& file, const Error& error) {
  return {file + ", " + error.message, error.code};
}

Status Save(Project& project, const Trajectory& trajectory, const sim::EpisodeHeader& header) {
  if (Status saved = project.SaveEpisode(header); !saved) return saved;
  for (std::size_t first = 0; first < trajectory.steps.size(); first += sim::kChunkSteps) {
    const std::size_t last = std::min(trajectory.steps.size(), first + sim::kChunkSteps);
    const auto step = trajectory.steps.begin();
    const sim::RecordingChunk chunk{.episode = header.id,
                                    .first_step = static_cast<StepIndex>(first),
                                    .steps = {step + static_cast<std::ptrdiff_t>(first),
                                              step + static_cast<std::ptrdiff_t>(last)},
                                    .other_cost_names = trajectory.other_cost_names};
    if (Status saved = project.SaveChunk(chunk); !saved) return saved;
  }
  return {};
}

}  // namespace

Result<std::vector<Trajectory>> ReadTrajectories(std::string_view text, const std::string& file,
                                                 const ImportOptions& options) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // as spreadsheets write it
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.empty()) return BadInput(file + " is empty; choose another file.");
  Result<TrajectoryLines> lines = text.front() == '{' ? SplitJsonLines(text) : SplitCsv(text);
  if (!lines) return InFile(file, lines.error());
  const std::string environment =
      options.environment.empty() ? lines->environment : options.environment;
  if (environment.empty()) {
    return BadInput(file + " does not say which environment it is of; name it by --env.");
  }
  double duration_s =
      options.step_duration_s > 0.0 ? options.step_duration_s : lines->step_duration_s;
  if (duration_s == 0.0) duration_s = kUsualStep_s;
  if (!std::isfinite(duration_s) || duration_s <= 0.0) {
    return InFile(file, RejectLine(1, "needs a \"step_duration_s\" above 0."));
  }
  if (lines->lines.empty()) return BadInput(file + " has no steps; choose another file.");
  Assembler assembler(*lines);
  for (const TrajectoryLine& line : lines->lines) {
    if (Status added = assembler.Add(line); !added) return InFile(file, added.error());
  }
  return assembler.Finish(file, environment, duration_s);
}

Result<std::vector<EpisodeId>> SaveTrajectories(Project& project,
                                                std::vector<Trajectory> trajectories,
                                                std::string_view text) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  std::vector<EpisodeId> ids;
  const Status saved = project.Together([&]() -> Status {
    for (Trajectory& trajectory : trajectories) {
      trajectory.header.id = project.next_episode_id();
      trajectory.header.started_unix_ms =
          std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
      if (Status one = Save(project, trajectory, trajectory.header); !one) return one;
      ids.push_back(trajectory.header.id);
    }
    return text.empty() ? Status() : project.SaveSetting(ImportKey(text), IdList(ids));
  });
  if (!saved) return saved.error();
  return ids;
}

std::vector<EpisodeId> ImportedBefore(Project& project, std::string_view text) {
  std::vector<EpisodeId> present;
  std::istringstream ids(project.Setting(ImportKey(text), ""));
  for (EpisodeId id; ids >> id.value;) {
    if (project.FindEpisode(id).ok()) present.push_back(id);
  }
  return present;
}

}  // namespace lookout::app
