"""Installs what a command needs and lacks.

Only what is missing is installed. A package that can't be had is named, with what stops working
without it; the command goes on if it can.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

from book.common import terminal
from book.common.refusal import Refusal
from book.setup import apt, npm
from book.setup.needs import GROUPS, Need


def _met_without_apt(need: Need) -> bool:
    """Whether a need is met by something that no package manager has to tell of."""
    if need.command and shutil.which(need.command):
        return True
    if need.module and sys.prefix != sys.base_prefix:
        return importlib.util.find_spec(need.module) is not None
    places = (Path("/usr/include"), Path("/usr/local/include"), Path("/opt/homebrew/include"))
    return bool(need.header) and any((place / need.header).exists() for place in places)


def missing(group: str) -> list[Need]:
    needs = GROUPS[group]
    absent = [need for need in needs if not _met_without_apt(need)]
    if absent and apt.has_apt():
        installed = apt.installed([p for need in absent for p in need.packages])
        absent = [need for need in absent if not installed & set(need.packages)]
    elif not apt.has_apt():
        absent = [
            need for need in absent if not (need.module and importlib.util.find_spec(need.module))
        ]
    return absent


def ensure(group: str) -> None:
    """Installs what the group lacks; raises Refusal if the command can't go on without it."""
    absent = missing(group)
    if absent:
        if apt.has_apt():
            apt.install(absent)
        else:
            terminal.line(
                "This system has no apt; these are missing and have to come from its own "
                "package manager:"
            )
            for need in absent:
                terminal.line(f"  {need.command or need.name}: {need.use}")
        _report(missing(group))
    if group in npm.OPTIONS:
        npm.install(npm.OPTIONS[group])


def _report(still: list[Need]) -> None:
    for without in dict.fromkeys(need.without for need in still):
        names = ", ".join(f"{need.name} ({need.use})" for need in still if need.without == without)
        terminal.warn(f"{names} can't be had: {without}")
    if any(need.needed for need in still):
        names = " ".join(need.name for need in still if need.needed)
        raise Refusal(
            f"can't go on without {names}", "install it by hand, then run the command again"
        )
