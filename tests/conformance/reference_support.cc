#include "tests/conformance/reference_support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "sim/conformance/gzip_file.h"

namespace lookout::sim::test {

namespace fs = std::filesystem;

std::string ReferenceFolder() {
  const char* chosen = std::getenv("LOOKOUT_REFERENCE");
  const std::string beside = LOOKOUT_SOURCE_DIR "/../shared/reference/safety_gym";
  const std::string above = LOOKOUT_SOURCE_DIR "/../../shared/reference/safety_gym";
  for (const std::string& folder : {std::string(chosen == nullptr ? "" : chosen), beside, above}) {
    if (!folder.empty() && fs::is_directory(fs::path(folder) / "cases")) return folder;
  }
  MESSAGE(
      "skipped: no recordings; set LOOKOUT_REFERENCE to the folder that holds cases/ and "
      "models/");
  return "";
}

std::vector<std::string> Recordings(const std::function<bool(const std::string&)>& accepts) {
  const std::string folder = ReferenceFolder();
  if (folder.empty()) return {};
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder + "/cases")) {
    if (accepts(entry.path().filename().string())) files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  REQUIRE_FALSE(files.empty());
  return files;
}

nlohmann::json ReadJson(const std::string& path) {
  const Result<std::string> text = ReadGzipFile(path);
  REQUIRE(text.ok());
  nlohmann::json json = nlohmann::json::parse(*text, nullptr, false);
  REQUIRE_FALSE(json.is_discarded());
  return json;
}

}  // namespace lookout::sim::test
