"""The one place that speaks to HiGHS (MIT licence): linear and whole-number programmes, one thread, a fixed start, no output.

Tolerances: 1e-9 for rows and reduced costs, gap 1e-9 for whole-number programmes, whose answers are rounded and checked in whole numbers
by the caller (``Frame.holds``). Programmes are scaled so that what is maximised is about 1.
"""

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from madang.methods.seats.frame import Frame

INFINITY = float(highspy.kHighsInf)
Floats = NDArray[np.float64]
_OPTIONS: dict[str, float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
}
_USUAL: dict[str, float | str] = {"presolve": "choose", "simplex_strategy": 1}
_AGAIN: tuple[dict[str, float | str], ...] = (
    {},
    {"presolve": "on"},
    {"presolve": "on", "simplex_strategy": 4, "primal_feasibility_tolerance": 1e-7, "dual_feasibility_tolerance": 1e-7},
)


class Unsolved(RuntimeError):
    """The solver gave up (numbers, memory): neither an answer nor a proof that there is none."""


class Programme:
    """Maximises a linear function. Columns and rows are numbered from 0 in the order they were added."""

    def __init__(self, **options: float | str) -> None:
        self._highs = highspy.Highs()
        self._options = {**_OPTIONS, **options}
        for name, value in self._options.items():
            self._highs.setOptionValue(name, value)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._is_whole = False
        self.columns = 0
        self.rows = 0

    def column(self, cost: float, low: float, high: float, rows: Sequence[int] = (), values: Sequence[float] = ()) -> int:
        """Adds a variable between ``low`` and ``high`` with its numbers in the rows."""
        self._highs.addCol(cost, low, high, len(rows), np.asarray(rows, dtype=np.int32), np.asarray(values, dtype=np.float64))
        self.columns += 1
        return self.columns - 1

    def row(self, low: float, high: float, columns: Sequence[int] = (), values: Sequence[float] = ()) -> int:
        """Adds a row: ``low`` ≤ sum ≤ ``high``."""
        self._highs.addRow(low, high, len(columns), np.asarray(columns, dtype=np.int32), np.asarray(values, dtype=np.float64))
        self.rows += 1
        return self.rows - 1

    def frame(self, frame: Frame) -> None:
        """Adds a column per type and the rows of the frame."""
        first = self.columns
        for size in frame.sizes:
            self.column(0.0, 0.0, float(size))
        for member, low, high in zip(frame.member, frame.low, frame.high, strict=True):
            at = np.flatnonzero(member)
            self.row(float(low), float(high), (at + first).tolist(), member[at].tolist())

    def whole(self) -> None:
        """All variables so far are whole numbers."""
        kinds = np.full(self.columns, highspy.HighsVarType.kInteger)
        self._is_whole = True
        self._highs.changeColsIntegrality(self.columns, np.arange(self.columns, dtype=np.int32), kinds)

    def costs(self, costs: Floats) -> None:
        """What to maximise, for the first columns."""
        self._highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), np.asarray(costs, dtype=np.float64))

    def limits(self, columns: tuple[Floats, Floats], rows: tuple[Floats, Floats]) -> None:
        """New bounds (lows, highs) for the first columns and the first rows."""
        for i, (low, high) in enumerate(zip(*columns, strict=True)):
            self._highs.changeColBounds(i, low, high)
        for i, (low, high) in enumerate(zip(*rows, strict=True)):
            self._highs.changeRowBounds(i, low, high)

    def pin(self, row: int, low: float, column: int) -> None:
        """From now on the row is at least ``low`` without the variable ``column``."""
        self._highs.changeRowBounds(row, low, INFINITY)
        self._highs.changeCoeff(row, column, 0.0)

    def solve(self) -> bool:
        """Whether there is an answer; False when the rows contradict each other. Raises Unsolved.

        A simplex that starts from its last answer may lose its way among degenerate corners: it starts afresh, then once more with
        another method and wider tolerances, before anything but an answer is believed.
        """
        for options in _AGAIN:
            for name, value in options.items():
                self._highs.setOptionValue(name, value)
            if options:
                self._highs.clearSolver()
            self._highs.run()
            status = self._highs.getModelStatus()
            if status == highspy.HighsModelStatus.kOptimal or (self._is_whole and status == highspy.HighsModelStatus.kInfeasible):
                break
        for name in _AGAIN[-1]:
            self._highs.setOptionValue(name, self._options.get(name, _USUAL.get(name, 0)))
        if status == highspy.HighsModelStatus.kOptimal:
            return True
        if status == highspy.HighsModelStatus.kInfeasible:
            return False
        raise Unsolved(self._highs.modelStatusToString(status))

    def values(self) -> Floats:
        """The variables of the answer, shape (columns,)."""
        return np.array(self._highs.getSolution().col_value, dtype=np.float64)

    def counts(self) -> NDArray[np.int64]:
        """The variables of the answer as whole numbers."""
        return np.rint(self.values()).astype(np.int64)

    def prices(self) -> Floats:
        """What one more unit would be worth on each row, shape (rows,); at least 0 for a row that asks for "at least"."""
        return -np.array(self._highs.getSolution().row_dual, dtype=np.float64)
