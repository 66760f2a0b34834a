// How the compiler and the packs come into the page: with progress, and from what is kept when
// there is no network.

import { Store } from "./store.js";

const GZIP = [0x1f, 0x8b];

/** A response's body, counted as it comes: heard(bytes). */
function counted(response, heard) {
  let sum = 0;
  const count = new TransformStream({
    transform(chunk, out) {
      sum += chunk.length;
      heard(sum);
      out.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), {
    headers: { "content-type": response.headers.get("content-type") ?? "" },
  });
}

async function asked(address, options) {
  const response = await fetch(address, options);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

/**
 * The bytes of a file that may be compressed; some servers undo that on the way, and say so or not.
 */
async function unpressed(response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!GZIP.every((byte, at) => bytes[at] === byte)) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export class Downloads {
  constructor(store) {
    this.store = store;
  }

  /** A file that never changes under its address: kept for good. heard(bytes) as it comes. */
  async lasting(address, heard = () => {}) {
    const kept = await this.store.match(address);
    if (kept) return unpressed(kept);
    const response = counted(await asked(address), heard);
    await this.store.put(address, response.clone());
    return unpressed(response);
  }

  /** A file that may be another tomorrow: kept for when there is no network. */
  async fresh(address) {
    try {
      const response = await asked(address);
      await this.store.put(address, response.clone());
      return await unpressed(response);
    } catch (error) {
      const kept = await this.store.match(address);
      if (kept) return unpressed(kept);
      throw error;
    }
  }

  /**
   * The compiler, compiled. A browser keeps its own machine code of it, which saves seconds on the
   * next visit, but only if the module comes straight from its address, and was not asked for again
   * meanwhile: even the answer that nothing changed makes it compile anew. So it is fetched twice,
   * once to be counted and kept, then from the browser's own cache, however old it is there;
   * another version has another address.
   */
  async module(address, heard) {
    const kept = await this.store.match(address);
    if (!kept) {
      const response = counted(await asked(address), heard);
      await this.store.put(address, response);
      // Nothing is kept here; but now it was counted.
      if (!response.bodyUsed) await response.arrayBuffer();
    }
    try {
      return await WebAssembly.compileStreaming(asked(address, { cache: "force-cache" }));
    } catch (error) {
      const mine = await this.store.match(address);
      if (!mine) throw error;
      return WebAssembly.compile(await mine.arrayBuffer());
    }
  }
}

/** For what belongs to exercises, and may be another tomorrow. */
export const changing = new Downloads(new Store("exercises", "1"));
