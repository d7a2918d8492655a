#include "tests/structure/source_tree_support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace lookout::structure {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = LOOKOUT_SOURCE_DIR;

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::optional<Include> ParseInclude(std::string_view line) {
  if (!line.starts_with("#include ")) return std::nullopt;
  const std::size_t open = line.find_first_of("<\"");
  if (open == std::string_view::npos) return std::nullopt;
  const bool quoted = line[open] == '"';
  const std::size_t close = line.find(quoted ? '"' : '>', open + 1);
  return Include{std::string(line.substr(open + 1, close - open - 1)), quoted};
}

SourceFile Load(const fs::path& path) {
  SourceFile file;
  file.path = path.lexically_relative(kRoot).generic_string();
  file.folder = fs::path(file.path).parent_path().generic_string();
  file.lines = Lines(ReadText(file.path));
  for (const std::string& line : file.lines) {
    if (auto include = ParseInclude(line)) file.includes.push_back(*include);
  }
  return file;
}

std::vector<SourceFile> LoadAll() {
  std::vector<SourceFile> files;
  for (const char* folder : {"app", "sim", "agents", "ui", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const fs::path& path = entry.path();
      if (path.extension() == ".h" || path.extension() == ".cc") files.push_back(Load(path));
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

bool IsWordCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

}  // namespace

std::string ReadText(std::string_view path) {
  std::ifstream in(kRoot / path, std::ios::binary);
  REQUIRE_MESSAGE(in, "cannot read " << path);
  return {std::istreambuf_iterator<char>(in), {}};
}

const std::vector<SourceFile>& SourceFiles() {
  static const std::vector<SourceFile> files = LoadAll();
  return files;
}

const SourceFile* FindFile(std::string_view path) {
  const auto& files = SourceFiles();
  const auto found = std::lower_bound(
      files.begin(), files.end(), path,
      [](const SourceFile& file, std::string_view wanted) { return file.path < wanted; });
  return found != files.end() && found->path == path ? &*found : nullptr;
}

std::vector<std::string> TopLevelNames() {
  const std::vector<std::string> ignored = Lines(ReadText(".gitignore"));
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kRoot)) {
    std::string name = entry.path().filename().string();
    const bool is_ignored = std::any_of(ignored.begin(), ignored.end(), [&](std::string pattern) {
      std::erase(pattern, '/');
      return pattern == name;
    });
    if (!is_ignored) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool ContainsWord(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !IsWordCharacter(text[at - 1]);
    const bool ends = end == text.size() || !IsWordCharacter(text[end]);
    if (starts && ends) return true;
  }
  return false;
}

std::vector<std::string> ShellArray(std::string_view script, std::string_view name) {
  const std::string opening = "\n" + std::string(name) + "=(";
  const std::size_t start = script.find(opening);
  REQUIRE_MESSAGE(start != std::string_view::npos, "no array " << name);
  const std::size_t first = start + opening.size();
  const std::string body(script.substr(first, script.find(')', first) - first));
  std::vector<std::string> words;
  for (const std::string& line : Lines(body)) {
    std::istringstream in(line.substr(0, line.find('#')));
    for (std::string word; in >> word;) words.push_back(word);
  }
  return words;
}

}  // namespace lookout::structure
