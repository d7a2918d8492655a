// Processes that train together, each played by a thread of its own.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <barrier>
#include <cstddef>
#include <span>
#include <thread>
#include <vector>

#include "agents/learning/process_group.h"

namespace lookout::test {

// What the members of a group have in common.
struct Table {
  explicit Table(int count) : barrier(count), floats(count), doubles(count) {}
  std::barrier<> barrier;
  std::vector<std::span<float>> floats;
  std::vector<std::span<double>> doubles;
  std::span<std::byte> broadcast;
};

class ThreadGroup : public agents::ProcessGroup {
 public:
  ThreadGroup(Table& table, int rank, int size) : table_(table), rank_(rank), size_(size) {}
  int rank() const override { return rank_; }
  int size() const override { return size_; }
  void Sum(std::span<float> values) override { SumOver(values, table_.floats); }
  void Sum(std::span<double> values) override { SumOver(values, table_.doubles); }
  void Broadcast(std::span<std::byte> bytes, int root) override {
    if (rank_ == root) table_.broadcast = bytes;
    table_.barrier.arrive_and_wait();
    CHECK(table_.broadcast.size() == bytes.size());
    if (rank_ != root) std::ranges::copy(table_.broadcast, bytes.begin());
    table_.barrier.arrive_and_wait();
  }

 private:
  // Neighbours first, then pairs, then fours.
  template <typename Number>
  void SumOver(std::span<Number> values, std::vector<std::span<Number>>& all) {
    all[rank_] = values;
    table_.barrier.arrive_and_wait();
    std::vector<std::vector<Number>> parts;
    for (const std::span<Number> part : all) parts.emplace_back(part.begin(), part.end());
    for (std::size_t stride = 1; stride < parts.size(); stride *= 2) {
      for (std::size_t i = 0; i + stride < parts.size(); i += 2 * stride) {
        for (std::size_t k = 0; k < values.size(); ++k) parts[i][k] += parts[i + stride][k];
      }
    }
    table_.barrier.arrive_and_wait();
    std::ranges::copy(parts[0], values.begin());
    table_.barrier.arrive_and_wait();
  }

  Table& table_;
  int rank_;
  int size_;
};

// Calls member(rank, group) for each member of a group of `count`, at the same time.
template <typename Member>
void ForEachMember(int count, Member&& member) {
  Table table(count);
  std::vector<std::jthread> threads;
  for (int rank = 0; rank < count; ++rank) {
    threads.emplace_back([&, rank] {
      ThreadGroup group(table, rank, count);
      member(rank, group);
    });
  }
}

}  // namespace lookout::test
