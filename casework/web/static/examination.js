// Pressing bones, and keys for the board. All of it is a shortcut: without this file the list of
// bones, the text field and the buttons do the same.
"use strict";
(() => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const isTyping = (event) =>
    event.ctrlKey || event.altKey || event.metaKey || /^(textarea|select)$/i.test(event.target.tagName) ||
    (event.target.tagName === "INPUT" && event.target.type === "text");

  // One stop of the Tab key for all bones; arrows go on from there, Enter notes the bone.
  let last = "";
  let brush = "";
  const skeleton = (form) => {
    const bones = all(form, "[data-bone]");
    const stop = (at) => bones.forEach((each, number) => each.setAttribute("tabindex", number === at ? 0 : -1));
    const note = (bone) => {
      last = bone.dataset.bone;
      form.elements.where.value = last;
      document.getElementById("note-bone").click();
    };
    form.querySelector("[data-bones]").setAttribute("role", "listbox");
    for (const each of bones) each.setAttribute("role", "option");
    // A swap draws the form anew: what was chosen to note with stays chosen.
    const states = all(form, "[data-key]");
    for (const each of states) if (each.value === brush) each.checked = true;
    form.addEventListener("change", (event) => {
      if (states.includes(event.target)) brush = event.target.value;
    });
    const again = bones.findIndex((each) => each.dataset.bone === last);
    stop(Math.max(again, 0));
    if (again >= 0) bones[again].focus({ preventScroll: true });
    form.addEventListener("click", (event) => {
      const bone = event.target.closest("[data-bone]");
      if (bone) note(bone);
    });
    form.addEventListener("keydown", (event) => {
      if (isTyping(event)) return;
      const state = form.querySelector(`[data-key="${event.key}"]`);
      const at = bones.indexOf(event.target);
      const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: bones.length - 1 }[event.key];
      if (state) {
        state.checked = true;
        brush = state.value;
        if (at >= 0) note(bones[at]);
      } else if (at >= 0 && (event.key === "Enter" || event.key === " ")) note(bones[at]);
      else if (at >= 0 && to !== undefined && bones[to]) {
        stop(to);
        bones[to].focus();
      } else return;
      event.preventDefault();
    });
  };

  const row = (line) => {
    line.addEventListener("keydown", (event) => {
      if (isTyping(event)) return;
      const button = all(line, "button")[Number(event.key) - 1];
      if (!button) return;
      event.preventDefault();
      button.focus();
      button.click();
    });
  };

  // What a swap of htmx brings anew is started as well; nothing is started twice.
  const start = () => {
    for (const [name, begin] of [["[data-skeleton]", skeleton], ["[data-exam]", row]]) {
      for (const each of all(document, `${name}:not([data-started])`)) {
        each.dataset.started = "";
        begin(each);
      }
    }
  };
  start();
  document.addEventListener("htmx:afterSettle", start);
})();
