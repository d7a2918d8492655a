// Figures in the files of experiments: what cannot be is not read, and is named.
#include "app/experiments/figure_json.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "app/experiments/study_file.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

template <typename Value>
std::string ProblemOf(const char* text, const FigureRange& range) {
  const nlohmann::json json = nlohmann::json::parse(text);
  Value value{};
  FigureReader reader(json);
  reader("figure", value, range);
  return reader.problem();
}

TEST_CASE("a figure that can be is read") {
  CHECK(ProblemOf<double>(R"({"figure": 0.5})", kShare).empty());
  CHECK(ProblemOf<double>(R"({"figure": null})", kShare.OrUnknown()).empty());
  CHECK(ProblemOf<double>(R"({"figure": -7})", kAnyNumber).empty());
  CHECK(ProblemOf<std::vector<double>>(R"({"figure": [1, 0]})", kAtLeastZero).empty());
  CHECK(ProblemOf<agents::Estimate>(R"({"figure": {"value": 3, "low": null, "high": null}})",
                                    kAtLeastZero)
            .empty());
}

TEST_CASE("a figure that cannot be is refused by name") {
  CHECK(ProblemOf<double>(R"({"figure": 1.5})", kShare) ==
        "its 'figure' is 1.5, not a number from 0 to 1");
  CHECK(ProblemOf<double>(R"({"figure": -3})", kAtLeastZero) ==
        "its 'figure' is -3, not a number of at least 0");
  CHECK(ProblemOf<double>(R"({"figure": null})", kShare) ==
        "its 'figure' is null, not a number from 0 to 1");
  CHECK(ProblemOf<double>(R"({"figure": "x"})", kShare.OrUnknown()) ==
        "its 'figure' is \"x\", not a number from 0 to 1, or null");
  CHECK(ProblemOf<double>(R"({"other": 1})", kShare) == "it lacks 'figure'");
  CHECK(ProblemOf<double>("[]", kShare) == "it has no figures");
  CHECK(Contains(ProblemOf<int>(R"({"figure": -1})", kAtLeastZero), "is -1, not a whole number"));
  CHECK_FALSE(ProblemOf<int>(R"({"figure": 1.5})", kAtLeastZero).empty());
  CHECK_FALSE(ProblemOf<int>(R"({"figure": 99999999999})", kAtLeastZero).empty());
  CHECK_FALSE(
      ProblemOf<std::uint32_t>(R"({"figure": 18446744073709551615})", kAtLeastZero).empty());
  CHECK_FALSE(ProblemOf<bool>(R"({"figure": 1})", kAnyNumber).empty());
  CHECK(ProblemOf<std::vector<double>>(R"({"figure": [1, -1]})", kAtLeastZero) ==
        "its 'figure' has one that is -1, not a number of at least 0");
  CHECK(Contains(
      ProblemOf<agents::Estimate>(R"({"figure": {"value": 3, "low": 4, "high": 2}})", kAtLeastZero),
      "goes from 4 down to 2"));
}

TEST_CASE("a file of an experiment that is cut short is damaged, not another program's") {
  const nlohmann::ordered_json settings{{"seeds", 1}};
  const auto refusal = [&](const std::string& text) {
    const auto opened = OpenStudyFile(text, settings, "out/seed-0.json", "a result");
    return opened ? std::string() : opened.error().message;
  };
  CHECK(refusal(R"({"settings": {"seeds": 1}})").empty());
  CHECK(refusal(R"({"settings": {"seeds": 1)") ==
        "out/seed-0.json is damaged: it is not JSON at line 1, column 25. Remove it, and what it "
        "held is made again.");
  CHECK(Contains(refusal(""), "out/seed-0.json is damaged: it is not JSON"));
  CHECK(Contains(refusal("[1]"), "out/seed-0.json is not a result; remove it, or "));
  CHECK(Contains(refusal(R"({"settings": {"seeds": 2}})"), "made with other settings"));
}

}  // namespace
}  // namespace lookout::app
