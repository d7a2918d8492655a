// The repository as text, for tests that hold its sources and documents to the rules. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lookout::structure {

// One #include of a file: `path` as written, and whether it stands in quotes.
struct Include {
  std::string path;
  bool quoted = false;
};

struct SourceFile {
  std::string path;    // relative to the root: "sim/base/check.h"
  std::string folder;  // "sim/base"
  std::vector<std::string> lines;
  std::vector<Include> includes;

  bool is_header() const { return path.ends_with(".h"); }
};

// The text of a file below the root; fails the running test if it is not there.
std::string ReadText(std::string_view path);

// Every .h and .cc below app, sim, agents, ui and tests, in order of their paths.
const std::vector<SourceFile>& SourceFiles();

// The file with that path, or nullptr.
const SourceFile* FindFile(std::string_view path);

// Names directly below the root, without those that git ignores.
std::vector<std::string> TopLevelNames();

// `text` contains `word` with no letter, digit or underscore on either side; case matters.
bool ContainsWord(std::string_view text, std::string_view word);

// The words between "name=(" and ")" of a shell script, without comments.
std::vector<std::string> ShellArray(std::string_view script, std::string_view name);

}  // namespace lookout::structure
