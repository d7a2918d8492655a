#include "app/project/settings/danger_classes_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/config/json_text.h"

namespace lookout::app {

std::string DangerClassesText(const agents::DangerClasses& classes) {
  nlohmann::json names = nlohmann::json::object();
  for (int i = 1; i < agents::kDangerClassCount; ++i) {
    const auto danger = static_cast<agents::DangerClass>(i);
    if (classes.IsRenamed(danger)) names[fmt::to_string(i)] = classes.NameOf(danger);
  }
  return names.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

agents::DangerClasses DangerClassesFromText(std::string_view text) {
  agents::DangerClasses classes;
  const nlohmann::json stored = sim::ParseJsonText(text).value;
  if (!stored.is_object()) return classes;
  for (int i = 1; i < agents::kDangerClassCount; ++i) {
    const auto name = stored.find(fmt::to_string(i));
    if (name == stored.end() || !name->is_string()) continue;
    classes.Rename(static_cast<agents::DangerClass>(i), name->get_ref<const std::string&>());
  }
  return classes;
}

}  // namespace lookout::app
