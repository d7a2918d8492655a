#include "sim/environment/observation_signature.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "sim/base/fingerprint.h"

namespace lookout::sim {
namespace {

using Entry = ObservationSignature::Entry;

constexpr std::size_t kMostNamed = 4;

// The text up to the separator, which goes with it; the whole rest without one.
std::string_view TakeUntil(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return taken;
}

Result<Entry> EntryOf(std::string_view line, int most_values) {
  std::string_view rest = line;
  Entry entry;
  entry.key = TakeUntil(rest, '\t');
  const std::string_view digits = TakeUntil(rest, '\t');
  entry.meaning = rest;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, entry.size);
  if (entry.key.empty() || error != std::errc() || stop != end || entry.size < 1 ||
      entry.size > most_values) {
    return BadInput("an entry of the observation is \"" + std::string(line.substr(0, 60)) +
                    "\", expected a name, a size and a meaning.");
  }
  return entry;
}

// Entries of `from` that `other` lacks.
std::vector<Entry> Lacking(const ObservationSignature& from, const ObservationSignature& other) {
  std::vector<Entry> lacking;
  for (const Entry& entry : from.entries()) {
    if (std::ranges::find(other.entries(), entry) == other.entries().end()) {
      lacking.push_back(entry);
    }
  }
  return lacking;
}

// "goal_lidar (16), gyro (3) and 2 more". The meaning is named where it is what differs.
std::string Named(const std::vector<Entry>& entries, const std::vector<Entry>& others) {
  std::string text;
  for (std::size_t i = 0; i < std::min(entries.size(), kMostNamed); ++i) {
    const Entry& entry = entries[i];
    const bool by_meaning = std::ranges::any_of(others, [&](const Entry& other) {
      return other.key == entry.key && other.size == entry.size;
    });
    const std::string meaning = entry.meaning.empty() ? "as usual" : entry.meaning;
    text += fmt::format("{}{} ({}", i == 0 ? "" : ", ", entry.key, entry.size);
    text += (by_meaning ? "; " + meaning : "") + ")";
  }
  if (entries.size() <= kMostNamed) return text;
  return fmt::format("{} and {} more", text, entries.size() - kMostNamed);
}

}  // namespace

int ObservationSignature::observation_dim() const {
  int dim = 0;
  for (const Entry& entry : entries_) dim += entry.size;
  return dim;
}

std::uint64_t ObservationSignature::hash() const { return empty() ? 0 : Fnv1a(Text()); }

std::string ObservationSignature::Text() const {
  std::string text;
  for (const Entry& entry : entries_) {
    text += fmt::format("{}\t{}\t{}\n", entry.key, entry.size, entry.meaning);
  }
  return text;
}

Result<ObservationSignature> ObservationSignature::FromText(std::string_view text) {
  std::vector<Entry> entries;
  int values = 0;
  while (!text.empty()) {
    auto entry = EntryOf(TakeUntil(text, '\n'), kMostValues - values);
    if (!entry) return entry.error();
    values += entry->size;
    entries.push_back(std::move(entry).value());
  }
  return ObservationSignature(std::move(entries));
}

std::string SignatureDifference(const ObservationSignature& found,
                                const ObservationSignature& expected) {
  if (found == expected) return {};
  const std::vector<Entry> added = Lacking(found, expected);
  const std::vector<Entry> missing = Lacking(expected, found);
  if (added.empty() && missing.empty()) return "has the same parts in another order";
  if (missing.empty()) return "has " + Named(added, missing) + " too many";
  if (added.empty()) return "lacks " + Named(missing, added);
  return "has " + Named(added, missing) + ", expected " + Named(missing, added);
}

}  // namespace lookout::sim
