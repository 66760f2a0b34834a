"""C++ text without its comments and literals: enough of a lexer to count braces by.

`blank` keeps every line and column in place and writes spaces over comments, strings and
characters; what is left can be searched with plain regular expressions.
"""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"(?P<line>//[^\n]*)"
    r"|(?P<block>/\*.*?\*/)"
    r'|(?P<raw>(?:u8|[uUL])?R"(?P<d>[^()\\\s]{0,16})\(.*?\)(?P=d)")'
    r"|(?P<sep>(?<=[0-9a-fA-F])'(?=[0-9a-fA-F]))"
    r'|(?P<string>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<char>'(?:[^'\\\n]|\\.)+')",
    re.DOTALL,
)
TEST = re.compile(r"^(TEST|TEST_F|TEST_P|TYPED_TEST)\(\s*(\w+)\s*,\s*(\w+)\s*\)")
INVARIANT = re.compile(r"\bINV-[A-Z0-9_]+-\d+\b")


def blank(text: str, literals: bool = True) -> list[str]:
    """The lines of a text, its comments and (on request) its literals overwritten by spaces."""

    def over(match: re.Match[str]) -> str:
        if match["sep"]:
            return " "
        if not literals and (match["string"] or match["char"] or match["raw"]):
            return match[0]
        return re.sub(r"[^\n]", " ", match[0])

    return TOKEN.sub(over, text).split("\n")


def neutral(text: str) -> str:
    """The text as a simpler reader can take it: no comments, no text in literals, same lines."""

    def over(match: re.Match[str]) -> str:
        if match["sep"]:
            return "0"
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if match["string"] and "include" in before:
            return match[0]
        spaces = re.sub(r"[^\n]", " ", match[0])
        if match["string"] or match["raw"]:
            return '""' + spaces[2:]
        return "'0'" + spaces[3:] if match["char"] else spaces

    return TOKEN.sub(over, text)


def continued(lines: list[str], number: int) -> int:
    """The last line of a preprocessor directive that begins on this line (counted from 1)."""
    while number < len(lines) and lines[number - 1].rstrip().endswith("\\"):
        number += 1
    return number


def statement_end(code: list[str], number: int) -> int:
    """The line of the `;` that ends the declaration beginning on this line."""
    depth = 0
    for n in range(number, len(code) + 1):
        for char in code[n - 1]:
            if char in "([{":
                depth += 1
            elif char in ")]}":
                depth -= 1
            if depth < 0 or (char == ";" and depth == 0):
                return n
    return number


def body_end(code: list[str], number: int) -> int:
    """The line of the brace that closes the first one opened on or after this line."""
    depth, opened = 0, False
    for n in range(number, len(code) + 1):
        for char in code[n - 1]:
            if char == "{":
                depth, opened = depth + 1, True
            elif char == "}":
                depth -= 1
                if opened and depth == 0:
                    return n
    return number


def statement_begin(lines: list[str], code: list[str], number: int) -> int:
    """The first line of the declaration that holds this line, its leading comment included."""
    first = number
    while first > 1 and _continues(lines, code, first - 1):
        first -= 1
    while first > 1 and lines[first - 2].strip() and not code[first - 2].strip():
        first -= 1
    return first


def _continues(lines: list[str], code: list[str], number: int) -> bool:
    """Does the line of this number belong to the declaration that goes on below it?"""
    text = code[number - 1].strip()
    if not text or text.startswith("#") or (number > 1 and lines[number - 2].endswith("\\")):
        return False
    return not (text[-1] in ";{}" or re.fullmatch(r"(public|protected|private)\s*:", text))
