#include "app/workers/writer/project_writer.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/workers/runtime/worker_thread.h"
#include "app/workers/writer/write_queue.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono_literals::operator""s;

// Tells the window how the desk stands, when that has changed.
class StandingBoard {
 public:
  StandingBoard(const Project& project, LatestValue<ui::ProjectSnapshot>& out)
      : project_(project), out_(out) {}

  void Show(const WriteQueue::Standing& standing) {
    if (shown_ && standing == last_) return;
    last_ = standing;
    shown_ = true;
    Publish(true);
  }
  void ShowClosed() { Publish(false); }

 private:
  void Publish(bool open) {
    ui::ProjectSnapshot& snapshot = out_.Writable();
    snapshot.path = project_.path().string();
    snapshot.open = open;
    snapshot.read_only = project_.read_only();
    snapshot.read_only_reason = project_.read_only_reason();
    snapshot.writing = last_.writing;
    snapshot.failure = last_.failure;
    out_.Publish();
  }

  const Project& project_;
  LatestValue<ui::ProjectSnapshot>& out_;
  WriteQueue::Standing last_;
  bool shown_ = false;
};

}  // namespace

ProjectWriter::ProjectWriter(std::unique_ptr<Project> project)
    : project_(std::move(project)), thread_([this](std::stop_token stop) { Run(stop); }) {}

ProjectWriter::~ProjectWriter() {
  thread_.request_stop();
  thread_.join();
}

void ProjectWriter::Run(std::stop_token stop) {
  NameThisThread("keeper");
  WriteQueue desk(*project_, [this](WriteEvent event) { events_.Put(std::move(event)); });
  StandingBoard board(*project_, snapshot_);
  board.Show(desk.standing());
  std::vector<WriteRequest> inbox;
  auto due = Clock::now() + 1s;
  while (!stop.stop_requested()) {
    requests_.WaitAndTake(inbox, stop, due);
    const std::optional<std::string> failure = FailureOf([&] {
      desk.Accept(std::exchange(inbox, {}), Clock::now());
      board.Show(desk.standing());
      desk.Work(Clock::now());
      due = desk.NextDue(Clock::now());
      board.Show(desk.standing());
    });
    if (!failure) continue;
    // Out of memory, most likely: what waits still waits.
    due = Clock::now() + 1s;
    board.Show({.writing = true, .failure = "Saving failed: " + *failure + "."});
  }
  requests_.Take(inbox);
  const std::optional<std::string> failure = FailureOf([&] {
    desk.Accept(std::move(inbox), Clock::now());
    desk.Finish(Clock::now());
  });
  if (failure) LogError("Not everything could be saved at the end: " + *failure + ".");
  board.ShowClosed();
}

}  // namespace lookout::app
