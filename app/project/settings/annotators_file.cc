#include "app/project/settings/annotators_file.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/config/fields_json.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

constexpr char kPresent[] = "present";
constexpr char kProfiles[] = "profiles";
constexpr char kReleaseLag[] = "release_lag";

ui::Annotators MeAlone(double lag_s) {
  ui::Annotators annotators;
  ui::AnnotatorProfile me = annotators.present();
  me.reaction_lag_s = lag_s;
  me.release_lag_s = lag_s;
  annotators.Put(std::move(me));
  return annotators;
}

}  // namespace

double LagOfMeFromText(std::string_view text) {
  double lag_s = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), lag_s);
  return error == std::errc() && end == text.data() + text.size() ? lag_s : ui::kReactionLag_s;
}

std::string AnnotatorsText(const ui::Annotators& annotators) {
  nlohmann::json profiles = nlohmann::json::array();
  for (const ui::AnnotatorProfile& profile : annotators.all()) {
    profiles.push_back(sim::FieldsToJson(profile));
  }
  const nlohmann::json text = {{kPresent, annotators.present().name}, {kProfiles, profiles}};
  return text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ui::Annotators AnnotatorsFromText(std::string_view text, double lag_of_me_s) {
  const nlohmann::json stored = sim::ParseJsonText(text).value;
  ui::Annotators annotators = MeAlone(lag_of_me_s);
  if (!stored.is_object()) return annotators;
  const auto profiles = stored.find(kProfiles);
  if (profiles == stored.end() || !profiles->is_array()) return annotators;
  for (const nlohmann::json& one : *profiles) {
    if (!one.is_object()) continue;
    ui::AnnotatorProfile profile;
    profile.name.clear();
    // What is wrong keeps its default, and without a name there is nobody.
    if (const std::string wrong = sim::FieldsFromJson(one, profile); wrong == "name") continue;
    // Projects of before told one lag for both.
    if (!one.contains(kReleaseLag)) profile.release_lag_s = profile.reaction_lag_s;
    annotators.Put(std::move(profile));
  }
  const auto present = stored.find(kPresent);
  if (present != stored.end() && present->is_string()) {
    annotators.SwitchTo(present->get_ref<const std::string&>());
  }
  return annotators;
}

}  // namespace lookout::app
