"""One node for every HTML element that docutils has no name for. Other builders see its content
only.
"""

from html import escape

from docutils import nodes


class element(nodes.General, nodes.TextElement):
    """An HTML element around ordinary content: element("", "", tag="details", attrs={"class":
    "fold"}).
    """


def visit_html(self, node):
    attributes = "".join(
        f' {key}="{escape(str(value))}"' if value != "" else f" {key}"
        for key, value in node.get("attrs", {}).items()
        if value is not None
    )
    self.body.append(f"<{node['tag']}{attributes}>")


def depart_html(self, node):
    self.body.append(f"</{node['tag']}>\n")


def skip(self, node):
    pass


def make(tag, *children, **attributes):
    """An element with children; class_ is class, other underscores become hyphens."""
    attrs = {
        key.rstrip("_").replace("_", "-"): value
        for key, value in attributes.items()
        if value is not None
    }
    return element("", "", *children, tag=tag, attrs=attrs)


def raw(html):
    return nodes.raw("", html, format="html")


def words(state, text, lineno):
    """A line of inline markup as a paragraph's children."""
    parsed, messages = state.inline_text(text, lineno)
    return [*parsed, *messages]


def setup(app):
    plain = (skip, skip)
    app.add_node(
        element, html=(visit_html, depart_html), latex=plain, text=plain, man=plain, texinfo=plain
    )
