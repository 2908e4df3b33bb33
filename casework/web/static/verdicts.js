/* One keystroke says what one makes of a kind of evidence, and the next kind comes. Without this
   file the arrows choose, as in every group of radio buttons. */
"use strict";
(() => {
  document.addEventListener("keydown", (event) => {
    const group = event.target.closest?.("[data-verdicts]");
    if (!group || event.ctrlKey || event.altKey || event.metaKey) return;
    const wanted = group.querySelector(`input[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!wanted) return;
    event.preventDefault();
    wanted.checked = true;
    wanted.dispatchEvent(new Event("change", { bubbles: true }));
    const note = group.parentElement.querySelector("textarea");
    const groups = [...document.querySelectorAll("[data-verdicts]")];
    const next = groups[groups.indexOf(group) + 1];
    const differs = wanted.value === "explainable" || wanted.value === "unexplainable";
    const goes = differs ? note : next?.querySelector("input:checked") || next?.querySelector("input");
    (goes || wanted).focus();
  });
})();
