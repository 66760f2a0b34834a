"""Has the pictures of the pages drawn, before anything is read, and before readers are many."""

from book.common.refusal import Refusal
from book.scenes import drawing
from sphinx.errors import ExtensionError


def hang(app):
    drawing.gallery.cache_clear()
    try:
        drawing.gallery(str(app.srcdir))
    except Refusal as refusal:
        raise ExtensionError(str(refusal)) from None


def setup(app):
    app.add_config_value("book_drawing", drawing.scripts(), "env")  # pages are made anew when pictures are drawn in another way
    app.connect("builder-inited", hang)
