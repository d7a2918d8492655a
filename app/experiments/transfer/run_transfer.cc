#include "app/experiments/transfer/run_transfer.h"

#include <filesystem>
#include <functional>
#include <string>
#include <utility>

#include "app/experiments/spread_jobs.h"
#include "app/experiments/transfer/measure_transfer.h"
#include "app/experiments/transfer/transfer_answers.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostCellBytes = std::size_t{64} << 20U;

Result<TransferCell> ReadCell(const TransferWorld& world, const TransferKey& key) {
  const std::filesystem::path file = world.folder / FileNameOf(world, key);
  const auto text = ReadWholeFile(file, kMostCellBytes);
  if (!text) return text.error();
  return DecodeCell(*text, key, world, file.string());
}

// What is there of other settings is found before anything is done.
Status CheckFiles(const TransferWorld& world, const std::vector<PlaceKey>& answers,
                  const std::vector<TransferKey>& cells) {
  const KeepGoing only_read = [] { return false; };
  for (const PlaceKey& key : answers) {
    if (!std::filesystem::exists(world.folder / FileNameOf(world, key))) continue;
    const auto read = AnswersOf(world, key, only_read);
    if (!read) return read.error();
  }
  for (const TransferKey& key : cells) {
    if (!std::filesystem::exists(world.folder / FileNameOf(world, key))) continue;
    const auto read = ReadCell(world, key);
    if (!read) return read.error();
  }
  return {};
}

Status DoCell(const TransferWorld& world, const TransferKey& key, const KeepGoing& keep_going) {
  const std::filesystem::path file = world.folder / FileNameOf(world, key);
  if (std::filesystem::exists(file)) return {};
  const auto cell = MeasureTransfer(world, key, keep_going);
  if (!cell) return cell.error();
  return WriteWholeFile(file, EncodeCell(*cell, world));
}

std::vector<PlaceKey> AnswersFor(const TransferWorld& world, int seeds) {
  std::vector<PlaceKey> keys;
  for (int seed = 0; seed < seeds; ++seed) {
    for (std::size_t place = 0; place < world.stages.size(); ++place) {
      keys.push_back({place, static_cast<std::uint32_t>(seed)});
    }
  }
  return keys;
}

}  // namespace

std::vector<TransferKey> CellsOf(const TransferWorld& world, int seeds) {
  std::vector<TransferKey> cells;
  const std::size_t places = world.stages.size();
  for (int seed = 0; seed < seeds; ++seed) {
    for (std::size_t source = 0; source < places; ++source) {
      for (std::size_t target = 0; target < places; ++target) {
        cells.push_back({source, target, static_cast<std::uint32_t>(seed)});
      }
    }
  }
  return cells;
}

int JobsOf(const TransferWorld& world, int seeds) {
  return static_cast<int>(AnswersFor(world, seeds).size() + CellsOf(world, seeds).size());
}

Result<std::vector<TransferCell>> RunTransfer(const TransferWorld& world, const StudyRun& run,
                                              agents::ProcessGroup& processes) {
  const std::vector<PlaceKey> answers = AnswersFor(world, run.seeds);
  const std::vector<TransferKey> cells = CellsOf(world, run.seeds);
  const auto places = static_cast<int>(answers.size());
  const auto spread = [&run](int jobs, int before) {
    return JobSpread{.jobs = jobs, .workers = run.workers, .progress = [&run, before](int done) {
                       return !run.progress || run.progress(before + done);
                     }};
  };
  Status done = AgreeOn(CheckFiles(world, answers, cells), processes);
  if (!done) return done.error();
  done = SpreadJobsTogether(
      spread(places, 0), processes, [&](int i, const KeepGoing& keep_going) -> Status {
        const auto made = AnswersOf(world, answers[static_cast<std::size_t>(i)], keep_going);
        return made ? Status() : Status(made.error());
      });
  if (!done) return done.error();
  done = SpreadJobsTogether(spread(static_cast<int>(cells.size()), places), processes,
                            [&](int i, const KeepGoing& keep_going) {
                              return DoCell(world, cells[static_cast<std::size_t>(i)], keep_going);
                            });
  if (!done) return done.error();
  std::vector<TransferCell> all;
  for (const TransferKey& key : cells) {
    auto cell = ReadCell(world, key);
    if (!cell) return cell.error();
    all.push_back(std::move(cell).value());
  }
  return all;
}

}  // namespace lookout::app
