"""What the braces of C++ text hold: namespaces, classes, functions, lambdas, lists, switches.

Enough of a parser to say in which of these a line stands. Of what comes before a brace it looks at
the words outside all parentheses; that is enough for code that clang-format has been over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

TOKEN = re.compile(r"""\w+|::|->|""|'0'|[^\s\w]""")
OPEN, CLOSE = {"(": ")", "[": "]", "{": "}"}, {")": "(", "]": "[", "}": "{"}
QUALIFIERS = {"inline", "extern", "static", "constexpr", "typedef", "const"}
LAMBDA = re.compile(
    r"\[\](?: <[^()]*>)?(?: \(\))?(?: (?:mutable|noexcept|constexpr))*"
    r"(?: -> [^=]*)?$"
)
CONTROL = re.compile(r"(?:^|.* )(?:(?:if|for|while|catch|switch)(?: constexpr)? \(\)|else|do|try)$")
SWITCH = re.compile(r"(?:^|.* )switch \(\)$")
_ANGLES = r" <(?:[^()<>]|<[^<>]*>)*>"
FUNCTION = re.compile(rf"((?:\w+(?:{_ANGLES})? :: )*(?:operator .*?|~ \w+|[\w.]+)) \(\)")
TESTS = ("TEST", "TEST_F", "TEST_P", "TYPED_TEST")
BEFORE_BODY = {"()", "const", "noexcept", "override", "final", "&", "try"}
BODIES = ("function", "lambda", "control", "switch")

# A dispatch, once `::` is written `__` and each pair of parentheses is written `@`.
_CALL = r"(?:\w+ ?(?:\.|->) ?)*\w+ ?@"
_VALUE = r"""(?:-?[\w.]+|\{ ?\}|""|'0')"""
_CASE = (
    rf"(?:(?:case [^:;{{}}]+|default) ?: ?)+(?:return (?:{_CALL}|{_VALUE}) ?; ?|"
    rf"(?:(?:\w+ = )?{_CALL} ?; ?)?(?:break|return(?: {_VALUE})?) ?; ?)"
)
DISPATCH = re.compile(rf"(?:{_CASE})*")


@dataclass(eq=False)
class Block:
    """A pair of brackets. Places are numbers of tokens, counted from 0."""

    kind: str  # file namespace class enum function lambda control switch list parens
    name: str  # what it declares, without what is around it
    outer: Block | None
    head: int = 0  # where what declares it begins
    open: int = -1
    close: int = -1

    def around(self) -> Iterable[Block]:
        """This block and those it lies in, from the inside."""
        block: Block | None = self
        while block:
            yield block
            block = block.outer

    @property
    def qualified(self) -> str:
        names = [b.name for b in self.around() if b.name]
        return "::".join(reversed(names))


@dataclass(frozen=True)
class Token:
    text: str
    line: int
    block: Block  # the innermost one behind this token


class Blocks:
    """The tokens of some numbered lines, and the blocks they make."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        """The lines come from lexer.neutral; directives are passed over."""
        self.file = Block("file", "", None)
        self.tokens: list[Token] = []
        self.blocks = [self.file]
        self._heads: dict[Block, list[tuple[int, str]]] = {self.file: []}
        block, directive = self.file, False
        for number, line in lines:
            directive = directive or line.lstrip().startswith("#")
            if not directive:
                for text in TOKEN.findall(line):
                    block = self._take(text, block)
                    self.tokens.append(Token(text, number, block))
            directive = directive and line.rstrip().endswith("\\")

    def _take(self, text: str, block: Block) -> Block:
        """The innermost block behind this token."""
        head = self._heads[block]
        here = len(self.tokens)
        if text in OPEN:
            return self._opened(text, block, here)
        if text in CLOSE:
            return self._closed(text, block, here)
        if text == ";" or text == "," and block.kind in ("enum", "list", "parens"):
            head.clear()
        elif (
            text == ":"
            and head
            and (
                head[0][1] in ("case", "default")
                or [word for _, word in head] in (["public"], ["protected"], ["private"])
            )
        ):
            head.clear()
        else:
            head.append((here, text))
        return block

    def _opened(self, text: str, block: Block, here: int) -> Block:
        head = self._heads[block]
        words = [word for _, word in head]
        kind = _kind(block.kind, words) if text == "{" else "parens"
        inner = Block(kind, _name(kind, words), block, head[0][0] if head else here, here)
        self.blocks.append(inner)
        self._heads[inner] = []
        return inner

    def _closed(self, text: str, block: Block, here: int) -> Block:
        block.close = here
        outer = block.outer or block
        if block.kind in ("parens", "list", "lambda"):
            head = self._heads[outer]
            if head and head[-1][1] in TESTS:  # TEST(Suite, Name) is known as Suite.Name
                head[-1] = (
                    head[-1][0],
                    ".".join(t.text for t in self.tokens[block.open + 1 :] if t.text != ","),
                )
            head.append((here, CLOSE[text] + text))
        else:
            self._heads[outer].clear()
        return outer

    def is_dispatch(self, switch: Block) -> bool:
        """Is every case of it one call, or none?"""
        inside = " ".join(t.text for t in self.tokens[switch.open + 1 : switch.close])
        inside, before = inside.replace(" :: ", "__"), ""
        while inside != before:
            before, inside = inside, re.sub(r"\([^(){};]*\)", "@", inside)
        return bool(DISPATCH.fullmatch(inside))


def _kind(outer: str, words: list[str]) -> str:
    """What a brace opens, by the words before it and the kind of block that it stands in."""
    said = " ".join(words)
    declaration = _declaration(words)
    first = declaration[0] if declaration else ""
    if "=" not in declaration and "()" not in declaration:
        if first == "namespace" or words[:2] == ["extern", '""']:
            return "namespace"
        if first in ("class", "struct", "union"):
            return "class"
        if first == "enum":
            return "enum"
    if outer in ("file", "namespace", "class") and _declares_function(declaration):
        return "function"
    if LAMBDA.search(said):
        return "lambda"
    if outer in BODIES:
        if SWITCH.match(said):
            return "switch"
        if not words or CONTROL.match(said):
            return "control"
    return "list"


def _declares_function(words: list[str]) -> bool:
    """At the scope of a namespace or a class; `: member_{…}` of a constructor is none."""
    if "operator" in words:
        return True
    ends = words and (words[-1] in BEFORE_BODY or words[-1] == "{}" and ":" in words)
    return (
        "()" in words and "=" not in words and (bool(ends) or "->" in words or "requires" in words)
    )


def _declaration(words: list[str]) -> list[str]:
    """Without template<>, attributes and words that say nothing about the kind."""
    rest = list(words)
    while rest and rest[0] in QUALIFIERS | {"template", "[]"}:
        if rest.pop(0) == "template" and "<" in rest:
            depth = 0
            while rest:
                word = rest.pop(0)
                depth += (word == "<") - (word == ">")
                if depth == 0:
                    break
    return rest


def _name(kind: str, words: list[str]) -> str:
    if kind in ("namespace", "class", "enum"):
        named = [word for word in _declaration(words)[1:] if word not in ("class", "struct", "[]")]
        stop = next((n for n, word in enumerate(named) if word in (":", "<", "final")), len(named))
        return "".join(named[:stop])
    found = kind == "function" and FUNCTION.search(" ".join(words).replace("decltype ()", ""))
    return re.sub(rf"{_ANGLES}| (?=\W)|(?<=\W) ", "", found[1]) if found else ""
