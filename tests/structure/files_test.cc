// What every source file has in common: a lead, a guard, a readable length, nothing unfinished.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>
#include <string>

#include "tests/structure/source_tree_support.h"

namespace lookout::structure {
namespace {

constexpr std::size_t kLongestFile = 300;  // lines

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

TEST_CASE("the repository's top level is fixed") {
  const std::set<std::string> expected = {"CHANGELOG.md",
                                          "CMakeLists.txt",
                                          "CMakePresets.json",
                                          "CONTRIBUTING.md",
                                          "LICENSE",
                                          "README.md",
                                          "agents",
                                          "app",
                                          "assets",
                                          "check",
                                          "run",
                                          "sim",
                                          "tests",
                                          "ui"};
  for (const std::string& name : TopLevelNames()) {
    if (name.starts_with('.')) continue;
    CHECK_MESSAGE(expected.contains(name), name << " does not belong at the top level");
  }
}

TEST_CASE("every header opens with a comment that says what it is for, then #pragma once") {
  for (const SourceFile& file : SourceFiles()) {
    if (!file.is_header()) continue;
    std::size_t line = 0;
    while (line < file.lines.size() && file.lines[line].starts_with("//")) ++line;
    CHECK_MESSAGE(line > 0, file.path << " has no lead comment");
    CHECK_MESSAGE((line < file.lines.size() && file.lines[line] == "#pragma once"),
                  file.path << ":" << line + 1 << " should be #pragma once");
  }
}

// CTest's lists part at semicolons: a test of such a name would be run as another, that is, as
// none.
TEST_CASE("no test's name has a semicolon") {
  static const std::regex kName("TEST_CASE(_FIXTURE)?\\([^\"{]*\"([^\"]*)\"");
  std::size_t seen = 0;
  for (const SourceFile& file : SourceFiles()) {
    if (!file.path.ends_with("_test.cc")) continue;
    const std::string text = ReadText(file.path);
    for (std::sregex_iterator it(text.begin(), text.end(), kName), end; it != end; ++it) {
      ++seen;
      const std::string name = (*it)[2];
      CHECK_MESSAGE(name.find(';') == std::string::npos, file.path << ": " << name);
    }
  }
  CHECK(seen > 900);
}

TEST_CASE("no file is too long to read in one go") {
  for (const SourceFile& file : SourceFiles()) {
    const std::size_t length = file.lines.size();
    CHECK_MESSAGE(length <= kLongestFile, file.path << " has " << length << " lines: split it");
  }
  const std::string limit = fmt::format("Files have at most {} lines", kLongestFile);
  CHECK(ReadText("CONTRIBUTING.md").find(limit) != std::string::npos);
}

TEST_CASE("text with numbers is made by fmt::format") {
  // Spelt in two halves, so that this file does not find itself.
  const std::string words[] = {std::string("std::to_") + "string(",
                               std::string("std::sn") + "printf("};
  for (const SourceFile& file : SourceFiles()) {
    for (std::size_t line = 0; line < file.lines.size(); ++line) {
      for (const std::string& word : words) {
        CHECK_MESSAGE(file.lines[line].find(word) == std::string::npos,
                      file.path << ":" << line + 1 << ": " << file.lines[line]);
      }
    }
  }
}

TEST_CASE("nothing unfinished is left behind") {
  // Spelt in two halves, so that this file does not find itself.
  const std::string words[] = {std::string("to") + "do", std::string("fix") + "me",
                               std::string("st") + "ub", std::string("not ") + "implemented",
                               std::string("xx") + "x",  std::string("ha") + "ck"};
  for (const SourceFile& file : SourceFiles()) {
    for (std::size_t line = 0; line < file.lines.size(); ++line) {
      for (const std::string& word : words) {
        CHECK_MESSAGE(!ContainsWord(Lower(file.lines[line]), word),
                      file.path << ":" << line + 1 << ": " << file.lines[line]);
      }
    }
  }
}

TEST_CASE("every test file checks something") {
  for (const SourceFile& file : SourceFiles()) {
    if (!file.path.ends_with("_test.cc")) continue;
    const bool checks =
        std::any_of(file.lines.begin(), file.lines.end(), [](const std::string& line) {
          return line.find("CHECK") != std::string::npos ||
                 line.find("REQUIRE") != std::string::npos;
        });
    CHECK_MESSAGE(checks, file.path << " checks nothing");
  }
}

TEST_CASE("a panel is one header and one source with one function that draws it") {
  int panels = 0;
  for (const SourceFile& file : SourceFiles()) {
    if (!file.folder.starts_with("ui/panels/") || !file.path.ends_with("_panel.h")) continue;
    ++panels;
    const std::string source = file.path.substr(0, file.path.size() - 1) + "cc";
    CHECK_MESSAGE(FindFile(source) != nullptr, file.path << " has no " << source);
    const auto draws = std::ranges::count_if(file.lines, [](const std::string& line) {
      return line.starts_with("void Draw") || line.starts_with("extern const Panel");
    });
    CHECK_MESSAGE(draws == 1, file.path << " declares " << draws << " things that draw");
  }
  CHECK(panels > 5);
}

TEST_CASE("JSON is read in one place, which bounds its depth") {
  for (const SourceFile& file : SourceFiles()) {
    if (file.path.starts_with("tests/") || file.path == "sim/config/json_text.cc") continue;
    for (std::size_t line = 0; line < file.lines.size(); ++line) {
      for (const char* word : {"json::parse(", "json::accept(", "sax_parse("}) {
        CHECK_MESSAGE(file.lines[line].find(word) == std::string::npos,
                      file.path << ":" << line + 1 << ": " << file.lines[line]);
      }
    }
  }
}

TEST_CASE("what is known of robots, objects and costs stands in descriptors, not in switches") {
  for (const SourceFile& file : SourceFiles()) {
    for (std::size_t line = 0; line < file.lines.size(); ++line) {
      for (const char* kind : {"SceneObjectKind::k", "CostKind::k", "RobotKind::k"}) {
        const std::string& text = file.lines[line];
        const std::size_t at = text.find(kind);
        const bool is_case = at != std::string::npos && text.find("case ") < at;
        CHECK_MESSAGE(!is_case, file.path << ":" << line + 1 << ": " << text);
      }
    }
  }
}

}  // namespace
}  // namespace lookout::structure
