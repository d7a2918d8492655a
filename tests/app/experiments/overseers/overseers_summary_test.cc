#include "app/experiments/overseers/overseers_summary.h"

#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/experiments/overseers/overseers_files.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

// 500,000 steps in two phases of 500 episodes in all.
OverseersCell Trained(const OverseersKey& key, double total_reward, std::int64_t violations) {
  OverseersCell cell{.key = key};
  cell.phases[0] = {.steps = 400'000,
                    .episodes = 400,
                    .unsafe_episodes = violations,
                    .violation_steps = 3 * violations,
                    .violations = violations};
  cell.phases[1] = {.steps = 100'000, .episodes = 100};
  cell.alone = {{total_reward - 1.0, total_reward + 1.0}, {10.0, 12.0}};
  if (HasOverseer(key.row)) cell.overseen = {{total_reward, total_reward}, {0.0, 0.0}};
  return cell;
}

std::vector<OverseersCell> TwoSeeds() {
  std::vector<OverseersCell> cells;
  for (const std::uint32_t seed : {0U, 1U}) {
    cells.push_back(Trained({OverseersRow::kConstrained, seed}, 20.0 + 4.0 * seed, 200));
    cells.push_back(Trained({OverseersRow::kLookAhead, seed}, 11.0, 0));
  }
  return cells;
}

const OverseersPlan kTwoRows{.rows = {OverseersRow::kConstrained, OverseersRow::kLookAhead},
                             .seeds = 2};

TEST_CASE(
    "violations are counted over all seeds, with exact intervals, also where there are none") {
  const std::vector<OverseersLine> lines = Summarise(TwoSeeds(), kTwoRows);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].training.counted.steps == 1'000'000);
  CHECK(lines[0].training.violations.value == doctest::Approx(400.0));
  CHECK(lines[0].training.violations.low == doctest::Approx(361.75).epsilon(1e-3));
  CHECK(lines[0].training.violation_steps == doctest::Approx(1200.0));
  CHECK(lines[0].training.unsafe_episodes.value == doctest::Approx(0.4));
  CHECK(lines[1].training.violations.value == 0.0);
  CHECK(lines[1].training.violations.high == doctest::Approx(3.689).epsilon(1e-3));
}

TEST_CASE("returns are shares of the constrained agents', as deployed and alone") {
  const std::vector<OverseersLine> lines = Summarise(TwoSeeds(), kTwoRows);
  CHECK(lines[0].share.value == 1.0);
  CHECK(lines[1].share.value == doctest::Approx(11.0 / 22.0));
  CHECK(lines[1].share.low == doctest::Approx(11.0 / 24.0));
  CHECK(lines[1].share.high == doctest::Approx(11.0 / 20.0));
  CHECK(lines[1].cost.value == 0.0);
  CHECK(lines[1].cost_alone.value == doctest::Approx(11.0));
  REQUIRE(lines[0].points.size() == 2);
  CHECK(lines[0].points[1].share == doctest::Approx(24.0 / 22.0));
  CHECK(lines[0].points[1].violation_steps == doctest::Approx(1200.0));
  CHECK(lines[1].points[0].violation_steps == 0.0);
}

TEST_CASE(
    "of a reference without return there is no share, and the picture is drawn all the same") {
  std::vector<OverseersCell> cells = TwoSeeds();
  for (OverseersCell& cell : cells) cell.alone.total_reward = {-1.0, -1.0};
  const std::vector<OverseersLine> lines = Summarise(cells, kTwoRows);
  CHECK(std::isnan(lines[1].share.value));
  const std::string svg = OverseersSvg({}, lines);
  CHECK(Contains(svg, "</svg>"));
  CHECK_FALSE(Contains(svg, "nan\""));
}

TEST_CASE("the picture has a place for no violations at all, below every decade") {
  const std::string svg = OverseersSvg({}, Summarise(TwoSeeds(), kTwoRows));
  CHECK(Contains(svg, ">0</text>"));
  CHECK(Contains(svg, ">1000</text>"));
  CHECK(Contains(svg, "lookahead, seed 1: 0 per million"));
}

TEST_CASE("a damaged file of an overseen agent is refused by name") {
  const OverseersSettings settings;
  const OverseersKey key{OverseersRow::kLookAhead, 0};
  const std::string whole = EncodeCell(Trained(key, 3.0, 2), settings);
  const auto changed = [&](const char* name, const nlohmann::json& value) {
    auto json = nlohmann::json::parse(whole);
    json[name] = value;
    const auto read = DecodeCell(json.dump(), key, settings, "cell.json");
    return read ? std::string() : read.error().message;
  };
  CHECK(changed("early_blocks", nullptr).empty());
  CHECK(Contains(changed("early_blocks", 1.5), "cell.json is damaged: its 'early_blocks' is 1.5"));
  CHECK(Contains(changed("first_violations", 7), "it has more of what it counts"));
  CHECK(Contains(changed("costs", {1.0}), "not of as many episodes"));
  CHECK(Contains(changed("overseen_costs", nlohmann::json::array()), "not of as many episodes"));
  const auto cut = DecodeCell(whole.substr(0, whole.size() / 2), key, settings, "cell.json");
  REQUIRE_FALSE(cut.ok());
  CHECK(cut.error().message.starts_with("cell.json is damaged: it is not JSON"));
}

}  // namespace
}  // namespace lookout::app
