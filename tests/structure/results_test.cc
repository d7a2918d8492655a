// What the documents claim of results is what was measured: every figure has the command that made
// it, and those that are kept as JSON say the same as the tables.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "sim/config/json_text.h"
#include "tests/structure/source_tree_support.h"
#include "tests/support/contains.h"

namespace lookout::structure {
namespace {

namespace fs = std::filesystem;

constexpr char kResults[] = "assets/results/README.md";

nlohmann::json ResultFile(const std::string& name) {
  const sim::JsonText parsed = sim::ParseJsonText(ReadText("assets/results/" + name));
  REQUIRE_MESSAGE(parsed.problem.empty(), name << ": " << parsed.problem);
  return parsed.value;
}

// "19.8 ± 0.3": a mean over episodes and its 95 % interval.
std::string MeanInWords(const nlohmann::json& figure, double episodes) {
  const double half = 1.96 * figure.at("deviation").get<double>() / std::sqrt(episodes);
  return fmt::format("{:.1f} \xC2\xB1 {:.1f}", figure.at("mean").get<double>(), half);
}

TEST_CASE("every file of results is told of in their README, and JSON says how it was made") {
  const std::string text = ReadText(kResults);
  for (const auto& entry :
       fs::directory_iterator(fs::path(LOOKOUT_SOURCE_DIR) / "assets/results")) {
    const std::string name = entry.path().filename();
    if (name == "README.md") continue;
    CHECK_MESSAGE(Contains(text, "(" + name + ")"), name << " is not told of in " << kResults);
    if (entry.path().extension() != ".json") continue;
    const nlohmann::json file = ResultFile(name);
    CHECK_MESSAGE(file.contains("command"), name << " does not say which command made it");
    CHECK_MESSAGE(file.contains("version"), name << " does not say which version made it");
  }
}

TEST_CASE("every section of results says with which command they come") {
  std::istringstream lines(ReadText(kResults));
  std::string heading;
  bool has_command = true;
  const auto check = [&] {
    CHECK_MESSAGE(has_command, "no command under \"" << heading << "\" in " << kResults);
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) {
      check();
      heading = line.substr(3);
      has_command = false;
    }
    if (Contains(line, "./run ")) has_command = true;
  }
  check();
}

TEST_CASE("what the README says of means and intervals stands among the results") {
  const std::string results = ReadText(kResults);
  const std::string readme = ReadText("README.md");
  static const std::regex kFigure("[0-9]+(\\.[0-9]+)? \xC2\xB1 [0-9.]*[0-9]");
  int figures = 0;
  for (std::sregex_iterator it(readme.begin(), readme.end(), kFigure), end; it != end; ++it) {
    CHECK_MESSAGE(Contains(results, it->str()), it->str() << " is not in " << kResults);
    ++figures;
  }
  CHECK(figures > 0);
}

TEST_CASE("the table of the shipped policies says what was measured of them") {
  const nlohmann::json measured = ResultFile("policies.json");
  const std::string results = ReadText(kResults);
  for (const nlohmann::json& policy : measured.at("policies")) {
    const double episodes = policy.at("episodes").get<double>();
    CHECK(episodes >= 1000.0);
    const fs::path file = policy.at("policy").get<std::string>();
    CHECK_MESSAGE(fs::exists(fs::path(LOOKOUT_SOURCE_DIR) / file), file << " is not shipped");
    const std::string row = fmt::format(
        "| `{}` | {} | {} | {} |", file.stem().string(), policy.at("actions").get<std::string>(),
        MeanInWords(policy.at("return"), episodes), MeanInWords(policy.at("cost"), episodes));
    CHECK_MESSAGE(Contains(results, row), row << " is not in " << kResults);
  }
}

// "0.62 [0.51, 0.70]"; "-" where it is not known.
std::string FigureInWords(const nlohmann::json& figure, int decimals, double unit = 1.0) {
  if (figure.at("value").is_null()) return "-";
  const auto number = [&](const char* name) {
    return fmt::format("{:.{}f}", unit * figure.at(name).get<double>(), decimals);
  };
  if (figure.at("low").is_null()) return number("value");
  return fmt::format("{} [{}, {}]", number("value"), number("low"), number("high"));
}

// Of a cell, a figure of each of the inputs.
std::string FiguresOfInputs(const nlohmann::json& cell, const char* figure, int decimals,
                            double unit = 1.0) {
  std::string text;
  for (const char* inputs : {"full", "world", "world+answers"}) {
    const nlohmann::json& model = cell.at("models").at(inputs);
    const bool is_measured = !model.contains("why");
    text += (text.empty() ? "" : " / ") +
            (is_measured ? FigureInWords(model.at(figure), decimals, unit) : std::string("-"));
  }
  return text;
}

TEST_CASE("the tables of the transfer say what was measured") {
  const nlohmann::json measured = ResultFile("transfer.json");
  const std::string results = ReadText(kResults);
  for (const nlohmann::json& cell : measured.at("cells")) {
    const auto place = [&](const char* name) {
      return measured.at("places").at(cell.at(name).get<std::size_t>()).get<std::string>();
    };
    const std::string where = fmt::format("| {} | {} | ", place("source"), place("target"));
    const std::string row = where + fmt::format("{} | {} | {} |", FiguresOfInputs(cell, "auc", 3),
                                                FiguresOfInputs(cell, "missed", 1, 100.0),
                                                FiguresOfInputs(cell, "learned_over_true", 2));
    CHECK_MESSAGE(Contains(results, row), row << " is not in " << kResults);
    const nlohmann::json& policy = cell.at("policy");
    if (policy.contains("why")) continue;
    const std::string acts = where + FigureInWords(policy.at("return"), 1) + " | " +
                             FigureInWords(policy.at("true_cost"), 1) + " |";
    CHECK_MESSAGE(Contains(results, acts), acts << " is not in " << kResults);
  }
}

TEST_CASE("the table of what caution costs says what was measured") {
  const std::string results = ReadText(kResults);
  for (const auto& [reading, measured] : ResultFile("caution.json").at("readings").items()) {
    for (const nlohmann::json& line : measured.at("rows")) {
      const bool is_rule = line.at("cost_from") == "rule";
      std::string row =
          fmt::format("| {} | {} | {} |", is_rule ? "the rule itself" : reading,
                      FigureInWords(line.at("return"), 1), FigureInWords(line.at("true_cost"), 1));
      if (!is_rule) {
        row += fmt::format(" {} | {} |", FigureInWords(line.at("learned_over_true"), 2),
                           FigureInWords(line.at("missed"), 1, 100.0));
      }
      CHECK_MESSAGE(Contains(results, row), row << " is not in " << kResults);
    }
  }
}

TEST_CASE("the tables of what memory is worth say what was measured") {
  const std::string results = ReadText(kResults);
  for (const char* file : {"memory.json", "t_maze.json"}) {
    for (const nlohmann::json& line : ResultFile(file).at("rows")) {
      const std::string row = fmt::format("| {} | {} | ", FigureInWords(line.at("return"), 2),
                                          FigureInWords(line.at("cost"), 1));
      CHECK_MESSAGE(Contains(results, row), row << " is not in " << kResults);
      if (line.at("network") == "mlp") continue;
      const std::string gain = row + FigureInWords(line.at("return_gain"), 2) + " |";
      CHECK_MESSAGE(Contains(results, gain), gain << " is not in " << kResults);
    }
  }
}

TEST_CASE("the table of the benchmark says what was measured") {
  const nlohmann::json measured = ResultFile("sg6.json");
  const std::string results = ReadText(kResults);
  const auto words = [](const nlohmann::json& figure, int decimals) {
    if (figure.at("mean").is_null()) return std::string("-");
    return fmt::format("{:.{}f} [{:.{}f}, {:.{}f}]", figure.at("mean").get<double>(), decimals,
                       figure.at("low").get<double>(), decimals, figure.at("high").get<double>(),
                       decimals);
  };
  for (const nlohmann::json& cell : measured.at("cells")) {
    CHECK(cell.at("seeds").get<int>() == 3);
    std::string row =
        fmt::format("{} | {} | {} | {} |", cell.at("agent").get<std::string>(),
                    words(cell.at("return"), 2), words(cell.at("cost"), 1), words(cell.at("J"), 2));
    for (const char* score : {"M", "rho"}) row += fmt::format(" {} |", words(cell.at(score), 2));
    CHECK_MESSAGE(Contains(results, row), row << " is not in " << kResults);
  }
}

TEST_CASE("what is said of zero violations is what was counted") {
  const nlohmann::json measured = ResultFile("look_ahead.json");
  const std::string results = ReadText(kResults);
  for (const nlohmann::json& held : measured.at("pointgoal1").at("held_out")) {
    CHECK(held.at("violations").at("steps") == 0);
    CHECK(held.at("episodes") == 1500);
  }
  for (const char* agent : {"look-ahead", "constrained"}) {
    const nlohmann::json& runs = measured.at("pointgoal2").at(agent);
    for (std::size_t seed = 0; seed < 2; ++seed) {
      const nlohmann::json& held = runs.at("held_out").at(seed);
      const std::string brought = fmt::format(" | {:.1f} | ", held.at("return").get<double>());
      const std::string unsafe =
          fmt::format("| {} | {} of {} |", held.at("violations").at("beginnings").get<int>(),
                      held.at("unsafe_episodes").get<int>(), held.at("episodes").get<int>());
      const std::string start = fmt::format("| {} | {} | ", agent, seed);
      const std::size_t at = results.find(start);
      REQUIRE_MESSAGE(at != std::string::npos, start << " is not in " << kResults);
      const std::string row = results.substr(at, results.find('\n', at) - at);
      CHECK_MESSAGE(Contains(row, brought), brought << " is not in " << row);
      CHECK_MESSAGE(Contains(row, unsafe), unsafe << " is not in " << row);
    }
  }
}

TEST_CASE("the table of what labels bring says what was measured, and so does the first page") {
  const nlohmann::json measured = ResultFile("labels.json");
  const std::string results = ReadText(kResults);
  const std::string readme = ReadText("README.md");
  for (const nlohmann::json& line : measured.at("rows")) {
    std::string row =
        fmt::format("| {} | {} | {} | {} | ", line.at("cost_from").get<std::string>(),
                    line.at("limit").get<double>(), FigureInWords(line.at("return"), 1),
                    FigureInWords(line.at("true_cost"), 1));
    if (line.at("cost_from") != "rule") {
      row += fmt::format("{} | **{}** | ", FigureInWords(line.at("share_of_rule"), 0, 100.0),
                         FigureInWords(line.at("learned_over_true"), 2));
    }
    CHECK_MESSAGE(Contains(results, row), row << " is not in " << kResults);
  }
  const nlohmann::json& learned = measured.at("at_matched_cost").back();
  CHECK(Contains(results, FigureInWords(learned.at("return"), 1)));
  const nlohmann::json& share = learned.at("share_of_rule");
  const auto percent = [&](const char* end) { return 100.0 * share.at(end).get<double>(); };
  const std::string words =
      fmt::format("{:.0f} % [{:.0f}, {:.0f}]", percent("value"), percent("low"), percent("high"));
  CHECK_MESSAGE(Contains(results, words), words << " is not in " << kResults);
  CHECK_MESSAGE(Contains(readme, words), words << " is not in README.md");
  const std::string ratio = FigureInWords(measured.at("rows").back().at("learned_over_true"), 2);
  CHECK_MESSAGE(Contains(readme, ratio), ratio << " is not in README.md");
}

}  // namespace
}  // namespace lookout::structure
