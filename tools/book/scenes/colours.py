"""The colours of pictures, on pages and for a picture that stands alone.

Light and dark are tuned separately, as those of the pages are: tools/site/ext/bookext/theme.py.
States differ in lightness as well as in hue.
"""

from __future__ import annotations

PICTURE_LIGHT = {
    "p-ink": "#22201c",
    "p-muted": "#625c53",
    "p-lane": "#a39c90",
    "p-head": "#f3eee4",
    "p-edge": "#857e72",
    "p-bg": "#fdfbf7",
    "p-accent": "#a6361a",
    "p-note": "#f6efe0",
    "s-leader": "#b86e00",
    "s-candidate": "#8a3d8f",
    "s-follower": "#1f6aa5",
    "s-learner": "#0c7a5b",
    "s-down": "#6b665e",
    "t0": "#e4e0d8",
    "t1": "#f7dcae",
    "t2": "#c9def0",
    "t3": "#d3e8c8",
    "t4": "#efcfdd",
    "t5": "#d9d2ee",
}
PICTURE_DARK = {
    "p-ink": "#e6e1d8",
    "p-muted": "#aca599",
    "p-lane": "#6d675e",
    "p-head": "#2a2c30",
    "p-edge": "#8b857a",
    "p-bg": "#17191c",
    "p-accent": "#f2916d",
    "p-note": "#282620",
    "s-leader": "#f0ac3c",
    "s-candidate": "#d59adb",
    "s-follower": "#74b5e8",
    "s-learner": "#4fc59d",
    "s-down": "#a29c92",
    "t0": "#3a3834",
    "t1": "#59431a",
    "t2": "#1f4160",
    "t3": "#2f4a22",
    "t4": "#5a2b41",
    "t5": "#3d3566",
}


def standalone() -> str:
    """The same colours for a picture outside the book: it follows the viewer's preference."""

    def block(values: dict[str, str]) -> str:
        return "svg{" + "".join(f"--{key}:{value};" for key, value in values.items()) + "}"

    return block(PICTURE_LIGHT) + "@media (prefers-color-scheme:dark){" + block(PICTURE_DARK) + "}"
