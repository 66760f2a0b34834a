"""Cuts a hole: a symbol's body { … } makes room for the words "your turn"."""

from __future__ import annotations

import re
import textwrap

# What a brace may hide in: comments, raw strings, strings, characters.
TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^(\s]*)\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'|[{}]",
    re.DOTALL,
)


def body(text: str) -> tuple[int, int]:
    """Where the body of a definition stands: after its `{`, at its `}`. It is the last block that
    opens outside all others, so initialisers such as `a_{1}` before it don't count."""
    depth, opened, found = 0, 0, None
    for token in TOKEN.finditer(text):
        if token[0] == "{":
            if depth == 0:
                opened = token.end()
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if depth < 0:
                break
            if depth == 0:
                found = (opened, token.start())
    if found is None:
        raise ValueError("it has no body")
    return found


def cut(text: str, first: int, last: int, replacement: str) -> str:
    """The file's text with the body of the definition on lines first..last (from 1) replaced."""
    lines = text.splitlines(keepends=True)
    symbol = "".join(lines[first - 1 : last])
    begin, end = body(symbol)
    indent = _indent(symbol, end)
    inside = textwrap.indent(textwrap.dedent(replacement).strip("\n"), " " * (indent + 2))
    cut_out = symbol[:begin].rstrip(" ") + "\n" + inside + "\n" + " " * indent + symbol[end:]
    return "".join(lines[: first - 1]) + cut_out + "".join(lines[last:])


def _indent(symbol: str, end: int) -> int:
    """The indent of the closing brace if it stands on a line of its own, else of the first line
    of code."""
    start = symbol.rfind("\n", 0, end) + 1
    before = symbol[start:end]
    if before.strip() or start == 0:
        code = [
            t
            for t in symbol.splitlines()
            if t.strip() and not t.strip().startswith(("//", "/*", "*"))
        ]
        before = code[0][: len(code[0]) - len(code[0].lstrip())] if code else ""
    return len(before)
