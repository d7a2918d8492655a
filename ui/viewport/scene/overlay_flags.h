// What is drawn over the plain scene, each to be switched off. One field list serves the menu, the
// keys and the settings. Value type.
#pragma once

namespace lookout::ui {

struct OverlayFlags {
  bool hazards = true;
  bool keep_out = true;
  bool goal = true;
  bool vases = true;
  bool buttons = true;
  bool gremlins = true;
  bool solids = true;
  bool task = true;
  bool lidar = true;
  bool velocity = true;
  bool action = true;
  bool contact = true;
  bool trail = true;
  bool attention = false;
  bool ghost = true;
  bool why = true;
  bool field = false;
  bool axes = true;
  bool labels = false;
  bool frames = false;
  bool operator==(const OverlayFlags&) const = default;
};

// Calls visit(settings key, menu label, flag) for every overlay, in the order of the menu. Flags is
// OverlayFlags or const OverlayFlags.
template <typename Flags, typename Visit>
void VisitOverlays(Flags& flags, Visit&& visit) {
  visit("hazards", "Hazard boundaries", flags.hazards);
  visit("keep_out", "Keep-out rings", flags.keep_out);
  visit("goal", "Goal beacon", flags.goal);
  visit("task", "Task: box, circle, direction", flags.task);
  visit("vases", "Vases", flags.vases);
  visit("buttons", "Buttons and their timer", flags.buttons);
  visit("gremlins", "Gremlins' ways", flags.gremlins);
  visit("solids", "Pillars and walls", flags.solids);
  visit("lidar", "Lidar halos", flags.lidar);
  visit("velocity", "Velocity", flags.velocity);
  visit("action", "Action", flags.action);
  visit("contact", "Cost flash", flags.contact);
  visit("trail", "Trail", flags.trail);
  visit("attention", "Attention: which past the agent goes by", flags.attention);
  visit("ghost", "Ghost of the other agent", flags.ghost);
  visit("why", "Why: what the cost model goes by", flags.why);
  visit("field", "Learned cost on the floor", flags.field);
  visit("axes", "Axes", flags.axes);
  visit("labels", "Labels", flags.labels);
  visit("frames", "Body frames", flags.frames);
}

}  // namespace lookout::ui
