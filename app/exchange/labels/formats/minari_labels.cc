// Steps with costs and human labels as a data set of Minari 0.5: a folder whose HDF5 file has a
// group for each episode, with the spaces beside it as JSON.
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include "app/exchange/labels/rows/hdf5_file.h"
#include "app/exchange/labels/rows/label_format.h"
#include "app/exchange/labels/rows/step_tables.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

// A box of numbers as Gymnasium's spaces are written: JSON but for Infinity.
std::string BoxOf(std::size_t size, const std::string& low, const std::string& high) {
  const auto list = [&](const std::string& bound) {
    std::string all;
    for (std::size_t i = 0; i < size; ++i) all += (i == 0 ? "" : ", ") + bound;
    return all;
  };
  return fmt::format(
      R"({{"type": "Box", "dtype": "float32", "shape": [{}], "low": [{}], "high": [{}]}})", size,
      list(low), list(high));
}

bool IsDatasetName(const std::string& name) {
  const std::size_t version = name.rfind("-v");
  return version != std::string::npos && version > 0 && version + 2 < name.size() &&
         name.find_first_not_of("0123456789", version + 2) == std::string::npos;
}

std::string MetadataOf(const StepTables& tables, std::int64_t steps, const std::string& name) {
  const bool is_imported = tables.episodes().front()->header.imported.has_value();
  const std::string most = is_imported ? "Infinity" : "1.0";
  const nlohmann::ordered_json metadata{
      {"total_episodes", tables.episodes().size()},
      {"total_steps", steps},
      {"data_format", "hdf5"},
      {"dataset_id", name},
      {"minari_version", "0.5.3"},
      {"observation_space", BoxOf(tables.observation_dim(), "-Infinity", "Infinity")},
      {"action_space", BoxOf(tables.action_dim(), "-" + most, most)},
      {"author", {"Lookout"}},
      {"jpeg_encoding", false},
      {"requirements", nlohmann::ordered_json::array()},
      {"environment", tables.episodes().front()->header.config.id},
      {"description", "infos/human_label: probability of unsafe after the step, NaN: not said"}};
  return metadata.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void AddEpisode(const EpisodeTable& table, const StoredEpisode& episode, std::size_t number,
                const StepTables& tables, Hdf5File& file) {
  const std::string group = fmt::format("episode_{}", number);
  file.AddGroup(group);
  file.SetAttribute(group, "id", static_cast<std::int64_t>(number));
  file.SetAttribute(group, "total_steps", static_cast<std::int64_t>(table.steps));
  file.SetAttribute(group, "seed", std::int64_t{episode.header.seed});
  file.Append(group + "/observations", table.observations, tables.observation_dim());
  file.Append(group + "/actions", table.actions, tables.action_dim());
  file.Append(group + "/rewards", table.rewards);
  file.Append(group + "/terminations", std::span<const bool>(table.terminated.get(), table.steps));
  file.Append(group + "/truncations", std::span<const bool>(table.truncated.get(), table.steps));
  file.AddGroup(group + "/infos");
  file.Append(group + "/infos/cost", table.costs);
  file.Append(group + "/infos/human_label", table.human_labels);
}

Status WriteInto(const fs::path& folder, const StepTables& tables, const std::string& name) {
  Hdf5File file(folder / "main_data.hdf5");
  std::int64_t steps = 0;
  for (std::size_t i = 0; i < tables.episodes().size(); ++i) {
    const StoredEpisode& episode = *tables.episodes()[i];
    const Result<EpisodeTable> table = tables.Read(episode);
    if (!table) return table.error();
    AddEpisode(*table, episode, i, tables, file);
    steps += static_cast<std::int64_t>(table->steps);
  }
  if (Status closed = file.Close(); !closed) return closed;
  return WriteWholeFile(folder / "metadata.json", MetadataOf(tables, steps, name));
}

Status WriteMinari(const LabelExport& labels, const fs::path& out) {
  const std::string name = (out.has_filename() ? out : out.parent_path()).filename().string();
  if (!IsDatasetName(name)) {
    return BadInput("Minari would not find a data set in " + out.string() +
                    "; call the folder NAME-v0 or so.");
  }
  StepTables tables(labels);
  if (Status fits = tables.Check(); !fits) return fits;
  const fs::path data = out / "data";
  if (Status made = MakeFoldersAbove(data / "main_data.hdf5"); !made) return made;
  Status written = WriteInto(data, tables, name);
  std::error_code ignored;
  if (!written) fs::remove_all(out, ignored);
  return written;
}

}  // namespace

constexpr LabelFormat kMinariLabels{
    .name = "minari",
    .extension = ".hdf5",
    .what = "a folder NAME-v0 with a data set of Minari: steps, infos cost and human_label",
    .carries = {.spans = false},
    .write = WriteMinari,
    .read = nullptr};

}  // namespace lookout::app
