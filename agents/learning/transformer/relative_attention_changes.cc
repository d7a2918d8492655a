// Attention backward and in a direction of parameter space.
#include <algorithm>

#include "agents/learning/transformer/relative_attention.h"

namespace lookout::agents {
namespace {

// Calls visit(i, first, seen) for each query of a chunk: the keys that it sees begin at `first`.
template <typename Visit>
void ForEachQuery(const AttentionChunk& chunk, Eigen::Index memory, Visit&& visit) {
  for (Eigen::Index i = 0; i < chunk.size; ++i) {
    const Eigen::Index own = chunk.keys() - chunk.size + i;
    const Eigen::Index first = std::max<Eigen::Index>(0, own - memory);
    visit(i, first, own - first + 1);
  }
}

}  // namespace

void RelativeAttention::SpreadWeights(const AttentionChunk& chunk, int head,
                                      const AttentionWorkspace& ws,
                                      AttentionScratch& scratch) const {
  const Eigen::Index distances = shape_.memory + 1;
  scratch.scores.topLeftCorner(chunk.keys(), chunk.size).setZero();
  ForEachQuery(chunk, shape_.memory, [&](Eigen::Index i, Eigen::Index first, Eigen::Index seen) {
    scratch.scores.col(i).segment(first, seen) =
        ws.weights.col(chunk.column + i).segment(head * distances, distances).tail(seen);
  });
}

void RelativeAttention::Backward(const AttentionParts<const float>& parts,
                                 const AttentionInputs& in, const ColumnsIn& out_delta,
                                 const AttentionWorkspace& ws, AttentionScratch& scratch,
                                 ColumnsOut normed_delta, AttentionParts<float>& gradient,
                                 NormParts<float>& norm_gradient) const {
  const Eigen::Index n = in.columns;
  gradient.output.noalias() = out_delta * ws.context.leftCols(n).transpose();
  scratch.context_changes.leftCols(n).noalias() = parts.output.transpose() * out_delta;
  scratch.positions.noalias() = parts.position * sinusoids_;
  scratch.position_changes.setZero();
  gradient.key_value.setZero();
  normed_delta.setZero();
  for (const AttentionChunk& chunk : in.chunks) {
    GatherKeys(parts, in, chunk, scratch);
    for (int head = 0; head < shape_.heads; ++head) AttendBack(chunk, head, ws, scratch);
    KeysBack(parts, in, chunk, scratch, normed_delta, gradient, norm_gradient);
  }
  gradient.position.noalias() = scratch.position_changes * sinusoids_.transpose();
  QueriesBack(parts, in, scratch, normed_delta, gradient);
}

void RelativeAttention::AttendBack(const AttentionChunk& chunk, int head,
                                   const AttentionWorkspace& ws, AttentionScratch& scratch) const {
  const Eigen::Index size = shape_.head_dim();
  const Eigen::Index row = head * size;
  const Eigen::Index keys = chunk.keys();
  SpreadWeights(chunk, head, ws, scratch);
  const auto weights = scratch.scores.topLeftCorner(keys, chunk.size);
  auto deltas = scratch.score_changes.topLeftCorner(keys, chunk.size);
  auto offsets = scratch.offset_changes.leftCols(chunk.size);
  const auto context = scratch.context_changes.block(row, chunk.column, size, chunk.size);
  deltas.noalias() =
      scratch.key_value.block(shape_.width + row, 0, size, keys).transpose() * context;
  ForEachQuery(chunk, shape_.memory, [&](Eigen::Index i, Eigen::Index first, Eigen::Index seen) {
    const auto weight = weights.col(i).segment(first, seen).array();
    auto delta = deltas.col(i).segment(first, seen).array();
    const float mean = (weight * delta).sum();
    delta = weight * (delta - mean) * scale();
    deltas.col(i).head(first).setZero();
    deltas.col(i).tail(keys - first - seen).setZero();
    offsets.col(i).head(offsets.rows() - seen).setZero();
    offsets.col(i).tail(seen) = deltas.col(i).segment(first, seen);
  });
  const auto content = ws.content_queries.block(row, chunk.column, size, chunk.size);
  const auto position = ws.position_queries.block(row, chunk.column, size, chunk.size);
  scratch.key_value_changes.block(row, 0, size, keys).noalias() = content * deltas.transpose();
  scratch.key_value_changes.block(shape_.width + row, 0, size, keys).noalias() =
      context * weights.transpose();
  scratch.position_changes.middleRows(row, size).noalias() += position * offsets.transpose();
  scratch.content_query_changes.block(row, chunk.column, size, chunk.size).noalias() =
      scratch.key_value.block(row, 0, size, keys) * deltas;
  scratch.position_query_changes.block(row, chunk.column, size, chunk.size).noalias() =
      scratch.positions.middleRows(row, size) * offsets;
}

void RelativeAttention::KeysBack(const AttentionParts<const float>& parts,
                                 const AttentionInputs& in, const AttentionChunk& chunk,
                                 AttentionScratch& scratch, ColumnsOut normed_delta,
                                 AttentionParts<float>& gradient,
                                 NormParts<float>& norm_gradient) const {
  const Eigen::Index past = chunk.remembered;
  const Eigen::Index present = chunk.earlier + chunk.size;
  const auto changes = scratch.key_value_changes.leftCols(chunk.keys());
  gradient.key_value.noalias() += changes * scratch.normed.leftCols(chunk.keys()).transpose();
  auto deltas = scratch.normed_changes.leftCols(chunk.keys());
  deltas.noalias() = parts.key_value.transpose() * changes;
  ScaleAndShiftBack(in.norm, scratch.tokens.leftCols(past), deltas.leftCols(past), norm_gradient);
  normed_delta.middleCols(chunk.column - chunk.earlier, present) += deltas.rightCols(present);
}

void RelativeAttention::QueriesBack(const AttentionParts<const float>& parts,
                                    const AttentionInputs& in, AttentionScratch& scratch,
                                    ColumnsOut normed_delta,
                                    AttentionParts<float>& gradient) const {
  const Eigen::Index n = in.columns;
  gradient.content_bias.setZero();
  gradient.position_bias.setZero();
  auto deltas = scratch.content_query_changes.leftCols(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    gradient.content_bias += deltas.col(i);
    gradient.position_bias += scratch.position_query_changes.col(i);
    deltas.col(i) += scratch.position_query_changes.col(i);
  }
  gradient.query.noalias() = deltas * in.normed.leftCols(n).transpose();
  normed_delta.noalias() += parts.query.transpose() * deltas;
}

void RelativeAttention::Tangent(const AttentionParts<const float>& parts,
                                const AttentionParts<const float>& change,
                                const NormParts<const float>& norm_change,
                                const AttentionInputs& in, const ColumnsIn& normed_tangent,
                                const AttentionWorkspace& ws, AttentionScratch& scratch,
                                ColumnsOut out_tangent) const {
  QueryTangents(parts, change, in, normed_tangent, scratch);
  scratch.positions.noalias() = parts.position * sinusoids_;
  scratch.position_changes.noalias() = change.position * sinusoids_;
  for (const AttentionChunk& chunk : in.chunks) {
    GatherKeys(parts, in, chunk, scratch);
    KeyTangents(parts, change, norm_change, chunk, normed_tangent, scratch);
    for (int head = 0; head < shape_.heads; ++head) AttendTangent(chunk, head, ws, scratch);
  }
  out_tangent.noalias() = change.output * ws.context.leftCols(in.columns);
  out_tangent.noalias() += parts.output * scratch.context_changes.leftCols(in.columns);
}

void RelativeAttention::QueryTangents(const AttentionParts<const float>& parts,
                                      const AttentionParts<const float>& change,
                                      const AttentionInputs& in, const ColumnsIn& normed_tangent,
                                      AttentionScratch& scratch) const {
  auto tangents = scratch.content_query_changes.leftCols(in.columns);
  tangents.noalias() = change.query * in.normed.leftCols(in.columns);
  tangents.noalias() += parts.query * normed_tangent;
  for (Eigen::Index i = 0; i < in.columns; ++i) {
    scratch.position_query_changes.col(i) = tangents.col(i) + change.position_bias;
    tangents.col(i) += change.content_bias;
  }
}

void RelativeAttention::KeyTangents(const AttentionParts<const float>& parts,
                                    const AttentionParts<const float>& change,
                                    const NormParts<const float>& norm_change,
                                    const AttentionChunk& chunk, const ColumnsIn& normed_tangent,
                                    AttentionScratch& scratch) const {
  const Eigen::Index past = chunk.remembered;
  const Eigen::Index present = chunk.earlier + chunk.size;
  auto tangents = scratch.normed_changes.leftCols(chunk.keys());
  ScaleAndShift(norm_change, scratch.tokens.leftCols(past), tangents.leftCols(past));
  tangents.rightCols(present) = normed_tangent.middleCols(chunk.column - chunk.earlier, present);
  auto changes = scratch.key_value_changes.leftCols(chunk.keys());
  changes.noalias() = change.key_value * scratch.normed.leftCols(chunk.keys());
  changes.noalias() += parts.key_value * tangents;
}

void RelativeAttention::AttendTangent(const AttentionChunk& chunk, int head,
                                      const AttentionWorkspace& ws,
                                      AttentionScratch& scratch) const {
  const Eigen::Index size = shape_.head_dim();
  const Eigen::Index row = head * size;
  const Eigen::Index keys = chunk.keys();
  SpreadWeights(chunk, head, ws, scratch);
  const auto weights = scratch.scores.topLeftCorner(keys, chunk.size);
  auto tangents = scratch.score_changes.topLeftCorner(keys, chunk.size);
  auto offsets = scratch.offset_changes.leftCols(chunk.size);
  const auto place = [&](const Eigen::MatrixXf& all) {
    return all.block(row, chunk.column, size, chunk.size);
  };
  tangents.noalias() =
      scratch.key_value_changes.block(row, 0, size, keys).transpose() * place(ws.content_queries);
  tangents.noalias() += scratch.key_value.block(row, 0, size, keys).transpose() *
                        place(scratch.content_query_changes);
  offsets.noalias() =
      scratch.position_changes.middleRows(row, size).transpose() * place(ws.position_queries);
  offsets.noalias() +=
      scratch.positions.middleRows(row, size).transpose() * place(scratch.position_query_changes);
  ForEachQuery(chunk, shape_.memory, [&](Eigen::Index i, Eigen::Index first, Eigen::Index seen) {
    const auto weight = weights.col(i).segment(first, seen).array();
    auto tangent = tangents.col(i).segment(first, seen).array();
    tangent = (tangent + offsets.col(i).tail(seen).array()) * scale();
    const float mean = (weight * tangent).sum();
    tangent = weight * (tangent - mean);
    tangents.col(i).head(first).setZero();
    tangents.col(i).tail(keys - first - seen).setZero();
  });
  auto context = scratch.context_changes.block(row, chunk.column, size, chunk.size);
  context.noalias() = scratch.key_value_changes.block(shape_.width + row, 0, size, keys) * weights;
  context.noalias() += scratch.key_value.block(shape_.width + row, 0, size, keys) * tangents;
}

}  // namespace lookout::agents
