"""The one way weave says no: a place, what is wrong, and how to mend it, on one line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class WeaveError(Exception):
    """Printed as `file:line: message — mend`; line may be None."""

    def __init__(self, file: str, line: int | None, message: str, mend: str = "") -> None:
        super().__init__(file, line, message, mend)
        self.file, self.line, self.message, self.mend = str(file), line, message, mend

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}" + (f" — {self.mend}" if self.mend else "")

    def at(self, file: str, line: int | None) -> WeaveError:
        """The same refusal, told where the reader of a page has to look."""
        return WeaveError(file, line, self.message, self.mend)


class WeaveErrors(Exception):
    """Several refusals, one a line."""

    def __init__(self, errors: Iterable[WeaveError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(str(e) for e in self.errors))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A mend for a name that nobody knows."""
    known = list(dict.fromkeys(known))
    near = difflib.get_close_matches(word, known, n=2, cutoff=0.6)
    if not near:
        tail = word.split("::")[-1].lower()
        near = [k for k in known if k.split("::")[-1].lower() == tail][:2]
    if near:
        return "did you mean " + " or ".join(near) + "?"
    few = "it knows " + ", ".join(known) if len(known) < 12 else "check the spelling"
    return otherwise or few
