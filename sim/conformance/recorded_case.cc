#include "sim/conformance/recorded_case.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/config/json_text.h"
#include "sim/config/json_value.h"
#include "sim/conformance/gzip_file.h"
#include "sim/conformance/recording_fit.h"

namespace lookout::sim {
namespace {

using nlohmann::json;

constexpr std::size_t kMostLineBytes = std::size_t{1} << 20;
constexpr int kMostLines = 100'000;
constexpr int kMaxSize = 100'000;  // of any vector in a recording

// Takes the fields of one line apart and remembers the first that is not as it should be.
class Line {
 public:
  explicit Line(const json& object) : object_(object) {}

  const std::string& problem() const { return problem_; }
  bool Has(const char* key) const { return object_.contains(key); }

  const json& Field(const char* key) {
    static const json kNothing;
    const auto found = object_.find(key);
    if (found != object_.end()) return *found;
    Complain(key, "is missing");
    return kNothing;
  }

  double Number(const char* key) { return NumberOf(key, Field(key)); }

  int Whole(const char* key, int min, int max) {
    int value = min;
    if (Refusal refusal = ReadValue(Field(key), {double(min), double(max)}, value)) {
      Complain(key, *refusal);
    }
    return value;
  }

  std::uint32_t Seed(const char* key) {
    std::uint32_t value = 0;
    if (Refusal refusal = ReadValue(Field(key), {0, 4294967295.0}, value)) Complain(key, *refusal);
    return value;
  }

  std::string Text(const char* key) {
    std::string value;
    if (Refusal refusal = ReadValue(Field(key), {}, value)) Complain(key, *refusal);
    return value;
  }

  // size: how many numbers there must be. null_value: what stands for null, if null may be there.
  Eigen::VectorXd Vector(const char* key, int size, std::optional<double> null_value = {}) {
    const json& list = Field(key);
    if (!list.is_array() || static_cast<int>(list.size()) != size) {
      Complain(key, fmt::format("must be a list of {} numbers", size));
      return Eigen::VectorXd::Zero(size);
    }
    Eigen::VectorXd values(size);
    for (int i = 0; i < size; ++i) {
      const bool null = null_value && list[i].is_null();
      values[i] = null ? *null_value : NumberOf(key, list[i]);
    }
    return values;
  }

  Point2 Point(const char* key) {
    const Eigen::VectorXd point = Vector(key, 2);
    return {point[0], point[1]};
  }

  // [[name, number, ...], ...] with `numbers` numbers each.
  template <typename Add>
  void Rows(const char* key, std::size_t numbers, Add add) {
    const json& rows = Field(key);
    if (!rows.is_array()) return Complain(key, "must be a list");
    for (const json& row : rows) {
      if (!row.is_array() || row.size() != numbers + 1 || !row[0].is_string()) {
        return Complain(key, fmt::format("must hold rows of a name and {} numbers", numbers));
      }
      Point2 values{};
      for (std::size_t i = 0; i < numbers; ++i) values[i] = NumberOf(key, row[i + 1]);
      add(row[0].get<std::string>(), values);
    }
  }

  void Complain(const char* key, const std::string& what) {
    if (problem_.empty()) problem_ = std::string("\"") + key + "\" " + what;
  }

 private:
  double NumberOf(const char* key, const json& value) {
    if (value.is_number()) return value.get<double>();
    Complain(key, "must hold numbers");
    return 0.0;
  }

  const json& object_;
  std::string problem_;
};

// What the header says about the sizes of what follows.
struct Sizes {
  int positions = 0;
  int velocities = 0;
  int controls = 0;
  int observation = 0;
};

std::vector<Placement> ReadLayout(Line& line, const char* key) {
  std::vector<Placement> layout;
  line.Rows(key, 2, [&](std::string name, const Point2& place) {
    layout.push_back({std::move(name), place[0], place[1]});
  });
  return layout;
}

std::string ReadHeader(const json& object, RecordedCase& out, Sizes& sizes) {
  Line line(object);
  line.Whole("format", 1, 1);
  out.environment = line.Text("env");
  out.robot = line.Text("robot");
  out.seed = line.Seed("seed");
  out.action_source = line.Text("actions");
  sizes.positions = line.Whole("nq", -1, kMaxSize);
  sizes.velocities = line.Whole("nv", -1, kMaxSize);
  sizes.controls = line.Whole("nu", 0, kMaxSize);
  sizes.observation = line.Whole("obs_size", 0, kMaxSize);
  line.Rows("obs", 2, [&](std::string key, const Point2& place) {
    const bool fits = place[0] >= 0 && place[1] >= 0 && place[0] + place[1] <= sizes.observation;
    if (!fits) return line.Complain("obs", "must lie within obs_size");
    out.observation_entries.push_back(
        {std::move(key), static_cast<int>(place[0]), static_cast<int>(place[1])});
  });
  if (Refusal refusal = ReadValue(line.Field("cost_keys"), {}, out.cost_keys)) {
    line.Complain("cost_keys", *refusal);
  }
  Result<EnvironmentConfig> config = ParseConfig(line.Field("config"), out.environment);
  if (!config) return config.error().message;
  out.config = std::move(*config);
  return line.problem().empty() ? RobotContradiction(out) : line.problem();
}

std::string ReadReset(const json& object, const Sizes& sizes, RecordedCase& out) {
  if (sizes.positions < 0 || sizes.velocities < 0) return "a reset in a case without a model";
  Line line(object);
  RecordedReset reset;
  reset.generator_seed = line.Seed("rng_seed");
  reset.first_layout = ReadLayout(line, "layout0");
  reset.layout = ReadLayout(line, "layout");
  line.Rows("rot", 1, [&](std::string name, const Point2& values) {
    reset.rotations.push_back({std::move(name), values[0]});
  });
  reset.robot_rotation_rad = line.Number("robot_rot");
  reset.qpos = line.Vector("q", sizes.positions);
  reset.qvel = line.Vector("v", sizes.velocities);
  reset.observation = line.Vector("o", sizes.observation);
  reset.next_sample = line.Number("u");
  out.episodes.push_back({std::move(reset), {}});
  return line.problem();
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::string ReadStep(const json& object, const Sizes& sizes, RecordedCase& out) {
  if (out.episodes.empty()) return "a step before the first reset";
  Line line(object);
  RecordedStep step;
  step.action = line.Vector("a", sizes.controls, kNan);
  step.reward = line.Number("r");
  step.done = line.Whole("d", 0, 1) == 1;
  step.goal_met = line.Whole("g", 0, 1) == 1;
  step.diverged = line.Has("x");
  if (!step.diverged) {
    const Eigen::VectorXd costs = line.Vector("c", static_cast<int>(out.cost_keys.size()));
    step.costs.assign(costs.begin(), costs.end());
  }
  if (line.Has("gb")) step.goal_button = line.Whole("gb", 0, kMaxSize);
  if (line.Has("bt")) step.button_timer = line.Whole("bt", 0, 1'000'000);
  if (line.Has("gp")) step.goal = line.Point("gp");
  step.robot = line.Point("xy");
  if (line.Has("q")) step.qpos = line.Vector("q", sizes.positions);
  if (line.Has("v")) step.qvel = line.Vector("v", sizes.velocities);
  if (line.Has("u")) step.next_sample = line.Number("u");
  step.observation = line.Vector("o", sizes.observation);
  out.episodes.back().steps.push_back(std::move(step));
  return line.problem();
}

std::string ReadRaise(const json& object, const Sizes& sizes, RecordedCase& out) {
  Line line(object);
  RecordedRaise raise;
  const std::string at = line.Text("at");
  if (at != "reset" && at != "step") line.Complain("at", "must be reset or step");
  if (at == "step" && out.episodes.empty()) return "a raise in a step before the first reset";
  raise.at_reset = at == "reset";
  raise.type = line.Text("type");
  if (!raise.at_reset) raise.action = line.Vector("a", sizes.controls, kNan);
  out.raise = std::move(raise);
  return line.problem();
}

// What is wrong with a line, or "".
std::string ReadLine(std::string_view text, bool is_first, RecordedCase& out, Sizes& sizes) {
  const json object = ParseJsonText(text).value;
  if (!object.is_object()) return "not a JSON object";
  const auto kind = object.find("k");
  const std::string name = kind == object.end() ? "" : Excerpt(*kind);
  if (is_first != (name == "\"case\"")) {
    return is_first ? "the first line must be a case header (\"k\":\"case\")"
                    : "a second case header";
  }
  if (is_first) return ReadHeader(object, out, sizes);
  if (out.raise) return "a line after the raise that ended the case";
  if (name.empty()) return ReadStep(object, sizes, out);
  if (name == "\"reset\"") return ReadReset(object, sizes, out);
  if (name == "\"raise\"") return ReadRaise(object, sizes, out);
  return "an unknown kind of line, " + name;
}

// Takes a recording line by line, as its bytes come.
class CaseReader {
 public:
  // The bytes that follow those before.
  Status TakeBytes(std::string_view bytes) {
    std::size_t end = 0;
    while ((end = bytes.find('\n')) != std::string_view::npos) {
      begun_ += bytes.substr(0, end);
      if (Status status = TakeBegun(); !status.ok()) return status;
      bytes.remove_prefix(end + 1);
    }
    begun_ += bytes;
    return CheckLength();
  }

  Result<RecordedCase> Finish() {
    if (!begun_.empty()) {
      if (Status status = TakeBegun(); !status.ok()) return status.error();
    }
    if (lines_ == 0) return BadInput("it is empty");
    return std::move(recorded_);
  }

 private:
  Status CheckLength() const {
    if (begun_.size() <= kMostLineBytes) return {};
    return BadInput(fmt::format("line {}: longer than {} bytes", lines_ + 1, kMostLineBytes));
  }

  Status TakeBegun() {
    if (Status status = CheckLength(); !status.ok()) return status;
    ++lines_;
    const std::string problem = lines_ > kMostLines
                                    ? fmt::format("more than {} lines", kMostLines)
                                    : ReadLine(begun_, lines_ == 1, recorded_, sizes_);
    begun_.clear();
    if (problem.empty()) return {};
    return BadInput(fmt::format("line {}: {}", lines_, problem));
  }

  RecordedCase recorded_;
  Sizes sizes_;
  int lines_ = 0;
  std::string begun_;  // the line that goes on
};

}  // namespace

Result<RecordedCase> ParseRecordedCase(std::string_view text) {
  CaseReader reader;
  if (Status status = reader.TakeBytes(text); !status.ok()) return status.error();
  return reader.Finish();
}

Result<RecordedCase> ReadRecordedCase(const std::string& path) {
  CaseReader reader;
  Status content;  // what is wrong with the text, rather than with the file
  const Status read = ReadGzipBlocks(path, [&](std::string_view block) {
    content = reader.TakeBytes(block);
    return content;
  });
  if (!read.ok() && content.ok()) return BadInput(path + ": " + read.error().message + ".");
  Result<RecordedCase> recorded(content.ok() ? reader.Finish() : content.error());
  if (recorded.ok()) return recorded;
  const std::string& reason = recorded.error().message;  // a configuration's is a sentence
  const bool ends = reason.ends_with('.') || reason.ends_with('?');
  return BadInput(path + " is not a recording of Safety Gym: " + reason + (ends ? "" : "."));
}

}  // namespace lookout::sim
