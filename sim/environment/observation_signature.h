// What an observation consists of: its parts in order, how long each is and what its numbers mean.
// Networks that were made for one signature fit no other, even of the same length. Value type; any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/result.h"

namespace lookout::sim {

class ObservationSignature {
 public:
  // Limits of what is read from files: values of an observation, bytes of its text.
  static constexpr int kMostValues = 1 << 24;
  static constexpr std::size_t kMostTextBytes = std::size_t{1} << 16;

  struct Entry {
    std::string key;  // "goal_lidar", "velocimeter", ...
    int size = 0;
    std::string meaning = {};  // how its numbers come about, where options decide that
    bool operator==(const Entry&) const = default;
  };

  // Of nothing: what an old file was made for, which does not say.
  ObservationSignature() = default;
  // Each entry begins where the one before it ends.
  explicit ObservationSignature(std::vector<Entry> entries) : entries_(std::move(entries)) {}

  const std::vector<Entry>& entries() const { return entries_; }
  bool empty() const { return entries_.empty(); }
  int observation_dim() const;  // the sum of the sizes
  // The same on every machine and for all time; 0 of nothing.
  std::uint64_t hash() const;
  bool operator==(const ObservationSignature&) const = default;

  // A line for each entry: key, size and meaning, with tabs between them.
  std::string Text() const;
  // Rejects (kBadInput) what Text() does not write, naming the line.
  static Result<ObservationSignature> FromText(std::string_view text);

 private:
  std::vector<Entry> entries_;
};

// How `found` differs from `expected`, by the entries that one of them lacks, the first few by
// name: "has box_lidar (16), expected buttons_lidar (16)". Empty if they are equal.
std::string SignatureDifference(const ObservationSignature& found,
                                const ObservationSignature& expected);

}  // namespace lookout::sim
