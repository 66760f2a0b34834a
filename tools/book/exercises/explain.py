"""Says what compilers and GoogleTest say in words for somebody who meets both for the first time."""
from __future__ import annotations

import re

# A test that goes on after a failure reports several; each begins with its place on a line of its own.
FAILURE = re.compile(r"^(?=\S+\.(?:cpp|hpp|h):\d+(?:: Failure)?$)", re.MULTILINE)
PLACE = re.compile(r"^(?P<file>[^\s:]+):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<rest>.*)$")


def compiler(output: str, rename: dict[str, str], most: int = 4) -> list[str]:
    """The first errors of a build, each with the line of code it points at, under the names that
    the reader knows the files by. `rename` maps the beginnings of paths."""
    lines = output.splitlines()
    found: list[str] = []
    count = 0
    for number, text in enumerate(lines):
        place = PLACE.match(text)
        if not place or not place["rest"].startswith(("error:", "fatal error:")):
            continue
        count += 1
        if count > most:
            continue
        file = renamed(place["file"], rename)
        what = place["rest"].split("error: ", 1)[-1]
        found.append(f"{file}:{place['line']}: {what}")
        found += [t.rstrip() for t in lines[number + 1:number + 3] if re.match(r"\s*\d* \|", t)]
    if count > most:
        found.append(f"… and {count - most} more; mend the first, the others often go with it")
    if not found:
        said = [t for t in lines if "undefined reference" in t]
        found = [undefined(t) for t in said[:most]]
    return found or [renamed(t, rename) for t in lines[-8:]]


def undefined(text: str) -> str:
    name = re.search(r"undefined reference to `(.*)'", text)
    return f"nothing defines {name[1]}: it is declared and used, but its body is missing" \
        if name else text


def renamed(text: str, rename: dict[str, str]) -> str:
    for old, new in rename.items():
        text = text.replace(old, new)
    return text


def failure(text: str, rename: dict[str, str]) -> list[str]:
    """A test's failures, each as: place, what was seen, what should have been, the test's words."""
    failures = [part for part in FAILURE.split(renamed(text, rename)) if part.strip()]
    return [line for part in failures for line in _failure(part)]


def _failure(text: str) -> list[str]:
    lines = text.rstrip().splitlines()
    place = ""
    if lines and (found := re.match(r"^(\S+?):(\d+)(?:: Failure)?$", lines[0])):
        place, lines = f"{found[1]}:{found[2]}", lines[1:]
    said = _translated(lines)
    return ([place] if place else []) + said


def _translated(lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    equality = re.match(r"Expected equality of these values:\n"
                        r"  (?P<a>.*)\n(?:    Which is: (?P<av>.*)\n)?"
                        r"  (?P<b>.*)(?:\n    Which is: (?P<bv>.*))?", text)
    if equality:
        rest = text[equality.end():].strip("\n")
        return [_is(equality["a"], equality["av"]) + ", but should equal " +
                _value(equality["b"], equality["bv"]), *_words(rest)]
    truth = re.match(r"Value of: (?P<what>.*)\n  Actual: (?P<was>.*)\nExpected: (?P<want>.*)", text)
    if truth:
        rest = text[truth.end():].strip("\n")
        return [f"`{truth['what']}` is {truth['was']}; it should be {truth['want']}", *_words(rest)]
    order = re.match(r"Expected: (?P<what>.*), actual: (?P<was>.*)", text)
    if order:
        rest = text[order.end():].strip("\n")
        return [f"{order['what'].replace('(', '').replace(')', '')} should hold; "
                f"seen: {order['was']}", *_words(rest)]
    return _words(text)


def _is(expression: str, value: str | None) -> str:
    value = _readable(value)
    if value == "":
        return f"`{expression}` is something else"
    return f"`{expression}` is {value}" if value is not None else f"it is {expression}"


def _value(expression: str, value: str | None) -> str:
    value = _readable(value)
    return f"`{expression}`, which is {value}" if value else \
        expression if value is None else f"`{expression}`"


def _readable(value: str | None) -> str | None:
    """A value as GoogleTest prints it; bytes of an object tell a reader nothing."""
    if value is None:
        return None
    if re.search(r"\d+-byte object <", value):
        return ""
    return {"system:0": "no error", "(nullopt)": "nothing"}.get(value, value)


def _words(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and line.strip() != "Failed"]
