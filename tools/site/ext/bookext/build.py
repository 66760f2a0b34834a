"""What Sphinx is told: directives, generated pages, the files that go with them."""

from bookext import (
    directives,
    exercises,
    front,
    nodes,
    offline,
    pages,
    pictures,
    play,
    practice,
    reference,
    report,
)


def setup(app):
    for module in (
        nodes,
        pictures,
        directives,
        exercises,
        front,
        pages,
        play,
        offline,
        practice,
        reference,
        report,
    ):
        module.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
