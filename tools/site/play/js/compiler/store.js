// What was downloaded or made once and is kept for the next visit, in the browser's Cache Storage.
// Where a browser keeps nothing, nothing is kept, and everything still works.

const NAME = "raft-step-by-step/";

export class Store {
  /** What is kept under other versions of the same kind is thrown away. */
  constructor(kind, version) {
    this.kind = `${NAME}${kind}/`;
    this.name = this.kind + version;
    this.opened = this.#open();
  }

  async #open() {
    try {
      for (const other of await caches.keys()) {
        if (other.startsWith(this.kind) && other !== this.name) await caches.delete(other);
      }
      return await caches.open(this.name);
    } catch {
      return undefined; // private windows, addresses without a secure context
    }
  }

  async match(address) {
    return (await this.opened)?.match(address);
  }

  async put(address, response) {
    try {
      await (await this.opened)?.put(address, response);
    } catch {
      /* full: it is fetched again next time */
    }
  }
}
