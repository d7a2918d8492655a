#include "sim/config/config.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "sim/base/nearest_name.h"
#include "sim/config/config_fields.h"
#include "sim/config/json_value.h"

namespace lookout::sim {
namespace {

using nlohmann::json;
using Config = EnvironmentConfig;

// A number without limits of its own still has those that any number has.
Range RangeOf(const Field<Config>& field) {
  const Range any;
  return {std::isfinite(field.least) ? field.least : any.min,
          std::isfinite(field.most) ? field.most : any.max};
}

Error UnknownOption(const std::string& name) {
  const Config any;
  std::vector<std::string> names;
  VisitFields(any,
              [&](const Field<Config>& field, const auto&) { names.emplace_back(field.name); });
  const std::string shown = Excerpt(json(name));
  return BadInput("The configuration has an option " + shown + ", which does not exist." +
                  DidYouMean(name, names));
}

// Sets one option; refuses a name that no field has, and a value that its field cannot take.
Status SetOption(const std::string& name, const json& value, Config& config) {
  bool is_known = false;
  Refusal refusal;
  VisitFields(config, [&](const Field<Config>& field, auto& member) {
    if (field.name != name) return;
    is_known = true;
    refusal = ReadValue(value, RangeOf(field), member);
  });
  if (!is_known) return UnknownOption(name);
  if (refusal) return BadInput("The option " + name + " " + *refusal + ".");
  return {};
}

// What Engine does not have, besides the timestep.
template <FieldsOf<Config> Self, typename Visit>
void VisitOwnFields(Self& config, Visit&& visit) {
  VisitPartialSight(config, visit);
  VisitRobotScales(config, visit);
}

// NumPy switches to another way of drawing beyond this, which RandomState does not have.
Status CheckFrameskip(const Config& config) {
  const double p = config.frameskip_binom_p;
  if (config.frameskip_binom_n * std::min(p, 1.0 - p) <= 30.0) return {};
  return BadInput(
      "frameskip_binom_n is too large for frameskip_binom_p: n * min(p, 1 - p) must be at most "
      "30.");
}

}  // namespace

Result<EnvironmentConfig> ParseConfig(const json& options, std::string_view id) {
  EnvironmentConfig config;
  config.id = id;
  return ChangeConfig(options, std::move(config));
}

Result<EnvironmentConfig> ChangeConfig(const json& options, EnvironmentConfig config) {
  if (!options.is_object()) {
    return BadInput("A configuration must be a JSON object of options, not " + Excerpt(options) +
                    ".");
  }
  for (const auto& [name, value] : options.items()) {
    if (Status set = SetOption(name, value, config); !set) return set.error();
  }
  if (Status status = CheckFrameskip(config); !status) return status.error();
  return config;
}

json ConfigToJson(const EnvironmentConfig& config) {
  json options = json::object();
  VisitFields(config, [&](const Field<Config>& field, const auto& member) {
    options[std::string(field.name)] = WriteValue(member);
  });
  // What is not one of Engine's, and changes nothing.
  if (!config.timestep_s) options.erase("timestep");
  const Config usual;
  VisitOwnFields(config, [&](const Field<Config>& field, const auto& member) {
    VisitOwnFields(usual, [&](const Field<Config>& same, const auto& default_value) {
      if constexpr (std::is_same_v<decltype(member), decltype(default_value)>) {
        if (same.name == field.name && member == default_value) {
          options.erase(std::string(field.name));
        }
      }
    });
  });
  return options;
}

}  // namespace lookout::sim
