#include "app/workers/agreement/agreement_worker.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/workers/runtime/worker_thread.h"

namespace lookout::app {
namespace {

constexpr int kNice = 10;

}  // namespace

AgreementWorker::AgreementWorker(NoticeBoard& notices)
    : notices_(notices), thread_([this](const std::stop_token& stop) {
        NameThisThread("agreement");
        YieldToWindow(kNice);
        Run(stop);
      }) {}

void AgreementWorker::Run(const std::stop_token& stop) {
  std::vector<AgreementRequest> requests;
  while (!stop.stop_requested()) {
    if (!requests_.WaitAndTake(requests, stop)) continue;
    MeasuredAgreement measured;
    const std::optional<std::string> failure =
        FailureOf([&] { measured = MeasureAgreementOf(requests.back()); });
    if (failure) {
      measured = {.sequence = requests.back().sequence, .report = nullptr, .problem = *failure};
      Warn(notices_, "Agreement was not measured: " + *failure);
    }
    measured_.Put(std::move(measured));
    requests.clear();
  }
}

}  // namespace lookout::app
