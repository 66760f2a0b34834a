"""The book, for Sphinx: `./book read` builds it, and so does `sphinx-build . build/site`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tools" / "site" / "ext")]

from bookext import theme  # noqa: E402  (the path must stand first)

project = "Raft, Step by Step"
author = "the authors of Raft, Step by Step"
copyright = "the authors of Raft, Step by Step. Text CC BY 4.0, code Apache-2.0"
language = "en"

extensions = ["breathe", "sphinx_copybutton", "weave.sphinx_ext", "bookext.build"]
include_patterns = [
    "index.rst",
    "chapters/*.rst",
    "docs/*.rst",
    "docs/reference/**",
    "docs/teaching/**",
    "docs/contributing/**",
]
exclude_patterns = ["**/__pycache__", "**.md", "docs/contributing/templates"]
nitpicky = False
smartquotes = True
highlight_language = "none"
primary_domain = "cpp"

breathe_projects = {"book": str(ROOT / "build" / "doxygen" / "xml")}
breathe_default_project = "book"
breathe_default_members = ("members",)
breathe_domain_by_extension = {"hpp": "cpp"}
breathe_show_include = False

html_theme = "furo"
html_title = project
html_static_path = ["tools/site/static"]
html_favicon = "tools/site/static/favicon.svg"
templates_path = ["tools/site/templates"]
html_additional_pages = {"404": "404.html"}
html_css_files = ["fonts.css", "book.css", "picture.css", "print.css"]
html_js_files = [("book.js", {"defer": "defer"})]
html_theme_options = theme.furo_options()
pygments_style = "bookext.code_style.Light"
pygments_dark_style = "bookext.code_style.Dark"
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_permalinks_icon = "§"

copybutton_selector = "div[class*=highlight-] > div.highlight pre"
copybutton_prompt_text = "$ "
html_context = {"book_base": os.environ.get("BOOK_BASE", "/")}
# Where mistakes are reported, as https://github.com/OWNER/NAME; empty where nobody knows.
book_repository = os.environ.get("BOOK_REPOSITORY", "")
