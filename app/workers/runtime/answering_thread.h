// A thread that answers the newest of numbered questions and rests while nobody asks. Its methods
// may be called by any thread, its news is read by one.
//
// A Request has a number, and requests have growing ones; News has the number of its request and a
// problem, which is what the work threw where it threw.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/workers/runtime/mailbox.h"
#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {

template <typename Request, typename News>
class AnsweringThread {
 public:
  // How far an answer has come, told once in a hundredth of the work. False: nobody wants it any
  // more.
  using Watch = std::function<bool(double fraction)>;
  // What is told at the end of one request, with its number; unless nobody wants it any more.
  using Answer = std::function<News(const Request& request, const Watch& watch)>;

  // name: of the thread, at most 15 characters. nice: see YieldToWindow.
  AnsweringThread(const char* name, int nice, Answer answer)
      : answer_(std::move(answer)), thread_([this, name, nice](const std::stop_token& stop) {
          NameThisThread(name);
          YieldToWindow(nice);
          Run(stop);
        }) {}

  // Returns at once; what was asked before is abandoned, and nothing more is told of it.
  void Ask(Request request) {
    wanted_ = request.number;
    requests_.Put(std::move(request));
  }
  // What has a smaller number is abandoned.
  void Abandon(std::int64_t next_number) { wanted_ = next_number; }
  Mailbox<News>& news() { return news_; }
  // Asks the thread to end, which the destructor waits for.
  void RequestStop() { thread_.request_stop(); }

 private:
  static constexpr double kTellEvery = 0.01;  // of the work

  void Run(const std::stop_token& stop) {
    std::vector<Request> requests;
    while (!stop.stop_requested()) {
      if (!requests_.WaitAndTake(requests, stop)) continue;
      const Request request = std::move(requests.back());
      requests.clear();
      const std::optional<std::string> failure = FailureOf([&] { AnswerOne(request, stop); });
      if (failure && request.number >= wanted_) Tell(request.number, *failure);
    }
  }

  void AnswerOne(const Request& request, const std::stop_token& stop) {
    double told = 0.0;
    const auto is_wanted = [&] { return !stop.stop_requested() && request.number >= wanted_; };
    const Watch watch = [&](double fraction) {
      if (fraction >= told + kTellEvery) {
        told = fraction;
        News so_far{};
        so_far.number = request.number;
        so_far.fraction = fraction;
        news_.Put(std::move(so_far));
      }
      return is_wanted();
    };
    if (!is_wanted()) return;
    News news = answer_(request, watch);
    if (!is_wanted()) return;
    news.number = request.number;
    news_.Put(std::move(news));
  }

  void Tell(std::int64_t number, std::string problem) {
    News news{};
    news.number = number;
    news.problem = std::move(problem);
    news_.Put(std::move(news));
  }

  Answer answer_;
  std::atomic<std::int64_t> wanted_ = 0;  // the least number that is
  Mailbox<Request> requests_;
  Mailbox<News> news_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
