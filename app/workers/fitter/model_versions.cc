#include "app/workers/fitter/model_versions.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "agents/feedback/models/cost_ensemble.h"
#include "app/workers/fitter/fit_settings_text.h"
#include "sim/base/log.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::json;

constexpr std::size_t kMostNameBytes = 200;

}  // namespace

ModelVersions::ModelVersions(std::vector<agents::CostModelPtr> stored, std::string_view notes,
                             CostModelRegistry& registry)
    : registry_(registry) {
  for (agents::CostModelPtr& model : stored) {
    next_id_.value = std::max(next_id_.value, model->id().value + 1);
    registry_.Add(model);
    versions_.push_back({.model = std::move(model), .name = {}, .fitted_to = {}});
  }
  ReadNotes(notes);
  std::vector<CostModelId> deleted;
  for (const Version& version : versions_) {
    if (version.deleted) deleted.push_back(version.model->id());
  }
  for (const CostModelId id : deleted) Forget(id);
  UseAsNoted();
}

// A choice among models that do not say what they were fitted on is not known again.
void ModelVersions::UseAsNoted() {
  for (const Observation& seen : observations_) {
    const Version* version = Find(seen.in_use);
    if (version == nullptr || version->model->signature().hash() != seen.hash) continue;
    registry_.Use(version->model->signature(), seen.in_use);
  }
}

// The notes are the project's own, so a form that does not fit is damage, not a choice.
void ModelVersions::ReadNotes(std::string_view notes) {
  if (notes.empty()) return;
  const json read = sim::ParseJsonText(notes).value;
  try {
    next_id_.value = std::max(next_id_.value, read.at("next").get<std::int64_t>());
    for (const json& note : read.at("versions")) {
      Version* version = Find({note.at("id").get<std::int64_t>()});
      if (version == nullptr) continue;
      version->name = note.value("name", "");
      version->fitted_to = note.value("fitted_to", "");
      version->deleted = note.value("deleted", false);
      NoteSettings(*version, note.value("settings", ""));
    }
    for (const json& note : read.at("observations")) {
      observations_.push_back({note.at("hash").get<std::uint64_t>(),
                               {note.value("in_use", std::int64_t{0})},
                               note.value("fitted_to", "")});
    }
  } catch (const json::exception&) {
    LogWarning("The notes on the versions of the cost models cannot be read; names are lost.");
  }
}

ModelVersions::Version* ModelVersions::Find(CostModelId id) {
  for (Version& version : versions_) {
    if (version.model->id() == id) return &version;
  }
  return nullptr;
}

ModelVersions::Observation& ModelVersions::NotesOf(const sim::ObservationSignature& observed) {
  const std::uint64_t hash = observed.hash();
  const auto found = std::ranges::find(observations_, hash, &Observation::hash);
  if (found != observations_.end()) return *found;
  return observations_.emplace_back(Observation{.hash = hash});
}

void ModelVersions::NoteSettings(Version& version, std::string settings) {
  const auto read = FitSettingsFromText(settings);
  if (!read) return;  // older versions do not say them
  version.fitted_with = FitSettingsInWords(*read);
  version.settings = std::move(settings);
}

void ModelVersions::Add(agents::CostModelPtr model, std::string fitted_to,
                        const agents::CostModelSettings& settings) {
  next_id_.value = std::max(next_id_.value, model->id().value + 1);
  const sim::ObservationSignature observed = model->signature();
  registry_.Add(model);
  registry_.Use(observed, {});
  NotesOf(observed) = {.hash = observed.hash(), .in_use = {}, .fitted_to = fitted_to};
  versions_.push_back({.model = std::move(model), .name = {}, .fitted_to = std::move(fitted_to)});
  NoteSettings(versions_.back(), FitSettingsText(settings));
  ForgetBeyondMost(observed);
}

Result<CostModelId> ModelVersions::TakeIn(const agents::CostModel& model, std::string name,
                                          std::string from) {
  const agents::CostEnsemble* ensemble = model.ensemble();
  if (ensemble == nullptr || ensemble->signature.empty()) {
    return BadInput(name + " does not say what its observation consists of; fit it again.");
  }
  const sim::ObservationSignature& observed = model.signature();
  if (const Version* known = FittedTo(observed, from)) {
    Use(observed, known->model->id());
    return known->model->id();
  }
  agents::CostEnsemble own = *ensemble;
  own.id = next_id_;
  ++next_id_.value;
  const CostModelId id = own.id;
  versions_.push_back(
      {.model = agents::MakeCostModel(std::move(own)), .name = {}, .fitted_to = std::move(from)});
  registry_.Add(versions_.back().model);
  Rename(id, std::move(name));
  Use(observed, id);
  return id;
}

bool ModelVersions::Use(const sim::ObservationSignature& observed, CostModelId id) {
  const Version* version = Find(id);
  if (version == nullptr || version->deleted || !version->model->Fits(observed)) return false;
  registry_.Use(observed, id);
  NotesOf(observed).in_use = id;
  return true;
}

bool ModelVersions::Rename(CostModelId id, std::string name) {
  Version* version = Find(id);
  if (version == nullptr) return false;
  name.resize(std::min(name.size(), kMostNameBytes));
  version->name = std::move(name);
  return true;
}

bool ModelVersions::Delete(CostModelId id) {
  Version* version = Find(id);
  if (version == nullptr) return false;
  version->deleted = true;
  registry_.Remove(id);
  for (Observation& observation : observations_) {
    if (observation.in_use == id) observation.in_use = {};
  }
  return true;
}

bool ModelVersions::Restore(CostModelId id) {
  Version* version = Find(id);
  if (version == nullptr || !version->deleted) return false;
  version->deleted = false;
  registry_.Add(version->model);
  return true;
}

const ModelVersions::Version* ModelVersions::FittedTo(const sim::ObservationSignature& observed,
                                                      const std::string& fitted_to) const {
  for (auto version = versions_.rbegin(); version != versions_.rend(); ++version) {
    const bool same = !version->deleted && version->fitted_to == fitted_to;
    if (same && version->model->Fits(observed)) return &*version;
  }
  return nullptr;
}

bool ModelVersions::IsLatest(const sim::ObservationSignature& observed,
                             const std::string& fitted_to) const {
  const auto seen = std::ranges::find(observations_, observed.hash(), &Observation::hash);
  return seen != observations_.end() && seen->fitted_to == fitted_to;
}

bool ModelVersions::TakeUp(const sim::ObservationSignature& observed,
                           const std::string& fitted_to) {
  const Version* version = FittedTo(observed, fitted_to);
  if (version == nullptr) return false;
  NotesOf(observed).fitted_to = fitted_to;
  return Use(observed, version->model->id());
}

std::vector<ui::CostModelVersion> ModelVersions::Of(
    const sim::ObservationSignature& observed) const {
  std::vector<ui::CostModelVersion> list;
  for (const Version& version : versions_) {
    if (!version.model->Fits(observed)) continue;
    list.push_back({version.model->id(), version.name, version.model->report(), version.deleted,
                    version.fitted_with});
  }
  return list;
}

void ModelVersions::ForgetBeyondMost(const sim::ObservationSignature& observed) {
  std::vector<CostModelId> unnamed;
  const agents::CostModelPtr used = registry_.For(observed);
  for (const Version& version : versions_) {
    const bool counts = version.name.empty() && version.model->signature() == observed;
    if (counts && version.model != used) unnamed.push_back(version.model->id());
  }
  const std::size_t most = kMostUnnamed - 1;  // beside the one in use
  for (std::size_t i = 0; i + most < unnamed.size(); ++i) Forget(unnamed[i]);
}

void ModelVersions::Forget(CostModelId id) {
  registry_.Remove(id);
  std::erase_if(versions_, [id](const Version& version) { return version.model->id() == id; });
  forgotten_.push_back(id);
}

std::string ModelVersions::Notes() const {
  json versions = json::array();
  for (const Version& version : versions_) {
    json note{{"id", version.model->id().value}, {"fitted_to", version.fitted_to}};
    if (!version.name.empty()) note["name"] = version.name;
    if (version.deleted) note["deleted"] = true;
    if (!version.settings.empty()) note["settings"] = version.settings;
    versions.push_back(std::move(note));
  }
  json observations = json::array();
  for (const Observation& seen : observations_) {
    observations.push_back(
        {{"hash", seen.hash}, {"in_use", seen.in_use.value}, {"fitted_to", seen.fitted_to}});
  }
  return json{{"next", next_id_.value}, {"versions", versions}, {"observations", observations}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace lookout::app
