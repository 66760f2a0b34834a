// Files in memory for programs that were built for WASI: the host is @bjorn3/browser_wasi_shim.

import { Directory, File, OpenFile } from "@bjorn3/browser_wasi_shim";

/** A file that grows by doubling. The library's own copies the whole of it with each write. */
class Draft extends File {
  get data() {
    return this.bytes.subarray(0, this.length);
  }

  set data(bytes) {
    this.bytes = bytes;
    this.length = bytes.length;
  }

  path_open(oflags, rights, flags) {
    const { ret, fd_obj: plain } = super.path_open(oflags, rights, flags);
    if (!plain) return { ret, fd_obj: plain };
    const open = new OpenDraft(this);
    open.file_pos = plain.file_pos;
    return { ret, fd_obj: open };
  }

  put(data, at) {
    const end = at + data.length;
    if (end > this.bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.bytes.length, 4096));
      larger.set(this.data);
      this.bytes = larger;
    }
    this.bytes.set(data, at);
    this.length = Math.max(this.length, end);
  }
}

class OpenDraft extends OpenFile {
  fd_write(data) {
    this.file.put(data, Number(this.file_pos));
    this.file_pos += BigInt(data.length);
    return { ret: 0, nwritten: data.length };
  }

  fd_pwrite(data, at) {
    this.file.put(data, Number(at));
    return { ret: 0, nwritten: data.length };
  }
}

/** A root directory: programs make drafts in it, whoever holds it reads and writes by path. */
export class Root extends Directory {
  constructor() {
    super(new Map());
  }

  create_entry_for_path(path, isDirectory) {
    const made = super.create_entry_for_path(path, isDirectory);
    if (made.entry === null || isDirectory) return made;
    const parts = path.split("/").filter(Boolean);
    const entry = new Draft(new Uint8Array());
    this.#directory(parts.slice(0, -1)).contents.set(parts.at(-1), entry);
    return { ret: made.ret, entry };
  }

  #directory(parts) {
    let at = this;
    for (const part of parts) {
      if (!at.contents.has(part)) {
        const made = new Directory(new Map());
        made.parent = at;
        at.contents.set(part, made);
      }
      at = at.contents.get(part);
    }
    return at;
  }

  #split(path) {
    const parts = path.split("/").filter(Boolean);
    return [this.#directory(parts.slice(0, -1)), parts.at(-1)];
  }

  /** Bytes or text, in the place of what was there. */
  write(path, data) {
    const [parent, name] = this.#split(path);
    parent.contents.set(
      name,
      new Draft(typeof data === "string" ? new TextEncoder().encode(data) : data),
    );
  }

  /** The bytes of a file, or undefined. */
  read(path) {
    const [parent, name] = this.#split(path);
    return parent.contents.get(name)?.data?.slice();
  }

  remove(path) {
    const [parent, name] = this.#split(path);
    parent.contents.delete(name);
  }
}
