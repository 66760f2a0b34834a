"""How code looks: four quiet colours, so that what a stage adds is the loudest in an excerpt."""

from pygments.style import Style
from pygments.token import (
    Comment,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Token,
)


def _style(ink, comment, keyword, string, number, name):
    return {
        Token: ink,
        Name: ink,
        Operator: ink,
        Punctuation: ink,
        Comment: f"italic {comment}",
        Comment.Preproc: f"noitalic {keyword}",
        Comment.PreprocFile: f"noitalic {string}",
        Keyword: keyword,
        Keyword.Type: keyword,
        Keyword.Constant: number,
        Name.Class: name,
        Name.Function: name,
        Name.Namespace: ink,
        String: string,
        Number: number,
        Literal: number,
        Generic.Prompt: comment,
        Generic.Output: ink,
        Generic.Error: string,
    }


class Light(Style):
    background_color = "#f7f3ea"
    styles = _style("#22201c", "#6a6358", "#1c4f87", "#7a3a12", "#7a2f75", "#0b5a52")


class Dark(Style):
    background_color = "#1e2125"
    styles = _style("#dedad1", "#a39c8f", "#8fc1f0", "#e6b18f", "#dda6d6", "#86d3c2")
