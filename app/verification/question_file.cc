#include "app/verification/question_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numbers>
#include <set>
#include <utility>

#include "app/platform/files.h"
#include "sim/base/nearest_name.h"
#include "sim/config/json_text.h"
#include "sim/config/json_value.h"
#include "sim/objects/object_kinds.h"

namespace lookout::app {
namespace {

using agents::Interval;
using agents::ModelBounds;
using nlohmann::json;

constexpr std::size_t kMostQuestionBytes = 64 * 1024;
constexpr std::size_t kMostThings = 4;
constexpr sim::Range kMetres{-100.0, 100.0};
constexpr sim::Range kLength{0.0, 100.0};
constexpr sim::Range kDegrees{-360.0, 360.0};

Error InQuestion(const std::string& what) { return BadInput("The question: " + what + "."); }

// One object of the file: takes its members by key and says which are left.
class ObjectReader {
 public:
  // where: "" or "place.", before the names of its keys.
  ObjectReader(const json& object, std::string where) : object_(object), where_(std::move(where)) {
    if (!object.is_object()) {
      Refuse(where_.empty() ? "the text" : where_.substr(0, where_.size() - 1),
             "must be an object, not " + sim::Excerpt(object));
    }
  }

  const json* Find(const std::string& key) {
    known_.push_back(key);
    if (error_ || !object_.contains(key)) return nullptr;
    return &object_.at(key);
  }
  bool Has(const std::string& key) { return Find(key) != nullptr; }

  template <typename T>
  void Take(const std::string& key, const sim::Range& range, T& out) {
    const json* const value = Find(key);
    if (value == nullptr) return;
    if (const sim::Refusal refusal = sim::ReadValue(*value, range, out))
      Refuse(where_ + key, *refusal);
  }

  void TakeRange(const std::string& key, const sim::Range& range, Interval& out) {
    const json* const value = Find(key);
    if (value != nullptr) ReadRange(where_ + key, *value, range, out);
  }

  void ReadRange(const std::string& key, const json& value, const sim::Range& range,
                 Interval& out) {
    std::array<double, 2> ends{};
    sim::Refusal refusal = value.is_array() ? sim::ReadValue(value, range, ends)
                                            : sim::ReadValue(value, range, ends[0]);
    if (!value.is_array()) ends[1] = ends[0];
    if (!refusal && ends[0] > ends[1]) refusal = "has its larger end first";
    if (refusal) return Refuse(key, *refusal);
    out = {ends[0], ends[1]};
  }

  void Refuse(const std::string& key, const std::string& reason) {
    if (!error_) error_ = InQuestion(key + " " + reason);
  }
  void RefuseKey(const std::string& key, const std::string& reason) {
    Refuse(where_ + key, reason);
  }

  // The first thing that was wrong; else a key that nothing asked for.
  Status Finish() {
    if (error_) return *error_;
    for (const auto& [key, value] : object_.items()) {
      if (std::ranges::find(known_, key) != known_.end()) continue;
      return InQuestion(fmt::format("there is no {}{}.{} It may have {}", where_, key.substr(0, 60),
                                    sim::DidYouMean(key, known_), fmt::join(known_, ", ")));
    }
    return {};
  }

 private:
  const json& object_;
  std::string where_;
  std::vector<std::string> known_;
  std::optional<Error> error_;
};

Interval InRadians(const Interval& degrees) {
  constexpr double kRadians = std::numbers::pi / 180.0;
  return {degrees.low * kRadians, degrees.high * kRadians};
}

// "hazard": what stands in worlds and a lidar may see.
void TakeKind(ObjectReader& reader, const std::string& key,
              std::optional<sim::SceneObjectKind>& out) {
  const json* const value = reader.Find(key);
  if (value == nullptr) return;
  std::string known;
  for (const sim::SceneObjectKind kind : sim::AllObjectKinds()) {
    const sim::ObjectKind& descriptor = sim::DescriptorOf(kind);
    if (descriptor.lidar.key.empty()) continue;
    if (value->is_string() && value->get_ref<const std::string&>() == descriptor.one) out = kind;
    known += (known.empty() ? "" : ", ") + std::string(descriptor.one);
  }
  if (!out) reader.RefuseKey(key, "must be one of " + known + ", not " + sim::Excerpt(*value));
}

void TakeAngles(ObjectReader& reader, const std::string& key, Interval& radians) {
  Interval degrees{-180.0, 180.0};
  if (!reader.Has(key)) return;
  reader.TakeRange(key, kDegrees, degrees);
  if (degrees.width() > 360.0) return reader.RefuseKey(key, "is more than a full turn");
  radians = InRadians(degrees);
}

Result<agents::PosesInLayout> ReadPlace(const json& value) {
  agents::PosesInLayout place;
  ObjectReader reader(value, "place.");
  const auto take_side = [&](const std::string& key, std::optional<Interval>& side) {
    if (!reader.Has(key)) return;
    reader.TakeRange(key, kMetres, side.emplace());
  };
  take_side("x_m", place.x_m);
  take_side("y_m", place.y_m);
  TakeKind(reader, "of", place.of);
  const auto take_length = [&](const std::string& key, std::optional<double>& length) {
    if (!reader.Has(key)) return;
    reader.Take(key, kLength, length.emplace());
    if (!place.of) reader.RefuseKey(key, "needs 'of', which says of what");
  };
  take_length("within_m", place.within_m);
  take_length("beyond_m", place.beyond_m);
  if (place.within_m && place.beyond_m) reader.RefuseKey("beyond_m", "does not go with within_m");
  TakeAngles(reader, "heading_deg", place.heading_rad);
  if (const Status read = reader.Finish(); !read.ok()) return read.error();
  return place;
}

Result<agents::ThingsAround> ReadThings(const json& value) {
  if (!value.is_array() || value.empty() || value.size() > kMostThings) {
    return InQuestion(
        fmt::format("things must be a list of 1 to {}, not {}", kMostThings, sim::Excerpt(value)));
  }
  agents::ThingsAround things;
  for (const json& item : value) {
    agents::ThingAround thing;
    ObjectReader reader(item, fmt::format("things[{}].", things.size()));
    std::optional<sim::SceneObjectKind> kind;
    TakeKind(reader, "kind", kind);
    if (!kind) reader.RefuseKey("kind", "is missing");
    if (!reader.Has("distance_m")) reader.RefuseKey("distance_m", "is missing");
    reader.TakeRange("distance_m", kLength, thing.distance_m);
    TakeAngles(reader, "bearing_deg", thing.bearing_rad);
    if (const Status read = reader.Finish(); !read.ok()) return read.error();
    thing.kind = *kind;
    things.push_back(thing);
  }
  return things;
}

void TakeSensors(ObjectReader& reader, std::vector<agents::SensorRange>& sensors) {
  const json* const value = reader.Find("sensors");
  if (value == nullptr) return;
  if (!value->is_object()) {
    return reader.Refuse("sensors", "must be an object, not " + sim::Excerpt(*value));
  }
  for (const auto& [key, ranges] : value->items()) {
    const std::string name = "sensors." + key.substr(0, 60);
    if (!ranges.is_array() || ranges.size() > 1000) {
      return reader.Refuse(name, "must be a list of ranges, not " + sim::Excerpt(ranges));
    }
    agents::SensorRange sensor{.key = key};
    for (const json& range : ranges) {
      reader.ReadRange(name, range, sim::Range{}, sensor.values.emplace_back());
    }
    sensors.push_back(std::move(sensor));
  }
}

Result<agents::Question> ReadQuestion(const json& value) {
  agents::Question question;
  ObjectReader reader(value, "");
  if (!reader.Has("claim")) reader.Refuse("claim", "is missing: \"unsafe\" or \"safe\"");
  reader.Take("claim", {}, question.claim);
  reader.Take("threshold", {ModelBounds::kLeastThreshold, ModelBounds::kMostThreshold},
              question.threshold);
  reader.Take("speed_m_per_s", kLength, question.speed_m_per_s);
  reader.TakeRange("turn_rate_rad_per_s", kMetres, question.turn_rate_rad_per_s);
  TakeSensors(reader, question.sensors);
  const json* const place = reader.Find("place");
  const json* const things = reader.Find("things");
  if ((place == nullptr) == (things == nullptr)) {
    reader.Refuse("it", "needs either 'place' or 'things'");
  }
  if (const Status read = reader.Finish(); !read.ok()) return read.error();
  if (place != nullptr) {
    auto poses = ReadPlace(*place);
    if (!poses.ok()) return poses.error();
    question.where = *poses;
  } else {
    auto around = ReadThings(*things);
    if (!around.ok()) return around.error();
    question.where = std::move(*around);
  }
  return question;
}

}  // namespace

Result<agents::Question> ParseQuestion(std::string_view text) {
  if (text.size() > kMostQuestionBytes) {
    return InQuestion(
        fmt::format("{} bytes are not read, it may have {}", text.size(), kMostQuestionBytes));
  }
  std::vector<std::set<std::string>> keys(sim::kMostJsonDepth + 1);
  std::string twice;
  const auto note_key = [&](int depth, json::parse_event_t event, json& value) {
    const auto at = static_cast<std::size_t>(std::clamp(depth, 0, sim::kMostJsonDepth));
    if (event == json::parse_event_t::object_start && at < keys.size() - 1) keys[at + 1].clear();
    if (event != json::parse_event_t::key) return true;
    if (!keys[at].insert(value.get<std::string>()).second) twice = sim::Excerpt(value);
    return true;
  };
  const sim::JsonText parsed = sim::ParseJsonText(text, 8, note_key);
  if (!parsed.problem.empty()) return InQuestion("the text " + parsed.problem);
  if (!twice.empty()) return InQuestion("it has the key " + twice + " twice; remove one");
  return ReadQuestion(parsed.value);
}

const std::vector<NamedQuestion>& NamedQuestions() {
  static const std::vector<NamedQuestion> kQuestions{
      {"inside-hazard", "every pose inside a hazard, at up to 1 m/s, is called unsafe",
       R"({"claim": "unsafe", "place": {"of": "hazard"}, "speed_m_per_s": 1})"},
      {"clear-of-hazards", "every pose 0.5 m or more from all hazards, at up to 1 m/s, is safe",
       R"({"claim": "safe", "place": {"of": "hazard", "beyond_m": 0.5}, "speed_m_per_s": 1})"},
      {"one-hazard", "a hazard within 0.2 m and nothing else, at up to 1 m/s, is called unsafe",
       R"({"claim": "unsafe", "things": [{"kind": "hazard", "distance_m": [0, 0.2]}],
           "speed_m_per_s": 1})"}};
  return kQuestions;
}

Result<agents::Question> LoadQuestion(const std::string& name_or_file) {
  std::vector<std::string> names;
  for (const NamedQuestion& one : NamedQuestions()) {
    if (one.name == name_or_file) return ParseQuestion(one.text);
    names.emplace_back(one.name);
  }
  std::error_code ignored;
  if (!std::filesystem::exists(name_or_file, ignored)) {
    return BadInput(fmt::format("There is no question {} and no file of that name.{} Known are {}.",
                                name_or_file.substr(0, 200), sim::DidYouMean(name_or_file, names),
                                fmt::join(names, ", ")));
  }
  const auto text = ReadWholeFile(name_or_file, kMostQuestionBytes);
  if (!text.ok()) return text.error();
  auto question = ParseQuestion(*text);
  if (!question.ok()) return BadInput(name_or_file + ": " + question.error().message);
  return question;
}

}  // namespace lookout::app
