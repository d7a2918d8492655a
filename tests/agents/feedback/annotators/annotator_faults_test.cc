// The faults that a simulated annotator is given in words, one by one.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "agents/feedback/annotators/annotator_spec.h"

namespace lookout::agents {
namespace {

constexpr EpisodeId kEpisode{1};

AnnotatorSettings Settings(const std::string& faults) {
  const auto spec = ParseAnnotator("Ann: cost; lag 0; " + faults);
  REQUIRE_MESSAGE(spec.ok(), faults);
  return spec->settings;
}

// 40 unsafe spans of ten steps, each with that margin, between safe ones of forty.
std::vector<SeenStep> Seen(float margin = 1.0F) {
  std::vector<SeenStep> seen(2000, SeenStep{-1.0F, 0});
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (i % 50 >= 40) seen[i] = {margin, 3};
  }
  return seen;
}

std::vector<Mark> Annotate(const std::string& faults, double session = 0.0, float margin = 1.0F,
                           std::uint32_t seed = 1) {
  RandomState random(seed);
  return AnnotateSeen(kEpisode, Seen(margin), Settings(faults), session, random);
}

// Marks on what looks unsafe (or safe), by what they say.
std::int64_t Count(const std::vector<Mark>& marks, bool looks_unsafe, Verdict verdict) {
  return std::ranges::count_if(marks, [&](const Mark& mark) {
    return (mark.first_step % 50 >= 40) == looks_unsafe && mark.verdict == verdict;
  });
}

TEST_CASE("without faults every span is marked as it looks, with its class") {
  const auto marks = Annotate("");
  CHECK(Count(marks, true, Verdict::kUnsafe) == 40);
  CHECK(Count(marks, false, Verdict::kUnsafe) == 0);
  CHECK(std::ranges::all_of(marks, [](const Mark& mark) {
    return mark.danger == (mark.verdict == Verdict::kUnsafe ? 3 : 0);
  }));
}

TEST_CASE("flips turn verdicts of both kinds, or of one alone") {
  const auto both = Annotate("flip 0.5");
  CHECK(Count(both, true, Verdict::kSafe) > 10);
  CHECK(Count(both, false, Verdict::kUnsafe) > 5);
  const auto one = Annotate("flip-unsafe 1");
  CHECK(Count(one, true, Verdict::kSafe) == 40);
  CHECK(Count(one, false, Verdict::kUnsafe) == 0);
}

TEST_CASE("near the threshold verdicts flip, far from it they do not") {
  CHECK(Count(Annotate("boundary 1", 0.0, 0.001F), true, Verdict::kSafe) >= 38);
  CHECK(Count(Annotate("boundary 1", 0.0, 1.0F), true, Verdict::kSafe) == 0);
}

TEST_CASE("not sure and wrong classes come at their rates") {
  CHECK(Count(Annotate("unsure 1"), true, Verdict::kUnsure) == 40);
  const auto wrong = Annotate("wrong-class 1");
  CHECK(std::ranges::none_of(wrong, [](const Mark& mark) { return mark.danger == 3; }));
  CHECK(std::ranges::all_of(wrong, [](const Mark& mark) { return mark.danger <= 9; }));
}

TEST_CASE("somebody tired errs more at the end of the session") {
  const std::int64_t fresh = Count(Annotate("miss 0.2; fatigue 3", 0.0), true, Verdict::kUnsafe);
  const std::int64_t tired = Count(Annotate("miss 0.2; fatigue 3", 1.0), true, Verdict::kUnsafe);
  CHECK(fresh > 25);
  CHECK(tired < 18);
}

TEST_CASE("edges vary by themselves and stay a span") {
  const auto marks = Annotate("edge-jitter 3");
  std::int64_t lengths = 0;
  for (const Mark& mark : marks) {
    CHECK(mark.first_step <= mark.last_step);
    if (mark.verdict == Verdict::kUnsafe) lengths += mark.last_step - mark.first_step != 9 ? 1 : 0;
  }
  CHECK(lengths > 20);
}

TEST_CASE("severity follows the margin, with its noise") {
  for (const Mark& mark : Annotate("severities 1", 0.0, 0.4F)) {
    CHECK(mark.severity == (mark.verdict == Verdict::kUnsafe ? 4 : kNoSeverity));
  }
  const auto noisy = Annotate("severities 1; severity-noise 2", 0.0, 0.4F);
  CHECK(std::ranges::any_of(noisy, [](const Mark& mark) { return mark.severity > 5; }));
  CHECK(std::ranges::all_of(noisy, [](const Mark& mark) { return mark.severity <= 10; }));
}

TEST_CASE("the same seed errs alike") {
  const std::string faults = "flip 0.3; miss 0.2; unsure 0.1; edge-jitter 2; jitter 4";
  CHECK(Annotate(faults, 0.5) == Annotate(faults, 0.5));
  CHECK(Annotate(faults, 0.5) != Annotate(faults, 0.5, 1.0F, 2));
}

TEST_CASE("an annotator in words has a name, something to see and faults") {
  const auto spec = ParseAnnotator("  Ann B. ; miss 0.25;lag 20; ");
  REQUIRE(spec.ok());
  CHECK(spec->settings.name == "Ann B.");
  CHECK(spec->settings.miss_rate == 0.25);
  CHECK(spec->settings.reaction_lag_steps == 20);
  CHECK(spec->sees.clauses.front().conditions.front().measure == DangerMeasure::kCost);
  const auto refused = [](const std::string& words, const std::string& part) {
    const auto parsed = ParseAnnotator(words);
    REQUIRE_FALSE(parsed.ok());
    CAPTURE(parsed.error().message);
    CHECK(parsed.error().code == ErrorCode::kBadInput);
    CHECK(parsed.error().message.find(part) != std::string::npos);
  };
  refused(": cost", "a name has to come first");
  refused("Ann: cost; mis 0.1", "Did you mean miss?");
  refused("Ann: cost; miss 2", "a number from 0 to 1, not '2'");
  refused("Ann: cost; lag 1.5", "a whole number");
  refused("Ann: cost; miss", "'miss' needs");
  refused("Ann: fear", "'fear' is nothing that can be seen");
}

TEST_CASE("the help names every fault") {
  const std::string help = AnnotatorHelp();
  const AnnotatorSettings defaults;
  VisitNumbers(defaults, [&](const Field<AnnotatorSettings>& field, auto) {
    CHECK(help.find("\n  " + std::string(field.name) + " ") != std::string::npos);
  });
}

}  // namespace
}  // namespace lookout::agents
