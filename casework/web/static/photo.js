// Shows a chosen photograph before it is sent, lets a part of it be drawn, and stops one that is
// too large while everything typed is still there. Without this the same form asks the server.
"use strict";
(() => {
  const form = document.getElementById("bring");
  const file = document.getElementById("photo");
  if (!form || !file) return;
  const tooLarge = document.getElementById("photo-large");
  const preview = document.getElementById("photo-preview");
  const sheet = preview.querySelector(".photo-preview__sheet");
  const picture = sheet.querySelector("img");
  const kept = sheet.querySelector(".photo-preview__kept");
  const side = (name) => form.elements[`crop_${name}`];
  let start = null;

  const isTooLarge = () => file.files[0] && file.files[0].size > Number(form.dataset.largest);

  function show() {
    tooLarge.hidden = !isTooLarge();
    file.setCustomValidity(isTooLarge() ? tooLarge.textContent : "");
    preview.hidden = true;
    if (!file.files[0] || isTooLarge()) return;
    const reader = new FileReader();
    reader.onload = () => { picture.src = reader.result; };
    reader.readAsDataURL(file.files[0]);
  }

  function draw() {
    const [left, top, right, bottom] = ["left", "top", "right", "bottom"].map((name) =>
      parseFloat(side(name).value.replace(",", ".")));
    kept.hidden = !(right > left && bottom > top);
    Object.assign(kept.style, {
      left: `${left}%`, top: `${top}%`, width: `${right - left}%`, height: `${bottom - top}%`,
    });
  }

  function at(event) {
    const box = picture.getBoundingClientRect();
    const within = (share) => Math.min(100, Math.max(0, share * 100));
    return [within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)];
  }

  function move(event) {
    if (!start) return;
    const [x, y] = at(event);
    side("left").value = Math.min(start[0], x).toFixed(1);
    side("top").value = Math.min(start[1], y).toFixed(1);
    side("right").value = Math.max(start[0], x).toFixed(1);
    side("bottom").value = Math.max(start[1], y).toFixed(1);
    draw();
  }

  file.addEventListener("change", show);
  picture.addEventListener("load", () => { preview.hidden = false; draw(); });
  sheet.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    start = at(event);
  });
  sheet.addEventListener("pointermove", move);
  sheet.addEventListener("pointerup", (event) => { move(event); start = null; });
  form.addEventListener("input", (event) => {
    if (event.target.name.startsWith("crop_")) draw();
  });
})();
