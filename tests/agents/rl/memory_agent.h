// The parts of a training run, to look into.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "agents/rl/rollouts/sampler.h"
#include "agents/rl/runs/learner.h"
#include "agents/rl/runs/training.h"

namespace lookout::agents {

// Samples and learns as a training run does.
class Agent {
 public:
  Agent(const TrainingSettings& settings, const EnvironmentMaker& maker,
        ProcessGroup& processes = SingleProcess())
      : settings_(settings),
        sampler_(std::move(*Sampler::Create(settings, maker))),
        learner_(settings, sampler_->spec()),
        buffer_(sampler_->spec().observation_dim, sampler_->spec().action_dim,
                settings.environments,
                settings.steps_per_iteration / settings.environments / settings.action_repeat,
                learner_.state_dims()),
        pool_(settings.workers, processes) {}

  IterationReport Iterate() {
    sampler_->Save();
    learner_.Save();
    ++iteration_;
    IterationReport report{.iteration = iteration_,
                           .steps = std::int64_t{iteration_} * settings_.steps_per_iteration};
    report.constrained_cost = 3.0;
    report.mean_length = 8.0;
    REQUIRE(sampler_->Collect(actor(), iteration_, pool_, buffer_, {}).value());
    buffer_.DropDiverged();
    const auto learned = learner_.Update(buffer_, iteration_, pool_, {}, report);
    REQUIRE_MESSAGE(learned.ok(), (learned.ok() ? "" : learned.error().message));
    sampler_->Save();
    return report;
  }
  GaussianActor actor() const { return learner_.Actor(iteration_); }
  const RolloutBuffer& collected() const { return buffer_; }

  std::string Encode() const {
    ArchiveWriter writer("test", 1);
    actor().Encode(writer);
    learner_.Encode(writer);
    sampler_->Encode(writer);
    return writer.Finish();
  }
  Status Decode(const std::string& bytes) {
    auto reader = ArchiveReader::Open(bytes, "test", 1, "The agent");
    REQUIRE(reader.ok());
    const GaussianActor found = GaussianActor::Decode(*reader, sampler_->spec());
    learner_.Decode(*reader, found);
    sampler_->Decode(*reader, found.mean.state_dim());
    iteration_ = static_cast<int>(found.iteration);
    return reader->Finish();
  }

 private:
  TrainingSettings settings_;
  std::unique_ptr<Sampler> sampler_;
  Learner learner_;
  RolloutBuffer buffer_;
  WorkerPool pool_;
  int iteration_ = 0;
};

}  // namespace lookout::agents
