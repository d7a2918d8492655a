#include "sim/base/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace lookout::sim {
namespace {

// Longer names are never compared letter by letter: a hostile one would cost quadratic time.
constexpr std::size_t kMaxLength = 128;
constexpr std::size_t kFewestLetters = 3;

// Whether the name is the known one without its last words: "robot_mass" of "robot_mass_scale".
bool LeavesOutWords(std::string_view name, std::string_view known) {
  if (name.size() < kFewestLetters || !known.starts_with(name)) return false;
  const std::string_view rest = known.substr(name.size());
  return rest.starts_with('_') || rest.starts_with('-');
}

}  // namespace

int EditDistance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    int diagonal = std::exchange(row[0], static_cast<int>(i) + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const int replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::vector<std::string> NearestNames(std::string_view name, std::span<const std::string> names,
                                      int count) {
  if (name.empty() || name.size() > kMaxLength) return {};
  std::vector<std::pair<int, std::string>> ranked;
  for (const std::string& known : names) {
    // A word that is left out is a smaller slip than letters that are wrong.
    const int distance = LeavesOutWords(name, known) ? 1 : EditDistance(name, known);
    if (distance <= static_cast<int>(std::max<std::size_t>(3, known.size() / 3))) {
      ranked.emplace_back(distance, known);
    }
  }
  std::ranges::stable_sort(ranked, {}, &std::pair<int, std::string>::first);
  std::vector<std::string> nearest;
  for (const auto& [distance, known] : ranked) {
    if (static_cast<int>(nearest.size()) < count) nearest.push_back(known);
  }
  return nearest;
}

std::string DidYouMean(std::string_view name, std::span<const std::string> names, int count) {
  const std::vector<std::string> nearest = NearestNames(name, names, count);
  if (nearest.empty()) return "";
  std::string text = " Did you mean ";
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    if (i > 0) text += i + 1 == nearest.size() ? " or " : ", ";
    text += nearest[i];
  }
  return text + "?";
}

}  // namespace lookout::sim
