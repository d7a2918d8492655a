// The reaction drill: what counts, what is dropped, and that a seed means the same again.
#include "ui/model/reaction_drill.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace lookout::ui {
namespace {

using doctest::Approx;

constexpr double kFrame_s = 1.0 / 128.0;

// How a person acts in a trial: seconds after the disc has appeared, and after it is gone; less
// than 0: not at all.
struct Act {
  double press_s = 0.3;
  double release_s = 0.2;
};

struct Run {
  ReactionFigures presses, releases;
  std::vector<double> appeared_s, gone_s;
};

Run Go(std::uint32_t seed, const std::function<Act(int)>& act) {
  Run run;
  ReactionDrill drill(seed, 0.0);
  bool shown = false;
  std::optional<double> press_at, release_at;
  for (double now_s = 0.0; !drill.finished() && now_s < 120.0; now_s += kFrame_s) {
    const int trial = drill.trial();
    drill.Update(now_s);
    if (press_at && now_s >= *press_at) drill.Press(*std::exchange(press_at, std::nullopt));
    if (release_at && now_s >= *release_at) drill.Release(*std::exchange(release_at, std::nullopt));
    if (drill.shows_disc() == shown) continue;
    shown = !shown;
    // On the screen one frame later.
    const Act next = act(trial);
    const double seen_s = now_s + kFrame_s;
    (shown ? run.appeared_s : run.gone_s).push_back(now_s);
    const double after_s = shown ? next.press_s : next.release_s;
    if (after_s >= 0.0) (shown ? press_at : release_at) = seen_s + after_s;
  }
  CHECK(drill.finished());
  run.presses = drill.presses();
  run.releases = drill.releases();
  return run;
}

TEST_CASE("ten trials after two of practice, in a minute, discs two to five seconds apart") {
  const Run run = Go(1, [](int trial) { return Act{trial < 2 ? 0.9 : 0.3, 0.2}; });
  REQUIRE(run.appeared_s.size() == kDrillTrials);
  CHECK(run.presses.count == 10);
  CHECK(run.presses.median_s == Approx(0.3));
  CHECK(run.presses.upper_quartile_s == Approx(0.3));
  CHECK(run.releases.count == 10);
  CHECK(run.releases.median_s == Approx(0.2));
  CHECK(run.gone_s.back() < 85.0);
  for (std::size_t i = 0; i < run.appeared_s.size(); ++i) {
    const double pause_s = run.appeared_s[i] - (i == 0 ? 0.0 : run.gone_s[i - 1]);
    CHECK(pause_s >= kLeastPause_s);
    CHECK(pause_s <= kMostPause_s + kFrame_s);
    CHECK(run.gone_s[i] - run.appeared_s[i] > kLapse_s);
  }
}

TEST_CASE("the same seed gives the same times, another one others") {
  const auto usual = [](int) { return Act{}; };
  CHECK(Go(5, usual).appeared_s == Go(5, usual).appeared_s);
  CHECK(Go(5, usual).appeared_s != Go(6, usual).appeared_s);
}

TEST_CASE("median and quartiles are of what counts") {
  const Run run = Go(2, [](int trial) { return Act{0.2 + 0.02 * (trial - 2), 0.3}; });
  CHECK(run.presses.count == 10);  // 0.20 to 0.38 s
  CHECK(run.presses.lower_quartile_s == Approx(0.245));
  CHECK(run.presses.median_s == Approx(0.29));
  CHECK(run.presses.upper_quartile_s == Approx(0.335));
}

TEST_CASE("who guesses and who sleeps does not count") {
  const Run run = Go(3, [](int trial) {
    if (trial == 3) return Act{0.05, 0.2};  // faster than anybody sees
    if (trial == 4) return Act{-1.0, -1.0};
    if (trial == 5) return Act{0.3, 0.02};
    return Act{0.3, trial == 6 ? 1.9 : 0.2};
  });
  CHECK(run.presses.count == 8);
  CHECK(run.presses.anticipations == 1);
  CHECK(run.presses.lapses == 1);
  CHECK(run.presses.median_s == Approx(0.3));
  CHECK(run.releases.count == 6);  // nobody lets go of what they have not pressed in time
  CHECK(run.releases.anticipations == 1);
  CHECK(run.releases.lapses == 1);
}

TEST_CASE("a press before the disc spoils that trial alone") {
  ReactionDrill drill(4, 0.0);
  double now_s = 0.0;
  int early = 0;
  while (!drill.finished() && now_s < 120.0) {
    now_s += kFrame_s;
    const bool before = drill.shows_disc();
    drill.Update(now_s);
    if (!before && !drill.shows_disc() && drill.trial() == 4 && early == 0) {
      ++early;
      drill.Press(now_s);
      drill.Release(now_s);
    }
    if (!before && drill.shows_disc()) {
      now_s += kFrame_s;
      drill.Update(now_s);
      drill.Press(now_s + 0.3);
    }
    if (before && !drill.shows_disc()) {
      now_s += kFrame_s;
      drill.Update(now_s);
      drill.Release(now_s + 0.2);
    }
  }
  CHECK(drill.presses().count == 9);
  CHECK(drill.presses().anticipations == 1);
  CHECK(drill.releases().count == 9);
}

TEST_CASE("nothing pressed gives no figures") {
  const Run run = Go(1, [](int) { return Act{-1.0, -1.0}; });
  CHECK(run.presses.count == 0);
  CHECK(std::isnan(run.presses.median_s));
  CHECK(run.presses.lapses == 10);
  CHECK(run.releases.lapses == 0);
}

}  // namespace
}  // namespace lookout::ui
