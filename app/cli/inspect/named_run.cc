#include "app/cli/inspect/named_run.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/goodhart/project_run.h"
#include "app/runs/run_folder.h"
#include "app/workspace/files/library_file.h"
#include "ui/model/library.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

bool Exists(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}
bool IsRun(const fs::path& path) { return Exists(RunFolder(path).config()); }

// "3 \"near hazards\"".
std::string RunInWords(const StoredRun& run, const ui::Library& library) {
  const std::string& name = library.Of(ui::KeyOf(run.id)).name;
  return name.empty() ? fmt::format("{}", run.id.value)
                      : fmt::format("{} \"{}\"", run.id.value, name);
}

std::string AllInWords(const std::vector<StoredRun>& runs, const ui::Library& library) {
  if (runs.empty()) return "no run";
  std::string words = runs.size() == 1 ? "run " : "runs ";
  for (std::size_t i = 0; i < runs.size(); ++i) {
    words += (i == 0 ? "" : ", ") + RunInWords(runs[i], library);
  }
  return words;
}

// Rejects a name that two runs have.
Result<std::optional<RunId>> RunOfName(const std::string& name, const std::vector<StoredRun>& runs,
                                       const ui::Library& library) {
  if (const auto number = RunIdIn(name)) return number;
  std::optional<RunId> found;
  for (const StoredRun& run : runs) {
    if (library.Of(ui::KeyOf(run.id)).name != name) continue;
    if (found) {
      return BadInput(fmt::format("Runs {} and {} are both called \"{}\": name one by its number.",
                                  found->value, run.id.value, name));
    }
    found = run.id;
  }
  return found;
}

}  // namespace

Result<GoodhartRun> LoadNamedRun(const GoodhartChoice& choice, Project* project,
                                 const sim::CameraFactory& cameras) {
  if (project == nullptr || IsRun(choice.folder)) return LoadGoodhartRun(choice, cameras);
  const std::string name = choice.folder.string();
  const fs::path beside = project->path().parent_path() / choice.folder;
  if (IsRun(beside)) {
    GoodhartChoice there = choice;
    there.folder = beside;
    return LoadGoodhartRun(there, cameras);
  }
  const auto runs = project->Runs();
  if (!runs.ok()) return runs.error();
  const ui::Library library = LoadLibrary(*project);
  const auto id = RunOfName(name, *runs, library);
  if (!id.ok()) return id.error();
  if (*id) return LoadProjectRun(choice, **id, *project, cameras);
  if (Exists(choice.folder)) return LoadGoodhartRun(choice, cameras);  // which says what it is
  return BadInput(fmt::format(
      "There is no run's folder {0}, none {1} beside the project, and no run of that name in {2}, "
      "which has {3}.",
      name, beside.string(), project->path().string(), AllInWords(*runs, library)));
}

}  // namespace lookout::app
