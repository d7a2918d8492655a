// The processes that train one agent together: each samples its share of the environments and
// computes its share of every gradient; all hold the same networks, to the bit. Used by the thread
// that owns the training run, in the same order of calls in every process.
#pragma once

#include <cstddef>
#include <span>

namespace lookout::agents {

class ProcessGroup {
 public:
  virtual ~ProcessGroup() = default;

  virtual int rank() const = 0;  // in [0, size())
  virtual int size() const = 0;

  // In place, the sum over all processes; the same bits in each of them. Neighbours are added
  // first, then pairs, then fours, so that what one process adds in that order has the same bits.
  virtual void Sum(std::span<float> values) = 0;
  virtual void Sum(std::span<double> values) = 0;
  // In place, what the process `root` has; the same size in each of them.
  virtual void Broadcast(std::span<std::byte> bytes, int root) = 0;

  // The part of [0, count) that is this process's, or another's: contiguous, in the order of ranks.
  struct Share {
    int begin = 0;
    int end = 0;
  };
  Share ShareOf(int process, int count) const {
    return {static_cast<int>(static_cast<long>(count) * process / size()),
            static_cast<int>(static_cast<long>(count) * (process + 1) / size())};
  }
  Share OwnShare(int count) const { return ShareOf(rank(), count); }

  // True if every process says so.
  bool AllAgree(bool yes) {
    double against = yes ? 0.0 : 1.0;
    Sum(std::span(&against, 1));
    return against == 0.0;
  }
};

// One process alone, for whom all of this costs nothing.
class SoleProcess : public ProcessGroup {
 public:
  int rank() const override { return 0; }
  int size() const override { return 1; }
  void Sum(std::span<float> /*values*/) override {}
  void Sum(std::span<double> /*values*/) override {}
  void Broadcast(std::span<std::byte> /*bytes*/, int /*root*/) override {}
};

// A sole process that lives as long as the program.
ProcessGroup& SingleProcess();

}  // namespace lookout::agents
