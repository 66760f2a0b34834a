"""The link at the foot of each page that reports a mistake: a new issue that names the page and the
commit it was built from, or, where nobody knows the repository, the page that says what to do."""

import subprocess
from urllib.parse import urlencode

ERRATA = "docs/errata"
BODY = """Page: {page}
Commit: {commit}

What is wrong:

What is right, and how you know:
"""


def link(repository, page, commit):
    """The address of a new issue about a page."""
    about = {"title": f"{page}: ", "body": BODY.format(page=page, commit=commit or "not known")}
    return f"{repository}/issues/new?{urlencode(about)}"


def commit(root):
    """The commit that is built; nothing without git, or outside a repository."""
    try:
        done = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"], cwd=root, capture_output=True, text=True
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _note_commit(app):
    app.env.book_commit = commit(app.srcdir) if app.config.book_repository else ""


def _into_page(app, pagename, templatename, context, doctree):
    repository = app.config.book_repository.rstrip("/")
    context["report_mistake"] = (
        link(repository, pagename, app.env.book_commit) if repository else context["pathto"](ERRATA)
    )


def setup(app):
    app.add_config_value("book_repository", "", "html")
    app.connect("builder-inited", _note_commit)
    app.connect("html-page-context", _into_page)
