"""The directives and roles of a page, read without Sphinx, for the checks that run alone."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

DIRECTIVE = re.compile(r"^(?P<indent>\s*)\.\. (?P<name>[a-z][\w-]*)::(?:\s+(?P<arg>.*))?$")
OPTION = re.compile(r"^\s+:(?P<key>[\w-]+):(?:\s+(?P<value>.*))?$")
ROLE = re.compile(r":(?P<role>[\w:+.-]+):`(?P<text>[^`]+)`")
TITLED = re.compile(r"^(?P<title>.*?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)


@dataclass
class Directive:
    name: str
    argument: str
    file: str
    line: int
    indent: int
    options: dict[str, str] = field(default_factory=dict)
    content: list[str] = field(default_factory=list)
    content_line: int = 0  # where the content begins, or would begin
    end_line: int = 0      # the last line that belongs to the directive


@dataclass(frozen=True)
class Role:
    name: str
    text: str
    file: str
    line: int

    @property
    def target(self) -> str:
        """What is named: `title <target>` or the target alone, a leading ~ or ! dropped."""
        titled = TITLED.match(self.text)
        return (titled["target"] if titled else self.text).strip().lstrip("~!")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def directives(text: str, file: str) -> list[Directive]:
    """Every directive of a page, those inside others included."""
    lines = text.splitlines()
    found = []
    for at, line in enumerate(lines):
        match = DIRECTIVE.match(line)
        if match and not _in_comment_or_literal(lines, at):
            found.append(_read(lines, at, match, file))
    return found


def _read(lines: list[str], at: int, match: re.Match[str], file: str) -> Directive:
    indent = len(match["indent"])
    directive = Directive(match["name"], (match["arg"] or "").strip(), file, at + 1, indent)
    n = at + 1
    while n < len(lines) and lines[n].strip() and _indent(lines[n]) > indent:
        option = OPTION.match(lines[n])
        if not option:
            if directive.options:
                break
            directive.argument = f"{directive.argument} {lines[n].strip()}".strip()
            n += 1
            continue
        key, value = option["key"], [option["value"] or ""]
        deep = _indent(lines[n])
        n += 1
        while n < len(lines) and lines[n].strip() and _indent(lines[n]) > deep:
            value.append(lines[n].strip())
            n += 1
        directive.options[key] = "\n".join(value).strip()
    begin = n
    while n < len(lines) and (not lines[n].strip() or _indent(lines[n]) > indent):
        n += 1
    while n > begin and not lines[n - 1].strip():
        n -= 1
    body = lines[begin:n]
    directive.end_line = n
    directive.content_line = begin + 1
    while body and not body[0].strip():
        body = body[1:]
        directive.content_line += 1
    deep = min((_indent(line) for line in body if line.strip()), default=0)
    directive.content = [line[deep:] for line in body]
    return directive


def _in_comment_or_literal(lines: list[str], at: int) -> bool:
    """Does an enclosing, less indented line say that this is not markup?"""
    indent = _indent(lines[at])
    for n in range(at - 1, -1, -1):
        line = lines[n]
        if not line.strip() or _indent(line) >= indent:
            continue
        indent = _indent(line)
        if re.match(r"^\s*\.\. (code-block|literalinclude|highlight|run|parsed-literal)::", line):
            return True
        if line.rstrip().endswith("::") and not DIRECTIVE.match(line):
            return True
        if re.match(r"^\s*\.\.(\s|$)", line) and not DIRECTIVE.match(line) and not re.match(
                r"^\s*\.\. (_|\[|\|)", line):
            return True
        if indent == 0:
            return False
    return False


def roles(text: str, file: str) -> list[Role]:
    """Every role of a page; a role may run over the end of a line."""
    found = []
    for match in ROLE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        found.append(Role(match["role"], re.sub(r"\s+", " ", match["text"]), file, line))
    return found


def read(path: Path, root: Path) -> tuple[list[Directive], list[Role]]:
    text = path.read_text(encoding="utf-8")
    file = path.relative_to(root).as_posix()
    return directives(text, file), roles(text, file)
