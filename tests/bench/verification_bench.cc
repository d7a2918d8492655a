// What can be proved of a cost model, and how long that takes:
// `verification_bench [--quick] [MODEL [QUESTION [CELLS [SEED [go-on]]]]]`, where QUESTION is one
// that has a name, or a file. Without a model it asks the shipped one all that have a name.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "agents/inspect/verification/proof_search.h"
#include "app/platform/files.h"
#include "app/verification/question_file.h"
#include "sim/base/fingerprint.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {
namespace {

struct BenchCase {
  std::string model;
  std::string question = "inside-hazard";
  agents::ProofSettings settings;
  std::uint32_t seed = 0;
};

double ProcessorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

std::uint64_t HashOf(const agents::ProofResult& result) {
  std::string text;
  const auto append = [&](const auto& value) {
    text.append(reinterpret_cast<const char*>(&value), sizeof(value));
  };
  append(result.answer);
  append(result.cells);
  append(result.proved);
  append(result.refuted);
  if (result.worst) append(result.worst->point.at);
  return Fnv1a(text);
}

void Run(const BenchCase& bench) {
  const auto model = agents::DecodeCostModel(*ReadWholeFile(bench.model, std::size_t{1} << 26));
  const auto bounds = agents::ModelBounds::Create(*model);
  const auto gym = sim::SafetyGym::Create(*sim::ConfigForId("PointGoal1"));
  LOOKOUT_CHECK((*gym)->Reset(bench.seed).ok(), "PointGoal1 has layouts");
  const auto question = LoadQuestion(bench.question);
  const auto scene = agents::Scene::Create(*question, *bounds, **gym);
  const double start = ProcessorSeconds();
  const agents::ProofResult result =
      agents::SearchProof(*question, *scene, *bounds, bench.settings);
  const double seconds = ProcessorSeconds() - start;
  std::printf("%s, seed %u: %s, %ld cells in %.2f s of a processor (%.0f us each), ",
              bench.question.c_str(), bench.seed, std::string(ChoiceName(result.answer)).c_str(),
              static_cast<long>(result.cells), seconds,
              1e6 * seconds / static_cast<double>(result.cells > 0 ? result.cells : 1));
  std::printf("proved %.4f, refuted %.4f, open %.4f", result.proved, result.refuted, result.open);
  if (result.worst) std::printf(", worst %.4f", double(result.worst->probability));
  if (result.open_sample) {
    std::printf(", of the open %ld of %ld samples failed (at most %.5f)",
                static_cast<long>(result.open_sample->failures),
                static_cast<long>(result.open_sample->trials), result.open_sample->most_failing);
  }
  std::printf(", hash %016lx\n", static_cast<unsigned long>(HashOf(result)));
}

int Main(std::vector<std::string> words) {
  const bool quick = !words.empty() && words[0] == "--quick";
  if (quick) words.erase(words.begin());
  BenchCase bench;
  bench.settings.cells = quick ? 500 : 50'000;
  if (words.empty()) {
    const auto shipped = FindAsset("cost_models/pointgoal1.costmodel");
    if (!shipped.ok()) return 1;
    bench.model = shipped->string();
    for (const NamedQuestion& one : NamedQuestions()) {
      bench.question = one.name;
      bench.settings.go_on = true;
      Run(bench);
    }
    return 0;
  }
  bench.model = words[0];
  if (words.size() > 1) bench.question = words[1];
  if (words.size() > 2) bench.settings.cells = std::atol(words[2].c_str());
  if (words.size() > 3) bench.seed = static_cast<std::uint32_t>(std::atol(words[3].c_str()));
  bench.settings.go_on = words.size() > 4;
  bench.settings.seed = bench.seed;
  Run(bench);
  return 0;
}

}  // namespace
}  // namespace lookout::app

int main(int argc, char** argv) { return lookout::app::Main({argv + 1, argv + argc}); }
