// On pages with scenes that can be played, and only there. The player is fetched when a scene comes
// into view, or when the address asks for it; until then, and without it, there is the picture.
//
// A scene plays on the node, or from the recording of a program that a page can't run. Each fetches
// what it needs, and nothing of the other.

import { keep } from "./offline.js";
import { shared } from "./share.js";

class RaftScene extends HTMLElement {
  connectedCallback() {
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        this.player();
      },
      { rootMargin: "300px" },
    );
    watch.observe(this);
    addEventListener("hashchange", () => this.called());
    for (const use of ["pointerdown", "keydown"]) this.addEventListener(use, keep, { once: true });
    this.called();
  }

  /** The address asks for a run of this scene. */
  async called() {
    const asked = shared(location.hash);
    if (asked?.scene !== this.getAttribute("name")) return;
    const player = await this.player();
    player?.restore(asked);
    this.scrollIntoView();
  }

  /** The player, once. */
  player() {
    this.promise ??= this.fetched()
      .then(({ enliven }) => enliven(this))
      .catch((error) => {
        this.classList.add("still"); // an old browser, or a file that did not come: the picture stays
        console.warn("this scene can't be played here:", error.message);
      });
    return this.promise;
  }

  fetched() {
    return this.hasAttribute("recorded") ? import("./recorded.js") : import("./live.js");
  }
}

customElements.define("raft-scene", RaftScene);
