#include "agents/feedback/agreement/agreement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "agents/feedback/agreement/krippendorff_alpha.h"
#include "agents/feedback/agreement/party_values.h"
#include "agents/feedback/kinds/danger_classes.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// What is counted of two parties in one episode.
struct PairTable {
  bool compared = false;
  VerdictCounts counts;
  SpanCounts spans;
  std::array<VerdictCounts, kDangerClassCount> by_danger{};
};

void CountStep(bool first, bool second, VerdictCounts& counts) {
  ++(first ? (second ? counts.both : counts.only_first)
           : (second ? counts.only_second : counts.neither));
}

PairTable CompareValues(const StepValues& first, const StepValues& second,
                        StepIndex tolerance_steps) {
  PairTable table;
  if (first.empty() || second.empty()) return table;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] == kNoValue || second[i] == kNoValue) continue;
    CountStep(first[i] == kUnsafeValue, second[i] == kUnsafeValue, table.counts);
  }
  table.compared = table.counts.steps() > 0;
  if (table.compared) {
    table.spans =
        MatchSpans(RunsOf(first, kUnsafeValue), RunsOf(second, kUnsafeValue), tolerance_steps);
  }
  return table;
}

void CompareDangers(const StepValues& first, const OpinionTrack& first_track,
                    const StepValues& second, const OpinionTrack& second_track, PairTable& table) {
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] == kNoValue || second[i] == kNoValue) continue;
    const unsigned a = first[i] == kUnsafeValue ? first_track.dangers[i] : 0U;
    const unsigned b = second[i] == kUnsafeValue ? second_track.dangers[i] : 0U;
    if ((a | b) == 0U) continue;  // most steps; they are counted as the rest below
    for (std::size_t danger = 0; danger < kDangerClassCount; ++danger) {
      const bool in_first = ((a >> danger) & 1U) != 0;
      const bool in_second = ((b >> danger) & 1U) != 0;
      if (in_first || in_second) CountStep(in_first, in_second, table.by_danger[danger]);
    }
  }
  for (VerdictCounts& of_class : table.by_danger) {
    of_class.neither = table.counts.steps() - of_class.steps();
  }
}

class Measurement {
 public:
  Measurement(const AnnotatorOpinions& opinions, const AgreementSettings& settings)
      : opinions_(opinions),
        settings_(settings),
        bootstrap_(static_cast<int>(opinions.episodes.size()), settings.bootstrap, settings.seed) {
    for (const EpisodeOpinions& episode : opinions.episodes) {
      values_.push_back(ValuesOf(episode, settings.unmarked_is_safe));
    }
  }

  AgreementReport Run() const {
    AgreementReport report;
    report.settings = settings_;
    report.annotators = opinions_.annotators;
    report.episodes = std::ssize(opinions_.episodes);
    for (const EpisodeOpinions& episode : opinions_.episodes) {
      report.steps += episode.recorded.steps;
    }
    const std::size_t annotators = opinions_.annotators.size();
    for (std::size_t a = 0; a < annotators; ++a) {
      for (std::size_t b = a + 1; b < annotators; ++b) AddIfCompared(Between(a, b), report.between);
      if (annotators >= 3) AddIfCompared(WithMajority(a), report.with_majority);
      AddIfCompared(WithRule(a), report.with_rule);
    }
    report.alpha = Alpha();
    report.alpha_unitised = AlphaUnitised();
    report.lags = EstimateReactionLags(opinions_, bootstrap_);
    report.disagreements = FindDisagreements(opinions_, settings_.unmarked_is_safe);
    return report;
  }

 private:
  static void AddIfCompared(PairAgreement&& pair, std::vector<PairAgreement>& to) {
    if (pair.episodes > 0) to.push_back(std::move(pair));
  }

  StepIndex ToleranceSteps(std::size_t episode) const {
    const double step_s = opinions_.episodes[episode].recorded.step_duration_s;
    constexpr double kMost = 1e9;
    return static_cast<StepIndex>(std::min(kMost, std::round(settings_.tolerance_s / step_s)));
  }

  PairAgreement Between(std::size_t a, std::size_t b) const {
    std::vector<PairTable> tables;
    for (std::size_t k = 0; k < values_.size(); ++k) {
      const StepValues& first = values_[k].annotators[a];
      const StepValues& second = values_[k].annotators[b];
      PairTable& table = tables.emplace_back(CompareValues(first, second, ToleranceSteps(k)));
      const std::vector<OpinionTrack>& tracks = opinions_.episodes[k].tracks;
      if (table.compared) CompareDangers(first, tracks[a], second, tracks[b], table);
    }
    PairAgreement pair = Summarise(tables);
    pair.first = opinions_.annotators[a];
    pair.second = opinions_.annotators[b];
    AddDangers(tables, pair);
    return pair;
  }

  PairAgreement WithMajority(std::size_t annotator) const {
    std::vector<PairTable> tables;
    for (std::size_t k = 0; k < values_.size(); ++k) {
      tables.push_back(CompareValues(values_[k].annotators[annotator],
                                     MajorityOfOthers(values_[k], annotator), ToleranceSteps(k)));
    }
    PairAgreement pair = Summarise(tables);
    pair.first = opinions_.annotators[annotator];
    return pair;
  }

  PairAgreement WithRule(std::size_t annotator) const {
    std::vector<PairTable> tables;
    for (std::size_t k = 0; k < values_.size(); ++k) {
      tables.push_back(
          CompareValues(values_[k].annotators[annotator], values_[k].rule, ToleranceSteps(k)));
    }
    PairAgreement pair = Summarise(tables);
    pair.first = opinions_.annotators[annotator];
    return pair;
  }

  // A figure of counts that `part` takes from each table.
  template <typename Counts, typename Part>
  Estimate Figure(const std::vector<PairTable>& tables, const Part& part,
                  double (*figure)(const Counts&)) const {
    return bootstrap_.Of([&](std::span<const std::uint16_t> weights) {
      Counts sum;
      for (std::size_t k = 0; k < tables.size(); ++k) sum.AddTimes(part(tables[k]), weights[k]);
      return figure(sum);
    });
  }

  PairAgreement Summarise(const std::vector<PairTable>& tables) const {
    PairAgreement pair;
    for (const PairTable& table : tables) {
      pair.episodes += table.compared ? 1 : 0;
      pair.counts.AddTimes(table.counts, 1);
      pair.spans.AddTimes(table.spans, 1);
    }
    if (pair.episodes == 0) return pair;
    const auto counts = [](const PairTable& table) -> const VerdictCounts& { return table.counts; };
    pair.kappa = Figure(tables, counts, &Kappa);
    pair.positive = Figure(tables, counts, &PositiveAgreement);
    pair.negative = Figure(tables, counts, &NegativeAgreement);
    pair.d_prime = Figure(tables, counts, &DPrime);
    pair.criterion = Figure(tables, counts, &Criterion);
    pair.span_f1 = Figure(
        tables, [](const PairTable& table) -> const SpanCounts& { return table.spans; }, &SpanF1);
    return pair;
  }

  void AddDangers(const std::vector<PairTable>& tables, PairAgreement& pair) const {
    for (std::size_t danger = 0; danger < kDangerClassCount; ++danger) {
      DangerAgreement of_class{.danger = static_cast<DangerClass>(danger)};
      for (const PairTable& table : tables) of_class.counts.AddTimes(table.by_danger[danger], 1);
      if (of_class.counts.steps() == of_class.counts.neither) continue;
      const auto counts = [danger](const PairTable& table) -> const VerdictCounts& {
        return table.by_danger[danger];
      };
      of_class.kappa = Figure(tables, counts, &Kappa);
      of_class.positive = Figure(tables, counts, &PositiveAgreement);
      of_class.negative = Figure(tables, counts, &NegativeAgreement);
      pair.by_danger.push_back(of_class);
    }
  }

  Estimate Alpha() const {
    std::vector<Coincidences> tables;
    for (const EpisodeValues& values : values_) {
      Coincidences& table = tables.emplace_back();
      const auto steps = std::ranges::max(values.annotators, {}, &StepValues::size).size();
      for (std::size_t step = 0; step < steps; ++step) {
        int unsafe = 0;
        int safe = 0;
        for (const StepValues& of_one : values.annotators) {
          if (of_one.empty()) continue;
          unsafe += of_one[step] == kUnsafeValue ? 1 : 0;
          safe += of_one[step] == kSafeValue ? 1 : 0;
        }
        table.AddStep(unsafe, safe);
      }
    }
    return bootstrap_.Of([&](std::span<const std::uint16_t> weights) {
      Coincidences sum;
      for (std::size_t k = 0; k < tables.size(); ++k) sum.AddTimes(tables[k], weights[k]);
      return NominalAlpha(sum);
    });
  }

  Estimate AlphaUnitised() const {
    UnitisedAlpha alpha;
    for (std::size_t k = 0; k < values_.size(); ++k) {
      std::vector<std::vector<StepSpan>> spans;
      for (const StepValues& of_one : values_[k].annotators) {
        if (!of_one.empty()) spans.push_back(RunsOf(of_one, kUnsafeValue));
      }
      if (spans.size() >= 2) {
        alpha.AddEpisode(opinions_.episodes[k].recorded.steps, spans);
      } else {
        alpha.AddNothing();
      }
    }
    alpha.Finish();
    return bootstrap_.Of([&](std::span<const std::uint16_t> weights) { return alpha.Of(weights); });
  }

  const AnnotatorOpinions& opinions_;
  const AgreementSettings& settings_;
  EpisodeBootstrap bootstrap_;
  std::vector<EpisodeValues> values_;
};

}  // namespace

AgreementReport MeasureAgreement(const AnnotatorOpinions& opinions,
                                 const AgreementSettings& settings) {
  LOOKOUT_CHECK(CheckRanges(settings).ok(), "the settings of agreement are in range");
  return Measurement(opinions, settings).Run();
}

}  // namespace lookout::agents
