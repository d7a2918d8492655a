// A question about the cost model, as it is being asked in the panel; it is checked where every
// question is, once it is asked. Values; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/environment/kinds.h"

namespace lookout::ui {

enum class ProofPlace : std::uint8_t {
  kInside,  // poses of which some object's disc holds the robot's centre
  kWithin,  // nearer to some object than a distance
  kBeyond,  // at least so far from all of them
  kBox,     // a box on the floor
  kAround,  // a single object alone, at any bearing
};
std::span<const lookout::Choice<ProofPlace>> Choices(ProofPlace kind);

struct ProofForm {
  bool unsafe = true;  // claimed
  ProofPlace place = ProofPlace::kInside;
  sim::SceneObjectKind of = sim::SceneObjectKind::kHazard;
  double distance_m = 0.2;
  double x_from_m = -1.0, x_to_m = 1.0;
  double y_from_m = -1.0, y_to_m = 1.0;
  double heading_from_deg = -180.0, heading_to_deg = 180.0;
  double speed_m_per_s = 1.0;
  double seconds = 60.0;
  bool operator==(const ProofForm&) const = default;
};

inline bool AsksOfObjects(const ProofForm& form) { return form.place != ProofPlace::kBox; }
inline bool AsksDistance(const ProofForm& form) {
  return AsksOfObjects(form) && form.place != ProofPlace::kInside;
}
inline bool AsksBox(const ProofForm& form) { return form.place == ProofPlace::kBox; }

// See sim/base/fields.h: the numbers of the form.
template <FieldsOf<ProofForm> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = lookout::Field<ProofForm>;
  visit(F("distance", "from the robot's centre to the object's")
            .In("m")
            .Within(0, 100)
            .For(AsksDistance),
        self.distance_m);
  visit(F("x-from", "along the world's x axis").In("m").Within(-100, 100).For(AsksBox),
        self.x_from_m);
  visit(F("x-to", "along the world's x axis").In("m").Within(-100, 100).For(AsksBox), self.x_to_m);
  visit(F("y-from", "along the world's y axis").In("m").Within(-100, 100).For(AsksBox),
        self.y_from_m);
  visit(F("y-to", "along the world's y axis").In("m").Within(-100, 100).For(AsksBox), self.y_to_m);
  visit(F("heading-from", "of straight ahead, counter-clockwise; of a single object its bearing")
            .In("deg")
            .Within(-360, 360),
        self.heading_from_deg);
  visit(F("heading-to", "of straight ahead, counter-clockwise; of a single object its bearing")
            .In("deg")
            .Within(-360, 360),
        self.heading_to_deg);
  visit(F("speed", "at most, in any direction on the floor").In("m/s").Within(0, 100),
        self.speed_m_per_s);
  visit(F("time-limit", "what is undecided by then stays open").In("s").Within(1, 3600),
        self.seconds);
}

// The question as `lookout verify --question` reads it from a file.
std::string QuestionText(const ProofForm& form);
// "Everywhere inside a hazard, at up to 1 m/s, it says unsafe."
std::string ClaimInWords(const ProofForm& form);

}  // namespace lookout::ui
