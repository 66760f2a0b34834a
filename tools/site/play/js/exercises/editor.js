// The code editor: CodeMirror with what C++ needs, for several files that share one view. This is
// what tools/book/wasm/bundle.mjs makes _static/play/compiler/editor.js of; nothing else imports
// it.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { cpp } from "@codemirror/lang-cpp";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";

/**
 * The classes that the book's own listings have, so that their colours hold here, light and dark.
 */
const listing = tagHighlighter([
  { tag: tags.comment, class: "c1" },
  { tag: [tags.keyword, tags.typeName, tags.modifier], class: "k" },
  { tag: tags.processingInstruction, class: "cp" },
  { tag: [tags.string, tags.character], class: "s" },
  { tag: [tags.number, tags.bool, tags.null], class: "mi" },
  {
    tag: [tags.definition(tags.typeName), tags.function(tags.definition(tags.variableName))],
    class: "nf",
  },
]);

const CODE = /\.[ch]pp$/;

export class Files {
  /**
   * `attributes` are for the element that the reader types in; `begin`, the words where a reader
   * begins; `reads`, files to look at, by name.
   */
  constructor(parent, files, { reads = {}, attributes, begin, changed, check }) {
    Object.assign(this, { begin, reads });
    this.extensions = (path) => [
      EditorState.readOnly.of(path in reads),
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (check(), true) }])),
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      indentOnInput(),
      bracketMatching(),
      search({ top: true }),
      highlightSelectionMatches(),
      EditorState.tabSize.of(2),
      keymap.of([...searchKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      CODE.test(path) ? [cpp(), syntaxHighlighting(listing)] : EditorView.lineWrapping,
      EditorView.contentAttributes.of({ ...attributes, "aria-label": path }),
      EditorView.updateListener.of((update) => {
        this.states[this.shown] = update.state;
        if (update.docChanged) changed();
      }),
    ];
    this.states = {};
    [this.shown] = Object.keys(files);
    this.put({ ...files, ...reads }, { parent });
  }

  /** What the reader wrote. */
  get files() {
    return Object.fromEntries(
      Object.entries(this.states)
        .filter(([path]) => !(path in this.reads))
        .map(([path, state]) => [path, state.doc.toString()]),
    );
  }

  /** Other texts; what was undone before stays undone. */
  put(files, { parent } = {}) {
    for (const [path, doc] of Object.entries(files)) {
      const anchor = Math.max(doc.indexOf(this.begin), 0);
      this.states[path] = EditorState.create({
        doc,
        selection: { anchor },
        extensions: this.extensions(path),
      });
    }
    if (parent) this.view = new EditorView({ state: this.states[this.shown], parent });
    this.show(this.shown);
  }

  show(path) {
    this.shown = path;
    this.view.setState(this.states[path]);
    this.view.dispatch({ effects: centred(this.view.state.selection.main.head) });
  }

  focus() {
    this.view.focus();
  }

  /** Line and column are counted from 1; what is beyond the end is the end. */
  goTo(path, line, column = 1) {
    if (path !== this.shown) this.show(path);
    this.focus();
    const anchor = place(this.states[path].doc, line, column);
    this.view.dispatch({ selection: { anchor }, effects: centred(anchor) });
  }

  /** [{file, line, column, severity, message}] at their lines, and none that was there before. */
  mark(diagnostics) {
    for (const path of Object.keys(this.states)) {
      const { doc } = this.states[path];
      const mine = diagnostics
        .filter(({ file }) => file === path)
        .map(({ line, column, severity, message }) => {
          const from = place(doc, line, column);
          return { from, to: wordEnd(doc, from), severity, message };
        });
      const change = setDiagnostics(this.states[path], mine);
      if (path === this.shown) this.view.dispatch(change);
      else this.states[path] = this.states[path].update(change).state;
    }
  }
}

const centred = (at) => EditorView.scrollIntoView(at, { y: "center" });

function place(doc, line, column) {
  const { from, to } = doc.line(Math.max(1, Math.min(line, doc.lines)));
  return Math.min(from + Math.max(column, 1) - 1, to);
}

/** A diagnostic points at a letter; what is underlined is its word, or that letter. */
function wordEnd(doc, from) {
  const { text, from: start, to } = doc.lineAt(from);
  const [word] = /^\w*/.exec(text.slice(from - start));
  return Math.min(from + Math.max(word.length, 1), to);
}
