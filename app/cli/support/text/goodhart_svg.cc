#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/cli/support/text/goodhart_text.h"
#include "app/runs/formats/svg_plot.h"

namespace lookout::app {
namespace {

using agents::Estimate;

void Add(double x, const Estimate& y, SvgLine& line) {
  line.x.push_back(x);
  line.y.push_back(y.value);
  line.low.push_back(y.low);
  line.high.push_back(y.high);
}

// Policies may come back nearer to the first: a line goes from the nearest to the farthest.
std::vector<const agents::PressureCurve*> ByDistance(const agents::PressureReport& pressure) {
  std::vector<const agents::PressureCurve*> policies;
  for (const agents::PressureCurve& policy : pressure.policies) policies.push_back(&policy);
  std::ranges::stable_sort(policies, {}, [](const auto* policy) { return policy->distance.value; });
  return policies;
}

SvgPanel OverDistance(const agents::PressureReport& pressure, const std::string& title,
                      Estimate agents::PressureCurve::*learned,
                      Estimate agents::PressureCurve::*truth) {
  SvgLine by_model{.label = "as learned"};
  SvgLine by_rule{.label = "true"};
  for (const agents::PressureCurve* policy : ByDistance(pressure)) {
    Add(policy->distance.value, policy->*learned, by_model);
    Add(policy->distance.value, policy->*truth, by_rule);
  }
  return {.title = title,
          .x_label = "distance from the first policy, sqrt(KL)",
          .y_label = title,
          .lines = {std::move(by_model), std::move(by_rule)}};
}

SvgPanel BestOfNPanel(const GoodhartReport& report) {
  SvgLine by_model{.label = "as learned"};
  SvgLine by_rule{.label = "true"};
  for (const agents::BestOfNPoint& point : report.best_of_n) {
    Add(std::sqrt(point.kl), point.proxy, by_model);
    Add(std::sqrt(point.kl), point.truth, by_rule);
  }
  return {.title = "best of n episodes by the learned cost",
          .x_label = "sqrt(KL) of best of n",
          .y_label = "cost per episode",
          .lines = {std::move(by_model), std::move(by_rule)}};
}

}  // namespace

std::string GoodhartSvg(const GoodhartReport& report) {
  std::vector<std::vector<SvgPanel>> rows;
  if (report.pressure) {
    rows.push_back(
        {OverDistance(*report.pressure, "cost per episode", &agents::PressureCurve::proxy,
                      &agents::PressureCurve::truth),
         OverDistance(*report.pressure, fmt::format("return - {:.3g} x cost", report.price),
                      &agents::PressureCurve::proxy_gain, &agents::PressureCurve::true_gain)});
  }
  rows.push_back({BestOfNPanel(report)});
  return SvgFigure(fmt::format("{}: {}", report.environment, report.agent), rows);
}

}  // namespace lookout::app
