#include "agents/learning/transformer/relative_attention.h"

#include <algorithm>
#include <cmath>

#include "agents/learning/transformer/layer_details.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// In place, of scores that are still to be scaled.
template <typename Scores>
void Softmax(Scores&& scores, float scale) {
  const float most = scores.maxCoeff();
  scores = ((scores.array() - most) * scale).exp().matrix();
  scores /= scores.sum();
}

}  // namespace

Eigen::MatrixXf DistanceSinusoids(const AttentionShape& shape) {
  Eigen::MatrixXf table(shape.width, shape.memory + 1);
  const int half = shape.width / 2;
  for (int column = 0; column <= shape.memory; ++column) {
    const double distance = shape.memory - column;
    for (int i = 0; i < half; ++i) {
      const double angle = distance * std::pow(10000.0, -double(i) / half);
      table(i, column) = static_cast<float>(std::sin(angle));
      table(half + i, column) = static_cast<float>(std::cos(angle));
    }
  }
  return table;
}

AttentionWorkspace::AttentionWorkspace(const AttentionShape& shape, int max_columns)
    : content_queries(Eigen::MatrixXf::Zero(shape.width, max_columns)),
      position_queries(content_queries),
      weights(Eigen::MatrixXf::Zero(Eigen::Index{shape.heads} * (shape.memory + 1), max_columns)),
      context(content_queries) {}

AttentionScratch::AttentionScratch(const AttentionShape& shape, int max_columns)
    : positions(Eigen::MatrixXf::Zero(shape.width, shape.memory + 1)),
      position_changes(positions),
      tokens(Eigen::MatrixXf::Zero(shape.width, shape.memory + kAttentionChunk)),
      normed(tokens),
      normed_changes(tokens),
      key_value(Eigen::MatrixXf::Zero(Eigen::Index{2} * shape.width, tokens.cols())),
      key_value_changes(key_value),
      scores(Eigen::MatrixXf::Zero(tokens.cols(), kAttentionChunk)),
      score_changes(scores),
      offsets(Eigen::MatrixXf::Zero(shape.memory + 1, kAttentionChunk)),
      offset_changes(offsets),
      context_changes(Eigen::MatrixXf::Zero(shape.width, max_columns)),
      content_query_changes(context_changes),
      position_query_changes(context_changes),
      content_sights(Eigen::MatrixXf::Zero(Eigen::Index{shape.heads} * shape.width, max_columns)),
      position_sights(content_sights),
      sight_offsets(
          Eigen::MatrixXf::Zero(shape.memory + 1, Eigen::Index{shape.heads} * max_columns)) {}

RelativeAttention::RelativeAttention(const AttentionShape& shape)
    : shape_(shape), sinusoids_(DistanceSinusoids(shape)) {
  LOOKOUT_CHECK(shape.width % 2 == 0 && shape.heads >= 1 && shape.width % shape.heads == 0 &&
                    shape.memory >= 1,
                "an attention of that shape");
}

float RelativeAttention::scale() const {
  return 1.0F / std::sqrt(static_cast<float>(shape_.head_dim()));
}

void RelativeAttention::Forward(const AttentionParts<const float>& parts, const AttentionInputs& in,
                                AttentionWorkspace& ws, AttentionScratch& scratch,
                                ColumnsOut out) const {
  const Eigen::Index n = in.columns;
  ws.content_queries.leftCols(n).noalias() = parts.query * in.normed.leftCols(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    ws.position_queries.col(i) = ws.content_queries.col(i) + parts.position_bias;
    ws.content_queries.col(i) += parts.content_bias;
  }
  if (std::ssize(in.chunks) == n) {
    AttendSingles(parts, in, ws, scratch);
  } else {
    scratch.positions.noalias() = parts.position * sinusoids_;
    for (const AttentionChunk& chunk : in.chunks) {
      GatherKeys(parts, in, chunk, scratch);
      for (int head = 0; head < shape_.heads; ++head) Attend(chunk, head, ws, scratch);
    }
  }
  out.noalias() = parts.output * ws.context.leftCols(n);
}

void RelativeAttention::GatherKeys(const AttentionParts<const float>& parts,
                                   const AttentionInputs& in, const AttentionChunk& chunk,
                                   AttentionScratch& scratch) const {
  const Eigen::Index past = chunk.remembered;
  const Eigen::Index present = chunk.earlier + chunk.size;
  const Eigen::Map<const Eigen::MatrixXf> memory(
      in.memory.states.col(chunk.sequence).data() + in.memory.offset, shape_.width, shape_.memory);
  scratch.tokens.leftCols(past) = memory.rightCols(past);
  ScaleAndShift(in.norm, scratch.tokens.leftCols(past), scratch.normed.leftCols(past));
  scratch.normed.middleCols(past, present) =
      in.normed.middleCols(chunk.column - chunk.earlier, present);
  scratch.key_value.leftCols(chunk.keys()).noalias() =
      parts.key_value * scratch.normed.leftCols(chunk.keys());
}

void RelativeAttention::Attend(const AttentionChunk& chunk, int head, AttentionWorkspace& ws,
                               AttentionScratch& scratch) const {
  const Eigen::Index size = shape_.head_dim();
  const Eigen::Index row = head * size;
  const Eigen::Index keys = chunk.keys();
  const Eigen::Index distances = shape_.memory + 1;
  auto scores = scratch.scores.topLeftCorner(keys, chunk.size);
  auto offsets = scratch.offsets.leftCols(chunk.size);
  scores.noalias() = scratch.key_value.block(row, 0, size, keys).transpose() *
                     ws.content_queries.block(row, chunk.column, size, chunk.size);
  offsets.noalias() = scratch.positions.middleRows(row, size).transpose() *
                      ws.position_queries.block(row, chunk.column, size, chunk.size);
  for (Eigen::Index i = 0; i < chunk.size; ++i) {
    // Of the keys, those from `first` to the query's own are at most `memory` steps back.
    const Eigen::Index own = keys - chunk.size + i;
    const Eigen::Index first = std::max<Eigen::Index>(0, own - shape_.memory);
    const Eigen::Index seen = own - first + 1;
    auto column = scores.col(i);
    column.segment(first, seen) += offsets.col(i).tail(seen);
    Softmax(column.segment(first, seen), scale());
    column.head(first).setZero();
    column.tail(keys - own - 1).setZero();
    auto weights = ws.weights.col(chunk.column + i).segment(head * distances, distances);
    weights.head(distances - seen).setZero();
    weights.tail(seen) = column.segment(first, seen);
  }
  ws.context.block(row, chunk.column, size, chunk.size).noalias() =
      scratch.key_value.block(shape_.width + row, 0, size, keys) * scores;
}

// score = q . W_k (gain x + offset) = (gain W_k' q) . x + what is the same for every key, and the
// weights add up to 1: so the sum of values is W_v (gain (sum of weighted x) + offset).
void RelativeAttention::AttendSingles(const AttentionParts<const float>& parts,
                                      const AttentionInputs& in, AttentionWorkspace& ws,
                                      AttentionScratch& scratch) const {
  const Eigen::Index n = in.columns;
  const Eigen::Index width = shape_.width;
  const Eigen::Index size = shape_.head_dim();
  for (Eigen::Index head = 0; head < shape_.heads; ++head) {
    scratch.content_sights.block(head * width, 0, width, n).noalias() =
        parts.key_value.middleRows(head * size, size).transpose() *
        ws.content_queries.block(head * size, 0, size, n);
    scratch.position_sights.block(head * width, 0, width, n).noalias() =
        parts.position.middleRows(head * size, size).transpose() *
        ws.position_queries.block(head * size, 0, size, n);
  }
  const Eigen::Index sights = shape_.heads * n;
  scratch.sight_offsets.leftCols(sights).noalias() =
      sinusoids_.transpose() *
      Eigen::Map<const Eigen::MatrixXf>(scratch.position_sights.data(), width, sights);
  for (const AttentionChunk& chunk : in.chunks) AttendSingle(in, chunk, ws, scratch);
  for (Eigen::Index head = 0; head < shape_.heads; ++head) {
    ws.context.block(head * size, 0, size, n).noalias() =
        parts.key_value.middleRows(width + head * size, size) *
        scratch.content_sights.block(head * width, 0, width, n);
  }
}

void RelativeAttention::AttendSingle(const AttentionInputs& in, const AttentionChunk& chunk,
                                     AttentionWorkspace& ws, AttentionScratch& scratch) const {
  const Eigen::Index width = shape_.width;
  const Eigen::Index heads = shape_.heads;
  const Eigen::Index past = chunk.remembered;
  const Eigen::Index distances = shape_.memory + 1;
  const Eigen::Map<const Eigen::MatrixXf> memory(
      in.memory.states.col(chunk.sequence).data() + in.memory.offset, width, shape_.memory);
  const auto seen = memory.rightCols(past);
  const auto own = in.standard.col(chunk.column);
  Eigen::Map<Eigen::MatrixXf> sights(scratch.content_sights.col(chunk.column).data(), width, heads);
  Eigen::Map<Eigen::MatrixXf> weights(ws.weights.col(chunk.column).data(), distances, heads);
  for (Eigen::Index head = 0; head < heads; ++head) {
    auto sight = sights.col(head);
    sight = sight.cwiseProduct(in.norm.gain);
    auto column = weights.col(head).tail(past + 1);
    column = scratch.sight_offsets.col(chunk.column * heads + head).tail(past + 1);
    column.head(past).noalias() += seen.transpose() * sight;
    column[past] += own.dot(sight);
    Softmax(column, scale());
    weights.col(head).head(distances - past - 1).setZero();
    sight = column[past] * own;
    sight.noalias() += seen * column.head(past);
    sight = sight.cwiseProduct(in.norm.gain) + in.norm.offset;
  }
}

}  // namespace lookout::agents
