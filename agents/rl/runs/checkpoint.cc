#include "agents/rl/runs/checkpoint.h"

#include <fmt/format.h>

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/settings/settings.h"

namespace lookout::agents {

namespace {

// The reader of a checkpoint or policy file, before its actor.
Result<ArchiveReader> OpenActor(std::string_view bytes) {
  return ArchiveReader::IsKind(bytes, kCheckpointKind)
             ? ArchiveReader::Open(bytes, kCheckpointKind, kCheckpointVersion, "The checkpoint")
             : ArchiveReader::Open(bytes, kPolicyKind, kPolicyVersion, "The policy file");
}

}  // namespace

Result<GaussianActor> DecodeActor(std::string_view bytes, const sim::EnvironmentSpec& spec) {
  auto reader = OpenActor(bytes);
  if (!reader.ok()) return reader.error();
  GaussianActor actor = GaussianActor::Decode(*reader, spec);
  const bool is_checkpoint = ArchiveReader::IsKind(bytes, kCheckpointKind);
  const Status status = is_checkpoint ? reader->status() : reader->Finish();
  if (!status.ok()) return status.error();
  return actor;
}

Result<PolicyOrigin> OriginOfPolicy(std::string_view bytes) {
  auto reader = OpenActor(bytes);
  if (!reader.ok()) return reader.error();
  PolicyOrigin origin = GaussianActor::DecodeOrigin(*reader);
  if (!reader->ok()) return reader->status().error();
  return origin;
}

Result<PolicyPtr> DecodePolicy(std::string_view bytes, const sim::EnvironmentSpec& spec,
                               bool deterministic) {
  auto actor = DecodeActor(bytes, spec);
  if (!actor.ok()) return actor.error();
  std::shared_ptr<const Critics> critics;
  if (ArchiveReader::IsKind(bytes, kCheckpointKind)) {
    // It plays whatever is behind the actor in its file.
    if (auto found = DecodeCritics(bytes, spec)) {
      critics = std::make_shared<const Critics>(std::move(*found));
    }
  }
  return MakeGaussianPolicy(std::move(*actor), deterministic, std::move(critics));
}

Result<std::string> PolicyFileOf(std::string_view checkpoint, const sim::EnvironmentSpec& spec) {
  auto actor = DecodeActor(checkpoint, spec);
  if (!actor.ok()) return actor.error();
  return EncodePolicyFile(*actor);
}

Result<TrainingSettings> DecodeCheckpointSettings(std::string_view bytes,
                                                  const sim::EnvironmentSpec& spec) {
  auto reader = ArchiveReader::Open(bytes, kCheckpointKind, kCheckpointVersion, "The checkpoint");
  if (!reader.ok()) return reader.error();
  (void)GaussianActor::Decode(*reader, spec);
  const TrainingSettings settings = DecodeSettings(*reader);
  if (!reader->ok()) return reader->status().error();
  return settings;
}

Result<Critics> DecodeCritics(std::string_view bytes, const sim::EnvironmentSpec& spec) {
  const auto settings = DecodeCheckpointSettings(bytes, spec);
  if (!settings) return settings.error();
  auto reader = ArchiveReader::Open(bytes, kCheckpointKind, kCheckpointVersion, "The checkpoint");
  if (!reader) return reader.error();
  Critics critics{.value = SequenceNetwork::Decode(*reader, "value"),
                  .cost_value = SequenceNetwork::Decode(*reader, "cost_value"),
                  .cost_value_is_trained = IsConstrained(settings->algorithm)};
  for (const SequenceNetwork* network : {&critics.value, &critics.cost_value}) {
    if (!reader->ok()) break;
    if (network->input_dim() == spec.observation_dim && network->output_dim() == 1) continue;
    reader->Reject(fmt::format("a value network takes {} numbers and gives {}; expected {} and 1.",
                               network->input_dim(), network->output_dim(), spec.observation_dim));
  }
  if (!reader->ok()) return reader->status().error();
  return critics;
}

void CheckSameRun(const TrainingSettings& found, const TrainingSettings& own,
                  ArchiveReader& reader) {
  const auto check = [&reader](std::string_view option, auto theirs, auto ours) {
    if (theirs == ours) return;
    reader.Reject(
        fmt::format("it was written with --{} {}, this run has {}.", option, theirs, ours));
  };
  if (found.multiplier_kind != own.multiplier_kind) {
    reader.Reject("it was written with --multiplier " +
                  std::string(ChoiceName(found.multiplier_kind)) + ", this run has " +
                  std::string(ChoiceName(own.multiplier_kind)) + ".");
  }
  check("network", ChoiceName(found.network), ChoiceName(own.network));
  check("environments", found.environments, own.environments);
  check("hidden", found.hidden, own.hidden);
  check("seed", found.seed, own.seed);
  check("normalise-observations", int(found.normalise_observations),
        int(own.normalise_observations));
}

}  // namespace lookout::agents
