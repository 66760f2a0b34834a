"""The source of each stage on the site: one page of clean files, and an archive to download."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import IO, Any, cast

from weave.pages.render import highlighted
from weave.sphinx_ext import base
from weave.story import Stage

SHOWN = (".hpp", ".cpp")  # what a stage's page lists


def _listing(file: str, text: str) -> str:
    name = base.anchor(file)
    lines = highlighted(text)
    if lines and not lines[-1]:
        lines = lines[:-1]
    body = "".join(
        f'<span class="x-line x-ctx" id="{name}-L{n}" data-n="{n}">{line}\n</span>'
        for n, line in enumerate(lines, 1)
    )
    return (
        f'<section id="{name}"><h2>{escape(file)}</h2>'
        f'<figure class="excerpt x-recall" id="x-{name}"><figcaption><span class="x-where">'
        f'<span class="x-file">{escape(file)}</span> · {len(lines)} lines</span></figcaption>'
        f'<section class="x-code highlight"><pre tabindex="0" role="group" '
        f'aria-label="{escape(file)}"><code>{body}</code></pre></section></figure></section>'
    )


def page(stage: Stage, pathto_archive: str) -> str:
    """The body of a stage's page."""
    files = {
        file: text
        for file, text in base.history().tree(stage).items()
        if file.startswith(("code/", "diagrams/")) and file.endswith(SHOWN)
    }
    contents = "".join(
        f'<li><a href="#{base.anchor(file)}"><code>{escape(file)}</code></a></li>' for file in files
    )
    chapter = base.history().story.chapter(stage.chapter)
    return (
        f"<h1>The source at {stage.name}</h1><p>Every file as it stands at the end of this "
        f"stage of chapter {chapter.number}, “{escape(chapter.title)}”. "
        f'<a href="{pathto_archive}" download>Download the tree</a>, which builds on its own, '
        f"or write it with <code>./book stage {stage.name} DIR</code>.</p>"
        f'<ul class="source-files">{contents}</ul>'
        + "".join(_listing(file, text) for file, text in files.items())
    )


def pages(app: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    for stage in base.history().story.stages:
        if base.history().story.files_alive(stage):
            title = f"The source at {stage.name}"
            yield (
                f"source/{stage.name}",
                {
                    "title": title,
                    "body": page(stage, f"{_up(app)}_static/stages/{stage.name}.tar.gz"),
                },
                "page.html",
            )


def _up(app: Any) -> str:
    """From source/NAME to the root; a directory builder writes source/NAME/index.html."""
    return "../../" if app.builder.name == "dirhtml" else "../"


def archive(stage: Stage) -> bytes:
    """The clean tree as tar.gz, the same bytes for the same text."""
    raw = io.BytesIO()
    with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
        with tarfile.open(
            fileobj=cast(IO[bytes], packed), mode="w", format=tarfile.USTAR_FORMAT
        ) as tar:
            for file, text in sorted(base.history().tree(stage).items()):
                info = tarfile.TarInfo(f"{stage.name.lower()}/{file}")
                data = text.encode()
                info.size, info.mode = len(data), 0o644
                tar.addfile(info, io.BytesIO(data))
    return raw.getvalue()


def write_archives(app: Any, exception: Exception | None) -> None:
    if exception is not None or getattr(app.builder, "format", "") != "html":
        return
    out = Path(app.outdir) / "_static" / "stages"
    out.mkdir(parents=True, exist_ok=True)
    for stage in base.history().story.stages:
        (out / f"{stage.name}.tar.gz").write_bytes(archive(stage))


def setup(app: Any) -> None:
    app.connect("html-collect-pages", pages)
    app.connect("build-finished", write_archives)
