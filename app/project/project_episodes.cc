// Episodes and their recordings in the project file.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "app/project/sqlite_project.h"
#include "sim/base/log.h"
#include "sim/recording/acting.h"
#include "sim/recording/predicted_cost.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostHandOvers = 1000;

std::string Name(EpisodeId id) { return fmt::format("Episode {}", id.value); }

// What a chunk adds to its episode's totals.
struct Totals {
  double episode_return = 0.0;
  double cost = 0.0;
  double predicted_cost = 0.0;
  bool finished = false;
};

Totals Sum(const sim::RecordingChunk& chunk) {
  Totals totals;
  StepIndex index = chunk.first_step;
  for (const sim::StepRecord& step : chunk.steps) {
    totals.episode_return += step.reward;
    totals.cost += step.costs.total;
    totals.predicted_cost += double(sim::PredictedCostOf(index++, step.predicted_cost));
    totals.finished = sim::IsDone(step.status);
  }
  return totals;
}

constexpr std::string_view kSelectEpisodes =
    "SELECT header, steps, episode_return, cost, predicted_cost, finished, id FROM episode "
    "ORDER BY id";
constexpr std::string_view kSelectEpisode =
    "SELECT header, steps, episode_return, cost, predicted_cost, finished, id FROM episode "
    "WHERE id = ?1";

Result<StoredEpisode> ReadEpisode(const Rows& rows) {
  const EpisodeId id{rows.Integer(6)};
  Result<sim::EpisodeHeader> header = sim::DecodeHeader(rows.Bytes(0));
  if (!header) {
    return Error{Name(id) + " cannot be read: " + header.error().message, header.error().code};
  }
  header->id = id;
  StoredEpisode episode;
  episode.header = std::move(header).value();
  episode.steps = static_cast<StepIndex>(rows.Integer(1));
  episode.episode_return = rows.Real(2);
  episode.cost = rows.Real(3);
  episode.predicted_cost = rows.Real(4);
  episode.finished = rows.Integer(5) != 0;
  return episode;
}

}  // namespace

Status SqliteProject::SaveEpisode(const sim::EpisodeHeader& header) {
  if (Status writable = CheckWritable(); !writable) return writable;
  const Status saved = database_.Run(
      "INSERT INTO episode (id, header, steps, episode_return, cost, predicted_cost, finished) "
      "VALUES (?1, ?2, 0, 0, 0, 0, 0)",
      header.id.value, sim::EncodeHeader(header));
  if (saved) next_episode_id_ = std::max(next_episode_id_, EpisodeId{header.id.value + 1});
  return saved;
}

Status SqliteProject::CheckNextChunk(const sim::RecordingChunk& chunk) {
  Result<Rows> rows =
      database_.Query("SELECT steps FROM episode WHERE id = ?1", chunk.episode.value);
  if (!rows) return rows.error();
  if (!rows->Next()) {
    if (!rows->status()) return rows->status();
    return BadInput(Name(chunk.episode) + " is not in the project, so its steps are not saved.");
  }
  const std::int64_t steps = rows->Integer(0);
  if (steps == chunk.first_step) return {};
  return BadInput(fmt::format("{} has {} steps; a recording from step {} does not continue it.",
                              Name(chunk.episode), steps, chunk.first_step));
}

Status SqliteProject::SaveHandOvers(const sim::RecordingChunk& chunk) {
  Result<StoredEpisode> episode = FindEpisode(chunk.episode);
  if (!episode) return episode.error();
  sim::EpisodeHeader& header = episode->header;
  const std::string agent =
      header.hand_overs.empty() ? header.agent : header.hand_overs.back().agent;
  std::vector<sim::HandOver> hand_overs = sim::HandOversIn(header, agent, chunk);
  // An agent that changes with every step is told by the steps; the list needs only so many.
  const std::size_t room = kMostHandOvers - std::min(kMostHandOvers, header.hand_overs.size());
  hand_overs.resize(std::min(hand_overs.size(), room));
  if (hand_overs.empty()) return {};
  std::ranges::move(hand_overs, std::back_inserter(header.hand_overs));
  return database_.Run("UPDATE episode SET header = ?2 WHERE id = ?1", chunk.episode.value,
                       sim::EncodeHeader(header));
}

Status SqliteProject::SaveChunk(const sim::RecordingChunk& chunk) {
  if (Status writable = CheckWritable(); !writable) return writable;
  if (chunk.steps.empty()) return {};
  return database_.InTransaction([&]() -> Status {
    if (Status next = CheckNextChunk(chunk); !next) return next;
    const Status saved =
        database_.Run("INSERT INTO chunk (episode, first_step, bytes) VALUES (?1, ?2, ?3)",
                      chunk.episode.value, chunk.first_step, Blob{sim::EncodeChunk(chunk)});
    if (!saved) return saved;
    if (Status added = SaveHandOvers(chunk); !added) return added;
    const Totals totals = Sum(chunk);
    return database_.Run(
        "UPDATE episode SET steps = steps + ?2, episode_return = episode_return + ?3, "
        "cost = cost + ?4, predicted_cost = predicted_cost + ?5, finished = ?6 WHERE id = ?1",
        chunk.episode.value, chunk.steps.size(), totals.episode_return, totals.cost,
        totals.predicted_cost, totals.finished);
  });
}

Result<std::vector<StoredEpisode>> SqliteProject::Episodes() {
  Result<Rows> rows = database_.Query(kSelectEpisodes);
  if (!rows) return rows.error();
  std::vector<StoredEpisode> episodes;
  while (rows->Next()) {
    Result<StoredEpisode> episode = ReadEpisode(*rows);
    if (episode) {
      episodes.push_back(std::move(episode).value());
    } else {
      LogWarning(episode.error().message);  // the others are still worth having
    }
  }
  if (!rows->status()) return rows->status().error();
  return episodes;
}

Result<StoredEpisode> SqliteProject::FindEpisode(EpisodeId id) {
  Result<Rows> rows = database_.Query(kSelectEpisode, id.value);
  if (!rows) return rows.error();
  if (rows->Next()) return ReadEpisode(*rows);
  if (!rows->status()) return rows->status().error();
  return BadInput(Name(id) + " is not in the project; choose one of the list.");
}

Result<std::vector<sim::ChunkPtr>> SqliteProject::LoadSteps(EpisodeId id) {
  Result<Rows> rows =
      database_.Query("SELECT bytes FROM chunk WHERE episode = ?1 ORDER BY first_step", id.value);
  if (!rows) return rows.error();
  std::vector<sim::ChunkPtr> chunks;
  StepIndex next_step = 0;
  while (rows->Next()) {
    Result<sim::RecordingChunk> chunk = sim::DecodeChunk(rows->Bytes(0));
    if (!chunk) {
      return Error{Name(id) + " cannot be read: " + chunk.error().message, chunk.error().code};
    }
    if (chunk->episode != id || chunk->first_step != next_step) {
      return BadInput(fmt::format(
          "{} cannot be read: its step {} is missing; open a copy of the project that is intact.",
          Name(id), next_step));
    }
    next_step += static_cast<StepIndex>(chunk->steps.size());
    chunks.push_back(std::make_shared<sim::RecordingChunk>(std::move(chunk).value()));
  }
  if (!rows->status()) return rows->status().error();
  return chunks;
}

Status SqliteProject::PruneUnmarked(int keep) {
  if (Status writable = CheckWritable(); !writable) return writable;
  // An episode whose feedback was all taken back stays too: a redo may bring them back. So does one
  // that was imported: nothing here plays it again.
  return database_.InTransaction([&]() -> Status {
    const Status chunks_gone = database_.Run(
        "DELETE FROM chunk WHERE episode IN (SELECT id FROM episode "
        "WHERE id NOT IN (SELECT episode FROM journal_episode) "
        "AND CASE WHEN json_valid(header) THEN json_extract(header, '$.imported') END IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM setting "
        "WHERE key = 'library/episode/' || episode.id AND value <> '{}') "
        "ORDER BY id DESC LIMIT -1 OFFSET ?1)",
        std::max(keep, 0));
    if (!chunks_gone) return chunks_gone;
    return database_.Run(
        "DELETE FROM episode WHERE id IN (SELECT id FROM episode "
        "WHERE id NOT IN (SELECT episode FROM journal_episode) "
        "AND CASE WHEN json_valid(header) THEN json_extract(header, '$.imported') END IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM setting "
        "WHERE key = 'library/episode/' || episode.id AND value <> '{}') "
        "ORDER BY id DESC LIMIT -1 OFFSET ?1)",
        std::max(keep, 0));
  });
}

}  // namespace lookout::app
