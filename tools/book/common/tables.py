"""Tables: plain lines that are aligned, and Rich's for a terminal, in one style."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.table import Table


def aligned(rows: Sequence[Sequence[str]], left: Collection[int]) -> list[str]:
    """The rows as lines, each column as wide as its widest cell; the columns `left` begin at the
    left, the others end at the right.
    """
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if n in left else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths))
        ).rstrip()
        for row in rows
    ]


def for_terminal(head: Sequence[str], right: Collection[int] = ()) -> Table:
    """An empty table with this head; the columns `right` end at the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for n, name in enumerate(head):
        table.add_column(name, justify="right" if n in right else "left")
    return table
