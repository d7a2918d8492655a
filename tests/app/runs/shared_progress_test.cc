// Who may stop work that several threads do.
#include "app/runs/shared_progress.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

namespace lookout::app {
namespace {

TEST_CASE("shared progress: a stop that any thread is told of holds for all, who ask no more") {
  int asked = 0;
  const std::function<bool(double)> ask = [&](double fraction) {
    ++asked;
    return fraction < 0.5;
  };
  SharedProgress progress(ask);
  CHECK(progress.KeepGoing(0.1));
  std::jthread([&] { CHECK_FALSE(progress.KeepGoing(0.7)); }).join();
  CHECK_FALSE(progress.going());
  CHECK_FALSE(progress.KeepGoing(0.2));
  CHECK(asked == 2);
}

TEST_CASE("shared progress: nobody waits while another one is asking") {
  std::atomic<bool> asking = false, answered = false;
  const std::function<bool(double)> ask = [&](double) {
    asking = true;
    while (!answered) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return false;
  };
  SharedProgress progress(ask);
  std::jthread other([&] { CHECK_FALSE(progress.KeepGoing(0.0)); });
  while (!asking) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  CHECK(progress.KeepGoing(0.0));
  answered = true;
  other.join();
  CHECK_FALSE(progress.KeepGoing(0.0));
}

TEST_CASE("shared progress: where nobody is asked it goes on") {
  const std::function<bool(double)> nobody;
  SharedProgress progress(nobody);
  CHECK(progress.KeepGoing(1.0));
}

}  // namespace
}  // namespace lookout::app
