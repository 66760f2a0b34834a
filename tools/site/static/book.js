// Small helps. Everything on a page is readable without them.
(() => {
  "use strict";

  // Pictures: Tab reaches the picture, the arrow keys walk its rows, the row's words stand below
  // it.
  function wirePicture(svg) {
    const rows = [...svg.querySelectorAll(".ev")];
    if (!rows.length) return;
    const figure = svg.closest("figure");
    let words = figure.querySelector(".row-words");
    if (!words) {
      words = document.createElement("p");
      words.className = "row-words";
      words.setAttribute("aria-hidden", "true");
      svg.parentElement.after(words);
    }
    rows.forEach((row, i) => row.setAttribute("tabindex", i ? "-1" : "0"));
    const say = (row) => {
      words.textContent = row.getAttribute("aria-label");
    };
    svg.addEventListener("keydown", (event) => {
      const at = rows.indexOf(document.activeElement);
      const to = {
        ArrowDown: at + 1,
        ArrowRight: at + 1,
        ArrowUp: at - 1,
        ArrowLeft: at - 1,
        Home: 0,
        End: rows.length - 1,
      }[event.key];
      if (at < 0 || to === undefined || !rows[to]) return;
      event.preventDefault();
      rows[at].setAttribute("tabindex", "-1");
      rows[to].setAttribute("tabindex", "0");
      rows[to].focus();
    });
    svg.addEventListener("focusin", (event) => {
      const row = event.target.closest(".ev");
      if (row) say(row);
    });
    svg.addEventListener("pointerover", (event) => {
      const row = event.target.closest(".ev");
      if (row) say(row);
    });
  }

  // A link to something inside a fold opens the fold.
  function reveal() {
    const target =
      location.hash.length > 1 &&
      document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let opened = false;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      if (!fold.open) {
        fold.open = true;
        opened = true;
      }
    }
    if (opened) target.scrollIntoView();
  }

  // What scrolls sideways can be scrolled by keyboard.
  function reachable() {
    for (const box of document.querySelectorAll(
      "article .highlight pre, .table-wrapper, .scene-view, .picture-view",
    )) {
      if (box.scrollWidth > box.clientWidth && !box.hasAttribute("tabindex")) box.tabIndex = 0;
    }
  }
  addEventListener("resize", reachable);
  addEventListener("toggle", reachable, true);
  addEventListener("load", reachable);
  reachable();

  // Paper has no folds.
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("article details:not([open])")) {
      fold.open = true;
      opened.push(fold);
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of opened.splice(0)) fold.open = false;
  });

  for (const svg of document.querySelectorAll("svg.st")) wirePicture(svg);
  addEventListener("hashchange", reveal);
  reveal();
})();
