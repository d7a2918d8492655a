#include "app/annotation/annotation.h"

#include <utility>

#include "app/annotation/annotator_work.h"
#include "app/annotation/journal_maker.h"

namespace lookout::app {

Result<Annotated> Annotate(const AnnotationTask& task,
                           const std::vector<agents::AnnotatorSpec>& annotators,
                           const std::vector<AnnotatedEpisode>& episodes,
                           const agents::FeedbackSet& feedback, EpisodeId next_episode,
                           const sim::CameraFactory& cameras) {
  Annotated annotated;
  JournalMaker journal(feedback, annotated.entries);
  for (const agents::AnnotatorSpec& spec : annotators) {
    AnnotatorWork work(task, spec, episodes, {journal, annotated.futures, next_episode, cameras});
    auto given = work.Do();
    if (!given) return given.error();
    annotated.given.push_back(std::move(given).value());
  }
  return annotated;
}

Status WriteAnnotated(const Annotated& annotated, Project& project) {
  return project.Together([&]() -> Status {
    for (const ScriptedFuture& future : annotated.futures) {
      if (Status saved = project.SaveEpisode(future.header); !saved) return saved;
      for (const sim::RecordingChunk& chunk : future.chunks) {
        if (Status saved = project.SaveChunk(chunk); !saved) return saved;
      }
    }
    return project.AppendJournal(annotated.entries);
  });
}

}  // namespace lookout::app
