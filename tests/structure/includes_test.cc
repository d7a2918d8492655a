// Which folder may include what. The arrows of the architecture point down only; this table is the
// one place that says so.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/structure/source_tree_support.h"

namespace lookout::structure {
namespace {

struct Layer {
  std::string_view folder;
  std::vector<std::string_view> folders;  // of ours, beside itself
  std::vector<std::string_view> foreign;  // prefixes of other people's headers
};

// Ordered from the bottom up: a folder may name only folders above it in this list.
const std::vector<Layer>& Layers() {
  static const std::vector<Layer> layers = {
      {"sim/base", {}, {}},
      {"sim", {"sim/base"}, {"Eigen/", "mujoco/", "nlohmann/", "zlib.h"}},
      {"agents/nn", {"sim/base"}, {"Eigen/"}},
      {"agents/policies", {"sim/base", "sim", "agents/nn"}, {"Eigen/"}},
      {"agents/feedback", {"sim/base", "sim", "agents/nn"}, {"Eigen/"}},
      {"agents/rl",
       {"sim/base", "sim", "agents/nn", "agents/policies", "agents/feedback"},
       {"Eigen/", "unistd.h"}},  // how much memory there is
      {"ui/model", {"sim/base", "sim", "agents/feedback", "agents/rl"}, {"Eigen/"}},
      {"ui", {"sim/base", "sim", "agents/feedback", "agents/rl", "ui/model"}, {"Eigen/"}},
      {"ui/theme", {"sim/base", "sim", "agents/feedback"}, {"imgui"}},
      {"ui/widgets", {"sim/base", "sim", "agents/feedback", "ui/theme"}, {"imgui"}},
      {"ui/viewport",
       {"sim/base", "sim", "ui", "ui/model", "ui/theme"},
       {"Eigen/", "mujoco/", "glad/", "imgui"}},
      {"ui/panels",
       {"sim/base", "sim", "agents/feedback", "agents/policies", "agents/rl", "ui", "ui/model",
        "ui/theme", "ui/widgets"},
       {"Eigen/", "imgui", "nlohmann/"}},
      {"app/store",
       {"sim/base", "sim", "agents/feedback", "agents/rl"},
       {"Eigen/", "sqlite3.h", "nlohmann/"}},
      {"app/workers",
       {"sim/base", "sim", "agents/nn", "agents/policies", "agents/feedback", "agents/rl", "ui",
        "ui/model", "app/store"},
       {"Eigen/"}},
      {"app/platform",
       {"sim/base", "ui/viewport"},  // only what a picture in memory is
       {"GLFW/", "glad/", "EGL/", "zlib.h", "jpeglib.h"}},
      {"app/runs",
       {"sim/base", "sim", "agents/nn", "agents/policies", "agents/feedback", "agents/rl",
        "app/platform"},
       {"Eigen/", "nlohmann/"}},
      {"app/scale_out", {"sim/base", "agents/rl"}, {"mpi.h"}},
      {"app/session",
       {"sim/base", "sim", "agents/policies", "agents/feedback", "agents/rl", "ui", "ui/model",
        "app/store", "app/workers", "app/platform"},
       {"Eigen/"}},
      {"app/desktop",
       {"sim/base", "sim", "agents/policies", "agents/feedback", "agents/rl", "ui", "ui/model",
        "ui/theme", "ui/widgets", "ui/viewport", "ui/panels", "app/store", "app/workers",
        "app/platform", "app/session"},
       {"Eigen/", "imgui", "backends/imgui_impl_", "GLFW/", "glad/"}},
      {"app/demo",
       {"sim/base", "sim", "agents/feedback", "agents/rl", "ui", "ui/model", "ui/panels",
        "app/platform", "app/session", "app/desktop"},
       {"nlohmann/"}},
      {"app/cli",
       {"sim/base", "sim", "agents/nn", "agents/policies", "agents/feedback", "agents/rl", "ui",
        "ui/model", "ui/theme", "ui/viewport", "ui/panels", "app/store", "app/workers",
        "app/platform", "app/runs", "app/scale_out", "app/session", "app/desktop", "app/demo"},
       {"Eigen/", "CLI/", "nlohmann/"}},
      {"app", {"sim/base", "app/cli"}, {}},
  };
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
  if (IsSystemHeader(include.path) && layer.folder.starts_with("app")) return true;
  return std::any_of(layer.foreign.begin(), layer.foreign.end(),
                     [&](std::string_view prefix) { return include.path.starts_with(prefix); });
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
    for (const std::string_view folder : layer.folders) {
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

TEST_CASE("agents, the window's model and its panels never see a MuJoCo header") {
  for (const char* folder : {"agents/nn", "agents/policies", "agents/feedback", "agents/rl",
                             "ui/model", "ui", "ui/panels", "app/store"}) {
    CheckNothingReaches(folder, "mujoco/");
  }
}

TEST_CASE("no GUI header is reached from below the window") {
  for (const char* folder :
       {"sim/base", "sim", "agents/nn", "agents/policies", "agents/feedback", "agents/rl",
        "ui/model", "ui", "app/store", "app/workers", "app/session"}) {
    for (const char* prefix : {"imgui", "GLFW/", "glad/", "EGL/"}) {
      CheckNothingReaches(folder, prefix);
    }
  }
}

TEST_CASE("only the project file knows SQLite") {
  for (const SourceFile& file : SourceFiles()) {
    if (file.folder == "app/store" || IsTest(file)) continue;
    std::set<std::string> reached;
    CollectReached(file, reached);
    CHECK_MESSAGE(!reached.contains("sqlite3.h"), file.path);
  }
}

}  // namespace
}  // namespace lookout::structure
