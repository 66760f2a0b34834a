// Excerpts: tabs by mouse and keyboard (arrows, Home, End), and a button that copies code only.
// Without this file the build view stands, whole and readable.
(() => {
  "use strict";

  function show(figure, tab, focus) {
    figure.dataset.view = tab.dataset.view;
    for (const other of figure.querySelectorAll('[role="tab"]')) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
    }
    figure.querySelector('[role="tabpanel"]').setAttribute("aria-labelledby", tab.id);
    if (focus) tab.focus();
  }

  function wireTabs(figure) {
    const list = figure.querySelector('[role="tablist"]');
    if (!list) return;
    const tabs = [...list.querySelectorAll('[role="tab"]')];
    list.hidden = false;
    list.addEventListener("click", (event) => {
      const tab = event.target.closest('[role="tab"]');
      if (tab) show(figure, tab, false);
    });
    list.addEventListener("keydown", (event) => {
      const at = tabs.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[
        event.key
      ];
      if (to === undefined || at < 0) return;
      event.preventDefault();
      show(figure, tabs[(to + tabs.length) % tabs.length], true);
    });
  }

  // The code as the view shows it, less what is gone by then: no marks, no numbers, no gaps.
  function codeOf(figure) {
    const gone =
      figure.dataset.view === "before"
        ? ".x-add"
        : figure.classList.contains("x-retire")
          ? ".x-none"
          : ".x-del";
    return [...figure.querySelectorAll(".x-line:not(.x-gap)")]
      .filter((line) => !line.matches(gone))
      .map((line) => line.textContent)
      .join("");
  }

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy refused"));
  }

  function wireCopy(figure) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "x-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the code");
    button.addEventListener("click", () => {
      copy(codeOf(figure))
        .then(
          () => "Copied",
          () => "Failed",
        )
        .then((word) => {
          button.textContent = word;
          setTimeout(() => {
            button.textContent = "Copy";
          }, 1500);
        });
    });
    figure.querySelector("figcaption").append(button);
  }

  function start() {
    for (const figure of document.querySelectorAll("figure.excerpt")) {
      wireTabs(figure);
      wireCopy(figure);
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
