#include "app/workers/blockers/measure_blocker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "agents/overseer/blocker/blocker_filter.h"
#include "agents/overseer/blocker/blocker_fit.h"
#include "app/overseers/learned_kinds.h"

namespace lookout::app {
namespace {

using agents::BlockerConsequences;
using agents::BlockerData;
using agents::BlockerModel;

constexpr int kMostRows = 100'000;

struct Gathered {
  BlockerData data;
  std::int64_t fitting = 0;   // episodes with what it looks at
  std::int64_t episodes = 0;  // of them, those with blocks
  std::int64_t blocks = 0;
};

// Whose figures are shown where none can be measured.
constexpr std::string_view kOfFile = "by the file, of episodes kept from its fit";

// A blocker is not to be judged by what it, or its like, has blocked itself.
bool HasBlockers(const Recording& recording) {
  return std::ranges::any_of(recording.chunks, [](const sim::ChunkPtr& chunk) {
    return std::ranges::any_of(chunk->steps, [](const sim::StepRecord& step) {
      return step.overseer != nullptr && *step.overseer == agents::BlockerFilter::kName;
    });
  });
}

Gathered Gather(const BlockerRequest& request, const BlockerModel& model,
                const std::function<bool()>& stopped) {
  Gathered gathered{
      .data = {.signature = model.networks.signature, .action_dim = model.networks.action_dim()}};
  const std::uint64_t hash = model.networks.signature.hash();
  for (const BlockerRequest::Episode& episode : request.episodes) {
    if (gathered.data.rows() >= kMostRows || (stopped && stopped())) break;
    if (episode.observation_hash != hash) continue;
    ++gathered.fitting;
    const Result<Recording> read = Fetch(episode.recording, request.load);
    if (!read || HasBlockers(*read)) continue;
    const auto added = agents::AddRecorded(*read->header, read->chunks, {}, gathered.data);
    if (!added || added->blocks == 0) continue;
    ++gathered.episodes;
    gathered.blocks += added->blocks;
  }
  return gathered;
}

// Files of before do not tell of how many episodes their rows are.
agents::ExactInterval FalseShareOf(const BlockerConsequences& consequences) {
  agents::ExactInterval share = consequences.false_block_share();
  if (consequences.episodes == 0) share.low = share.high = std::nan("");
  return share;
}

ui::BlockerRow RowOf(const BlockerConsequences& consequences) {
  return {.threshold = consequences.threshold,
          .steps = consequences.rows,
          .overseer_blocks = consequences.overseer_blocks,
          .blocks = consequences.blocks,
          .misses = consequences.misses,
          .false_blocks = consequences.false_blocks,
          .false_share = FalseShareOf(consequences),
          .runs = consequences.runs,
          .missed_starts = consequences.missed_starts,
          .missed_runs = consequences.missed_runs,
          .missed_share = consequences.missed_start_share()};
}

// With the file's own threshold among them, as it is what is used unless somebody says otherwise.
std::vector<ui::BlockerRow> RowsOf(std::vector<BlockerConsequences> table,
                                   const BlockerConsequences& own) {
  if (own.rows > 0) table.push_back(own);
  std::ranges::sort(table, {}, &BlockerConsequences::threshold);
  std::vector<ui::BlockerRow> rows;
  for (const BlockerConsequences& consequences : table) {
    if (!rows.empty() && rows.back().threshold == consequences.threshold) continue;
    rows.push_back(RowOf(consequences));
  }
  return rows;
}

BlockerConsequences OwnOf(const BlockerModel& model) {
  for (const agents::RuleReport& rule : model.report.rules) {
    if (rule.rule == model.rule && rule.refusal.empty()) return rule.consequences;
  }
  return {};
}

}  // namespace

ui::BlockerOnScreen MeasureBlocker(const BlockerRequest& request,
                                   const std::function<bool()>& stopped) {
  ui::BlockerOnScreen measured{.file = request.file.string()};
  const Result<agents::BlockerModelPtr> model = LoadBlockerFile(request.file);
  if (!model) {
    measured.problem = model.error().message;
    return measured;
  }
  measured.threshold = (*model)->threshold;
  measured.teacher = (*model)->teacher;
  const Gathered gathered = Gather(request, **model, stopped);
  if (gathered.blocks == 0) {
    measured.source =
        request.episodes.empty() || gathered.fitting > 0
            ? fmt::format("Nobody blocked in this project: {}", kOfFile)
            : fmt::format("No episode here has the observation of {}, where it learned: {}",
                          (*model)->environment, kOfFile);
    measured.rows = RowsOf((*model)->report.table, OwnOf(**model));
    return measured;
  }
  const agents::BlockerScores scores = agents::ScoreRows(**model, gathered.data);
  measured.source = fmt::format("Of {} {} of this project in which somebody stepped in",
                                gathered.episodes, gathered.episodes == 1 ? "episode" : "episodes");
  measured.rows = RowsOf(agents::ConsequencesOverRange(scores.rows()),
                         agents::ConsequencesAt(scores.rows(), (*model)->threshold));
  return measured;
}

}  // namespace lookout::app
