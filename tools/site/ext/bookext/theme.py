"""The colours of the pages, for Furo's variables and the book's own.

Light and dark are tuned separately. Text on its ground has a contrast of 4.5 to 1 or more, lines
and marks 3 to 1; the page tests measure the first. Those of pictures are
tools/book/scenes/colours.py.
"""

from book.scenes.colours import PICTURE_DARK, PICTURE_LIGHT

PAGE_LIGHT = {
    "paper": "#fdfbf7",
    "sheet": "#f7f3ea",
    "ink": "#22201c",
    "muted": "#625c53",
    "rule": "#ddd5c6",
    "accent": "#a6361a",
    "accent-tint": "#f9e9e2",
    "code-bg": "#f7f3ea",
    "add": "#0b6e4f",
    "add-bg": "#e3f1e6",
    "del": "#8f3b1b",
    "del-bg": "#f8e6dc",
}
PAGE_DARK = {
    "paper": "#17191c",
    "sheet": "#1e2125",
    "ink": "#dedad1",
    "muted": "#aca599",
    "rule": "#3a3b3d",
    "accent": "#f2916d",
    "accent-tint": "#33231d",
    "code-bg": "#1e2125",
    "add": "#7fd0a5",
    "add-bg": "#1b332a",
    "del": "#f0a988",
    "del-bg": "#3a251c",
}
SANS = '"Source Sans 3", "Sans until loaded", "Liberation Sans", Arial, sans-serif'
SERIF = 'Alegreya, "Serif until loaded", "Liberation Serif", Georgia, serif'
MONO = '"JetBrains Mono", "Mono until loaded", "Liberation Mono", Menlo, Consolas, monospace'


def _furo(page):
    return {
        "color-brand-primary": page["accent"],
        "color-brand-content": page["accent"],
        "color-foreground-primary": page["ink"],
        "color-foreground-secondary": page["muted"],
        "color-foreground-muted": page["muted"],
        "color-foreground-border": page["muted"],
        "color-background-primary": page["paper"],
        "color-background-secondary": page["sheet"],
        "color-background-hover": page["accent-tint"],
        "color-background-hover--transparent": page["accent-tint"] + "00",
        "color-background-border": page["rule"],
        "color-background-item": page["rule"],
        "color-link": page["accent"],
        "color-link--hover": page["accent"],
        "color-link--visited": page["accent"],
        "color-link--visited--hover": page["accent"],
        "color-link-underline": page["rule"],
        "color-link-underline--hover": page["accent"],
        "color-inline-code-background": page["code-bg"],
        "color-code-background": page["code-bg"],
        "color-code-foreground": page["ink"],
        "color-highlighted-background": page["accent-tint"],
        "color-highlight-on-target": page["accent-tint"],
        "color-api-background": page["sheet"],
        "color-api-background-hover": page["accent-tint"],
        "color-api-overall": page["muted"],
        "color-api-name": page["ink"],
        "color-api-pre-name": page["muted"],
        "color-api-keyword": page["muted"],
        "color-api-paren": page["muted"],
        "color-sidebar-link-text--top-level": page["ink"],
        "color-sidebar-caption-text": page["muted"],
        "color-toc-item-text": page["muted"],
        "color-toc-item-text--active": page["accent"],
        "color-guilabel-background": page["accent-tint"],
        "color-guilabel-border": page["rule"],
        "color-guilabel-text": page["ink"],
        "color-problematic": page["del"],
    }


def furo_options():
    """html_theme_options: Furo writes these variables for light, dark and auto, whichever its
    version.
    """
    fonts = {"font-stack": SANS, "font-stack--headings": SERIF, "font-stack--monospace": MONO}
    return {
        "light_css_variables": {**fonts, **_furo(PAGE_LIGHT), **PAGE_LIGHT, **PICTURE_LIGHT},
        "dark_css_variables": {**_furo(PAGE_DARK), **PAGE_DARK, **PICTURE_DARK},
    }
