// How far the reader is, kept in the browser: {"exercises": {id: {state, hints, tries, files}}}, as
// the terminal keeps it in practice/progress.json. Where a browser keeps nothing, nothing is kept.

const KEY = "raft-step-by-step";

/** What a mark says; the words of ./book list. */
export const WORDS = { started: "started", passed: "✓ solved", shown: "solution shown" };

export class Marks {
  constructor(id, storage = storageOf(globalThis)) {
    this.id = id;
    this.storage = storage;
  }

  #all() {
    try {
      const data = JSON.parse(this.storage?.getItem(KEY) ?? "{}");
      return data?.exercises instanceof Object ? data : { exercises: {} };
    } catch {
      return { exercises: {} }; // not ours, or not whole
    }
  }

  get entry() {
    return { state: "", hints: 0, tries: 0, ...this.#all().exercises[this.id] };
  }

  /** The reader's files, if they are still the exercise's: text for each, and no others. */
  filesLike(starter) {
    const { files } = this.entry;
    const fit =
      files instanceof Object &&
      Object.keys(files).sort().join("\n") === Object.keys(starter).sort().join("\n");
    const kept = fit && Object.values(files).every((text) => typeof text === "string");
    return Object.fromEntries(
      Object.entries(starter).map(([path, text]) => [path, kept ? files[path] : text]),
    );
  }

  note(changes) {
    const data = this.#all();
    data.exercises[this.id] = { ...this.entry, ...changes };
    try {
      this.storage?.setItem(KEY, JSON.stringify(data));
    } catch {
      /* full, or forbidden */
    }
  }

  /** A verdict was given: who has seen the solution has not solved it. */
  tried(passed) {
    const { state, tries } = this.entry;
    const now = state === "shown" ? "shown" : passed || state === "passed" ? "passed" : "started";
    this.note({ state: now, tries: tries + 1 });
  }
}

/** Only asking for it may be forbidden. */
function storageOf(world) {
  try {
    return world.localStorage;
  } catch {
    return undefined;
  }
}
