"""weave: one C++ source tree told in stages, and the book's pages derived from it.

A module may import from its own folder and from those before it in this list; the lint sees to it.
"""

LAYERS = {
    "errors": "the one way to say no: a place, what is wrong, how to mend it",
    "digests": "whether something is still what it was",
    "locks": "one at a time, also between commands",
    "files": "written whole or not at all",
    "story": "chapters/story.toml: parts, chapters, stages, and which files are alive when",
    "cpp": "C++ text: tokens, braces, symbols by way of Doxygen, tests",
    "trees": "guards, the clean tree of each stage by way of unifdef, its symbols, its history",
    "pages": "what stands on a page, the excerpts it shows, what it leaves out, its outputs",
    "lint": "what a machine can judge about code, pages and tools",
    "growth": "room for the chapters to come: a copy of the tree with their rows, linted",
    "sphinx_ext": "the directives and roles of the pages",
    "cli": "the commands of `python3 -m weave`",
}
