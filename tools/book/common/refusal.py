"""What ends a command when the reader can mend it."""

from __future__ import annotations


class Refusal(Exception):
    """Something the reader can mend: one line, exit code 1, no stack trace."""

    def __init__(self, message: str, mend: str = "", code: int = 1) -> None:
        super().__init__(message)
        self.message, self.mend, self.code = message, mend, code

    def __str__(self) -> str:
        return self.message + (f" — {self.mend}" if self.mend else "")
