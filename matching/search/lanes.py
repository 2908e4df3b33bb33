"""Sums of rows in all lanes at once, as the processor's wide registers do them.

Loops over lanes are left to the compiler elsewhere. Here it would either give the best of each
row alone, so that all lanes were summed again to say which, or fall back to one lane at a time,
as it cannot know that what is written is not what is read. So these few steps are spelt out.
"""
# ruff: noqa: PLR0917 - what kernels are given; see there.

from collections.abc import Callable
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]  # part of numba
from numba import types
from numba.extending import intrinsic

from matching.packing.comparison import LANES

_SHORT, _WIDE, _PLACE = (ir.IntType(bits) for bits in (16, 32, 64))
_SHORTS, _WIDES = ir.VectorType(_SHORT, LANES), ir.VectorType(_WIDE, LANES)


def reaching(width: int) -> Callable[..., Any]:
    """Give the step that sums rows and tells which lanes reach the lower of both bars.

    Parameters
    ----------
    width : int
        How many rows are summed, in 16 bits.

    Returns
    -------
    callable
        For kernels: ``(table, rows, start, gains, gain, own, bars, scores) -> int64``, one bit
        for each lane. The k-th row begins at ``table[rows[start + k]]``, one more at
        ``gains[gain]``; `own` is one bar, `bars` those of the lanes; the sums are written into
        `scores`. All are int16, but for `rows` (uint32), `scores` (int32) and the places.
    """

    @intrinsic  # type: ignore[untyped-decorator, unused-ignore]
    def sum_and_compare(
        _typing: Any,
        table: Any,
        rows: Any,
        start: Any,
        gains: Any,
        gain: Any,
        own: Any,
        bars: Any,
        scores: Any,
    ) -> Any:  # pragma: no cover - runs in the compiler, whose results are kept
        given = (table, rows, start, gains, gain, own, bars, scores)
        return types.int64(*given), _written(width)

    return sum_and_compare


def _copy_row(
    _typing: Any, into: Any, there: Any, table: Any, here: Any
) -> Any:  # pragma: no cover - runs in the compiler
    """Write the row that begins at ``table[here]`` to ``into[there]``."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        into, there, table, here = _given(context, builder, signature, values)
        row = _lanes(builder, table, here)
        builder.store(row, _place(builder, into, there), align=2)
        return context.get_dummy_value()

    return types.none(into, there, table, here), write


def _add_row(
    _typing: Any, table: Any, there: Any, here: Any
) -> Any:  # pragma: no cover - runs in the compiler
    """Add the row that begins at ``table[here]`` to that at ``table[there]``."""

    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        table, there, here = _given(context, builder, signature, values)
        row = builder.add(_lanes(builder, table, here), _lanes(builder, table, there))
        builder.store(row, _place(builder, table, there), align=2)
        return context.get_dummy_value()

    return types.none(table, there, here), write


copy_row: Any = intrinsic(_copy_row)
add_row: Any = intrinsic(_add_row)


def _written(width: int) -> Callable[..., Any]:  # pragma: no cover - runs in the compiler
    def write(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        table, rows, start, gains, gain, own, bars, scores = _given(
            context, builder, signature, values
        )
        total = _lanes(builder, gains, gain)
        for k in range(width):
            place = builder.add(start, ir.Constant(_PLACE, k))
            row = builder.zext(builder.load(builder.gep(rows, [place])), _PLACE)
            total = builder.add(total, _lanes(builder, table, row))
        own, theirs = _repeated(builder, own), _lanes(builder, bars, ir.Constant(_PLACE, 0))
        bar = builder.select(builder.icmp_signed("<", own, theirs), own, theirs)
        into = builder.bitcast(scores, _WIDES.as_pointer())
        builder.store(builder.sext(total, _WIDES), into, align=4)
        reached = builder.icmp_signed(">=", total, bar)
        return builder.zext(builder.bitcast(reached, _WIDE), _PLACE)

    return write


def _given(
    context: Any, builder: Any, signature: Any, values: Any
) -> list[Any]:  # pragma: no cover - runs in the compiler
    """Say what a step is given: of arrays where they begin."""
    return [
        context.make_array(kind)(context, builder, value).data
        if isinstance(kind, types.Array)
        else value
        for kind, value in zip(signature.args, values, strict=True)
    ]


def _place(builder: Any, array: Any, at: Any) -> Any:  # pragma: no cover - in the compiler
    return builder.bitcast(builder.gep(array, [at]), _SHORTS.as_pointer())


def _lanes(builder: Any, array: Any, at: Any) -> Any:  # pragma: no cover - in the compiler
    return builder.load(_place(builder, array, at), align=2)


def _repeated(builder: Any, value: Any) -> Any:  # pragma: no cover - runs in the compiler
    """Repeat a number in every lane."""
    nothing = ir.Constant(_SHORTS, ir.Undefined)
    one = builder.insert_element(nothing, value, ir.Constant(_WIDE, 0))
    first = ir.Constant(ir.VectorType(_WIDE, LANES), [0] * LANES)
    return builder.shuffle_vector(one, nothing, first)
