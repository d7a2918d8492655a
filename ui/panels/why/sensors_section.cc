#include "ui/panels/why/sensors_section.h"

#include "ui/panels/why/sensor_words.h"
#include "ui/panels/why/why_figures.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kMostBudget_percent = 10.0F;

void DrawBudget(WhyState& state) {
  SmallLines(
      "Lies about what the sensors say at this moment, every value at once; the world stays as it "
      "is, and none need look like that.");
  NoteItem("sensors/honest");
  Text("Each value off by up to", CurrentTheme().text_muted);
  Tooltip(
      "Of a lidar's range, and of any other value's standard deviation over the episode so far");
  SliderField("sensors/budget", state.sensor_budget_percent, 0.0F, kMostBudget_percent, "%.1f %%",
              ImGui::GetContentRegionAvail().x);
}

void DrawVerdicts(const agents::SensorAttack& attack) {
  const Theme& theme = CurrentTheme();
  const bool is_unsafe = attack.was_unsafe != attack.turned;
  const Short verdict("%s, %.2f \xE2\x86\x92 %s, %.2f", attack.was_unsafe ? "Unsafe" : "Safe",
                      attack.probability, is_unsafe ? "unsafe" : "safe",
                      attack.attacked_probability);
  Badge(verdict, attack.turned ? theme.error : theme.good, attack.turned ? kIconClose : kIconCheck);
  NoteItem(attack.turned ? "sensors/turned" : "sensors/held");
  Tooltip("The verdict before, and after the strongest of a few attacks along the gradient");
}

void DrawLargest(const SensorWords& words) {
  Text("What turns it most", 0, CurrentFonts().strong);
  for (std::size_t i = 0; i < words.values.size(); ++i) {
    NameAndValue(words.values[i].name, words.values[i].effect);
    NoteItem(Short("sensors/value/%zu", i));
    Tooltip("The change of the log-odds of unsafe that it accounts for (integrated gradients)");
    SmallLines(words.values[i].change);
  }
  SmallLines(
      "On the halos, blue rays are lifted bins and orange ones lowered, as long as what "
      "they bring about.");
}

void DrawResult(const SensorsAttacked& result, WhyState& state) {
  if (state.sensor_words.number != result.number) state.sensor_words = WordsOf(result);
  const SensorWords& words = state.sensor_words;
  DrawVerdicts(result.attack);
  SmallLines(words.smallest, CurrentTheme().text);
  NoteItem("sensors/smallest");
  SmallLines(words.noise);
  NoteItem("sensors/noise");
  if (!words.values.empty()) DrawLargest(words);
  for (const std::string& limit : words.limits) SmallLines(limit);
}

// Why no moment is attacked; empty: one is.
std::string_view WhyNot(const Snapshots& snapshots) {
  if (snapshots.fit.model == nullptr && !snapshots.recorded_predictions) {
    return "There is no cost model yet.";
  }
  return snapshots.playing() ? "Pause to attack the sensors of a moment." : std::string_view();
}

}  // namespace

void DrawSensors(const PanelContext& context) {
  WhyState& state = context.window.why;
  DrawBudget(state);
  if (const auto why_not = WhyNot(context.snapshots); !why_not.empty()) {
    TextWrapped(why_not, CurrentTheme().text_muted);
    return NoteItem("sensors/none");
  }
  context.sender.Send(
      InspectionCommand(AttackSensors{0.01 * static_cast<double>(state.sensor_budget_percent)}));
  const SensorsOnScreen* sensors = context.snapshots.sensors;
  if (sensors == nullptr) return;
  if (!sensors->problem.empty()) {
    SmallLines(sensors->problem, CurrentTheme().warning);
    return NoteItem("sensors/problem");
  }
  if (sensors->result != nullptr) return DrawResult(*sensors->result, state);
  TextWrapped("Being attacked\xE2\x80\xA6", CurrentTheme().text_muted);
}

}  // namespace lookout::ui
