// Which folder may include what. The arrows of the architecture point down only; this table is the
// one place that says so.
#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/structure/source_tree_support.h"

namespace lookout::structure {
namespace {

struct Layer {
  std::string folder;
  std::vector<std::string> folders;  // of ours, beside itself
  std::vector<std::string> foreign;  // prefixes of other people's headers
};

std::vector<std::string> WordsOf(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

// The lines of layers.txt, which the build reads too.
std::vector<Layer> ReadLayers() {
  std::vector<Layer> layers;
  std::istringstream text(ReadText("tests/structure/layers.txt"));
  for (std::string line; std::getline(text, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    REQUIRE_MESSAGE(second != std::string::npos, "a layer needs two colons: " << line);
    layers.push_back({line.substr(0, first), WordsOf(line.substr(first + 1, second - first - 1)),
                      WordsOf(line.substr(second + 1))});
  }
  return layers;
}

// Ordered from the bottom up: a folder may name only folders above it in this list.
const std::vector<Layer>& Layers() {
  static const std::vector<Layer> layers = ReadLayers();
  return layers;
}

const Layer* LayerOf(std::string_view folder) {
  const auto found = std::find_if(Layers().begin(), Layers().end(),
                                  [&](const Layer& layer) { return layer.folder == folder; });
  return found == Layers().end() ? nullptr : &*found;
}

bool IsTest(const SourceFile& file) { return file.folder.starts_with("tests"); }

bool IsStandardHeader(std::string_view path) {
  return path.find('.') == std::string_view::npos && path.find('/') == std::string_view::npos;
}

// The operating system is talked to by the program, not by the simulation, agents or panels.
bool IsSystemHeader(std::string_view path) {
  static const std::set<std::string_view> kHeaders = {"unistd.h",  "fcntl.h", "stdio.h", "stdlib.h",
                                                      "pthread.h", "poll.h",  "pwd.h",   "signal.h",
                                                      "spawn.h",   "dirent.h"};
  return path.starts_with("sys/") || kHeaders.contains(path);
}

std::string FolderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

bool Allows(const Layer& layer, const Include& include) {
  if (include.quoted) {
    const std::string folder = FolderOf(include.path);
    return folder == layer.folder ||
           std::find(layer.folders.begin(), layer.folders.end(), folder) != layer.folders.end();
  }
  if (IsStandardHeader(include.path)) return true;
  if (include.path.starts_with("fmt/")) return true;  // std::format of a later standard library
  if (IsSystemHeader(include.path) && layer.folder.starts_with("app")) return true;
  return std::any_of(layer.foreign.begin(), layer.foreign.end(),
                     [&](const std::string& prefix) { return include.path.starts_with(prefix); });
}

// Everything a file includes, through our own headers too.
void CollectReached(const SourceFile& file, std::set<std::string>& reached) {
  for (const Include& include : file.includes) {
    if (!reached.insert(include.path).second) continue;
    const SourceFile* next = FindFile(include.path);
    if (next != nullptr) CollectReached(*next, reached);
  }
}

// The first foreign header with that prefix that a file of the folder reaches, or nothing.
void CheckNothingReaches(std::string_view folder, std::string_view prefix) {
  for (const SourceFile& file : SourceFiles()) {
    if (file.folder != folder) continue;
    std::set<std::string> reached;
    CollectReached(file, reached);
    for (const std::string& path : reached) {
      CHECK_MESSAGE(!path.starts_with(prefix), file.path << " reaches <" << path << ">");
    }
  }
}

TEST_CASE("every folder with sources has a place in the table of layers") {
  for (const SourceFile& file : SourceFiles()) {
    if (IsTest(file)) continue;
    CHECK_MESSAGE(LayerOf(file.folder) != nullptr, file.path << ": add its folder to the table");
  }
}

TEST_CASE("the table of layers has no arrow that points up") {
  std::set<std::string_view> below;
  for (const Layer& layer : Layers()) {
    for (const std::string& folder : layer.folders) {
      CHECK_MESSAGE(below.contains(folder), layer.folder << " looks up to " << folder);
    }
    below.insert(layer.folder);
  }
}

TEST_CASE("every include follows the table of layers") {
  for (const SourceFile& file : SourceFiles()) {
    const Layer* layer = LayerOf(file.folder);
    if (layer == nullptr) continue;
    for (const Include& include : file.includes) {
      CHECK_MESSAGE(Allows(*layer, include),
                    file.path << " may not include " << include.path << "; see the table");
    }
  }
}

TEST_CASE("quotes are for our own headers, named from the root") {
  for (const SourceFile& file : SourceFiles()) {
    for (const Include& include : file.includes) {
      const bool ours = FindFile(include.path) != nullptr;
      CHECK_MESSAGE(ours == include.quoted, file.path << " includes " << include.path);
    }
  }
}

bool IsBelow(std::string_view folder, std::string_view parent) {
  return folder == parent || folder.starts_with(std::string(parent) + "/");
}

TEST_CASE("agents, the window's model and its panels never see a MuJoCo header") {
  for (const Layer& layer : Layers()) {
    for (const char* parent : {"agents", "ui/model", "ui/panels", "app/project"}) {
      if (IsBelow(layer.folder, parent)) CheckNothingReaches(layer.folder, "mujoco/");
    }
  }
  CheckNothingReaches("ui", "mujoco/");
}

TEST_CASE("no GUI header is reached from below the window") {
  for (const Layer& layer : Layers()) {
    const bool below =
        layer.folder == "ui" || layer.folder == "ui/model" || IsBelow(layer.folder, "sim") ||
        IsBelow(layer.folder, "agents") || IsBelow(layer.folder, "app/project") ||
        IsBelow(layer.folder, "app/workers") || IsBelow(layer.folder, "app/workspace");
    for (const char* prefix : {"imgui", "GLFW/", "glad/", "EGL/"}) {
      if (below) CheckNothingReaches(layer.folder, prefix);
    }
  }
}

TEST_CASE("only the project file knows SQLite") {
  for (const SourceFile& file : SourceFiles()) {
    if (file.folder == "app/project" || IsTest(file)) continue;
    std::set<std::string> reached;
    CollectReached(file, reached);
    CHECK_MESSAGE(!reached.contains("sqlite3.h"), file.path);
  }
}

}  // namespace
}  // namespace lookout::structure
