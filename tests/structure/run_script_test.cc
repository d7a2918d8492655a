// What ./run does before the program starts: installs only what is missing, builds only what is out
// of date, and falls back to the demonstration. The tools it calls are replaced by scripts that
// write down how they were called.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/structure/source_tree_support.h"
#include "tests/support/contains.h"

namespace lookout::structure {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  int status = 0;
  std::string output;  // standard output and error
};

// A copy of the script in a folder of its own, whose name has a space, among replaced tools.
class Sandbox {
 public:
  Sandbox() {
    std::string folder = (fs::temp_directory_path() / "lookout run XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    root_ = folder;
    fs::create_directories(root_ / "bin");
    for (const char* name : {"run", "CMakePresets.json"}) {
      fs::copy_file(fs::path(LOOKOUT_SOURCE_DIR) / name, root_ / name);
    }
    std::string all;
    for (const std::string& package : ShellArray(ReadText("run"), "program_packages")) {
      all += "installed " + package + "\n";
    }
    Write("packages", all);
    Write("steps", "[1/2] Building CXX object a.cc.o\n[2/2] Linking CXX executable lookout\n");
    AddTool("dpkg-query", "cat \"$here/packages\"");
    AddTool("apt-get", "echo apt-get \"$@\" >>\"$here/calls\"");
    AddTool("sudo", "\"$@\"");
    AddTool("cmake", R"(mkdir -p "$here/build/release"
echo cmake "$@" >>"$here/calls"
echo "CMAKE_HOME_DIRECTORY:INTERNAL=$here" >"$here/build/release/CMakeCache.txt"
touch "$here/build/release/build.ninja")");
    AddTool("ninja", R"(out="$here/build/release/lookout"
if [[ " $* " == *" build.ninja "* ]]; then
  exit 0
elif [[ " $* " == *" -n "* ]]; then
  if [[ -x $out ]]; then echo "ninja: no work to do."; else cat "$here/steps"; fi
else
  echo ninja >>"$here/calls"
  cp "$here/bin/program" "$out"
fi)");
    AddTool("program", "echo \"program:$*:\"\n[[ ${1-} != gui ]] || exit 3\nexit \"${CODE:-0}\"");
  }
  ~Sandbox() { fs::remove_all(root_); }
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  const fs::path& root() const { return root_; }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(root_ / name) << text;
  }
  std::string Calls() const {
    std::ifstream in(root_ / "calls");
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void ForgetCalls() { fs::remove(root_ / "calls"); }

  // Runs `script` (by default the copy) with the arguments, from another folder.
  Outcome Run(const std::string& arguments, const std::string& environment = "",
              fs::path script = {}) const {
    if (script.empty()) script = root_ / "run";
    const std::string command = "cd / && env -u DISPLAY -u WAYLAND_DISPLAY PATH='" +
                                (root_ / "bin").string() + "':/usr/bin:/bin " + environment + " '" +
                                script.string() + "' " + arguments + " 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Outcome outcome;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
      outcome.output += static_cast<char>(c);
    }
    outcome.status = WEXITSTATUS(pclose(pipe));
    return outcome;
  }

 private:
  void AddTool(const std::string& name, const std::string& body) {
    Write("bin/" + name, "#!/bin/bash\nhere='" + root_.string() + "'\n" + body + "\n");
    fs::permissions(root_ / "bin" / name, fs::perms::owner_all);
  }

  fs::path root_;
};

TEST_CASE("the first call builds, later calls start at once") {
  Sandbox sandbox;
  const Outcome first = sandbox.Run("train --steps 5");
  CHECK(first.status == 0);
  CHECK(Contains(first.output, "building release: 2 steps"));
  CHECK(Contains(first.output, "program:train --steps 5:"));
  CHECK(sandbox.Calls() == "cmake --preset release\nninja\n");

  sandbox.ForgetCalls();
  CHECK(sandbox.Run("train --steps 5").output == "program:train --steps 5:\n");
  CHECK(sandbox.Calls().empty());
}

TEST_CASE("the estimate tells a library compiled as one file from a single file") {
  const auto estimate = [](const std::string& object) {
    Sandbox sandbox;
    std::string steps;
    for (int i = 1; i <= 100; ++i) {
      steps += fmt::format("[{}/100] Building CXX object {}\n", i, object);
    }
    sandbox.Write("steps", "ninja: Entering directory\n" + steps);
    sandbox.Write("bin/nproc", "#!/bin/sh\necho 4\n");
    fs::permissions(sandbox.root() / "bin/nproc", fs::perms::owner_all);
    return sandbox.Run("info").output;
  };
  CHECK(Contains(estimate("sim.dir/sim/world.cc.o"), "100 steps on 4 processors, about 2 min"));
  CHECK(Contains(estimate("sim.dir/Unity/unity_0_cxx.cxx.o"),
                 "100 steps on 4 processors, about 5 min"));
}

// A project whose sources are looked for anew before every build, as Lookout's are.
constexpr const char* kProject = R"(cmake_minimum_required(VERSION 3.25)
project(sandbox NONE)
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sources/*)
foreach(source IN LISTS sources)
  get_filename_component(name ${source} NAME)
  add_custom_command(OUTPUT ${name} DEPENDS ${source}
    COMMAND ${CMAKE_COMMAND} -E copy ${source} ${name})
  list(APPEND copies ${name})
endforeach()
add_custom_command(OUTPUT lookout DEPENDS ${copies}
  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_SOURCE_DIR}/bin/program lookout)
add_custom_target(everything DEPENDS lookout)
)";

TEST_CASE("with the real build tools, what is really out of date is counted") {
  Sandbox sandbox;
  fs::remove(sandbox.root() / "bin/cmake");
  fs::remove(sandbox.root() / "bin/ninja");
  fs::create_directory(sandbox.root() / "sources");
  sandbox.Write("sources/one", "");
  sandbox.Write("sources/two", "");
  sandbox.Write("CMakeLists.txt", kProject);
  const Outcome first = sandbox.Run("info");
  CHECK_MESSAGE(Contains(first.output, "building release: 3 steps"), first.output);
  CHECK(sandbox.Run("info").output == "program:info:\n");
  sandbox.Write("sources/three", "");
  const Outcome later = sandbox.Run("info");
  CHECK_MESSAGE(Contains(later.output, "building release: 2 steps"), later.output);
}

TEST_CASE("the program's exit status is the script's") {
  const Sandbox sandbox;
  CHECK(sandbox.Run("conform nothing", "CODE=4").status == 4);
  CHECK(sandbox.Run("gui").status == 3);
}

TEST_CASE("only missing packages are installed") {
  Sandbox sandbox;
  std::string packages;
  for (const std::string& package : ShellArray(ReadText("run"), "program_packages")) {
    const bool removed = package == "cmake";  // known to dpkg, but not there any more
    if (package != "libglfw3-dev") {
      packages += (removed ? "config-files " : "installed ") + package + "\n";
    }
  }
  sandbox.Write("packages", packages);
  const Outcome outcome = sandbox.Run("info");
  CHECK(outcome.status == 0);
  CHECK(Contains(outcome.output, "installing 2 missing packages"));
  CHECK(Contains(sandbox.Calls(), "apt-get -q update\n"));
  CHECK(Contains(sandbox.Calls(), "--no-install-recommends install cmake libglfw3-dev\n"));
}

TEST_CASE("a failed install names the command to run by hand") {
  Sandbox sandbox;
  sandbox.Write("packages", "");
  sandbox.Write("bin/apt-get", "#!/bin/sh\necho no route to host\nexit 100\n");
  const Outcome outcome = sandbox.Run("info");
  CHECK(outcome.status == 1);
  CHECK(Contains(outcome.output, "no route to host"));
  CHECK(Contains(outcome.output, "apt-get install --no-install-recommends cmake"));
}

TEST_CASE("with no display it says so in one line and plays the demonstration") {
  const Sandbox sandbox;
  sandbox.Run("info");
  const Outcome none = sandbox.Run("");
  CHECK(none.status == 0);
  CHECK(none.output.starts_with("lookout: there is no display; playing the demonstration"));
  CHECK(Contains(none.output, "program:demo --out " + (sandbox.root() / "out/demo-").string()));

  const Outcome broken = sandbox.Run("", "DISPLAY=:12345");
  CHECK(broken.status == 0);
  CHECK(Contains(broken.output, "program:gui:"));
  CHECK(Contains(broken.output, "the display cannot be used; playing the demonstration"));
}

TEST_CASE("it works through a symbolic link") {
  const Sandbox sandbox;
  const fs::path link = sandbox.root() / "a link";
  fs::create_symlink(sandbox.root() / "run", link);
  CHECK(Contains(sandbox.Run("info", "", link).output, "program:info:"));
}

TEST_CASE("a build folder that was moved is configured afresh") {
  Sandbox sandbox;
  sandbox.Run("info");
  sandbox.ForgetCalls();
  sandbox.Write("build/release/CMakeCache.txt", "CMAKE_HOME_DIRECTORY:INTERNAL=/elsewhere\n");
  sandbox.Run("info");
  CHECK(sandbox.Calls() == "cmake --fresh --preset release\n");
}

}  // namespace
}  // namespace lookout::structure
