#include <fmt/format.h>

#include <cmath>
#include <string>

#include "agents/feedback/targets/label_set.h"

namespace lookout::agents {
namespace {

std::string Percent(double rate) { return fmt::format("{} %", std::lround(100.0 * rate)); }

}  // namespace

std::string AnnotatorsInWords(const DerivedLabels& derived) {
  if (derived.annotators.size() < 2) return {};
  std::string text = fmt::to_string(derived.annotators.size());
  if (std::isnan(derived.annotators.front().hit_rate)) {
    text += " annotators count alike, each by slips of their own";
  } else {
    text += " annotators count by how often they err (Dawid-Skene)";
    for (const AnnotatorRates& rates : derived.annotators) {
      text += ", " + rates.annotator + " finding " + Percent(rates.hit_rate) +
              " of what is unsafe with " + Percent(rates.false_alarm_rate) + " false alarms";
    }
  }
  if (derived.annotators.size() == 2 && !std::isnan(derived.annotators.front().hit_rate)) {
    text += " (two alone cannot show which of them errs: a third would)";
  }
  return fmt::format("{}; on {} steps they disagree.", text, derived.counts.disputed);
}

}  // namespace lookout::agents
