// What a reader can do to the cluster: directives of the conversation language, as buttons and as a
// line.

import { button, make } from "./dom.js";
import { LATER } from "./later.js";

/** A word that one directive can carry. */
const word = (text) => text.trim().replace(/[\s()=,#"\\]+/g, "_") || "x";

/** Buttons beside a node's details: act(lines). */
export function nodeActions(node, act) {
  const { id } = node;
  const down = node.state === "down";
  const life = [
    button("Crash", () => act([`crash ${id}`]), { disabled: down }),
    button("Restart", () => act([`restart ${id}`]), { disabled: !down }),
  ];
  if (down) return make("div", { class: "play-does" }, ...life);
  const data = make("input", {
    type: "text",
    value: "hello",
    "aria-label": `What node ${id} proposes`,
    size: "9",
    maxlength: "40",
  });
  const form = make(
    "form",
    { class: "play-inline" },
    make("button", { type: "submit" }, "Propose"),
    data,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act([`propose ${id} ${word(data.value)}`]);
  });
  return make(
    "div",
    { class: "play-does" },
    button("Campaign", () => act([`campaign ${id}`])),
    button("One tick", () => act([`tick-heartbeat ${id}`])),
    button("Tick for an election timeout", () => act([`tick-election ${id}`])),
    button("Carry out its Ready", () => act([`process-ready ${id}`]), { disabled: !node.ready }),
    form,
    ...life,
    ...LATER.map(({ words, stage }) =>
      button(words, null, { disabled: true, title: `Comes with the stage ${stage}` }),
    ),
  );
}

/** Buttons beside a message that is under way. The language speaks of a receiver and a type. */
export function messageActions({ to, type }, act) {
  return make(
    "div",
    { class: "play-does" },
    button(`Deliver ${type} to node ${to}`, () => act([`deliver-msgs ${to} type=${type}`])),
    button("Deliver it, and a copy later", () => act([`duplicate-msgs ${to} type=${type}`])),
    button("Lose it", () => act([`deliver-msgs drop=(${to}) type=${type}`])),
  );
}

/**
 * The panel below the picture. `does` is what the player offers: act, undo, restart, share, save.
 */
export class Panel {
  constructor(does) {
    this.does = does;
    this.nodes = make("span", { class: "play-cut" });
    this.cut = button("Cut", () => this.#part());
    this.heal = button("Heal", () => does.act(["heal"]));
    this.line = make("input", {
      type: "text",
      class: "play-line",
      "aria-label": "A directive",
      placeholder: "deliver-msgs 2 drop=(3)",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
    });
    const form = make(
      "form",
      { class: "play-inline" },
      this.line,
      make("button", { type: "submit" }, "Do it"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.line.value.trim() && does.act([this.line.value.trim()])) this.line.value = "";
    });
    this.undo = button("Undo", () => does.undo());
    this.restart = button("Back to the scene", () => does.restart());
    this.answer = make("pre", {
      class: "play-answered",
      role: "status",
      tabindex: "0",
      "aria-label": "What the cluster says",
    });
    this.mine = make("ol", { class: "play-mine", "aria-label": "What you did" });
    this.talk = make("pre", { tabindex: "0" });
    const fold = make(
      "details",
      { ontoggle: () => this.#tell() },
      make("summary", {}, "The conversation so far"),
      this.talk,
    );
    this.fold = fold;
    this.box = make(
      "details",
      { class: "play-panel" },
      make("summary", {}, "Go on yourself from here"),
      make(
        "div",
        { class: "play-inside" },
        make(
          "p",
          { class: "play-small" },
          "Choose a node or a message above; what you do happens after the event that is shown. Or:",
        ),
        make(
          "div",
          { class: "play-does" },
          button("Let it run", () => does.act(["stabilize"])),
        ),
        make(
          "div",
          { class: "play-does", role: "group", "aria-label": "The network" },
          "Cut off from the others:",
          this.nodes,
          this.cut,
          this.heal,
        ),
        form,
        this.answer,
        this.mine,
        make(
          "div",
          { class: "play-does" },
          this.undo,
          this.restart,
          button("Copy a link to this", () => does.share()),
          button("Save as scenario file", () => does.save()),
        ),
        fold,
      ),
    );
  }

  /** The nodes that are to stand on one side of a cut. */
  get #side() {
    return [...this.nodes.querySelectorAll("input:checked")];
  }

  #part() {
    if (!this.does.act([`partition ${this.#side.map((box) => box.value).join(" ")}`])) return;
    for (const box of this.#side) box.checked = false;
    this.#weigh();
    this.heal.focus();
  }

  /** A cut has two sides. */
  #weigh() {
    this.cut.disabled = [0, this.nodes.children.length].includes(this.#side.length);
  }

  /** What was said last stands in sight. */
  #tell() {
    this.talk.textContent = this.fold.open ? this.conversation : "";
    this.talk.scrollTop = this.talk.scrollHeight;
  }

  /** Shows how a session stands; `answer` is what the last directive said, or a complaint. */
  show(session, answer = "") {
    const ids = [...session.run.now.nodes.keys()];
    if (this.nodes.children.length !== ids.length) {
      this.nodes.replaceChildren(
        ...ids.map((id) =>
          make(
            "label",
            {},
            make("input", { type: "checkbox", value: id, onchange: () => this.#weigh() }),
            ` node ${id}`,
          ),
        ),
      );
      this.#weigh();
    }
    this.answer.textContent = answer;
    this.mine.replaceChildren(
      ...session.lines.map((line) => make("li", {}, make("code", {}, line))),
    );
    this.undo.disabled = this.restart.disabled = !session.own;
    this.conversation = session.run.directives
      .map((d) => `${d.source}----\n${d.said.trimEnd()}\n`)
      .join("\n");
    this.#tell();
  }
}
