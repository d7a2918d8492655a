// The agreement worker: the thread that measures how far annotators agree. It rests while nobody
// asks. Its methods may be called by any thread, its outputs are read by one.
#pragma once

#include <stop_token>
#include <thread>
#include <utility>

#include "app/workers/agreement/agreement_request.h"
#include "app/workers/runtime/mailbox.h"
#include "app/workers/runtime/notice.h"

namespace lookout::app {

class AgreementWorker {
 public:
  explicit AgreementWorker(NoticeBoard& notices);

  // Returns at once; only the newest of several requests is answered.
  void Ask(AgreementRequest request) { requests_.Put(std::move(request)); }
  Mailbox<MeasuredAgreement>& measured() { return measured_; }
  // Asks the thread to end, which the destructor waits for.
  void RequestStop() { thread_.request_stop(); }

 private:
  void Run(const std::stop_token& stop);

  NoticeBoard& notices_;
  Mailbox<AgreementRequest> requests_;
  Mailbox<MeasuredAgreement> measured_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
