// Every version of the cost models, of all observations: what it is called, what it was fitted to,
// whether it was deleted, and which is in use. Keeps the registry as it is itself. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_model.h"
#include "app/workers/runtime/cost_model_registry.h"
#include "sim/base/result.h"
#include "ui/snapshots.h"

namespace lookout::app {

class ModelVersions {
 public:
  // Of one observation and without a name; the oldest beyond them go.
  static constexpr std::size_t kMostUnnamed = 50;

  // `stored`: of earlier sessions, oldest first. `notes`: what Notes() said then; what cannot be
  // read of it is as if it had not been said. What was deleted then goes for good.
  ModelVersions(std::vector<agents::CostModelPtr> stored, std::string_view notes,
                CostModelRegistry& registry);

  // Of the next version; ids are never given twice.
  CostModelId next_id() const { return next_id_; }
  // A new version, in use at once, fitted with those settings; `fitted_to`: see FitFingerprint.
  void Add(agents::CostModelPtr model, std::string fitted_to,
           const agents::CostModelSettings& settings);

  // A version from elsewhere, in use at once; what the marks were fitted to stays known. from: of
  // its file; the same one gives the same version again, as it was named then. Rejects (kBadInput)
  // a model that does not say what its observation consists of.
  Result<CostModelId> TakeIn(const agents::CostModel& model, std::string name, std::string from);

  // False if there is no such version, or none that could be used for that.
  bool Use(const sim::ObservationSignature& observed, CostModelId id);
  bool Rename(CostModelId id, std::string name);  // empty: without a name
  // Out of use, and kept until the program ends: Restore brings it back.
  bool Delete(CostModelId id);
  bool Restore(CostModelId id);

  // Whether the newest fit or TakeUp for that observation was with this material: there is nothing
  // to do then, whatever the person chose or deleted since.
  bool IsLatest(const sim::ObservationSignature& observed, const std::string& fitted_to) const;
  // Puts the version that was fitted to this material in use; false if there is none.
  bool TakeUp(const sim::ObservationSignature& observed, const std::string& fitted_to);

  agents::CostModelPtr InUse(const sim::ObservationSignature& observed) const {
    return registry_.For(observed);
  }
  // Those that fit such an observation, oldest first.
  std::vector<ui::CostModelVersion> Of(const sim::ObservationSignature& observed) const;

  // What Add or the constructor left out for good since the last call.
  std::vector<CostModelId> TakeForgotten() { return std::exchange(forgotten_, {}); }
  // All but the models themselves, as JSON text for the project.
  std::string Notes() const;

 private:
  struct Version {
    agents::CostModelPtr model;
    std::string name;
    std::string fitted_to;  // empty: not known
    bool deleted = false;
    std::string settings = {};     // of the fit, as JSON; empty: not recorded
    std::string fitted_with = {};  // the same in words
  };
  // What was last seen of an observation, by its hash.
  struct Observation {
    std::uint64_t hash = 0;
    CostModelId in_use;     // chosen by the person; 0: the newest
    std::string fitted_to;  // of the newest fit or TakeUp
  };

  void ReadNotes(std::string_view notes);
  void UseAsNoted();
  static void NoteSettings(Version& version, std::string settings);
  Version* Find(CostModelId id);
  const Version* FittedTo(const sim::ObservationSignature& observed,
                          const std::string& fitted_to) const;
  Observation& NotesOf(const sim::ObservationSignature& observed);
  void ForgetBeyondMost(const sim::ObservationSignature& observed);
  void Forget(CostModelId id);

  CostModelRegistry& registry_;
  std::vector<Version> versions_;  // oldest first
  std::vector<Observation> observations_;
  std::vector<CostModelId> forgotten_;
  CostModelId next_id_{1};
};

}  // namespace lookout::app
