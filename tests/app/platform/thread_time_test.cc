#include "app/platform/thread_time.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

namespace lookout::app {
namespace {

using namespace std::chrono_literals;

TEST_CASE("a thread's time stands still while it sleeps, even if another one computes") {
  std::jthread other([](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
    }
  });
  const double before_s = ThreadSeconds();
  std::this_thread::sleep_for(60ms);
  CHECK(ThreadSeconds() - before_s < 0.03);
}

TEST_CASE("a thread's time passes while it computes, no faster than the clock") {
  const auto begin = std::chrono::steady_clock::now();
  const double before_s = ThreadSeconds();
  while (ThreadSeconds() - before_s < 0.01) {
  }
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  CHECK(passed.count() > 0.009);
}

}  // namespace
}  // namespace lookout::app
