// Multi-head attention over the present segment and a memory of the past, by content and by how
// long ago (Dai et al. 2019, "Transformer-XL", section 3.3 and appendix B), forward, backward and
// in a direction of parameter space. Const use from any thread, each with its own workspace.
#pragma once

#include <Eigen/Core>
#include <span>

#include "agents/learning/transformer/layer_norm.h"
#include "agents/learning/transformer/parameter_cursor.h"

namespace lookout::agents {

struct AttentionShape {
  int width = 0;   // even
  int heads = 1;   // a divisor of the width
  int memory = 1;  // steps that a query looks back at, beside its own
  int head_dim() const { return width / heads; }
};

// Of a query i and a key j at most `memory` steps before it, with x standardised tokens and n their
// normed form, R the sinusoids of the distance:
//   score = (W_q n_i + u) . W_k n_j + (W_q n_i + v) . W_r R_(i-j), / sqrt(head_dim)
//   result = W_o (sum over j of softmax(score) W_v n_j, head by head)
template <typename Float>
struct AttentionParts {
  AttentionParts(ParameterCursor<Float>& cursor, int width)
      : query(cursor.TakeMatrix(width, width)),
        key_value(cursor.TakeMatrix(Eigen::Index{2} * width, width)),
        position(cursor.TakeMatrix(width, width)),
        output(cursor.TakeMatrix(width, width)),
        content_bias(cursor.TakeVector(width)),
        position_bias(cursor.TakeVector(width)) {}
  // W_q, W_k over W_v, W_r, W_o; u, v.
  typename ParameterCursor<Float>::Matrix query, key_value, position, output;
  typename ParameterCursor<Float>::Vector content_bias, position_bias;
  static int Count(int width) { return width * (5 * width + 2); }
};

// At most that many queries are worked on at once.
inline constexpr int kAttentionChunk = 32;

// Consecutive queries of one sequence and how far back their keys reach.
struct AttentionChunk {
  int column = 0;      // of the first query
  int size = 0;        // queries, at most kAttentionChunk
  int sequence = 0;    // whose memory they see
  int earlier = 0;     // columns of the same sequence just before, at most shape.memory
  int remembered = 0;  // newest steps of the memory; with `earlier` at most shape.memory
  int keys() const { return remembered + earlier + size; }
};

// What the sequences' memories hold for one layer.
struct AttentionMemory {
  ColumnsIn states;         // [state_dim x sequences]
  Eigen::Index offset = 0;  // of the layer's part: [width x memory], the newest step last
};

struct AttentionInputs {
  const Eigen::MatrixXf& standard;  // [width x columns or more], standardised tokens
  const Eigen::MatrixXf& normed;    // the same with gain and offset
  Eigen::Index columns;
  const AttentionMemory& memory;  // of standardised tokens; no gradient goes there
  std::span<const AttentionChunk> chunks;
  const NormParts<const float>& norm;  // for the memory's tokens
};

// What Forward leaves.
struct AttentionWorkspace {
  AttentionWorkspace() = default;
  AttentionWorkspace(const AttentionShape& shape, int max_columns);
  Eigen::MatrixXf content_queries, position_queries;  // [width x max_columns], with their biases
  // [heads (memory + 1) x max_columns]: by head, then from the longest distance to 0.
  Eigen::MatrixXf weights;
  Eigen::MatrixXf context;  // [width x max_columns]
};

// For any one layer at a time.
struct AttentionScratch {
  AttentionScratch() = default;
  AttentionScratch(const AttentionShape& shape, int max_columns);
  Eigen::MatrixXf positions, position_changes;                    // [width x (memory + 1)]
  Eigen::MatrixXf tokens, normed, normed_changes;                 // [width x (memory + chunk)]
  Eigen::MatrixXf key_value, key_value_changes;                   // [2 width x (memory + chunk)]
  Eigen::MatrixXf scores, score_changes;                          // [(memory + chunk) x chunk]
  Eigen::MatrixXf offsets, offset_changes;                        // [(memory + 1) x chunk]
  Eigen::MatrixXf context_changes;                                // [width x max_columns]
  Eigen::MatrixXf content_query_changes, position_query_changes;  // [width x max_columns]
  // Of single steps: [heads width x max_columns], and [(memory + 1) x heads max_columns].
  Eigen::MatrixXf content_sights, position_sights, sight_offsets;
};

class RelativeAttention {
 public:
  RelativeAttention() = default;
  explicit RelativeAttention(const AttentionShape& shape);

  // out: [width x columns].
  void Forward(const AttentionParts<const float>& parts, const AttentionInputs& in,
               AttentionWorkspace& workspace, AttentionScratch& scratch, ColumnsOut out) const;
  // After Forward. normed_delta: overwritten by dLoss/d(normed). Overwrites the gradient, adds to
  // that of the norm what comes by the memory's tokens.
  void Backward(const AttentionParts<const float>& parts, const AttentionInputs& in,
                const ColumnsIn& out_delta, const AttentionWorkspace& workspace,
                AttentionScratch& scratch, ColumnsOut normed_delta, AttentionParts<float>& gradient,
                NormParts<float>& norm_gradient) const;
  // After Forward: the derivative of `out` where the parameters change by `change`, the norm's by
  // norm_change, and the normed tokens by normed_tangent.
  void Tangent(const AttentionParts<const float>& parts, const AttentionParts<const float>& change,
               const NormParts<const float>& norm_change, const AttentionInputs& in,
               const ColumnsIn& normed_tangent, const AttentionWorkspace& workspace,
               AttentionScratch& scratch, ColumnsOut out_tangent) const;

 private:
  float scale() const;
  // The keys and values that a chunk sees, in scratch.
  void GatherKeys(const AttentionParts<const float>& parts, const AttentionInputs& in,
                  const AttentionChunk& chunk, AttentionScratch& scratch) const;
  void Attend(const AttentionChunk& chunk, int head, AttentionWorkspace& workspace,
              AttentionScratch& scratch) const;
  // Sequences of one step each: the keys are not computed, the query is brought to the tokens.
  void AttendSingles(const AttentionParts<const float>& parts, const AttentionInputs& in,
                     AttentionWorkspace& workspace, AttentionScratch& scratch) const;
  void AttendSingle(const AttentionInputs& in, const AttentionChunk& chunk,
                    AttentionWorkspace& workspace, AttentionScratch& scratch) const;
  // A head's weights of a chunk as [keys x queries], in scratch.scores.
  void SpreadWeights(const AttentionChunk& chunk, int head, const AttentionWorkspace& workspace,
                     AttentionScratch& scratch) const;
  void AttendBack(const AttentionChunk& chunk, int head, const AttentionWorkspace& workspace,
                  AttentionScratch& scratch) const;
  void KeysBack(const AttentionParts<const float>& parts, const AttentionInputs& in,
                const AttentionChunk& chunk, AttentionScratch& scratch, ColumnsOut normed_delta,
                AttentionParts<float>& gradient, NormParts<float>& norm_gradient) const;
  void QueriesBack(const AttentionParts<const float>& parts, const AttentionInputs& in,
                   AttentionScratch& scratch, ColumnsOut normed_delta,
                   AttentionParts<float>& gradient) const;
  void QueryTangents(const AttentionParts<const float>& parts,
                     const AttentionParts<const float>& change, const AttentionInputs& in,
                     const ColumnsIn& normed_tangent, AttentionScratch& scratch) const;
  void KeyTangents(const AttentionParts<const float>& parts,
                   const AttentionParts<const float>& change,
                   const NormParts<const float>& norm_change, const AttentionChunk& chunk,
                   const ColumnsIn& normed_tangent, AttentionScratch& scratch) const;
  void AttendTangent(const AttentionChunk& chunk, int head, const AttentionWorkspace& workspace,
                     AttentionScratch& scratch) const;

  AttentionShape shape_;
  Eigen::MatrixXf sinusoids_;  // [width x (memory + 1)]: R, from the longest distance to 0
};

}  // namespace lookout::agents
