// On pages with scenes that can be played, and only there. The player is fetched when a scene comes
// into view, or when the address asks for it; until then, and without it, there is the picture.

import { shared } from "./share.js";

class RaftScene extends HTMLElement {
  connectedCallback() {
    const wanted = shared(location.hash)?.scene === this.getAttribute("name");
    if (wanted) this.scrollIntoView();
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      this.wake();
    }, { rootMargin: "300px" });
    watch.observe(this);
  }

  async wake() {
    try {
      const { enliven } = await import("./player.js");
      await enliven(this);
    } catch (error) {
      this.classList.add("still"); // an old browser, or a file that did not come: the picture stays
      console.warn("this scene can't be played here:", error.message);
    }
  }
}

customElements.define("raft-scene", RaftScene);
