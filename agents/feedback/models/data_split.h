// Which labelled rows train and which are held out. Neighbouring steps are nearly copies of each
// other, so rows are only ever moved in groups: whole episodes, or long blocks of steps when there
// are too few episodes. Value types; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "agents/feedback/targets/label_set.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

struct DataSplit {
  std::vector<std::vector<int>> training_groups;  // rows of each group
  std::vector<int> training;                      // all rows of these, both classes among them
  // For the report alone. May lack a class, or be empty, if rows are few.
  std::vector<int> held_out;
  bool by_episode = false;  // groups are episodes, not blocks
};

// fraction: of the rows to hold out, in [0, 0.5]; every class is represented as nearly alike as the
// groups allow. Between blocks lie gaps, a quarter of a block or less, whose rows are on neither
// side. labels: both classes present.
DataSplit SplitLabels(const LabelSet& labels, double fraction, RandomState& random);

// On which side of a split each episode is.
struct EpisodeSplit {
  std::vector<EpisodeId> training;  // ascending
  std::vector<EpisodeId> held_out;  // ascending
  bool empty() const { return training.empty() && held_out.empty(); }
  bool operator==(const EpisodeSplit&) const = default;
};

// Empty unless the split is by episode.
EpisodeSplit EpisodesOf(const DataSplit& split, const LabelSet& labels);

// A split that leaves every episode on its side, so that what was trained on is never judged on;
// new ones are held out as far as the fraction of the rows allows. Nothing if either side would
// lack a class.
std::optional<DataSplit> ContinueSplit(const LabelSet& labels, double fraction,
                                       const EpisodeSplit& before);

// What one member of an ensemble does with the training rows. Different groups each.
struct MemberRows {
  std::vector<int> learned;     // drawn with replacement, group by group; both classes occur
  std::vector<int> stopped_on;  // about half of the other groups: may be empty or lack a class
  std::vector<int> unseen;      // the rest, for the calibration
};

// Each group is drawn as often as Poisson's law with mean 1 says, and falls into its half of those
// that are not drawn, by its episode alone: so that what a member has not learned from stays so
// when a fit goes on with more episodes (the Poisson bootstrap of Oza and Russell 2001).
MemberRows DrawRows(const DataSplit& split, const LabelSet& labels, std::uint32_t seed);

}  // namespace lookout::agents
