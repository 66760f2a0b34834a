// The editor of answers that are one plain text: a text area, and what a page does to it.
//
// An editor has `parts` to be put on the page, `files`, put(files), goTo(file, line),
// mark(diagnostics) and focus(). It tells when something changed, when the reader wants a verdict,
// and when it begins to be used.

import { make } from "../dom.js";
import { FILE } from "../verdicts/verdict.js";

export class TextEditor {
  constructor(exercise, files, { changed, check, used }) {
    const id = `answer-${exercise.id.replace("/", "-")}`;
    this.text = make("textarea", {
      id,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      wrap: "off",
      "aria-describedby": `${id}-keys`,
      onfocus: used,
      oninput: changed,
      onkeydown: (event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        check();
      },
    });
    this.put(files);
    this.text.setSelectionRange(0, 0);
    const keys = make(
      "span",
      { id: `${id}-keys`, class: "ex-small" },
      "Ctrl+Enter checks, Tab leaves the editor.",
    );
    this.parts = [
      make("div", { class: "ex-head" }, make("label", { for: id }, FILE), keys),
      this.text,
    ];
  }

  get files() {
    return { [FILE]: this.text.value };
  }

  put(files) {
    this.text.value = files[FILE];
  }

  focus() {
    this.text.focus();
  }

  mark() {} // a text has no diagnostics

  /** Selects a line, counted from 1. */
  goTo(file, line) {
    const lines = this.text.value.split("\n");
    const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.focus();
    this.text.setSelectionRange(from, from + (lines[line - 1] ?? "").length);
    const high = Number.parseFloat(getComputedStyle(this.text).lineHeight);
    this.text.scrollTop = (line - 4) * high; // with some lines above it
  }
}
