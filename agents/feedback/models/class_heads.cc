#include "agents/feedback/models/class_heads.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

namespace lookout::agents {
namespace {

constexpr std::int64_t kMostRows = std::numeric_limits<std::int64_t>::max();

std::string FieldOf(DangerClass danger, std::string_view name) {
  return fmt::format("class{}.{}", danger, name);
}

void EncodeClassReport(const ClassReport& report, ArchiveWriter& writer) {
  const auto field = [&](std::string_view name) { return FieldOf(report.danger, name); };
  writer.Integer(field("rows"), report.rows);
  writer.Integer(field("marks"), report.marks);
  writer.Integer(field("held_out_rows"), report.held_out_rows);
  writer.Real(field("auc"), report.auc);
  writer.Real(field("auc_among"), report.auc_among);
  writer.Real(field("misses"), report.miss_rate);
  writer.Real(field("learned_cost"), report.learned_cost);
  writer.Real(field("true_cost"), report.true_cost);
}

ClassReport ReadClassReport(ArchiveReader& reader, DangerClass danger) {
  const auto field = [&](std::string_view name) { return FieldOf(danger, name); };
  const auto figure = [&](std::string_view name) {
    const double value = reader.RealOrNan(field(name));
    if (value < 0.0 || value > 1.0) {
      reader.Reject(fmt::format("field '{}' is {}, expected 0 to 1.", field(name), value));
    }
    return value;
  };
  ClassReport report{.danger = danger};
  report.rows = reader.Integer(field("rows"), 0, kMostRows);
  report.marks = reader.Integer(field("marks"), 0, kMostRows);
  report.held_out_rows = reader.Integer(field("held_out_rows"), 0, kMostRows);
  report.auc = figure("auc");
  report.auc_among = figure("auc_among");
  report.miss_rate = figure("misses");
  report.learned_cost = reader.RealOrNan(field("learned_cost"));
  report.true_cost = reader.RealOrNan(field("true_cost"));
  return report;
}

// Ascending classes from 1 on.
std::vector<DangerClass> ReadDangers(ArchiveReader& reader, std::string_view name) {
  std::vector<DangerClass> dangers;
  for (const std::int64_t value : reader.Integers(name, kDangerClassCount - 1)) {
    const std::int64_t least = dangers.empty() ? 1 : dangers.back() + 1;
    if (value < least || value >= kDangerClassCount) {
      reader.Reject(fmt::format("its '{}' are no ascending classes of danger.", name));
      return {};
    }
    dangers.push_back(static_cast<DangerClass>(value));
  }
  return dangers;
}

Calibration ReadClassCalibration(ArchiveReader& reader, DangerClass danger) {
  Calibration calibration;
  calibration.temperature = reader.Real(FieldOf(danger, "temperature"));
  calibration.bias = reader.Real(FieldOf(danger, "bias"));
  if (reader.ok() && !(calibration.temperature > 0.0)) {
    reader.Reject(fmt::format("the temperature of class {} is {}, expected more than 0.", danger,
                              calibration.temperature));
  }
  return calibration;
}

Mlp ReadClassMember(ArchiveReader& reader, std::size_t index, int inputs, const ClassHeads& heads) {
  const std::string name = fmt::format("class_member{}", index);
  Mlp member = Mlp::Decode(reader, name);
  if (!reader.ok()) return member;
  const auto outputs = static_cast<int>(heads.classes.size());
  const bool alike =
      heads.members.empty() || member.layer_sizes() == heads.members[0].layer_sizes();
  if (member.input_dim() != inputs || member.output_dim() != outputs || !alike) {
    reader.Reject(
        fmt::format("network '{}' takes {} values and gives {}, expected a network like the "
                    "others, from {} values to {}.",
                    name, member.input_dim(), member.output_dim(), inputs, outputs));
  }
  return member;
}

}  // namespace

bool HasRuleCost(const ClassReport& report, const DangerClasses& names) {
  return report.true_cost > 0.0 && !names.IsRenamed(report.danger);
}

std::string ClassInWords(const ClassReport& report, const DangerClasses& names) {
  const std::string labels =
      fmt::format("{} steps of {} mark{}", report.rows, report.marks, report.marks == 1 ? "" : "s");
  const std::string& name = names.NameOf(report.danger);
  if (!report.has_head) {
    return fmt::format(
        "{}: not told apart, for {} name it; it takes {} of {} marks, and as many "
        "of another danger",
        name, labels, kLeastStepsOfClass, kLeastMarksOfClass);
  }
  std::string text = name + ": ";
  if (std::isnan(report.auc)) {
    text += "not tested, for what was held out does not name it";
  } else {
    text += fmt::format("AUC {:.3f}", report.auc);
    if (!std::isnan(report.auc_among))
      text += fmt::format(", {:.3f} among dangers", report.auc_among);
    text += fmt::format(", {:.0f} % missed of {} steps held out", 100.0 * report.miss_rate,
                        report.held_out_rows);
  }
  if (HasRuleCost(report, names)) {
    text += fmt::format("; learned / true cost {:.2f}", report.learned_cost / report.true_cost);
  }
  return fmt::format("{}; {}", text, labels);
}

int ClassHeads::IndexOf(DangerClass danger) const {
  const auto found = std::ranges::find(classes, danger);
  return found == classes.end() ? -1 : static_cast<int>(found - classes.begin());
}

void EncodeClasses(std::span<const ClassReport> reports, const ClassHeads& heads,
                   ArchiveWriter& writer) {
  std::vector<std::int64_t> named;
  for (const ClassReport& report : reports) named.push_back(report.danger);
  writer.Integers("classes", named);
  for (const ClassReport& report : reports) EncodeClassReport(report, writer);
  const std::vector<std::int64_t> with_head(heads.classes.begin(), heads.classes.end());
  writer.Integers("class_heads", with_head);
  for (std::size_t i = 0; i < heads.classes.size(); ++i) {
    writer.Real(FieldOf(heads.classes[i], "temperature"), heads.calibrations[i].temperature);
    writer.Real(FieldOf(heads.classes[i], "bias"), heads.calibrations[i].bias);
  }
  for (std::size_t i = 0; i < heads.members.size(); ++i) {
    heads.members[i].Encode(writer, fmt::format("class_member{}", i));
  }
}

void ReadClasses(ArchiveReader& reader, std::size_t members, int inputs,
                 std::vector<ClassReport>& reports, ClassHeads& heads) {
  for (const DangerClass danger : ReadDangers(reader, "classes")) {
    reports.push_back(ReadClassReport(reader, danger));
  }
  for (const DangerClass danger : ReadDangers(reader, "class_heads")) {
    const auto report = std::ranges::find(reports, danger, &ClassReport::danger);
    if (report == reports.end()) {
      return reader.Reject(fmt::format("it has a head of class {}, which nothing names.", danger));
    }
    report->has_head = true;
    heads.classes.push_back(danger);
    heads.calibrations.push_back(ReadClassCalibration(reader, danger));
  }
  if (heads.empty()) return;
  for (std::size_t i = 0; i < members && reader.ok(); ++i) {
    heads.members.push_back(ReadClassMember(reader, i, inputs, heads));
  }
}

}  // namespace lookout::agents
