"""The tests in the _test.cpp files: where each stands, and which invariants it proves."""

from __future__ import annotations

from dataclasses import dataclass

from weave.cpp import lexer


@dataclass(frozen=True)
class Test:
    name: str  # Suite.Name
    file: str
    line: int
    first_line: int
    last_line: int
    invariants: tuple[str, ...]


def read(file: str, text: str) -> list[Test]:
    lines, code = text.split("\n"), lexer.blank(text)
    tests = []
    for number, line in enumerate(lines, 1):
        found = lexer.TEST.match(line)
        joined = line + " " + lines[number].strip() if number < len(lines) else line
        found = found or (line.startswith("TEST") and lexer.TEST.match(joined)) or None
        if not found:
            continue
        first = lexer.statement_begin(lines, code, number)
        named = lexer.INVARIANT.findall("\n".join(lines[first - 1 : number - 1]))
        tests.append(
            Test(
                f"{found[2]}.{found[3]}",
                file,
                number,
                first,
                lexer.body_end(code, number),
                tuple(dict.fromkeys(named)),
            )
        )
    return tests
