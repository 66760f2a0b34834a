"""The book's own Sphinx extension: scenes, asides, folds, exercises, reference pages, the front page.

`conf.py` lists `bookext` among the extensions. The modules that draw (`trace`, `spacetime`, `roommap`,
`legend`) need nothing but Python, so that other programs can use them without Sphinx.
"""


def setup(app):
    from bookext import build

    return build.setup(app)
