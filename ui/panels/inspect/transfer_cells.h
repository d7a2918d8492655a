// One cell of the matrix of an experiment on transfer: its number, its colour, what a pointer over
// it is told. Window thread only.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <string>

#include "ui/panels/state/window_state.h"
#include "ui/transfer.h"

namespace lookout::ui {

bool IsOfPolicy(TransferFigure figure);

struct CellChoice {
  std::size_t source = 0;
  std::size_t target = 0;
  TransferFigure figure = TransferFigure::kAuc;
  std::size_t inputs = 0;  // of TransferMatrix::inputs; not of policies
};

// What the cell says and how good that is, from 0 to 1; below 0: there is no figure.
struct CellFigure {
  std::string text;
  float good = -1.0F;
};
CellFigure FigureOf(const TransferMatrix& matrix, const CellChoice& choice);

// In sentences: the figure with its interval, or why there is none, what the model does not know
// there, and what a click does.
std::string InWords(const TransferMatrix& matrix, const CellChoice& choice);

// Of the colour from bad to good. Each at least 4.5:1 against InkOn it.
ImU32 ColourOf(float good);
ImU32 InkOn(ImU32 colour);

struct CellSizes {
  float names = 0.0F;  // width of the rows' names
  float heads = 0.0F;  // height of the columns'
  float width = 0.0F;
  float height = 0.0F;
};

// True if it was clicked and can be opened.
bool DrawTransferCell(const TransferMatrix& matrix, const CellChoice& choice, ImVec2 at,
                      const CellSizes& sizes);

}  // namespace lookout::ui
