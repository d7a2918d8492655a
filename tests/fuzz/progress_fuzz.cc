// progress.txt of a run: what is accepted is a table, cutting it keeps it one, and groups of it can
// be drawn.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/runs/progress_log.h"
#include "app/runs/run_groups.h"
#include "sim/base/check.h"
#include "tests/support/fuzz_seeds.h"

namespace {

using namespace lookout::app;

void Parse(std::string_view text) {
  auto table = ParseProgress(text, "fuzz");
  if (!table.ok()) return;
  for (const auto& [name, values] : table->columns) {
    LOOKOUT_CHECK(values.size() == table->rows, "columns are of one length");
  }
  const auto cut = ParseProgress(KeepEpochs(text, 2), "fuzz");
  LOOKOUT_CHECK(cut.ok() && cut->rows <= table->rows, "a cut table is a table");
  if (const auto all = InPresentColumns(text)) {
    const auto present = ParseProgress(*all, "fuzz");
    LOOKOUT_CHECK(present.ok() && present->rows == table->rows, "more columns, the same rows");
  }
  auto groups = GroupRuns({LoadedRun{"fuzz", {}, std::move(*table)}});
  LOOKOUT_CHECK(groups.ok(), "one run is a group");
  const Curve curve = MeanCurve(groups->front(), "AverageEpRet", 1);
  LOOKOUT_CHECK(curve.mean.size() == curve.steps.size(), "a curve has a value at each step");
  (void)ResultOf(groups->front());
}

}  // namespace

std::vector<std::string> FuzzSeeds() {
  const std::string rows = ProgressHeader() + ProgressRow({.report = {.iteration = 1}}) +
                           ProgressRow({.report = {.iteration = 2}, .run_seconds = 1e9});
  return {rows, "Epoch\tTotalEnvInteracts\tAverageEpRet\n1\t5\tnan\n2\t6\t-1e308\n3\tinf\t0\n",
          "Epoch\tTime\n1\t2\n3", "\t\n\t\n"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Parse({reinterpret_cast<const char*>(data), size});
  return 0;
}
