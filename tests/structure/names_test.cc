// Tests of a folder are compiled as one file. A function of the same name in two of them is either
// defined twice, which the compiler tells, or overloads the other one, which nobody tells.
#include <doctest/doctest.h>

#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "tests/structure/source_tree_support.h"

namespace lookout::structure {
namespace {

// What a line that begins in the first column defines; empty: nothing.
std::string NameDefinedBy(const std::string& line) {
  static const std::regex kType("(?:struct|class|enum class|enum) (\\w+)(?! *;)\\b.*");
  static const std::regex kAlias("using (\\w+) =.*");
  static const std::regex kOther("[\\w:<>,*& ]+?[ *&](\\w+) *[(={\\[;].*");
  static const std::set<std::string> kNoDefinition{"return",  "using",    "namespace", "TEST_CASE",
                                                   "typedef", "template", "extern"};
  if (line.empty() || std::isalpha(static_cast<unsigned char>(line.front())) == 0) return {};
  std::smatch match;
  if (std::regex_match(line, match, kAlias) || std::regex_match(line, match, kType)) {
    return match[1];
  }
  const std::string word = line.substr(0, line.find_first_of(" ("));
  if (kNoDefinition.contains(word) || !std::regex_match(line, match, kOther)) return {};
  return match[1] == "operator" ? std::string() : std::string(match[1]);
}

TEST_CASE("a line's name is found whatever it defines") {
  CHECK(NameDefinedBy("constexpr int kSteps = 3;") == "kSteps");
  CHECK(NameDefinedBy("std::vector<int> Numbers(int count) {") == "Numbers");
  CHECK(NameDefinedBy("struct Stage : Base {") == "Stage");
  CHECK(NameDefinedBy("using Pair = std::pair<int, int>;") == "Pair");
  CHECK(NameDefinedBy("  int inner = 3;").empty());
  CHECK(NameDefinedBy("TEST_CASE(\"one\") {").empty());
  CHECK(NameDefinedBy("using test::Contains;").empty());
}

TEST_CASE("no two tests of a folder use one name for different things") {
  std::map<std::string, std::string> owner;  // "folder name", and the file without its ending
  for (const SourceFile& file : SourceFiles()) {
    if (!file.folder.starts_with("tests/") || file.folder == "tests/support") continue;
    if (file.folder == "tests/fuzz" || file.folder == "tests/bench") continue;  // programs each
    const std::string stem = file.path.substr(0, file.path.rfind('.'));
    for (const std::string& line : file.lines) {
      const std::string name = NameDefinedBy(line);
      if (name.empty()) continue;
      const auto [first, is_new] = owner.try_emplace(file.folder + " " + name, stem);
      CHECK_MESSAGE((is_new || first->second == stem), name << " is in " << first->second
                                                            << " and in " << file.path
                                                            << ": give one of them another name");
    }
  }
}

}  // namespace
}  // namespace lookout::structure
