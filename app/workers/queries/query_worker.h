// The query worker: the thread that looks for what is worth asking a person next. It rests while
// nobody asks. Its methods may be called by any thread, its outputs are read by one.
#pragma once

#include <functional>
#include <stop_token>
#include <thread>
#include <utility>

#include "app/workers/queries/query_request.h"
#include "app/workers/runtime/mailbox.h"
#include "app/workers/runtime/notice.h"

namespace lookout::app {

class QueryWorker {
 public:
  using Propose = std::function<ProposedQueries(const QueryRequest&)>;

  // `propose` is called on the worker's own thread and may take its time.
  QueryWorker(Propose propose, NoticeBoard& notices);

  // Returns at once; only the newest of several requests is answered.
  void Ask(QueryRequest request) { requests_.Put(std::move(request)); }
  Mailbox<ProposedQueries>& proposals() { return proposals_; }
  // Asks the thread to end.
  void RequestStop() { thread_.request_stop(); }
  // Ends the thread; what it said stays to be read. The destructor does so too.
  void Join();

 private:
  void Run(const std::stop_token& stop);

  Propose propose_;
  NoticeBoard& notices_;
  Mailbox<QueryRequest> requests_;
  Mailbox<ProposedQueries> proposals_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
