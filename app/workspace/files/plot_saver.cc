#include "app/workspace/files/plot_saver.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "app/platform/files.h"
#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

std::string Number(const std::vector<double>& values, std::size_t row) {
  if (row >= values.size() || !std::isfinite(values[row])) return {};
  return fmt::format("{:.9g}", values[row]);
}

std::string Quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) text.append(c == '"' ? 2 : 1, c);
  return text + "\"";
}

// "cost-per-episode"
std::string FileName(const std::string& title) {
  std::string name;
  for (const char c : title) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (plain) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (!plain && !name.empty() && name.back() != '-') name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  return name.empty() ? "plot" : name;
}

fs::path FreePath(const fs::path& folder, const std::string& name, const char* ending) {
  std::error_code ignored;
  fs::path path = folder / (name + ending);
  for (int number = 2; fs::exists(path, ignored); ++number) {
    path = folder / fmt::format("{}-{}{}", name, number, ending);
  }
  return path;
}

}  // namespace

std::string PlotAsCsv(const ui::PlotTable& plot) {
  std::string text;
  std::size_t rows = 0;
  for (const ui::PlotTable::Curve& curve : plot.curves) {
    if (!text.empty()) text += ",";
    text += Quoted(plot.x_name + " of " + curve.name) + "," + Quoted(curve.name);
    if (!curve.low.empty()) {
      text += "," + Quoted(curve.name + " low") + "," + Quoted(curve.name + " high");
    }
    rows = std::max(rows, curve.y.size());
  }
  text += "\n";
  for (std::size_t row = 0; row < rows; ++row) {
    bool first = true;
    for (const ui::PlotTable::Curve& curve : plot.curves) {
      if (!std::exchange(first, false)) text += ",";
      text += Number(curve.x, row) + "," + Number(curve.y, row);
      if (!curve.low.empty()) text += "," + Number(curve.low, row) + "," + Number(curve.high, row);
    }
    text += "\n";
  }
  return text;
}

std::string PlotAsSvg(const ui::PlotTable& plot) {
  SvgPanel panel{.title = plot.title, .x_label = plot.x_name, .y_label = plot.title};
  if (!plot.limit.first.empty()) panel.references.push_back({plot.limit.first, plot.limit.second});
  for (const ui::PlotTable::Curve& curve : plot.curves) {
    panel.lines.push_back(
        {.label = curve.name, .x = curve.x, .y = curve.y, .low = curve.low, .high = curve.high});
  }
  return SvgFigure(plot.title, {{std::move(panel)}});
}

PlotSaver::PlotSaver() : thread_([this](const std::stop_token& stop) { Run(stop); }) {}

void PlotSaver::Save(ui::SavePlot request, fs::path project) {
  jobs_.Put({std::move(request), std::move(project)});
}

void PlotSaver::Run(const std::stop_token& stop) {
  std::vector<Job> jobs;
  while (jobs_.WaitAndTake(jobs, stop)) {
    for (const Job& job : jobs) {
      const bool svg = job.request.svg;
      const ui::PlotTable& plot = job.request.plot;
      const fs::path path = FreePath(job.project.parent_path() / "plots", FileName(plot.title),
                                     svg ? ".svg" : ".csv");
      const Status written = WriteWholeFile(path, svg ? PlotAsSvg(plot) : PlotAsCsv(plot));
      outcomes_.Put({written.ok(), written.ok() ? "The plot is in " + path.string() + "."
                                                : written.error().message});
    }
  }
}

}  // namespace lookout::app
