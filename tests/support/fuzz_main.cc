// main() of a fuzz target in builds without libFuzzer: replays seeds and a fixed set of mutations.
//   fuzz_<name> FOLDER   replays the files of the folder (which may be missing) and mutations
//   fuzz_<name> FILE     replays that one input, to debug a crash
// A crash leaves the input in crash-<name of the program> in the current folder.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/support/fuzz_seeds.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int kMutationsPerSeed = 400;
constexpr int kMostMutations = 4000;

// What the signal handler needs; set before anything can crash.
std::string g_crash_file;
const std::string* g_input = nullptr;

void SaveInputAndDie(int signal) {
  const int file = open(g_crash_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file >= 0 && g_input != nullptr) {
    [[maybe_unused]] const ssize_t written = write(file, g_input->data(), g_input->size());
    close(file);
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void Run(const std::string& input) {
  g_input = &input;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  g_input = nullptr;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> SeedsOf(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());  // the mutations must not depend on the file system
  std::vector<std::string> seeds{"", std::string(64, '\0'), std::string(64, '\xff'), "{}", "[]"};
  std::transform(files.begin(), files.end(), std::back_inserter(seeds), ReadFile);
  if (FuzzSeeds != nullptr) {
    for (std::string& seed : FuzzSeeds()) seeds.push_back(std::move(seed));
  }
  return seeds;
}

class Mutator {
 public:
  explicit Mutator(const std::vector<std::string>& seeds) : seeds_(seeds) {}

  // One to four random edits of `bytes`, as a damaged or forged file would have.
  std::string Mutate(std::string bytes) {
    for (std::size_t edits = 1 + Below(4); edits > 0; --edits) Edit(bytes);
    return bytes;
  }

 private:
  // Uniform in [0, bound), the same on every machine (distributions are not).
  std::size_t Below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

  void Edit(std::string& bytes) {
    const std::size_t at = Below(bytes.size());
    const std::size_t length = std::min(bytes.size() - at, std::size_t{1} << Below(7));
    switch (Below(7)) {
      case 0:  // a flipped bit
        if (!bytes.empty()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << Below(8)));
        break;
      case 1:  // a byte at an edge of its range
        if (!bytes.empty()) bytes[at] = "\x00\x01\x7f\x80\xff\"{\n"[Below(8)];
        break;
      case 2:
        OverwriteNumber(bytes, at);
        break;
      case 3:
        bytes.resize(at);
        break;
      case 4:
        bytes.erase(at, length);
        break;
      case 5:
        bytes.insert(at, bytes.substr(at, length));
        break;
      default: {  // the head of this seed and the tail of another
        const std::string& other = seeds_[Below(seeds_.size())];
        bytes.replace(at, std::string::npos, other, Below(other.size()), std::string::npos);
      }
    }
  }

  // Sizes and counts are where readers trust too much: a huge, negative or off-by-one integer.
  void OverwriteNumber(std::string& bytes, std::size_t at) {
    static constexpr std::uint64_t kNumbers[] = {
        0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffffffffffff, ~std::uint64_t{0}, 1U << 20};
    const std::uint64_t number = kNumbers[Below(std::size(kNumbers))];
    const std::size_t width = std::min<std::size_t>(std::size_t{1} << Below(4), bytes.size() - at);
    for (std::size_t i = 0; i < width; ++i) {
      bytes[at + i] = static_cast<char>(number >> (8 * i));
    }
  }

  const std::vector<std::string>& seeds_;
  std::mt19937_64 random_{20190712};  // fixed: a test must fail for everybody or nobody
};

int Replay(const std::filesystem::path& folder) {
  const std::vector<std::string> seeds = SeedsOf(folder);
  for (const std::string& seed : seeds) Run(seed);
  const int per_seed =
      std::min(kMutationsPerSeed, kMostMutations / static_cast<int>(seeds.size()) + 1);
  Mutator mutator(seeds);
  for (const std::string& seed : seeds) {
    for (int i = 0; i < per_seed; ++i) Run(mutator.Mutate(seed));
  }
  std::printf("%zu seeds and %zu mutations, no crash\n", seeds.size(), seeds.size() * per_seed);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s FOLDER|FILE\n", argv[0]);
    return 2;
  }
  g_crash_file = "crash-" + std::filesystem::path(argv[0]).filename().string();
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
    std::signal(signal, SaveInputAndDie);
  }
  if (std::filesystem::is_regular_file(argv[1])) {
    Run(ReadFile(argv[1]));
    return 0;
  }
  return Replay(argv[1]);
}
