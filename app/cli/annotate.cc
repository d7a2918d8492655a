// lookout annotate: simulated annotators mark the episodes of a project and compare clips of them.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/feedback/annotators/simulated_preferences.h"
#include "agents/feedback/journal/feedback_journal.h"
#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/option_checks.h"
#include "app/platform/files.h"
#include "sim/base/random_state.h"

namespace lookout::app {
namespace {

struct AnnotateCommand {
  std::string project;
  std::vector<std::string> annotators;
  std::string out;                     // empty: into the project itself
  std::vector<std::int64_t> episodes;  // by id; empty: all
  std::uint32_t seed = 1;
  int pairs = 0;
  int clip_steps = 50;
  bool no_spans = false;
  bool json = false;
};

struct LoadedEpisode {
  sim::EpisodeHeader header;
  agents::EpisodeFacts facts;
};

// What one annotator gave.
struct Given {
  std::string annotator;
  std::int64_t spans = 0;
  std::int64_t pairs = 0;
};

// How much of the session is over at an episode, 0 to 1.
double SessionAt(std::size_t episode, std::size_t episodes) {
  return episodes < 2 ? 0.0 : static_cast<double>(episode) / static_cast<double>(episodes - 1);
}

// The same for an annotator whoever else is there.
std::uint32_t SeedOf(std::uint32_t seed, const std::string& name) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash ^ seed;
}

Result<std::vector<agents::AnnotatorSpec>> ReadAnnotators(const AnnotateCommand& command) {
  std::vector<agents::AnnotatorSpec> specs;
  std::set<std::string> names;
  for (const std::string& text : command.annotators) {
    auto spec = agents::ParseAnnotator(text);
    if (!spec) return WrongUsage(spec.error());
    if (!names.insert(spec->settings.name).second) {
      return WrongUsage("--annotator: there are two of the name " + spec->settings.name +
                        "; give each a name of its own.");
    }
    specs.push_back(std::move(spec).value());
  }
  return specs;
}

// Who has said something already would say it twice.
Status CheckNew(const agents::FeedbackSet& feedback,
                const std::vector<agents::AnnotatorSpec>& specs) {
  std::set<std::string> known;
  for (const auto& [id, record] : feedback.records()) known.insert(record.annotator);
  for (const agents::AnnotatorSpec& spec : specs) {
    if (known.contains(spec.settings.name)) {
      return BadInput("The project has feedback of " + spec.settings.name +
                      " already; choose another name for --annotator.");
    }
  }
  return {};
}

Result<std::vector<LoadedEpisode>> LoadEpisodes(Project& project, const AnnotateCommand& command,
                                                bool with_geometry) {
  const auto stored = project.Episodes();
  if (!stored) return stored.error();
  std::set<std::int64_t> wanted(command.episodes.begin(), command.episodes.end());
  std::vector<LoadedEpisode> episodes;
  for (const StoredEpisode& episode : *stored) {
    const EpisodeId id = episode.header.id;
    if (!command.episodes.empty() && wanted.erase(id.value) == 0) continue;
    const auto chunks = project.LoadSteps(id);
    if (!chunks) return chunks.error();
    auto facts = agents::ReadFacts(episode.header, *chunks, with_geometry);
    if (!facts) return facts.error();
    episodes.push_back({episode.header, std::move(facts).value()});
  }
  const std::string file = project.path().string();
  if (!command.episodes.empty() && !wanted.empty()) {
    return BadInput(
        fmt::format("--episodes: there is no episode {} in {}; leave the option out for all.",
                    *wanted.begin(), file));
  }
  if (episodes.empty())
    return BadInput("There are no episodes in " + file + "; record some first.");
  return episodes;
}

std::vector<agents::SeenEpisode> SeenBy(const agents::AnnotatorSpec& spec,
                                        const std::vector<LoadedEpisode>& episodes) {
  std::vector<agents::SeenEpisode> seen;
  for (std::size_t i = 0; i < episodes.size(); ++i) {
    const double session = SessionAt(i, episodes.size());
    const double keenness = 1.0 + spec.settings.drift * session;
    agents::SeenEpisode& episode = seen.emplace_back();
    episode.episode = episodes[i].facts.episode;
    for (const agents::StepFacts& step : episodes[i].facts.steps) {
      episode.steps.push_back(agents::See(step, spec.sees, keenness));
    }
  }
  return seen;
}

// Turns feedback into entries of the journal, with times by which nothing depends on the clock.
class JournalMaker {
 public:
  JournalMaker(const agents::FeedbackSet& feedback, std::vector<agents::JournalEntry>& entries)
      : sequence_(feedback.last_sequence()), next_id_(feedback.next_id()), entries_(entries) {}

  void Add(agents::FeedbackRecord record, std::int64_t unix_ms) {
    record.id = next_id_;
    ++next_id_.value;
    record.created_unix_ms = unix_ms;
    record.on_screen = {.playback_speed = 1.0, .mode = "simulated", .blind = true};
    agents::JournalEntry& entry = entries_.emplace_back();
    entry.sequence = ++sequence_;
    entry.unix_ms = unix_ms;
    entry.annotator = record.annotator;
    entry.record = std::move(record);
  }

 private:
  std::int64_t sequence_;
  MarkId next_id_;
  std::vector<agents::JournalEntry>& entries_;
};

// Only clips of one observation can be compared.
std::vector<agents::Preference> PairsOf(const AnnotateCommand& command,
                                        const agents::AnnotatorSpec& spec,
                                        const std::vector<LoadedEpisode>& episodes,
                                        const std::vector<agents::SeenEpisode>& seen,
                                        RandomState& random) {
  std::vector<agents::SeenEpisode> comparable;
  for (std::size_t i = 0; i < episodes.size(); ++i) {
    const sim::EpisodeHeader& header = episodes[i].header;
    const sim::EpisodeHeader& first = episodes.front().header;
    const bool alike = header.signature.empty() ? header.config.id == first.config.id
                                                : header.signature == first.signature;
    if (alike) comparable.push_back(seen[i]);
  }
  return agents::ComparePairs(comparable, command.pairs, command.clip_steps, spec.settings, random);
}

Given Annotate(const AnnotateCommand& command, const agents::AnnotatorSpec& spec,
               const std::vector<LoadedEpisode>& episodes, JournalMaker& journal) {
  Given given{.annotator = spec.settings.name};
  RandomState random(SeedOf(command.seed, spec.settings.name));
  const std::vector<agents::SeenEpisode> seen = SeenBy(spec, episodes);
  for (std::size_t i = 0; i < seen.size() && !command.no_spans; ++i) {
    const double session = SessionAt(i, seen.size());
    for (const agents::Mark& mark :
         agents::AnnotateSeen(seen[i].episode, seen[i].steps, spec.settings, session, random)) {
      journal.Add(RecordOf(mark), episodes[i].header.started_unix_ms);
      ++given.spans;
    }
  }
  if (command.pairs == 0) return given;
  for (const agents::Preference& preference : PairsOf(command, spec, episodes, seen, random)) {
    agents::FeedbackRecord record{.annotator = spec.settings.name};
    SetContent(preference, record);
    journal.Add(std::move(record), episodes.back().header.started_unix_ms);
    ++given.pairs;
  }
  return given;
}

void Print(const AnnotateCommand& command, const std::string& project,
           const std::vector<Given>& all, std::size_t episodes) {
  if (!command.json) {
    for (const Given& given : all) {
      std::printf("%s: %lld spans and %lld pairs in %zu episodes\n", given.annotator.c_str(),
                  static_cast<long long>(given.spans), static_cast<long long>(given.pairs),
                  episodes);
    }
    std::printf("in %s\n", project.c_str());
    return;
  }
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Given& given : all) {
    rows.push_back({{"name", given.annotator}, {"spans", given.spans}, {"pairs", given.pairs}});
  }
  const nlohmann::ordered_json object{{"project", project},
                                      {"episodes", episodes},
                                      {"seed", command.seed},
                                      {"annotators", std::move(rows)}};
  std::printf("%s\n", object.dump(2).c_str());
}

// Appends to the project itself, or to the copy that was asked for.
Status Write(const AnnotateCommand& command, Project& project,
             const std::vector<agents::JournalEntry>& entries) {
  if (command.out.empty()) return project.AppendJournal(entries);
  if (Status made = MakeFoldersAbove(command.out); !made) return made;
  if (Status copied = project.CopyTo(command.out); !copied) return copied;
  const auto copy = Project::Open(command.out, ProjectAccess::kReadWrite);
  return copy ? (*copy)->AppendJournal(entries) : Status(copy.error());
}

Status Run(const AnnotateCommand& command) {
  if (command.no_spans && command.pairs == 0) {
    return WrongUsage("--no-spans leaves nothing to do; say how many --pairs.");
  }
  const auto specs = ReadAnnotators(command);
  if (!specs) return specs.error();
  const bool into_itself = command.out.empty();
  const auto project = OpenExistingProject(
      command.project, into_itself ? ProjectAccess::kReadWrite : ProjectAccess::kReadOnly);
  if (!project) return project.error();
  if (into_itself && (*project)->read_only()) return BadInput((*project)->read_only_reason());
  const auto feedback = (*project)->LoadFeedback();
  if (!feedback) return feedback.error();
  if (Status fresh = CheckNew(*feedback, *specs); !fresh) return fresh;
  const bool with_geometry = std::ranges::any_of(
      *specs, [](const agents::AnnotatorSpec& spec) { return spec.sees.needs_geometry(); });
  const auto episodes = LoadEpisodes(**project, command, with_geometry);
  if (!episodes) return episodes.error();
  std::vector<agents::JournalEntry> entries;
  JournalMaker journal(*feedback, entries);
  std::vector<Given> given;
  for (const agents::AnnotatorSpec& spec : *specs) {
    given.push_back(Annotate(command, spec, *episodes, journal));
  }
  if (Status written = Write(command, **project, entries); !written) return written;
  Print(command, into_itself ? (*project)->path().string() : command.out, given, episodes->size());
  return {};
}

}  // namespace

void AddAnnotateCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<AnnotateCommand>();
  CLI::App* command = app.add_subcommand(
      "annotate", "Simulated annotators with stated faults mark the episodes of a project.");
  command->add_option("PROJECT", options->project, "Project file.")->required();
  command
      ->add_option("--annotator", options->annotators,
                   "Who they are, as described below; once for each.")
      ->required()
      ->expected(1);
  command->get_option("--annotator")->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--out", options->out,
                      "New project file: a copy with the feedback. Otherwise the project gets it.");
  command->add_option("--episodes", options->episodes, "Ids, separated by commas. Default: all.")
      ->delimiter(',');
  command->add_option("--seed", options->seed, "Of their faults.")->capture_default_str();
  command->add_option("--pairs", options->pairs, "Pairs of clips for each to compare, at random.")
      ->check(Between(0, 1'000'000))
      ->capture_default_str();
  command->add_option("--clip-steps", options->clip_steps, "Steps of a clip.")
      ->check(Between(1, 100'000))
      ->capture_default_str();
  command->add_flag("--no-spans", options->no_spans, "Pairs alone.");
  command->add_flag("--json", options->json, "One JSON object instead of lines.");
  command->footer(agents::AnnotatorHelp());
  command->callback([options, &exit_code] {
    if (const Status done = Run(*options); !done) exit_code = Fail(done.error());
  });
}

}  // namespace lookout::app
