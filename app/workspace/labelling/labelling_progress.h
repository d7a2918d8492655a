// How far labelling has come, observation by observation: what each fit made of how much feedback,
// and how well the cost models of successive rounds agree. It is kept with the project, so that the
// next sitting goes on. Window thread only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/queries/labelling_value.h"
#include "sim/base/ids.h"

namespace lookout::app {

// The hash of an observation's signature.
using ObservationKey = std::uint64_t;

class LabellingProgress {
 public:
  // Models after fewer more labels agree for no other reason than that nothing was added.
  static constexpr int kRoundLabels = 10;

  // Whether that model is newer than all that were noted; going back to an earlier one adds
  // nothing.
  bool IsNew(ObservationKey observation, CostModelId model) const;
  // The newest model, of which IsNew. labels: that it learned from, all about this observation;
  // nothing: they are not known. held_out_error: Brier score.
  void NoteFit(ObservationKey observation, CostModelId model, std::optional<int> labels,
               double held_out_error);

  // If the model in use ends a round of labelling, the next round begins. Returns the model of the
  // round before, to be compared with it: 0 if it is the first one, nothing if no round ends.
  std::optional<CostModelId> EndRound(ObservationKey observation, CostModelId in_use);
  // Between the models of the last round that ended and of the one before; NaN: cannot be told.
  void NoteAgreement(ObservationKey observation, double kappa);

  std::vector<agents::FitPoint> fits(ObservationKey observation) const;
  std::vector<double> agreement(ObservationKey observation) const;  // the newest last
  // What labelling still brings, and whether it is enough; empty if neither can be told. Takes
  // about a millisecond.
  std::string InWords(ObservationKey observation, const agents::AuditCounts& audited) const;

  // As a setting of a project, and back: damaged text is passed over. Of an observation the newest
  // few hundred fits are kept, and of observations those with the newest models.
  std::string Text() const;
  void Load(std::string_view text);

 private:
  struct Course {
    CostModelId newest;
    std::vector<agents::FitPoint> fits;
    CostModelId round_model;  // of the round that ended last; 0: none did
    int round_labels = 0;     // that it learned from
    std::vector<double> agreement;
  };
  const Course* Find(ObservationKey observation) const;
  Course& Of(ObservationKey observation);

  std::map<ObservationKey, Course> courses_;
};

}  // namespace lookout::app
