// Steps with costs and human labels as DSRL's offline data sets: flat tables at the root of an HDF5
// file, a row for each action. An episode ends at a row where terminals or timeouts is 1.
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "app/exchange/labels/rows/hdf5_file.h"
#include "app/exchange/labels/rows/label_format.h"
#include "app/exchange/labels/rows/step_tables.h"
#include "app/platform/files.h"
#include "app/project/files/durable_file.h"

namespace lookout::app {
namespace {

std::vector<float> AsFloats(const bool* flags, std::size_t count) { return {flags, flags + count}; }

void AppendEpisode(const EpisodeTable& table, std::size_t observed, std::size_t acted,
                   Hdf5File& file) {
  const std::span<const float> states(table.observations);
  file.Append("observations", states.first(table.steps * observed), observed);
  file.Append("next_observations", states.last(table.steps * observed), observed);
  file.Append("actions", table.actions, acted);
  file.Append("rewards", std::vector<float>(table.rewards.begin(), table.rewards.end()));
  // What an action leads to: its cost, and what people say of the state after it.
  file.Append("costs", std::vector<float>(table.costs.begin() + 1, table.costs.end()));
  file.Append("human_label", std::span(table.human_labels).subspan(1));
  file.Append("terminals", AsFloats(table.terminated.get(), table.steps));
  file.Append("timeouts", AsFloats(table.truncated.get(), table.steps));
}

Status WriteDsrl(const LabelExport& labels, const std::filesystem::path& out) {
  StepTables tables(labels);
  if (Status fits = tables.Check(); !fits) return fits;
  if (Status made = MakeFoldersAbove(out); !made) return made;
  TemporaryFile fresh(out);
  {
    Hdf5File file(fresh.path());
    file.SetAttribute("/", "environment", tables.episodes().front()->header.config.id);
    file.SetAttribute("/", "human_label", "probability of unsafe after the step, NaN: not said");
    for (const StoredEpisode* episode : tables.episodes()) {
      const Result<EpisodeTable> table = tables.Read(*episode);
      if (!table) return table.error();
      AppendEpisode(*table, tables.observation_dim(), tables.action_dim(), file);
    }
    if (Status closed = file.Close(); !closed) return closed;
  }
  return fresh.MoveTo(out);
}

}  // namespace

constexpr LabelFormat kDsrlLabels{
    .name = "dsrl",
    .extension = ".hdf5",
    .what = "a data set of DSRL (HDF5): steps with cost and human_label",
    .carries = {.spans = false},
    .write = WriteDsrl,
    .read = nullptr};

}  // namespace lookout::app
