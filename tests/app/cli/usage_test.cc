// What a mistyped command line is told: one cause and one way out, in our words, and the exit code
// of the table of app/cli/README.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

std::vector<std::string> Words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// The one line that is said, without the program's name.
std::string Refusal(const std::string& line) {
  const CommandResult refused = Lookout(Words(line));
  CHECK_MESSAGE(refused.exit_code == kUsage, line);
  CHECK_MESSAGE(std::ranges::count(refused.errors, '\n') == 1, refused.errors);
  CHECK(refused.output.empty());
  const std::string start = "lookout: error: ";
  CHECK(refused.errors.starts_with(start));
  return refused.errors.substr(start.size(), refused.errors.size() - start.size() - 1);
}

TEST_CASE("what is missing is named with what it is for") {
  CHECK(Refusal("fit") ==
        "lookout fit needs --out: file of the cost model. 'lookout fit --help' tells more.");
  CHECK(Refusal("fit --out") ==
        "--out needs a value: file of the cost model. 'lookout fit --help' tells more.");
  CHECK(Refusal("eval") ==
        "lookout eval needs policies: folders of runs, checkpoints or policy files. 'lookout eval "
        "--help' tells more.");
  CHECK(Refusal("train") ==
        "lookout train needs --out, a new folder, or --resume, that of a run to go on with.");
  CHECK(Refusal("train --preset fats") == "There is no preset 'fats'; use ray2019 or fast.");
  CHECK(Refusal("bench").starts_with("lookout bench needs a subcommand: env, "));
}

TEST_CASE("what is not known, or too much, is named with what is near") {
  CHECK(Refusal("fit --outt x") ==
        "There is no option --outt of lookout fit. Did you mean --out? 'lookout fit --help' lists "
        "them all.");
  CHECK(Refusal("sim --episods=3") ==
        "There is no option --episods of lookout sim. Did you mean --episodes? 'lookout sim "
        "--help' lists them all.");
  CHECK(Refusal("fit x --out y") ==
        "\"x\" is one argument too many for lookout fit; 'lookout fit --help' says what it takes.");
  CHECK(Refusal("--frobnicate").starts_with("There is no option --frobnicate of lookout."));
  CHECK(Refusal("sim --seed 1 --seed 2") == "--seed is given 2 times; say it once.");
  CHECK(Refusal("train --out a --resume b") ==
        "--out and --resume exclude each other; leave one of them out.");
}

TEST_CASE("a value that an option cannot have is told which ones it can") {
  CHECK(Refusal("sim --episodes 0") ==
        "--episodes must be from 1 to 1000000000, not 0; 'lookout sim --help' tells more.");
  CHECK(Refusal("sim --episodes many").starts_with("--episodes must be from 1 to 1000000000, not"));
  CHECK(Refusal("sim --episodes 1.5").starts_with("--episodes must be a whole number, not 1.5"));
  CHECK(Refusal("sim --seed -1").starts_with("--seed must be a whole number of at least 0, not"));
  CHECK(Refusal("sim --seed 99999999999") ==
        "--seed cannot be 99999999999; give a number nearer to 0.");
  CHECK(Refusal("train --out x --gamma high").starts_with("--gamma must be a number, not high"));
  CHECK(Refusal("train --out x --gamma 2") == "--gamma is 2; it has to be a number from 0 to 1.");
}

TEST_CASE("options that go together, or take several values or a yes, are told so") {
  CHECK(Refusal("fit --out x --beside") ==
        "--beside is of use only beside --labels; add --labels, or leave --beside out.");
  CHECK(Refusal("audit x --slips 0.1")
            .starts_with("--slips needs 2 values after it, not 1: shares of false alarms and of"));
  CHECK(Refusal("fit --out x --unmarked 2") ==
        "--unmarked must be from 0 to 1, not 2; 'lookout fit --help' tells more.");
  CHECK(Refusal("experiment robustness --env PointGoal1 --out x --student-soft 0.5") ==
        "--student-soft is 0.5; it has to be 1, yes, or 0, no.");
}

TEST_CASE("limits and flips between which chance alone would decide are refused") {
  const std::string study = "experiment labels --env PointGoal1 --out x ";
  CHECK(Refusal(study + "--limits 25,25.1,40") ==
        "--limits has 25 and 25.1, between which chance alone would decide; leave one of them out, "
        "or set them at least 0.502 apart.");
  CHECK(Refusal(study + "--flips 0.1,0.1000001").starts_with("--flips has 0.1 and 0.1000001, "));
}

TEST_CASE("the help says of every option no more than its value, its default and what it is for") {
  const CommandResult help = Lookout({"train", "--help"});
  CHECK(help.exit_code == 0);
  CHECK(Contains(help.output, "--out TEXT"));
  CHECK(Contains(help.output, "--steps NUMBER (10000000)"));
  for (const char* heading : {"\nSettings of PPO alone:", "\nSettings of TRPO and CPO alone:",
                              "\nSettings of Lagrangian agents:"}) {
    CHECK_MESSAGE(Contains(help.output, heading), heading);
  }
  CHECK_FALSE(Contains(help.output, "Excludes"));
  CHECK_FALSE(Contains(help.output, "Option Group"));
  std::istringstream lines(help.output);
  for (std::string line; std::getline(lines, line);) CHECK_MESSAGE(line.size() <= 100, line);
  CHECK(Contains(Lookout({"sim", "--help"}).output, "--episodes NUMBER:1 to 1000000000"));
}

}  // namespace
}  // namespace lookout::app
