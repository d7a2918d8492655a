#include "app/scale_out/mpi_processes.h"

#include <cstdlib>

#ifdef LOOKOUT_MPI
#include <mpi.h>

#include <bit>
#include <exception>
#include <vector>
#endif

namespace lookout::app {
namespace {

using agents::ProcessGroup;

// Open MPI, MPICH and Intel MPI say so in the environment.
bool IsStartedByMpirun() {
  return std::getenv("OMPI_COMM_WORLD_SIZE") != nullptr || std::getenv("PMI_SIZE") != nullptr;
}

#ifdef LOOKOUT_MPI

MPI_Datatype TypeOf(float) { return MPI_FLOAT; }
MPI_Datatype TypeOf(double) { return MPI_DOUBLE; }

// MPI's default error handler ends the job, so calls need no checks of their own.
class MpiProcesses : public ProcessGroup {
 public:
  MpiProcesses() {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }
  ~MpiProcesses() override {
    // After an exception the others would wait for this process for ever.
    if (std::uncaught_exceptions() > 0) MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Finalize();
  }
  MpiProcesses(const MpiProcesses&) = delete;
  MpiProcesses& operator=(const MpiProcesses&) = delete;

  int rank() const override { return rank_; }
  int size() const override { return size_; }
  void Sum(std::span<float> values) override { SumOver(values, float_buffer_); }
  void Sum(std::span<double> values) override { SumOver(values, double_buffer_); }
  void Broadcast(std::span<std::byte> bytes, int root) override {
    MPI_Bcast(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, root, MPI_COMM_WORLD);
  }

 private:
  // Recursive doubling: in each round two processes swap what they have and add it up, so that both
  // hold the same bits. Processes beyond a power of two first hand theirs to a partner, and get the
  // result back. MPI_Allreduce leaves the order of additions to the library.
  template <typename Number>
  void SumOver(std::span<Number> values, std::vector<Number>& buffer) {
    buffer.resize(values.size());
    const int rounds_for = static_cast<int>(std::bit_floor(static_cast<unsigned>(size_)));
    const int count = static_cast<int>(values.size());
    const MPI_Datatype type = TypeOf(Number{});
    const auto swap_with = [&](int partner) {
      MPI_Sendrecv(values.data(), count, type, partner, 0, buffer.data(), count, type, partner, 0,
                   MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      for (int i = 0; i < count; ++i) values[i] += buffer[i];
    };
    if (rank_ >= rounds_for) {
      MPI_Send(values.data(), count, type, rank_ - rounds_for, 1, MPI_COMM_WORLD);
      MPI_Recv(values.data(), count, type, rank_ - rounds_for, 2, MPI_COMM_WORLD,
               MPI_STATUS_IGNORE);
      return;
    }
    const bool has_guest = rank_ + rounds_for < size_;
    if (has_guest) {
      MPI_Recv(buffer.data(), count, type, rank_ + rounds_for, 1, MPI_COMM_WORLD,
               MPI_STATUS_IGNORE);
      for (int i = 0; i < count; ++i) values[i] += buffer[i];
    }
    for (int stride = 1; stride < rounds_for; stride *= 2) swap_with(rank_ ^ stride);
    if (has_guest) {
      MPI_Send(values.data(), count, type, rank_ + rounds_for, 2, MPI_COMM_WORLD);
    }
  }

  int rank_ = 0;
  int size_ = 1;
  std::vector<float> float_buffer_;
  std::vector<double> double_buffer_;
};

#endif

}  // namespace

Result<std::unique_ptr<ProcessGroup>> JoinProcesses() {
  if (!IsStartedByMpirun())
    return std::unique_ptr<ProcessGroup>(std::make_unique<agents::SoleProcess>());
#ifdef LOOKOUT_MPI
  return std::unique_ptr<ProcessGroup>(std::make_unique<MpiProcesses>());
#else
  return Error{
      "This program was built without MPI, so every process would train on its own. Install "
      "libopenmpi-dev, delete the build folder and build again, or start it without mpirun."};
#endif
}

}  // namespace lookout::app
