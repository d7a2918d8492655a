// The documents say what the sources do: folders, packages, words, exit codes, version, links.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "sim/base/result.h"
#include "tests/structure/source_tree_support.h"

namespace lookout::structure {
namespace {

namespace fs = std::filesystem;

constexpr char kCommandLine[] = "app/cli/README.md";

// The lines below a heading, up to the next heading of any level.
std::string Section(const std::string& text, const std::string& heading) {
  const std::size_t start = text.find("\n## " + heading + "\n");
  REQUIRE_MESSAGE(start != std::string::npos, "no section \"" << heading << '"');
  const std::size_t body = start + heading.size() + 5;
  const std::size_t end = text.find("\n#", body);
  return text.substr(body, end == std::string::npos ? end : end - body);
}

// The first cell of every row of a section's tables, without its back-quotes or asterisks. A cell
// may list several, separated by commas.
std::set<std::string> FirstCells(const std::string& section) {
  static const std::regex kMarked("(`|\\*\\*)([^`*]+)(`|\\*\\*)");
  std::set<std::string> cells;
  std::istringstream lines(section);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ")) continue;
    const std::string cell = line.substr(1, line.find('|', 1) - 1);
    for (std::sregex_iterator it(cell.begin(), cell.end(), kMarked), end; it != end; ++it) {
      cells.insert((*it)[2]);
    }
  }
  return cells;
}

// Of the project's own documents, in the order of their paths.
std::vector<std::string> Documents() {
  std::vector<std::string> documents = {"CHANGELOG.md", "CONTRIBUTING.md", "README.md"};
  for (const char* folder : {"agents", "app", "assets", "sim", "tests", "ui"}) {
    const fs::path root(LOOKOUT_SOURCE_DIR);
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() != ".md") continue;
      documents.push_back(entry.path().lexically_relative(root).generic_string());
    }
  }
  std::ranges::sort(documents);
  return documents;
}

// What links call the headings of a document: small letters, spaces as hyphens, no punctuation.
std::set<std::string> Anchors(const std::string& document) {
  std::set<std::string> anchors;
  std::istringstream lines(document);
  bool in_code = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) in_code = !in_code;
    if (in_code || !line.starts_with("#")) continue;
    std::string anchor;
    for (const char letter : line.substr(line.find(' ') + 1)) {
      const auto byte = static_cast<unsigned char>(letter);
      if (letter == ' ') anchor += '-';
      if (std::isalnum(byte) != 0 || letter == '-' || letter == '_' || byte > 127) {
        anchor += static_cast<char>(std::tolower(byte));
      }
    }
    anchors.insert(anchor);
  }
  return anchors;
}

TEST_CASE("the table of folders names every folder with sources") {
  const auto named = FirstCells(Section(ReadText("CONTRIBUTING.md"), "Folders"));
  std::set<std::string> present;
  for (const SourceFile& file : SourceFiles()) present.insert(file.folder + "/");
  for (const std::string& folder : present) {
    const std::string mirrored = folder.starts_with("tests/") ? folder.substr(6) : "";
    const bool mirrors = std::ranges::any_of(named, [&](const std::string& name) {
      return !mirrored.empty() && name.starts_with(mirrored);  // it, or a folder below it
    });
    if (mirrors) continue;  // tests/ stands for them
    CHECK_MESSAGE(named.contains(folder), folder << " is not in the table of folders");
  }
  for (const std::string& folder : named) {
    CHECK_MESSAGE(std::filesystem::exists(std::filesystem::path(LOOKOUT_SOURCE_DIR) / folder),
                  "the table of folders names " << folder << ", which is not there");
  }
}

TEST_CASE("the dependency table of the README and the scripts list the same packages") {
  const auto named = FirstCells(Section(ReadText("README.md"), "Dependencies"));
  std::set<std::string> installed;
  for (const auto& [script, array] : {std::pair{"run", "program_packages"},
                                      {"check", "test_packages"},
                                      {"check", "long_packages"}}) {
    for (std::string& package : ShellArray(ReadText(script), array)) {
      installed.insert(std::move(package));
    }
  }
  for (const std::string& package : installed) {
    CHECK_MESSAGE(named.contains(package), package << " is not in the README");
  }
  for (const std::string& package : named) {
    CHECK_MESSAGE(installed.contains(package), package << " is not installed by any script");
  }
}

TEST_CASE("the glossary has the words that this program must not confuse") {
  const auto words = FirstCells(Section(ReadText("README.md"), "Glossary"));
  for (const char* word : {"substep", "step", "episode", "iteration", "mark", "label", "cost",
                           "predicted cost", "spread", "limit", "multiplier", "policy", "agent",
                           "action repeat", "λ-return", "combined advantage", "PID multiplier"}) {
    CHECK_MESSAGE(words.contains(word), word << " is missing from the glossary");
  }
}

TEST_CASE("headings stand apart from the text around them") {
  for (const std::string& document : Documents()) {
    std::istringstream lines(ReadText(document));
    bool in_code = false;
    bool after_heading = false;
    std::string before;
    for (std::string line; std::getline(lines, line); before = line) {
      CHECK_MESSAGE(!(after_heading && !line.empty()), document << ": " << line);
      if (line.starts_with("```")) in_code = !in_code;
      after_heading = !in_code && line.starts_with("#");
      CHECK_MESSAGE(!(after_heading && !before.empty()), document << ": " << line);
    }
  }
}

TEST_CASE("the README and the description of the command line have every subcommand") {
  static const std::regex kAdder("  Add([A-Z][a-z]+)Command\\(app, exit_code\\);");
  const std::string list = ReadText("app/cli/commands.cc");
  const std::string overview = Section(ReadText("README.md"), "Subcommands");
  const std::string described = ReadText(kCommandLine);
  int count = 0;
  for (std::sregex_iterator it(list.begin(), list.end(), kAdder), end; it != end; ++it) {
    std::string name = (*it)[1];
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
    for (const std::string& text : {overview, described}) {
      CHECK_MESSAGE(text.find("./run " + name) != std::string::npos, name);
    }
    ++count;
  }
  CHECK(count > 0);
}

TEST_CASE("every exit code has its meaning") {
  const auto codes = FirstCells(Section(ReadText(kCommandLine), "Exit codes"));
  CHECK(codes.contains("0"));
  for (const ErrorCode code : {ErrorCode::kFailure, ErrorCode::kUsage, ErrorCode::kNoDisplay,
                               ErrorCode::kBadInput, ErrorCode::kProjectInUse}) {
    CHECK_MESSAGE(codes.contains(fmt::to_string(static_cast<int>(code))),
                  "exit code " << static_cast<int>(code));
  }
  CHECK(codes.contains("130"));  // 128 and the number of SIGINT
  CHECK(codes.size() == 7);
}

TEST_CASE("the recipe's table gives every setting of the fast preset its value") {
  static const std::regex kSetting("settings\\.(\\w+) = ([^;]+);");
  const std::string all = ReadText("agents/rl/settings/presets.cc");
  const std::string presets = all.substr(all.find("TrainingSettings Fast()"));
  const std::string recipe = ReadText("agents/rl/recipe.md");
  int count = 0;
  for (std::sregex_iterator it(presets.begin(), presets.end(), kSetting), end; it != end; ++it) {
    std::string option = (*it)[1];
    std::ranges::replace(option, '_', '-');
    const std::string value = (*it)[2] == "true" ? "1" : (*it)[2].str();
    const std::string row = "\n| `" + option + "` | " + value + " | ";
    CHECK_MESSAGE(recipe.find(row) != std::string::npos, "no row" << row);
    ++count;
  }
  CHECK(count > 10);
}

TEST_CASE("links in the documents lead to files and headings that exist") {
  static const std::regex kLink("\\]\\(([^)#\\s]*)(#[^)\\s]*)?\\)");
  static const std::regex kNoText("<!--[^]*?-->|```[^]*?```");
  int count = 0;
  for (const std::string& document : Documents()) {
    const std::string text = std::regex_replace(ReadText(document), kNoText, "");
    const fs::path folder = fs::path(document).parent_path();
    for (std::sregex_iterator it(text.begin(), text.end(), kLink), end; it != end; ++it) {
      const std::string target = (*it)[1];
      const std::string heading = (*it)[2];
      if (target.find("://") != std::string::npos) continue;
      const fs::path file = target.empty() ? fs::path(document) : folder / target;
      const bool exists = fs::exists(fs::path(LOOKOUT_SOURCE_DIR) / file);
      CHECK_MESSAGE(exists, document << " links to " << target);
      ++count;
      if (!exists || heading.empty()) continue;
      CHECK_MESSAGE(Anchors(ReadText(file.generic_string())).contains(heading.substr(1)),
                    document << " links to " << target << heading);
    }
  }
  CHECK(count > 100);
}

TEST_CASE("the change log has an entry for this version") {
  CHECK(ReadText("CHANGELOG.md").find("\n## [" LOOKOUT_VERSION "]") != std::string::npos);
}

TEST_CASE("a package list is read without its comments") {
  CHECK(ShellArray("x=1\nlist=(\n  one # not this\n  two three\n)\n", "list") ==
        std::vector<std::string>{"one", "two", "three"});
}

}  // namespace
}  // namespace lookout::structure
