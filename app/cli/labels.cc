// lookout labels: labels of a project out to other programs' files and in again, and those of two
// projects into one.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/text/merge_text.h"
#include "app/exchange/labels/label_exchange.h"
#include "app/exchange/labels/label_import.h"
#include "app/workers/runtime/wall_time.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

// How many rejected rows are told at the terminal; --json tells more.
constexpr std::size_t kMostTold = 20;

struct LabelsCommand {
  std::string project;
  std::string second;  // merge: the other project
  std::string file;
  std::string out;
  std::string format;
  std::string annotator;
  std::string environment;
  bool json = false;
};

void PrintJson(const ordered_json& object) {
  const auto text = object.dump(2, ' ', false, ordered_json::error_handler_t::replace);
  std::printf("%s\n", text.c_str());
}

Status Export(const LabelsCommand& command) {
  const auto format = FindLabelFormat(command.format, false);
  if (!format) return format.error();
  const auto project = OpenExistingProject(command.project, ProjectAccess::kReadOnly);
  if (!project) return project.error();
  const auto report = ExportLabels(
      **project, **format,
      {.out = command.out, .annotator = command.annotator, .environment = command.environment});
  if (!report) return report.error();
  if (command.json) {
    PrintJson({{"out", command.out},
               {"format", command.format},
               {"spans", report->spans},
               {"pairs", report->pairs},
               {"notes", report->notes},
               {"annotators", report->annotators},
               {"left_out", report->left_out}});
    return {};
  }
  std::printf("%s of %s to %s; %s\n", Counted(report->spans, "span").c_str(),
              Counted(report->annotators, "annotator").c_str(), command.out.c_str(),
              report->left_out.empty() ? "nothing was left out"
                                       : ("left out: " + report->left_out).c_str());
  return {};
}

void PrintImport(const LabelsCommand& command, const ImportReport& report) {
  if (command.json) {
    ordered_json object{{"project", command.project},
                        {"format", command.format},
                        {"rows", report.rows},
                        {"skipped", report.skipped}};
    PutPlan(report.plan, object);
    object["rejected_count"] = report.rejected_count;
    object["rejected"] = ordered_json::array();
    for (const RejectedRow& row : report.rejected) {
      object["rejected"].push_back({{"row", row.row}, {"cause", row.cause}});
    }
    PrintJson(object);
  } else if (report.rejected_count == 0) {
    std::printf(
        "%s from %s: %s%s\n", Counted(report.rows, "row").c_str(), command.file.c_str(),
        PlanInWords(report.plan).c_str(),
        report.skipped > 0 ? fmt::format("; {} are no labels", report.skipped).c_str() : "");
    std::fputs(ConflictsInWords(report.plan).c_str(), stdout);
  }
}

// Every rejected row has a line of its own, as far as they are told.
Status SayRejected(const LabelsCommand& command, const ImportReport& report) {
  if (report.rejected_count == 0) return {};
  if (!command.json) {
    for (std::size_t i = 0; i < std::min(kMostTold, report.rejected.size()); ++i) {
      LogWarning(InWords(report.rejected[i]));
    }
  }
  return BadInput(
      fmt::format("Nothing was imported, as {} of {} of {} cannot be; mend {} in the "
                  "file{}.",
                  report.rejected_count, Counted(report.rows, "row"), command.file,
                  report.rejected_count == 1 ? "it" : "them",
                  command.json ? "" : ", --json lists more of them"));
}

Status Import(const LabelsCommand& command) {
  const auto format = FindLabelFormat(command.format, true);
  if (!format) return format.error();
  if ((*format)->carries.history && !command.annotator.empty()) {
    return WrongUsage("--annotator is for files that name nobody; a " + command.format +
                      " file names everybody, so leave the option out.");
  }
  const auto project = OpenExistingProject(command.project, ProjectAccess::kReadWrite);
  if (!project) return project.error();
  const auto report = ImportLabels(
      **project, **format,
      {.file = command.file,
       .annotator = command.annotator.empty() ? std::string("imported") : command.annotator,
       .now_unix_ms = UnixMilliseconds()});
  if (!report) return report.error();
  PrintImport(command, *report);
  return SayRejected(command, *report);
}

Status Merge(const LabelsCommand& command) {
  for (const std::string& project : {command.project, command.second}) {
    std::error_code ignored;
    if (std::filesystem::exists(project, ignored)) continue;
    return BadInput("There is no project " + project + "; mend the path, or name another file.");
  }
  const auto merged =
      MergeProjects({.first = command.project, .second = command.second, .out = command.out});
  if (!merged) return merged.error();
  if (command.json) {
    ordered_json object{{"out", command.out}};
    PutPlan(merged->plan, object);
    PutSettings(merged->settings, object);
    PrintJson(object);
    return {};
  }
  std::printf("%s to a copy of %s: %s\n", command.second.c_str(), command.project.c_str(),
              PlanInWords(merged->plan).c_str());
  const std::string told = ConflictsInWords(merged->plan) + SettingsInWords(merged->settings);
  std::fputs(told.c_str(), stdout);
  std::printf("in %s\n", command.out.c_str());
  return {};
}

std::string FormatList(bool to_read) {
  std::string list;
  for (const LabelFormat* format : LabelFormats()) {
    if (to_read && format->read == nullptr) continue;
    list += (list.empty() ? "" : ", ") + std::string(format->name);
  }
  return list;
}

std::string FormatHelp() {
  std::string help = "Formats:\n";
  for (const LabelFormat* format : LabelFormats()) {
    help += fmt::format("  {:<14}{}{}\n", format->name, format->what,
                        format->read == nullptr ? "; only written" : "");
  }
  return help +
         "A step t stands at t times the step's duration from the reset and lasts until the next;\n"
         "seconds that are read mean the nearest step boundary.";
}

using LabelsCommandPtr = std::shared_ptr<LabelsCommand>;

CLI::App* AddPart(CLI::App& labels, const char* name, const char* what, int& exit_code,
                  const LabelsCommandPtr& options, Status (*run)(const LabelsCommand&)) {
  CLI::App* part = labels.add_subcommand(name, what);
  part->callback([options, run, &exit_code] {
    if (const Status done = run(*options); !done) exit_code = Fail(done.error());
  });
  return part;
}

void AddExport(CLI::App& labels, int& exit_code, const LabelsCommandPtr& options) {
  CLI::App* part = AddPart(labels, "export", "Labels of a project to a file of another program.",
                           exit_code, options, Export);
  part->add_option("PROJECT", options->project, "Project file; it is only read.")->required();
  part->add_option("--format", options->format, FormatList(false) + ".")->required();
  part->add_option("--out", options->out, "New file, or folder where the format is one.")
      ->required();
  part->add_option("--annotator", options->annotator, "Whose alone. Default: everybody's.");
  part->add_option("--env", options->environment,
                   "Only about episodes of this environment. Default: of all.");
  part->add_flag("--json", options->json, "One JSON object instead of a line.");
  part->footer(FormatHelp());
}

void AddImport(CLI::App& labels, int& exit_code, const LabelsCommandPtr& options) {
  CLI::App* part = AddPart(labels, "import", "Labels from a file into a project: all rows or none.",
                           exit_code, options, Import);
  part->add_option("PROJECT", options->project, "Project file with the episodes.")->required();
  part->add_option("FILE", options->file, "File, or folder where the format is one.")->required();
  part->add_option("--format", options->format, FormatList(true) + ".")->required();
  part->add_option("--annotator", options->annotator,
                   "Whose marks they are where the file does not say. Default: imported.");
  part->add_flag("--json", options->json, "One JSON object, with every row that is refused.");
  part->footer(FormatHelp());
}

void AddMerge(CLI::App& labels, int& exit_code, const LabelsCommandPtr& options) {
  CLI::App* part = AddPart(labels, "merge", "Labels of two copies of a project into a third.",
                           exit_code, options, Merge);
  part->add_option("A", options->project, "Project file; it is only read.")->required();
  part->add_option("B", options->second, "Another with the same episodes; likewise.")->required();
  part->add_option("--out", options->out, "New project: A with the labels of B.")->required();
  part->add_flag("--json", options->json, "One JSON object, with every contradiction.");
}

}  // namespace

void AddLabelsCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LabelsCommand>();
  CLI::App* labels =
      app.add_subcommand("labels", "Labels out to other programs, in again, and merged.");
  labels->require_subcommand(1, 1);
  AddExport(*labels, exit_code, options);
  AddImport(*labels, exit_code, options);
  AddMerge(*labels, exit_code, options);
}

}  // namespace lookout::app
