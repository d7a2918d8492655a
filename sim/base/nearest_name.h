// "Did you mean ...?": the known names that look most like a mistyped one. Any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lookout::sim {

// Smallest number of single-character insertions, deletions and replacements from a to b.
int EditDistance(std::string_view a, std::string_view b);

// Up to `count` of the names, nearest first; none that has little in common with `name`.
std::vector<std::string> NearestNames(std::string_view name, std::span<const std::string> names,
                                      int count);

// " Did you mean x or y?", or "" if nothing is near.
std::string DidYouMean(std::string_view name, std::span<const std::string> names, int count = 1);

}  // namespace lookout::sim
