#include "agents/inspect/verification/proof_search.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "agents/feedback/audit/exact_interval.h"
#include "agents/inspect/verification/point_probe.h"
#include "agents/learning/worker_pool.h"

namespace lookout::agents {
namespace {

constexpr std::size_t kCellsOfRound = 64;  // that are split; the same for any number of workers
constexpr double kConfidence = 0.95;
constexpr double kShortest = 1e-9;  // of a side, as a part of the root's, that is still split

struct Cell {
  Box box;
  std::size_t root = 0;
  double margin = 0.0;  // of the claim's bound; not positive
  double volume = 0.0;
  std::int64_t number = 0;
};

// Worst on top; the older one where they are equal.
bool IsBetter(const Cell& a, const Cell& b) {
  return a.margin != b.margin ? a.margin > b.margin : a.number > b.number;
}

enum class CellState : std::uint8_t { kOutside, kProved, kRefuted, kOpen };

struct Judged {
  Cell cell;
  CellState state = CellState::kOpen;
  std::optional<Counterexample> found;
};

class ProofSearch {
 public:
  ProofSearch(const Question& question, const Scene& scene, const ModelBounds& bounds,
              const ProofSettings& settings)
      : question_(question),
        scene_(scene),
        bounds_(bounds),
        settings_(settings),
        random_(settings.seed),
        workers_(settings.workers) {
    for (int i = 0; i < settings.workers; ++i) probes_.emplace_back(scene, bounds.model());
  }

  ProofResult Run(const ProofWatcher& watcher) {
    const auto start = std::chrono::steady_clock::now();
    const auto seconds = [&] {
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    TryPoints();
    if (!IsSettled()) JudgeAll(Roots());
    while (!IsSettled() && !open_.empty() && result_.cells + 2 <= settings_.cells) {
      result_.out_of_time = seconds() >= settings_.seconds;
      result_.cancelled = watcher && !watcher(Progress(seconds()));
      if (result_.out_of_time || result_.cancelled) break;
      JudgeAll(Halves());
    }
    Conclude();
    result_.seconds = seconds();
    return result_;
  }

 private:
  bool Fails(float probability) const {
    return !Holds(question_.claim, probability, static_cast<float>(question_.threshold));
  }

  void Note(const Counterexample& found) {
    const bool lower_is_worse = question_.claim == SafetyClaim::kUnsafe;
    const auto worse = [&](float a, float b) { return lower_is_worse ? a < b : a > b; };
    if (!result_.worst || worse(found.probability, result_.worst->probability)) {
      result_.worst = found;
    }
  }

  bool IsSettled() const { return result_.worst && !settings_.go_on; }

  ProofProgress Progress(double seconds) const {
    ProofProgress so_far{
        .cells = result_.cells,
        .share = double(result_.cells) / double(std::max<std::int64_t>(settings_.cells, 1)),
        .seconds = seconds};
    if (!(inside_ > 0.0)) return so_far;
    so_far.proved = result_.proved / inside_;
    so_far.refuted = result_.refuted / inside_;
    so_far.open = std::max(0.0, 1.0 - so_far.proved - so_far.refuted);
    return so_far;
  }

  // The points that tell what the prediction hangs on are the first to look for counterexamples at.
  void TryPoints() {
    std::vector<TriedPoint> tried;
    effects_ = Effects(scene_, probes_[0], random_, tried);
    for (const TriedPoint& one : tried) {
      if (Fails(one.probability)) Note({one.point, one.root, one.probability});
    }
  }

  std::vector<Judged> Roots() {
    std::vector<Judged> roots(scene_.roots().size());
    for (std::size_t i = 0; i < roots.size(); ++i) {
      const Box& box = scene_.roots()[i];
      roots[i].cell = {.box = box, .root = i, .volume = Volume(box), .number = numbers_++};
      inside_ += roots[i].cell.volume;
    }
    return roots;
  }

  // Of the worst cells, which are no longer open.
  std::vector<Judged> Halves() {
    std::vector<Judged> halves;
    const auto room = static_cast<std::size_t>((settings_.cells - result_.cells) / 2);
    for (std::size_t i = 0; i < std::min(kCellsOfRound, room) && !open_.empty(); ++i) {
      std::ranges::pop_heap(open_, IsBetter);
      const Cell cell = open_.back();
      open_.pop_back();
      Split(cell, halves);
    }
    return halves;
  }

  void Split(const Cell& cell, std::vector<Judged>& halves) {
    std::size_t longest = 0;
    double most = 0.0;
    for (std::size_t i = 0; i < cell.box.dim; ++i) {
      const double whole = scene_.roots()[cell.root].sides[i].width();
      const double part = whole > 0.0 ? cell.box.sides[i].width() / whole : 0.0;
      if (part > kShortest && part * effects_[i] > most) {
        longest = i;
        most = part * effects_[i];
      }
    }
    if (most == 0.0) {  // a point, or nearly so, that rounding leaves undecided
      unsplittable_.push_back(cell);
      return;
    }
    const double middle = cell.box.sides[longest].middle();
    for (const bool upper : {false, true}) {
      Judged half{.cell = cell};
      Interval& side = half.cell.box.sides[longest];
      (upper ? side.low : side.high) = middle;
      half.cell.volume *= 0.5;
      half.cell.number = numbers_++;
      halves.push_back(half);
    }
  }

  void JudgeAll(std::vector<Judged> cells) {
    workers_.ForEach(static_cast<int>(cells.size()), [&](int i, int worker) {
      Judge(cells[static_cast<std::size_t>(i)], probes_[static_cast<std::size_t>(worker)]);
    });
    result_.cells += std::ssize(cells);
    for (const Judged& judged : cells) Enter(judged);
  }

  void Judge(Judged& judged, PointProbe& probe) const {
    Cell& cell = judged.cell;
    if (!scene_.MayContain(cell.box, cell.root)) {
      judged.state = CellState::kOutside;
      return;
    }
    const ObservationBox observed = scene_.Observe(cell.box);
    cell.margin = bounds_.Margin(observed, question_.claim, question_.threshold);
    if (cell.margin > 0.0) {
      judged.state = CellState::kProved;
      return;
    }
    const std::vector<Point> points = MarkedPoints(scene_, cell.box, cell.root);
    const std::span<const float> predicted = probe.Predict(points);
    for (std::size_t i = 0; i < points.size() && !judged.found; ++i) {
      if (Fails(predicted[i])) judged.found = {points[i], cell.root, predicted[i]};
    }
    if (!judged.found || !settings_.go_on) return;
    const SafetyClaim opposite =
        question_.claim == SafetyClaim::kUnsafe ? SafetyClaim::kSafe : SafetyClaim::kUnsafe;
    if (bounds_.Margin(observed, opposite, question_.threshold) > 0.0) {
      judged.state = CellState::kRefuted;
    }
  }

  void Enter(const Judged& judged) {
    if (judged.found) Note(*judged.found);
    switch (judged.state) {
      case CellState::kOutside:
        inside_ -= judged.cell.volume;
        return;
      case CellState::kProved:
        result_.proved += judged.cell.volume;
        return;
      case CellState::kRefuted:
        result_.refuted += judged.cell.volume;
        return;
      case CellState::kOpen:
        open_.push_back(judged.cell);
        std::ranges::push_heap(open_, IsBetter);
        return;
    }
  }

  // Points of the open cells, uniform over what of them belongs to the question: a point outside
  // is drawn anew, its cell with it. Few or none where nearly all that is left lies outside, which
  // bounds cannot tell.
  void SampleOpen() {
    constexpr std::int64_t kMostDraws = 100;  // for each sample
    std::vector<double> up_to;
    double sum = 0.0;
    for (const Cell& cell : open_) up_to.push_back(sum += cell.volume);
    OpenSample sample;
    for (std::int64_t i = 0; i < kMostDraws * settings_.samples; ++i) {
      if (sample.trials >= settings_.samples) break;
      const double at = random_.Uniform(0.0, sum);
      const auto place = std::ranges::upper_bound(up_to, at) - up_to.begin();
      const Cell& cell = open_[std::min(static_cast<std::size_t>(place), open_.size() - 1)];
      const auto point = DrawPoint(scene_, cell.box, cell.root, random_, 1);
      if (!point) continue;
      ++sample.trials;
      const float predicted = probes_[0].Predict(std::array{*point})[0];
      if (!Fails(predicted)) continue;
      ++sample.failures;
      Note({*point, cell.root, predicted});
    }
    sample.most_failing = MostShareOf(sample.failures, sample.trials, kConfidence);
    result_.open_sample = sample;
  }

  void Conclude() {
    open_.insert(open_.end(), unsplittable_.begin(), unsplittable_.end());
    if (result_.cells > 0 && inside_ > 0.0) {
      double left = 0.0;
      for (const Cell& cell : open_) left += cell.volume;
      const double all = result_.proved + result_.refuted + left;
      result_.open = left / all;
      result_.proved /= all;
      result_.refuted /= all;
    } else {
      result_.open = 1.0;
    }
    if (!IsSettled() && !open_.empty() && !result_.cancelled) SampleOpen();
    if (result_.worst) {
      result_.answer = ProofAnswer::kCounterexample;
    } else if (result_.cells > 0 && open_.empty()) {
      result_.answer = ProofAnswer::kProved;
    }
  }

  const Question& question_;
  const Scene& scene_;
  const ModelBounds& bounds_;
  const ProofSettings& settings_;
  RandomState random_;
  std::vector<PointProbe> probes_;  // of each worker
  std::vector<double> effects_;     // of each variable
  std::vector<Cell> open_;          // a heap
  std::vector<Cell> unsplittable_;
  std::int64_t numbers_ = 0;
  double inside_ = 0.0;  // volume
  ProofResult result_;
  WorkerPool workers_;
};

}  // namespace

std::span<const Choice<ProofAnswer>> Choices(ProofAnswer /*kind*/) {
  static constexpr std::array<Choice<ProofAnswer>, 3> kChoices{
      {{ProofAnswer::kProved, "proved"},
       {ProofAnswer::kCounterexample, "counterexample"},
       {ProofAnswer::kOpen, "open"}}};
  return kChoices;
}

ProofResult SearchProof(const Question& question, const Scene& scene, const ModelBounds& bounds,
                        const ProofSettings& settings, const ProofWatcher& watcher) {
  return ProofSearch(question, scene, bounds, settings).Run(watcher);
}

}  // namespace lookout::agents
