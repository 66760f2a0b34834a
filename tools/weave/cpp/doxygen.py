"""Runs Doxygen over a clean tree and reads the symbols out of its XML.

Comments and the insides of literals are blanked first: a raw string over two lines can make
Doxygen 1.9 lose the rest of the file, and only names and places are wanted here.
"""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as xml
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from weave.cpp import lexer
from weave.cpp.symbols import Symbol
from weave.errors import WeaveError
from weave.files import plain_folder

OPTIONS = """
INPUT = code
RECURSIVE = YES
FILE_PATTERNS = *.hpp *.cpp
EXTRACT_ALL = YES
EXTRACT_PRIVATE = YES
EXTRACT_STATIC = YES
EXTRACT_ANON_NSPACES = YES
EXTRACT_LOCAL_CLASSES = YES
GENERATE_HTML = NO
GENERATE_LATEX = NO
GENERATE_XML = YES
XML_PROGRAMLISTING = NO
QUIET = YES
WARNINGS = NO
WARN_IF_UNDOCUMENTED = NO
"""
COMPOUNDS = ("class", "struct", "union")
MEMBERS = {
    "function": "function",
    "friend": "function",
    "variable": "variable",
    "typedef": "typedef",
    "enum": "enum",
    "define": "define",
}


@lru_cache
def version() -> str:
    return _run(["doxygen", "--version"], None, "").strip()


def _run(command: list[str], cwd: Path | None, stdin: str) -> str:
    try:
        done = subprocess.run(
            command, cwd=cwd, input=stdin, text=True, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise WeaveError(
            "doxygen", None, "the program is not installed", "apt-get install doxygen"
        ) from None
    if done.returncode:
        raise WeaveError(
            "doxygen", None, f"it failed: {done.stderr.strip()[-200:]}", "mend what it names"
        )
    return done.stdout


def symbols(files: dict[str, str]) -> list[Symbol]:
    """The symbols of these files, each with its range of lines."""
    with plain_folder() as work:
        (work / "code").mkdir()
        for path, text in files.items():
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_text(lexer.neutral(text), encoding="utf-8")
        _run(["doxygen", "-"], work, OPTIONS)
        texts = {path: _Text(text) for path, text in files.items()}
        found: dict[tuple[str, str, int, str], Symbol] = {}
        for page in sorted((work / "xml").glob("*.xml")):
            for compound in xml.parse(page).getroot().iter("compounddef"):
                for symbol in _compound(compound, texts):
                    found[symbol.file, symbol.qualified, symbol.line, symbol.args] = symbol
        return list(found.values())


class _Text:
    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.code = lexer.blank(text)

    def range(self, kind: str, line: int, body_end: int) -> tuple[int, int]:
        """First and last line of the symbol whose name stands on this line."""
        first = lexer.statement_begin(self.lines, self.code, line)
        if kind == "define":
            return first, lexer.continued(self.lines, line)
        begin = first
        while begin < line and not self.code[begin - 1].strip():
            begin += 1
        # Doxygen's body can end at a brace inside an initialiser, or be missing.
        last = body_end if body_end >= line else lexer.statement_end(self.code, begin)
        return first, max(last, line)


def _compound(compound: xml.Element, texts: dict[str, _Text]) -> Iterator[Symbol]:
    kind = compound.get("kind", "")
    raw = compound.findtext("compoundname") or ""
    name, hidden = _visible(raw)
    scope = name if kind in COMPOUNDS else ""
    place = compound.find("location")
    if kind in COMPOUNDS and place is not None and place.get("bodyfile"):
        yield from _at(
            kind,
            name,
            place.get("bodyfile"),
            place.get("line"),
            texts,
            body_end=place.get("bodyend"),
            hidden=hidden,
            access=compound.get("prot", "public"),
            scope=name.rpartition("::")[0],
        )
    if kind not in (*COMPOUNDS, "namespace", "file"):
        return
    for member in compound.iter("memberdef"):
        yield from _member(member, name if kind != "file" else "", scope, hidden, texts)


def _member(
    member: xml.Element, outer: str, scope: str, hidden: bool, texts: dict[str, _Text]
) -> Iterator[Symbol]:
    kind = MEMBERS.get(member.get("kind", ""))
    place = member.find("location")
    bare = member.findtext("name") or ""
    if not kind or place is None or not bare or bare.startswith("@"):
        return
    name = f"{outer}::{bare}" if outer else bare
    args = member.findtext("argsstring") or ""
    file, line = place.get("file"), place.get("line")
    body_file, body_start = place.get("bodyfile"), place.get("bodystart")
    static = member.get("static") == "yes" and not scope and str(file).endswith(".cpp")
    facts: dict[str, Any] = {
        "args": args if kind == "function" else "",
        "access": member.get("prot", "public"),
        "scope": scope,
        "hidden": hidden or static,
    }
    body_end = place.get("bodyend") if kind in ("function", "enum") else None
    defined = kind != "function" or body_start is not None or _complete(args)
    symbol: Symbol | None = None
    for symbol in _at(
        kind,
        name,
        body_file or file,
        body_start or line,
        texts,
        body_end=body_end,
        defined=defined,
        **facts,
    ):
        yield symbol
    for decl_file, decl_line in {(file, line), (place.get("declfile"), place.get("declline"))}:
        if (
            kind == "function"
            and body_start
            and decl_line
            and decl_file
            and (decl_file, decl_line) != (body_file, body_start)
        ):
            yield from _at(kind, name, decl_file, decl_line, texts, defined=False, **facts)
    if kind == "enum" and symbol:
        yield from _enumerators(member, symbol, texts[symbol.file])


def _complete(args: str) -> bool:
    """`= default`, `= delete` and `= 0` are all the definition there is."""
    return bool(re.search(r"=\s*(default|delete|0)$", args))


def _at(
    kind: str,
    name: str,
    file: str | None,
    line: str | None,
    texts: dict[str, _Text],
    body_end: str | None = None,
    **facts: object,
) -> Iterator[Symbol]:
    if file not in texts or not line:
        return
    number = int(line)
    if number > len(texts[file].lines):
        return
    first, last = texts[file].range(kind, number, int(body_end or -1))
    yield Symbol(kind, name, file, number, first, last, **facts)  # type: ignore[arg-type]


def _enumerators(member: xml.Element, enum: Symbol, text: _Text) -> Iterator[Symbol]:
    strong = member.get("strong") == "yes"
    scope = enum.qualified if strong else enum.qualified.rpartition("::")[0]
    for value in member.iter("enumvalue"):
        bare = value.findtext("name") or ""
        for number in range(enum.line, enum.last_line + 1):
            if re.search(rf"\b{re.escape(bare)}\b", text.code[number - 1]) and (
                number > enum.line or "{" in text.code[number - 1]
            ):
                yield Symbol(
                    "enumerator",
                    f"{scope}::{bare}" if scope else bare,
                    enum.file,
                    number,
                    number,
                    number,
                    scope=enum.scope,
                    access=enum.access,
                    hidden=enum.hidden,
                )
                break


def _visible(name: str) -> tuple[str, bool]:
    """A name without its anonymous namespaces, and whether it had any."""
    plain = re.sub(r"(^|::)(anonymous_namespace\{[^}]*\}|@\d+)", "", name)
    plain = re.sub(r"\s*([<>,*&])\s*", r"\1", plain)
    return plain.lstrip(":"), "anonymous_namespace{" in name
