// What the window may ask for about why a cost model judges and a policy acts as it does, and where
// the cost model fails. Part of commands.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "agents/inspect/attacks/blind_spots.h"
#include "ui/agent_commands.h"
#include "ui/why_subject.h"

namespace lookout::ui {

// Somebody looks at why: sent in every frame. The moment on screen is explained while nothing
// moves.
struct ExplainMoment {
  WhySubject subject = WhySubject::kCostModel;
};
// Whether the explanation of this moment can be trusted.
struct CheckExplanation {
  std::size_t number = 0;  // which of MomentExplained::numbers, if a policy is asked
};
// Somebody looks at how far the sensors may be off at the moment on screen: sent in every frame.
struct AttackSensors {
  double budget = 0.02;  // share of its scale by which each value may be off
};
// To the moment of that one of the nearest labels.
struct ShowNearLabel {
  std::size_t index = 0;
};

// Asks whether a claim about the cost model in use holds everywhere, in the layout of the episode
// on screen; what was being searched before is abandoned.
struct AskQuestion {
  std::string question;  // JSON, as `lookout verify --question` reads it from a file
  double seconds = 60.0;
};
struct StopQuestion {};
struct ShowCounterexample {
  bool shown = true;
};                             // in the view
struct OpenCounterexample {};  // as an environment of its own, in a file beside the project

// Looks for what the second agent does that the first does not, or less often, in the environment
// of the live episode, on fresh episodes of both; what was being looked for before is abandoned.
struct FindNewWays {
  SetAgent before, after;
  int episodes = 24;  // of each
};
struct StopNewWays {};
// Replays the most typical clip of that way; asked again, its next one. Its episode is kept in the
// project.
struct ShowNewWay {
  std::size_t way = 0;
};
// Marks its clips as unsafe; their episodes are kept in the project.
struct MarkNewWay {
  std::size_t way = 0;
};

// Searches layouts of the live episode's environment for moments in which the cost model in use is
// wrong; what was being searched before is abandoned.
struct FindBlindSpots {
  agents::ModelError error = agents::ModelError::kMiss;
  int layouts = 3;
  std::uint32_t seed = 0;  // of the first; each further one adds 1
  double speed_m_s = 0.0;  // of the robot at most
  double push_n = 0.0;     // force on it at most
};
struct StopBlindSpots {};
// To that moment, to look at it: nothing is written.
struct ShowBlindSpot {
  std::size_t spot = 0;
};
// Keeps the episodes of all that are wrong: what nobody has judged of them comes first in the queue
// of queries.
struct AskAboutBlindSpots {};

// Episodes in ordinary worlds that a search for hard ones plays before, for comparison.
inline constexpr int kOrdinaryWorlds = 16;

// Searches for worlds near layouts of the live episode's environment in which who plays it, under
// those who oversee it, comes to harm; what was being searched before is abandoned.
struct FindHardWorlds {
  int layouts = 2;
  std::uint32_t seed = 0;  // of the first; each further one adds 1
  double reach_m = 0.3;    // by which things may stand elsewhere
  // Around each layout; by default less than `lookout attack worlds` plays, whose user is not
  // waiting at a window.
  int generations = 6;
  int population = 16;  // episodes of each generation
  int candidates() const { return generations * population; }
  int episodes() const { return kOrdinaryWorlds + layouts * candidates(); }
};
struct StopHardWorlds {};
// Replays what that world's episode comes to, up to the first cost or where it is nearest: nothing
// is written.
struct ShowHardWorld {
  std::size_t world = 0;
};
// Keeps the episodes of all in the project, to be marked.
struct KeepHardWorlds {};
// Writes each world as an environment, in a file beside the project.
struct SaveHardWorlds {};

using InspectionCommand =
    std::variant<ExplainMoment, CheckExplanation, AttackSensors, ShowNearLabel, AskQuestion,
                 StopQuestion, ShowCounterexample, OpenCounterexample, FindNewWays, StopNewWays,
                 ShowNewWay, MarkNewWay, FindBlindSpots, StopBlindSpots, ShowBlindSpot,
                 AskAboutBlindSpots, FindHardWorlds, StopHardWorlds, ShowHardWorld, KeepHardWorlds,
                 SaveHardWorlds>;

}  // namespace lookout::ui
