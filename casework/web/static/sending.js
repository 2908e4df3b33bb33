/* A form is sent once, and only where somebody receives it: neither a double click nor a lost
   connection costs what was typed. Without this file forms are sent as browsers send them. */
"use strict";
(() => {
  const told = document.getElementById("unsent");
  const PAUSE = 10000; // ms: an answer may be a file, after which the page stands as before
  const PATIENCE = 20000; // ms: a slow link is not a lost one

  // Forms of a button or two hold nothing that could be lost.
  const holds = (form) => form.querySelectorAll("input, select, textarea").length > 2;
  const reached = () =>
    fetch(told.dataset.reach, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })
      .then(() => true, () => false);
  const say = (beside) => {
    if (beside) (beside.closest(".actions, .step__foot") || beside).after(told);
    told.hidden = false;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const by = event.submitter;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    const state = form.dataset.sending;
    if (state === "ready" || (!state && (by?.type === "image" || !holds(form)))) {
      form.dataset.sending = "sent";
      setTimeout(() => delete form.dataset.sending, PAUSE);
      return;
    }
    event.preventDefault();
    if (state) return;
    form.dataset.sending = "asking";
    told.hidden = true;
    if (await reached()) {
      form.dataset.sending = "ready";
      form.requestSubmit(by);
    } else {
      delete form.dataset.sending;
      say(by || form);
    }
  });

  // What was changed since is another form; so is one that the browser brought back.
  document.addEventListener("input", (event) => {
    if (event.target.form?.dataset.sending === "sent") delete event.target.form.dataset.sending;
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sending;
  });

  document.addEventListener("htmx:sendError", (event) => say(event.target.querySelector("#saved")));
  // Why something was not kept is said at the top of the page: not out of sight.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "notices") event.target.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("htmx:afterOnLoad", () => { told.hidden = true; });
})();
