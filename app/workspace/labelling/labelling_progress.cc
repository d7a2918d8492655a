#include "app/workspace/labelling/labelling_progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::json;

constexpr std::size_t kMostFits = 400;
constexpr std::size_t kMostObservations = 32;

template <typename T>
void KeepNewest(std::vector<T>& all) {
  if (all.size() <= kMostFits) return;
  all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(kMostFits));
}

template <typename Number>
Number NumberIn(const json& object, const char* key) {
  const auto found = object.find(key);
  const bool there = found != object.end() && found->is_number();
  return there ? found->get<Number>() : Number{};
}

const json& ListIn(const json& object, const char* key) {
  static const json kNone = json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : kNone;
}

}  // namespace

const LabellingProgress::Course* LabellingProgress::Find(ObservationKey observation) const {
  const auto found = courses_.find(observation);
  return found == courses_.end() ? nullptr : &found->second;
}

LabellingProgress::Course& LabellingProgress::Of(ObservationKey observation) {
  if (!courses_.contains(observation) && courses_.size() >= kMostObservations) {
    courses_.erase(std::ranges::min_element(
        courses_, {}, [](const auto& course) { return course.second.newest; }));
  }
  return courses_[observation];
}

bool LabellingProgress::IsNew(ObservationKey observation, CostModelId model) const {
  const Course* course = Find(observation);
  return course == nullptr || course->newest < model;
}

void LabellingProgress::NoteFit(ObservationKey observation, CostModelId model,
                                std::optional<int> labels, double held_out_error) {
  Course& course = Of(observation);
  course.newest = model;
  if (!labels) return;
  course.fits.push_back({*labels, held_out_error});
  KeepNewest(course.fits);
}

std::optional<CostModelId> LabellingProgress::EndRound(ObservationKey observation,
                                                       CostModelId in_use) {
  const Course* known = Find(observation);
  if (known == nullptr || known->newest != in_use || known->fits.empty()) return std::nullopt;
  const int labels = known->fits.back().labels;
  if (known->round_model && labels < known->round_labels + kRoundLabels) return std::nullopt;
  Course& course = Of(observation);
  course.round_labels = labels;
  return std::exchange(course.round_model, in_use);
}

void LabellingProgress::NoteAgreement(ObservationKey observation, double kappa) {
  Course& course = Of(observation);
  course.agreement.push_back(kappa);
  KeepNewest(course.agreement);
}

std::vector<agents::FitPoint> LabellingProgress::fits(ObservationKey observation) const {
  const Course* course = Find(observation);
  return course == nullptr ? std::vector<agents::FitPoint>() : course->fits;
}

std::vector<double> LabellingProgress::agreement(ObservationKey observation) const {
  const Course* course = Find(observation);
  return course == nullptr ? std::vector<double>() : course->agreement;
}

std::string LabellingProgress::InWords(ObservationKey observation,
                                       const agents::AuditCounts& audited) const {
  const Course* course = Find(observation);
  if (course == nullptr) return {};
  const agents::LabellingValue value = agents::MeasureLabellingValue(
      {.fits = course->fits, .successive_agreement = course->agreement, .audited = audited});
  return value.is_known || value.is_enough ? value.words : std::string();
}

std::string LabellingProgress::Text() const {
  json text = json::object();
  for (const auto& [observation, course] : courses_) {
    json fits = json::array();
    for (const agents::FitPoint& fit : course.fits) {
      fits.push_back({fit.labels, fit.held_out_error});
    }
    text[fmt::format("{:016x}", observation)] = {{"newest", course.newest.value},
                                                 {"fits", fits},
                                                 {"round_model", course.round_model.value},
                                                 {"round_labels", course.round_labels},
                                                 {"agreement", course.agreement}};
  }
  return text.dump();  // NaN becomes null
}

void LabellingProgress::Load(std::string_view text) {
  courses_.clear();
  const json parsed = sim::ParseJsonText(text).value;
  if (!parsed.is_object()) return;
  for (const auto& [name, stored] : parsed.items()) {
    ObservationKey observation = 0;
    const char* end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data(), end, observation, 16);
    if (error != std::errc() || stop != end || !stored.is_object()) continue;
    Course& course = Of(observation);
    course.newest.value = NumberIn<std::int64_t>(stored, "newest");
    course.round_model.value = NumberIn<std::int64_t>(stored, "round_model");
    course.round_labels = NumberIn<int>(stored, "round_labels");
    for (const json& fit : ListIn(stored, "fits")) {
      if (!fit.is_array() || fit.size() != 2 || !fit[0].is_number_integer()) continue;
      if (fit[1].is_number()) course.fits.push_back({fit[0].get<int>(), fit[1].get<double>()});
    }
    for (const json& kappa : ListIn(stored, "agreement")) {
      course.agreement.push_back(kappa.is_number() ? kappa.get<double>()
                                                   : std::numeric_limits<double>::quiet_NaN());
    }
    KeepNewest(course.fits);
    KeepNewest(course.agreement);
  }
}

}  // namespace lookout::app
