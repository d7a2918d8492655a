#include "app/annotation/annotator_work.h"

#include <algorithm>
#include <string>
#include <utility>

#include "agents/feedback/kinds/correction.h"
#include "agents/feedback/kinds/intervention.h"
#include "sim/recording/layout_name.h"

namespace lookout::app {
namespace {

constexpr StepIndex kDrivenSteps = 50;
constexpr StepIndex kHeldSteps = 10;

// The same for an annotator whoever else is there, and another one for each kind of feedback.
std::uint32_t SeedOf(std::uint32_t seed, const std::string& name, std::string_view kind) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char c : name + std::string(kind)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return hash ^ seed;
}

}  // namespace

AnnotatorWork::AnnotatorWork(const AnnotationTask& task, const agents::AnnotatorSpec& spec,
                             const std::vector<AnnotatedEpisode>& episodes, Links links)
    : task_(task), spec_(spec), episodes_(episodes), links_(links) {
  given_.annotator = spec.settings.name;
  for (std::size_t i = 0; i < episodes.size(); ++i) {
    const double keenness = 1.0 + spec.settings.drift * Session(i);
    agents::SeenEpisode& seen = seen_.emplace_back();
    seen.episode = episodes[i].header.id;
    for (const agents::StepFacts& step : episodes[i].facts.steps) {
      seen.steps.push_back(agents::See(step, spec.sees, keenness));
    }
  }
}

Result<Given> AnnotatorWork::Do() {
  RandomState random(SeedOf(task_.seed, given_.annotator, ""));
  if (task_.spans) MarkSpans(random);
  if (task_.pairs > 0) Compare(random);
  if (task_.needs_geometry()) Draw();
  if (task_.take_overs) {
    if (Status done = TakeOver(); !done) return done.error();
  }
  if (task_.corrections > 0) {
    if (Status done = Correct(); !done) return done.error();
  }
  return given_;
}

double AnnotatorWork::Session(std::size_t episode) const {
  const std::size_t count = episodes_.size();
  return count < 2 ? 0.0 : static_cast<double>(episode) / static_cast<double>(count - 1);
}

RandomState AnnotatorWork::RandomFor(std::string_view kind) const {
  return RandomState(SeedOf(task_.seed, given_.annotator, kind));
}

template <typename Content>
void AnnotatorWork::Say(const Content& content, std::size_t episode) {
  agents::FeedbackRecord record{.annotator = given_.annotator};
  SetContent(content, record);
  links_.journal.Add(std::move(record), episodes_[episode].header.started_unix_ms);
}

void AnnotatorWork::MarkSpans(RandomState& random) {
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    for (const agents::Mark& mark : agents::AnnotateSeen(seen_[i].episode, seen_[i].steps,
                                                         spec_.settings, Session(i), random)) {
      links_.journal.Add(RecordOf(mark), episodes_[i].header.started_unix_ms);
      ++given_.spans;
    }
  }
}

// Only clips of one observation can be compared.
void AnnotatorWork::Compare(RandomState& random) {
  std::vector<agents::SeenEpisode> comparable;
  const sim::EpisodeHeader& first = episodes_.front().header;
  for (std::size_t i = 0; i < episodes_.size(); ++i) {
    const sim::EpisodeHeader& header = episodes_[i].header;
    const bool alike = header.signature.empty() ? header.config.id == first.config.id
                                                : header.signature == first.signature;
    if (alike) comparable.push_back(seen_[i]);
  }
  for (const agents::Preference& preference :
       agents::ComparePairs(comparable, task_.pairs, task_.clip_steps, spec_.settings, random)) {
    Say(preference, episodes_.size() - 1);
    ++given_.pairs;
  }
}

std::vector<agents::SeenFloor> AnnotatorWork::Floors() const {
  std::vector<agents::SeenFloor> floors;
  for (std::size_t i = 0; i < episodes_.size(); ++i) {
    if (episodes_[i].facts.steps.empty()) continue;
    floors.push_back({.episode = seen_[i].episode,
                      .layout = sim::LayoutOf(episodes_[i].header),
                      .facts = episodes_[i].facts.steps,
                      .steps = seen_[i].steps,
                      .session = Session(i)});
  }
  return floors;
}

void AnnotatorWork::Draw() {
  const std::vector<agents::SeenFloor> floors = Floors();
  const auto say_all = [&](const std::vector<agents::Region>& regions, std::int64_t& given) {
    for (const agents::Region& region : regions) Say(region, episodes_.size() - 1);
    given += std::ssize(regions);
  };
  if (task_.regions > 0) {
    RandomState random = RandomFor("/regions");
    say_all(agents::PaintRegions(floors, spec_, task_.regions, random), given_.regions);
  }
  if (task_.rules) {
    RandomState random = RandomFor("/rules");
    say_all(agents::WriteRules(floors, spec_, random), given_.rules);
  }
}

Status AnnotatorWork::TakeOver() {
  RandomState random = RandomFor("/take-overs");
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    for (const agents::TakeOverMoment& moment :
         agents::TakeOversOf(seen_[i].steps, kDrivenSteps, spec_.settings, Session(i), random)) {
      if (Status done = TakeOverAt(i, moment); !done) return done;
    }
  }
  return {};
}

Status AnnotatorWork::TakeOverAt(std::size_t i, const agents::TakeOverMoment& moment) {
  const AnnotatedEpisode& episode = episodes_[i];
  agents::Intervention intervention{.episode = episode.header.id,
                                    .first_step = moment.first,
                                    .last_step = moment.last,
                                    .note = {}};
  intervention.rule.lag_steps = spec_.settings.reaction_lag_steps;
  intervention.rule.before_steps = spec_.settings.lead_in_steps;
  if (episode.steps[static_cast<std::size_t>(moment.first - 1)]->state == nullptr) {
    intervention.rule.safe_weight = 0.0;  // it was still the agent who drove
  } else {
    const StepIndex before = intervention.rule.lag_steps + intervention.rule.before_steps;
    const auto future = Drive(episode, {.id = {},
                                        .driver = given_.annotator,
                                        .from = std::max(0, moment.first - 1 - before),
                                        .drive_at = moment.first - 1,
                                        .steps = kDrivenSteps});
    if (!future) return future.error();
    if (*future == nullptr) return {};
    intervention.episode = (*future)->header.id;
    intervention.first_step = (*future)->first_driven;
    intervention.last_step = (*future)->last;
  }
  Say(intervention, i);
  ++given_.take_overs;
  return {};
}

Status AnnotatorWork::Correct() {
  struct Chosen {
    std::size_t episode;
    agents::CorrectionMoment moment;
  };
  RandomState random = RandomFor("/corrections");
  std::vector<Chosen> all;
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    for (const agents::CorrectionMoment& moment :
         agents::CorrectionsOf(seen_[i].steps, spec_.settings, Session(i), random)) {
      all.push_back({i, moment});
    }
  }
  while (std::ssize(all) > task_.corrections) {  // any of them, the order stays
    all.erase(all.begin() + random.Choice(static_cast<int>(all.size())));
  }
  for (const Chosen& chosen : all) {
    if (Status done = CorrectAt(chosen.episode, chosen.moment); !done) return done;
  }
  return {};
}

Status AnnotatorWork::CorrectAt(std::size_t i, const agents::CorrectionMoment& moment) {
  const AnnotatedEpisode& episode = episodes_[i];
  const StepIndex last = static_cast<StepIndex>(episode.steps.size()) - 1;
  const StepIndex steps = std::min(kDrivenSteps, last - moment.step);  // both equally long
  if (steps < 1) return {};
  const auto future = Drive(episode, {.id = {},
                                      .driver = given_.annotator,
                                      .from = moment.step,
                                      .drive_at = moment.step,
                                      .steps = steps,
                                      .held_steps = kHeldSteps,
                                      .wrong_way = moment.wrong_way});
  if (!future) return future.error();
  if (*future == nullptr) return {};
  const EpisodeId own = (*future)->header.id;
  Say(agents::Correction{.episode = episode.header.id,
                         .step = moment.step,
                         .agents = {episode.header.id, moment.step + 1, moment.step + steps},
                         .persons = {own, 1, (*future)->last},
                         .forward = (*future)->drive.forward,
                         .turn = (*future)->drive.turn,
                         .held_steps = kHeldSteps,
                         .note = {}},
      i);
  ++given_.corrections;
  return {};
}

Result<const ScriptedFuture*> AnnotatorWork::Drive(const AnnotatedEpisode& episode,
                                                   FutureRequest request) {
  request.id = links_.next_episode;
  auto future = DriveFrom(episode, request, links_.cameras);
  if (!future) return future.error();
  if (future->last < future->first_driven) return nullptr;
  ++links_.next_episode.value;
  links_.futures.push_back(std::move(future).value());
  return &links_.futures.back();
}

}  // namespace lookout::app
