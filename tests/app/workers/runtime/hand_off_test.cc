// The three types that carry everything between threads; meant to be run under ThreadSanitizer too.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <string>
#include <thread>

#include "app/workers/runtime/latest_value.h"
#include "app/workers/runtime/mailbox.h"
#include "app/workers/runtime/published_ptr.h"

namespace lookout::app {
namespace {

using std::chrono::steady_clock;

TEST_CASE("a latest value is new once, and the newest wins") {
  LatestValue<int> value;
  CHECK_FALSE(value.Refresh());
  value.Writable() = 1;
  CHECK_FALSE(value.Refresh());  // not published yet
  value.Publish();
  value.Writable() = 2;
  value.Publish();
  CHECK(value.Refresh());
  CHECK(value.value() == 2);
  CHECK_FALSE(value.Refresh());
  CHECK(value.value() == 2);
}

TEST_CASE("a writer never touches the value that is being read") {
  LatestValue<std::string> value;
  value.Writable() = "first";
  value.Publish();
  REQUIRE(value.Refresh());
  const std::string* read = &value.value();
  for (int i = 0; i < 5; ++i) {
    CHECK(&value.Writable() != read);
    value.Writable() = "later";
    value.Publish();
  }
  CHECK(*read == "first");
}

TEST_CASE("a reader sees whole values, never older than before, and the last one in the end") {
  constexpr std::int64_t kLast = 100'000;
  LatestValue<std::array<std::int64_t, 16>> value;
  std::jthread writer([&] {
    for (std::int64_t i = 1; i <= kLast; ++i) {
      value.Writable().fill(i);
      value.Publish();
    }
  });
  std::int64_t seen = 0;
  bool whole = true;
  bool forward = true;
  while (seen < kLast) {
    if (!value.Refresh()) continue;
    const auto& now = value.value();
    for (const std::int64_t part : now) whole = whole && part == now[0];
    forward = forward && now[0] > seen;
    seen = now[0];
  }
  CHECK(whole);
  CHECK(forward);
}

TEST_CASE("a mailbox hands over everything, in the order of each sender") {
  constexpr int kSenders = 3;
  constexpr int kMessages = 20'000;
  Mailbox<std::pair<int, int>> mailbox;
  std::vector<std::jthread> senders;
  for (int sender = 0; sender < kSenders; ++sender) {
    senders.emplace_back([&mailbox, sender] {
      for (int i = 0; i < kMessages; ++i) mailbox.Put({sender, i});
    });
  }
  std::array<int, kSenders> next{};
  bool in_order = true;
  std::vector<std::pair<int, int>> taken;
  for (int received = 0; received < kSenders * kMessages;) {
    mailbox.WaitAndTake(taken, std::stop_token());
    received += static_cast<int>(taken.size());
    for (const auto& [sender, i] : taken) {
      in_order = in_order && i == next[static_cast<std::size_t>(sender)]++;
    }
  }
  CHECK(in_order);
  CHECK(mailbox.size() == 0);
  CHECK_FALSE(mailbox.Take(taken));
}

TEST_CASE("waiting for mail ends at the deadline, with nothing") {
  Mailbox<int> mailbox;
  std::vector<int> taken{7};
  const auto deadline = steady_clock::now() + std::chrono::milliseconds(20);
  CHECK_FALSE(mailbox.WaitAndTake(taken, std::stop_token(), deadline));
  CHECK(taken.empty());
  CHECK(steady_clock::now() >= deadline);
}

TEST_CASE("waiting for mail ends when a stop is asked for") {
  Mailbox<int> mailbox;
  std::atomic<bool> ended = false;
  std::jthread waiter([&](const std::stop_token& stop) {
    std::vector<int> taken;
    CHECK_FALSE(mailbox.WaitAndTake(taken, stop));
    ended = true;
  });
  waiter.request_stop();
  waiter.join();
  CHECK(ended);
}

TEST_CASE("a published pointer is whole for every reader while it is replaced") {
  struct Pair {
    std::int64_t left, right;
  };
  PublishedPtr<Pair> published;
  CHECK(published.Get() == nullptr);
  std::atomic<bool> done = false;
  std::atomic<bool> whole = true;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        const auto pair = published.Get();
        if (pair && pair->left != pair->right) whole = false;
      }
    });
  }
  for (std::int64_t i = 0; i < 20'000; ++i) {
    published.Set(std::make_shared<const Pair>(Pair{i, i}));
  }
  done = true;
  readers.clear();
  CHECK(whole);
  CHECK(published.Get()->left == 19'999);
}

TEST_CASE("a replaced value lives as long as somebody reads it, and dies when the last lets go") {
  PublishedPtr<int> published;
  std::weak_ptr<const int> watched;
  {
    auto value = std::make_shared<const int>(1);
    watched = value;
    published.Set(std::move(value));
  }
  auto held = published.Get();
  published.Set(std::make_shared<const int>(2));
  CHECK_FALSE(watched.expired());
  held.reset();
  CHECK(watched.expired());
}

}  // namespace
}  // namespace lookout::app
