/* A file is fingerprinted where it is: what goes to the registry is 64 letters that tell nothing
   of it. Without this file, or where browsers offer no such thing, the letters can be typed. */
"use strict";
(() => {
  const part = document.querySelector("[data-fingerprint]");
  if (!part || !window.crypto?.subtle) return;
  const typed = document.querySelector("[data-typed]");
  const field = document.getElementById("fingerprint");
  const said = part.querySelector("[data-said]");
  const asHex = (digest) =>
    Array.from(new Uint8Array(digest), (each) => each.toString(16).padStart(2, "0")).join("");

  part.hidden = false;
  typed.hidden = true;
  part.querySelector("input").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    field.value = "";
    said.textContent = "";
    if (!file) return;
    try {
      field.value = asHex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      said.textContent = said.dataset.ready;
    } catch {
      said.textContent = said.dataset.failed;
    }
  });
})();
