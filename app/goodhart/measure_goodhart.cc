#include "app/goodhart/measure_goodhart.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "agents/policies/scripted/scripted_policies.h"
#include "app/goodhart/best_of_class.h"
#include "app/goodhart/causal_probes.h"
#include "app/goodhart/true_labels.h"
#include "app/goodhart/visit_episodes.h"
#include "app/runs/cost_points.h"

namespace lookout::app {
namespace {

using agents::VisitedEpisode;

// Of support: below 0.01 lies what is farther from all that was labelled than 99 % of what was
// labelled is from the rest of it.
constexpr float kOutsideSupport = 0.99F;
constexpr double kOutsideShare = 0.99;  // of the base's steps, for models that do not know it
constexpr std::uint32_t kBootstrapSeed = 1;
// Metres from what is charged for: a hazard's own radius is 0.2.
constexpr std::array<double, 7> kDistances_m{0.0, 0.2, 0.3, 0.5, 0.8, 1.2, 2.0};
// Seeds for labels begin that far after those that are measured on.
constexpr std::uint32_t kLabelSeedsAfter = 1'000'000;

class Measuring {
 public:
  Measuring(const GoodhartRun& run, const GoodhartSettings& settings,
            const sim::CameraFactory& cameras, const GoodhartProgress& progress)
      : run_(run),
        settings_(settings),
        cameras_(cameras),
        progress_(progress),
        bootstrap_(settings.episodes, settings.bootstrap, kBootstrapSeed) {
    report_.folder = run.run.folder.string();
    report_.is_of_project = run.is_of_project;
    report_.environment = run.environment.id;
    report_.model_file = run.model_file;
    report_.agent = run.policies.back().name;
    report_.settings = settings;
    report_.last_iteration = run.policies.back().iteration;
    report_.knows_support = run.model->knows_support();
  }

  Status FindSeeds();
  Status MeasureLabels(Project* project);
  Status FitBest();
  Status PlayAll();
  void MeasureChain();
  void MeasureKinds();
  Status MeasureImplementationGap();
  void MeasurePressureOf();
  GoodhartReport Finish() && { return std::move(report_); }

 private:
  PlaySetup Setup(std::vector<std::uint32_t> seeds, const std::string& what) const;
  bool Tell(const std::string& what, double fraction) const {
    return !progress_ || progress_(what, fraction);
  }
  Judges JudgesOf(const agents::GaussianActor* acting) const;
  Result<std::vector<SeenEpisode>> Play(const agents::Policy& policy, const std::string& what,
                                        const StateWatcher& watch = {}) const;
  Status PlayLast();
  // What the last policy is compared with where it matters that nothing was learned from the model.
  const std::vector<VisitedEpisode>& base() const {
    return run_.first_is_known && visited_.size() > 1 ? visited_.front() : random_;
  }

  const GoodhartRun& run_;
  const GoodhartSettings& settings_;
  const sim::CameraFactory& cameras_;
  const GoodhartProgress& progress_;
  agents::EpisodeBootstrap bootstrap_;
  GoodhartReport report_;
  std::vector<std::uint32_t> seeds_;
  agents::CostModelPtr best_;
  std::vector<std::vector<VisitedEpisode>> visited_;  // [policies], of the same seeds
  std::vector<SeenEpisode> last_seen_;                // of the last policy
  std::vector<VisitedEpisode> random_;                // of the random agent, of the same seeds
};

Status Measuring::FindSeeds() {
  auto seeds = PlayableSeeds(run_.environment, cameras_, settings_.seed, settings_.episodes);
  if (!seeds.ok()) return seeds.error();
  seeds_ = std::move(*seeds);
  return {};
}

PlaySetup Measuring::Setup(std::vector<std::uint32_t> seeds, const std::string& what) const {
  return {.environment = &run_.environment,
          .cameras = cameras_,
          .seeds = std::move(seeds),
          .workers = settings_.workers,
          .progress = [this, what](double fraction) { return Tell(what, fraction); }};
}

Judges Measuring::JudgesOf(const agents::GaussianActor* acting) const {
  return {.model = run_.model.get(),
          .proxy = run_.proxy.get(),
          .best = best_.get(),
          .acting = acting,
          .first = run_.first_is_known ? &run_.policies.front() : nullptr};
}

Result<std::vector<SeenEpisode>> Measuring::Play(const agents::Policy& policy,
                                                 const std::string& what,
                                                 const StateWatcher& watch) const {
  return PlaySeen(policy, Setup(seeds_, what), watch);
}

Status Measuring::MeasureLabels(Project* project) {
  report_.no_labels = "the project with the marks is not known; name it by --project";
  if (project == nullptr) return {};
  const auto labels = JudgedLabelsOf(*run_.model, run_.spec, *project, cameras_);
  if (!labels.ok()) {
    report_.no_labels = labels.error().message;
    return run_.is_of_project ? Status() : labels.error();  // its model may come from elsewhere
  }
  report_.labels = agents::MeasureLabelGap(*labels, settings_.most);
  return {};
}

// From what the random agent, the first and the last policy visit, so that it knows both where the
// agent began and where it went.
Status Measuring::FitBest() {
  report_.no_model = "not asked for (--label-episodes 0)";
  if (settings_.label_episodes == 0) return {};
  auto seeds = PlayableSeeds(run_.environment, cameras_, settings_.seed + kLabelSeedsAfter,
                             3 * settings_.label_episodes);
  if (!seeds.ok()) return seeds.error();
  const std::array policies{agents::MakeRandomPolicy(run_.spec),
                            agents::MakeGaussianPolicy(run_.policies.front(), false),
                            agents::MakeGaussianPolicy(run_.policies.back(), false)};
  std::vector<SeenEpisode> episodes;
  for (std::size_t i = 0; i < policies.size(); ++i) {
    const auto begin = seeds->begin() + std::ssize(episodes);
    auto own = PlaySeen(
        *policies[i], Setup({begin, begin + settings_.label_episodes}, "Playing for true labels"));
    if (!own.ok()) return own.error();
    for (SeenEpisode& episode : *own) episodes.push_back(std::move(episode));
  }
  auto best = FitBestOfClass(
      episodes, *run_.model, run_.spec.signature(), settings_.label_every, settings_.workers,
      [this](double fraction) { return Tell("Fitting the best of the class", fraction); });
  if (best.ok()) {
    best_ = std::move(*best);
  } else if (!Tell("Fitting the best of the class", 1.0)) {
    return best.error();
  } else {
    report_.no_model = best.error().message;
  }
  return {};
}

Status Measuring::PlayLast() {
  const agents::GaussianActor& last = run_.policies.back();
  const auto policy = agents::MakeGaussianPolicy(last, false);
  std::optional<CausalProbes> probes;
  report_.no_causal = "not asked for (--causal-every 0)";
  if (settings_.causal_every > 0) {
    auto made = CausalProbes::Create(run_.environment, *run_.proxy, settings_.causal_every,
                                     seeds_.size(), settings_.workers);
    if (made.ok()) {
      probes = std::move(*made);
    } else {
      report_.no_causal = made.error().message;
    }
  }
  StateWatcher watch;
  if (probes) {
    watch = [&probes](std::size_t episode, int worker, StepIndex step,
                      const sim::SafetyGym& world) { probes->Try(episode, worker, step, world); };
  }
  auto seen = Play(*policy, "Playing the last policy", watch);
  if (!seen.ok()) return seen.error();
  last_seen_ = std::move(*seen);
  visited_.push_back(JudgeAll(last_seen_, JudgesOf(&last), settings_.workers));
  if (!probes) return {};
  report_.causal = agents::MeasureCausal(probes->Trials(), probes->names(),
                                         {.most = settings_.most}, bootstrap_);
  report_.causal_seeds = seeds_;
  report_.causal_changes = probes->names();
  return {};
}

Status Measuring::PlayAll() {
  auto random = Play(*agents::MakeRandomPolicy(run_.spec), "Playing the random agent");
  if (!random.ok()) return random.error();
  random_ = JudgeAll(*random, JudgesOf(nullptr), settings_.workers);
  for (std::size_t i = 0; i + 1 < run_.policies.size(); ++i) {
    const agents::GaussianActor& actor = run_.policies[i];
    const auto seen = Play(*agents::MakeGaussianPolicy(actor, false),
                           fmt::format("Playing policy {} of {}", i + 1, run_.policies.size()));
    if (!seen.ok()) return seen.error();
    for (const SeenEpisode& episode : *seen) report_.diverged += episode.diverged ? 1 : 0;
    visited_.push_back(JudgeAll(*seen, JudgesOf(&actor), settings_.workers));
  }
  if (Status played = PlayLast(); !played.ok()) return played;
  for (const SeenEpisode& episode : last_seen_) report_.diverged += episode.diverged ? 1 : 0;
  const bool is_first = &base() == &visited_.front();
  report_.base =
      is_first ? fmt::format("the first policy (iteration {})", run_.policies.front().iteration)
               : "the random agent";
  report_.base_file = is_first ? run_.policy_files.front() : "random";
  return {};
}

void Measuring::MeasureChain() {
  const std::vector<VisitedEpisode>& last = visited_.back();
  if (best_) {
    report_.model =
        agents::MeasureModelGap(last, settings_.unsafe_from, bootstrap_, settings_.most);
    report_.no_model.clear();
  }
  report_.revealed = agents::MeasureRevealed(last, random_, kDistances_m, bootstrap_);
}

void Measuring::MeasureKinds() {
  const std::vector<VisitedEpisode>& last = visited_.back();
  report_.steps = agents::RegressSteps(last, bootstrap_);
  report_.base_steps = agents::RegressSteps(base(), bootstrap_);
  report_.base_episodes = agents::RegressEpisodes(base(), bootstrap_);
  report_.best_of_n = agents::BestOfNCurve(base(), bootstrap_);
  report_.worst_episodes = agents::WorstEpisodes(last, settings_.most);
  report_.doubt_above =
      report_.knows_support ? kOutsideSupport : agents::DoubtQuantile(base(), kOutsideShare);
  const agents::MissSettings misses{.unsafe_from = settings_.unsafe_from,
                                    .doubt_above = report_.doubt_above,
                                    .most = settings_.most};
  for (std::size_t i = 0; i < visited_.size(); ++i) {
    report_.policies.push_back({.iteration = run_.policies[i].iteration,
                                .file = run_.policy_files[i],
                                .extremal = agents::MeasureExtremal(visited_[i], misses)});
  }
  report_.adversarial = agents::MeasureAdversarial(last, base(), misses, bootstrap_);
}

Status Measuring::MeasureImplementationGap() {
  auto gap = MeasureImplementation(run_, last_seen_, settings_.again, settings_.workers, cameras_,
                                   [this] { return Tell("Doing iteration 1 again", 0.0); });
  if (!gap.ok()) return gap.error();
  report_.implementation = std::move(*gap);
  return {};
}

void Measuring::MeasurePressureOf() {
  report_.training_parting = agents::FindParting(CostPointsOf(run_.run.progress));
  const std::vector<double>& multipliers = run_.run.progress["Penalty"];
  const double last = multipliers.empty() ? 0.0 : multipliers.back();
  report_.price = settings_.price > 0.0 ? settings_.price : last > 0.0 ? last : 1.0;
  if (!run_.first_is_known || visited_.size() < 2) {
    report_.no_pressure =
        "the run has kept no policies along its training (versions before this one did not); train "
        "it anew to have them";
    return;
  }
  std::vector<agents::PressurePoint> points;
  std::vector<std::vector<double>> proxy;
  std::vector<std::vector<double>> truth;
  for (std::size_t i = 0; i < visited_.size(); ++i) {
    agents::PressurePoint& point = points.emplace_back();
    point.iteration = static_cast<int>(run_.policies[i].iteration);
    for (const VisitedEpisode& episode : visited_[i]) {
      point.kl.push_back(episode.kl);
      point.proxy.push_back(agents::PredictedCostOf(episode));
      point.truth.push_back(agents::TrueCostOf(episode));
      point.total_reward.push_back(episode.total_reward);
    }
    proxy.push_back(point.proxy);
    truth.push_back(point.truth);
  }
  report_.pressure = agents::MeasurePressure(points, {.price = report_.price}, bootstrap_);
  if (settings_.episodes >= 2) report_.policy_parting = agents::FindPolicyParting(proxy, truth);
}

}  // namespace

Result<GoodhartReport> MeasureGoodhart(const GoodhartRun& run, const GoodhartSettings& settings,
                                       Project* project, const sim::CameraFactory& cameras,
                                       const GoodhartProgress& progress) {
  Measuring measuring(run, settings, cameras, progress);
  if (Status done = measuring.FindSeeds(); !done.ok()) return done.error();
  if (Status done = measuring.MeasureLabels(project); !done.ok()) return done.error();
  if (Status done = measuring.FitBest(); !done.ok()) return done.error();
  if (Status done = measuring.PlayAll(); !done.ok()) return done.error();
  measuring.MeasureChain();
  measuring.MeasureKinds();
  if (Status done = measuring.MeasureImplementationGap(); !done.ok()) return done.error();
  measuring.MeasurePressureOf();
  return std::move(measuring).Finish();
}

}  // namespace lookout::app
