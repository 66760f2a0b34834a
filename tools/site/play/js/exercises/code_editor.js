// The editor of exercises in C++: CodeMirror, and a tab for each file where there are several.

import { make } from "../dom.js";
import { Files } from "../compiler/editor.js";

const KEYS = "Ctrl+Enter checks. Tab indents; Esc, then Tab leaves the editor.";
const TURN = "// Your turn"; // a hole in the code begins so

export class CodeEditor {
  constructor(exercise, files, { changed, check }) {
    this.id = `code-${exercise.id.replace("/", "-")}`;
    this.reads = exercise.reads ?? {};
    this.names = [...Object.keys(files), ...Object.keys(this.reads)];
    const keys = make("span", { id: `${this.id}-keys`, class: "ex-small" }, KEYS);
    const mine = (event) => event.stopPropagation(); // on a page, "/" goes to its search
    this.box = make("div", { class: "ex-code highlight", id: `${this.id}-box`, onkeydown: mine });
    this.parts = [make("div", { class: "ex-head" }, this.#heading(), keys), this.box];
    this.code = new Files(this.box, files, {
      reads: this.reads,
      attributes: { "aria-describedby": `${this.id}-keys`, tabindex: "0" },
      begin: TURN,
      changed,
      check,
    });
    this.#select(this.names[0]);
  }

  get files() {
    return this.code.files;
  }

  put(files) {
    this.code.put(files);
  }

  focus() {
    this.code.focus();
  }

  mark(diagnostics) {
    this.code.mark(diagnostics);
  }

  goTo(file, line, column) {
    if (!this.names.includes(file)) return;
    this.#select(file);
    this.code.goTo(file, line, column);
  }

  /** A file's name, or tabs with their names. */
  #heading() {
    if (this.names.length === 1) return make("span", { class: "ex-file" }, this.names[0]);
    this.tabs = this.names.map((name, i) =>
      make(
        "button",
        {
          type: "button",
          role: "tab",
          id: `${this.id}-tab${i}`,
          "aria-controls": this.box.id,
          title: name,
          onclick: () => this.#select(name),
        },
        name.split("/").at(-1),
        ...(name in this.reads ? [make("span", { class: "ex-small" }, " to read")] : []),
      ),
    );
    this.box.setAttribute("role", "tabpanel");
    return make(
      "div",
      {
        class: "ex-tabs",
        role: "tablist",
        "aria-label": "Files",
        onkeydown: (event) => this.#keys(event),
      },
      ...this.tabs,
    );
  }

  #select(name) {
    if (!this.tabs) return;
    const chosen = this.names.indexOf(name);
    this.tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === chosen));
      tab.tabIndex = i === chosen ? 0 : -1;
    });
    this.box.setAttribute("aria-labelledby", this.tabs[chosen].id);
    this.code.show(name);
  }

  #keys(event) {
    const at = this.tabs.indexOf(document.activeElement);
    const last = this.tabs.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#select(this.names[to]);
    this.tabs[to].focus();
  }
}
