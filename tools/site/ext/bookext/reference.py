"""The reference pages: one page a header of the last stage, written by Doxygen, carried by Breathe.

Before Sphinx reads anything, the clean tree of the last stage is written to build/stages/, Doxygen
reads its headers into build/doxygen/, and docs/reference/api/ gets one small page for each header.
All three are left alone when nothing changed.
"""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from bookext.nodes import make, raw, words
from bookext.pictures import ROOMS
from weave.digests import digest
from weave.files import GENERATED, plain_folder

logger = logging.getLogger(__name__)
FORMAT = "5"

DOXYFILE = """
INPUT = {source}
OUTPUT_DIRECTORY = {out}
STRIP_FROM_PATH = {source}
STRIP_FROM_INC_PATH = {source}
RECURSIVE = YES
FILE_PATTERNS = *.hpp
EXTRACT_ALL = YES
EXTRACT_PRIVATE = NO
EXTRACT_STATIC = YES
HIDE_FRIEND_COMPOUNDS = YES
EXCLUDE_SYMBOLS = *detail*
AUTOLINK_SUPPORT = NO
MACRO_EXPANSION = NO
GENERATE_HTML = NO
GENERATE_LATEX = NO
GENERATE_XML = YES
XML_PROGRAMLISTING = NO
QUIET = YES
WARN_IF_UNDOCUMENTED = NO
WARN_NO_PARAMDOC = NO
WARN_IF_INCOMPLETE_DOC = NO
"""


def generate(app):
    """Brings build/stages, build/doxygen and docs/reference/api up to date."""
    from weave.errors import WeaveError
    from weave.story import PROOFS, load
    from weave.trees import emit

    root = Path(app.srcdir)
    try:
        story = load(root)
        stage = story.last
        tree = emit.tree(stage, story)
        emit.emit(stage, root / "build" / "stages" / stage.name, root)
    except WeaveError as error:
        raise ExtensionError(str(error)) from None
    headers = {
        path.removeprefix("code/"): text
        for path, text in tree.items()
        if path.startswith("code/")
        and path.endswith(".hpp")
        and not path.endswith(PROOFS)
        and path.split("/")[1] in ROOMS
    }
    doxygen(root, stage.name, headers)
    write_pages(root, headers)


def doxygen(root, stage, headers):
    out = root / "build" / "doxygen"
    content = digest(repr((FORMAT, DOXYFILE, stage, sorted(headers.items()))))
    stamp = out / "stamp"
    if stamp.exists() and stamp.read_text() == content and (out / "xml" / "index.xml").exists():
        return
    out.mkdir(parents=True, exist_ok=True)
    for old in (out / "xml").glob("*.xml"):
        old.unlink()
    with plain_folder() as work:
        for path, text in headers.items():
            (work / "code" / path).parent.mkdir(parents=True, exist_ok=True)
            (work / "code" / path).write_text(text, encoding="utf-8")
        _run(work)
        shutil.copytree(work / "xml", out / "xml", dirs_exist_ok=True)
    for path in (out / "xml").glob("*.xml"):
        simplify(path)
    stamp.write_text(content)


def _run(work):
    try:
        done = subprocess.run(
            ["doxygen", "-"],
            input=DOXYFILE.format(source=work / "code", out=work),
            text=True,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise ExtensionError(
            "doxygen: the program is not installed — apt-get install doxygen"
        ) from None
    for line in done.stderr.splitlines():
        if ("warning:" in line or "error:" in line) and "Internal inconsistency" not in line:
            logger.warning("%s", line.replace(f"{work}/", ""))
    if done.returncode:
        raise ExtensionError(f"doxygen stopped with {done.returncode} — mend what it names above")


def simplify(path):
    """Takes out initialisers that Sphinx cannot parse as C++ (lambdas); the declaration stays."""
    text = path.read_text(encoding="utf-8")
    mended = re.sub(r"<initializer>=?\s*\[.*?</initializer>", "", text, flags=re.S)
    if mended != text:
        path.write_text(mended, encoding="utf-8")


def preface(text):
    """The comment that opens a header, as lines without their slashes."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        lines.append(line[2:].removeprefix(" ").rstrip())
    return lines


def to_rst(lines):
    """A preface as reStructuredText: paragraphs, and what is indented as it stands."""
    out, literal = [], False
    for line in lines:
        if line.startswith("  ") and line.strip():
            if not literal:
                out += ["", ".. code-block:: text", ""]
                literal = True
            out.append("   " + line)
            continue
        if literal and line.strip():
            out.append("")
            literal = False
        line = re.sub(r"`([^`]+)`", r"\0\1\0", line)
        line = re.sub(r"([*|\\])", r"\\\1", line)
        line = re.sub(r"(\w)_(?=\W|$)", r"\1\\_", line)
        out.append(line.replace("\0", "``"))
    return "\n".join(out)


def page_name(header):
    return header.removesuffix(".hpp").replace("/", "-").replace("_", "-")


def write_pages(root, headers):
    folder = root / GENERATED
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {}
    for header, text in headers.items():
        line = "=" * len(header)
        wanted[folder / f"{page_name(header)}.rst"] = (
            f"{header}\n{line}\n\n{to_rst(preface(text))}\n\n.. api:: {header}\n"
        )
    for old in set(folder.glob("*.rst")) - set(wanted):
        old.unlink()
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def read_index(root):
    """What Doxygen found: header -> [(kind, qualified name, id)] in the header's order."""
    xml = Path(root) / "build" / "doxygen" / "xml"
    found: dict[str, list[tuple]] = {}
    for path in sorted(xml.glob("*.xml")):
        if path.name in ("index.xml", "Doxyfile.xml"):
            continue
        for compound in ET.parse(path).getroot().iter("compounddef"):
            kind, name = compound.get("kind"), compound.findtext("compoundname", "")
            place = compound.find("location")
            if (
                kind in ("class", "struct", "union")
                and place is not None
                and compound.get("prot", "public") == "public"
            ):
                found.setdefault(_header(place), []).append(
                    (int(place.get("line", 0)), kind, name, compound.get("id"), "")
                )
            if kind not in ("namespace", "file"):
                continue
            for member in compound.iter("memberdef"):
                place = member.find("location")
                if kind == "file" and member.get("kind") != "define":
                    continue
                if place is None or (
                    kind == "file"
                    and _header(place) != compound.findtext("compoundname")
                    and not _header(place).endswith(name)
                ):
                    continue
                qualified = (
                    f"{name}::{member.findtext('name')}"
                    if kind == "namespace"
                    else member.findtext("name")
                )
                found.setdefault(_header(place), []).append(
                    (
                        int(place.get("line", 0)),
                        member.get("kind"),
                        qualified,
                        member.get("id"),
                        member.findtext("argsstring") or "",
                    )
                )
    return {header: sorted(set(items)) for header, items in found.items()}


def _header(place):
    return re.sub(r"^.*?code/", "", place.get("file", ""))


class Api(SphinxDirective):
    """Every public symbol of a header, each once, in the header's order."""

    required_arguments = 1

    def run(self):
        header = self.arguments[0]
        items = read_index(self.env.srcdir).get(header, [])
        self.env.note_dependency(str(Path(self.env.srcdir) / "build" / "doxygen" / "stamp"))
        lines, holder = [], nodes.Element()
        inner = [name for _, kind, name, _, _ in items if kind in ("class", "struct", "union")]
        for _, kind, name, _, arguments in items:
            if kind in ("class", "struct", "union") and any(
                name.startswith(other + "::") for other in inner
            ):
                continue
            lines += self.directive(kind, name, arguments)
        from docutils.statemachine import StringList

        self.state.nested_parse(StringList(lines, source=f"api:{header}"), 0, holder)
        return holder.children or [
            make("p", *words(self.state, "This header declares nothing of its own.", self.lineno))
        ]

    def directive(self, kind, name, arguments):
        if kind in ("class", "struct", "union"):
            return [f".. doxygen{kind}:: {name}", "   :members:", "   :undoc-members:", ""]
        if kind == "function":
            return [f".. doxygenfunction:: {name}{_declared(arguments)}", ""]
        if kind in ("enum", "typedef", "variable", "define"):
            return [f".. doxygen{kind}:: {name}", ""]
        return []


def _declared(arguments):
    """Without `= default` or `= delete`, which Breathe does not expect."""
    return arguments.split(" = ")[0] if arguments.endswith(("default", "delete")) else arguments


class ApiIndex(SphinxDirective):
    """The table of the reference's front page: room, header, what it is, what it declares."""

    def run(self):
        root = Path(self.env.srcdir)
        self.env.note_dependency(str(root / "build" / "doxygen" / "stamp"))
        index = read_index(root)
        pages = {page_name(header): header for header in index}
        out = []
        for room in ROOMS:
            rows = []
            for page in sorted(pages):
                header = pages[page]
                docname = f"{GENERATED}/{page}"
                if not header.startswith(room + "/") or docname not in self.env.found_docs:
                    continue
                path = root / f"{docname}.rst"
                first = path.read_text(encoding="utf-8").split("\n\n", 2)[1].replace("\n", " ")
                first = re.split(r"(?<=\.)\s", first, maxsplit=1)[0].rstrip(":.") + "."
                first = re.sub(r"^[^\s:]+(?: of \w+)?: (\w)", lambda m: m[1].upper(), first)
                names = list(
                    dict.fromkeys(
                        name.split("::", 1)[-1]
                        for _, kind, name, _, _ in index[header]
                        if kind in ("class", "struct", "function", "enum", "define")
                        and "<" not in name
                    )
                )
                shown = ", ".join(f"<code>{escape(name)}</code>" for name in names[:8]) + (
                    " …" if len(names) > 8 else ""
                )
                rows.append(
                    make(
                        "tr",
                        make(
                            "td", *words(self.state, f":doc:`{header} </{docname}>`", self.lineno)
                        ),
                        make("td", *words(self.state, first, self.lineno)),
                        make("td", raw(shown or "–")),
                    )
                )
            if rows:
                head = raw(
                    '<thead><tr><th scope="col">Header</th><th scope="col">What it is</th>'
                    '<th scope="col">Declares</th></tr></thead>'
                )
                table = make("table", head, make("tbody", *rows), class_="docutils api-index")
                out += [
                    make("h2", nodes.Text(f"{room}/"), id=f"room-{room}"),
                    make("div", table, class_="table-wrapper"),
                ]
        return out


def setup(app):
    app.connect("builder-inited", generate)
    app.add_directive("api", Api)
    app.add_directive("api-index", ApiIndex)
