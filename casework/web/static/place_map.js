// Sets a point on the map of a form at once. Without this the same form goes to the server
// and comes back; see casework/web/place_form.py.
"use strict";

const KM_PER_DEGREE = 111.32;
const SVG = "http://www.w3.org/2000/svg";

const sheetOf = () => document.getElementById("place-map");
const field = (name) => document.getElementById(name);

function radiusInKm(map) {
  const typed = parseFloat((field("radius_km").value || "").replace(",", "."));
  if (typed >= 0) return typed;
  const chosen = document.querySelector('input[name="precision"]:checked');
  return (chosen && JSON.parse(map.dataset.radii)[chosen.value]) || 0;
}

function piece(svg, selector, make) {
  return svg.querySelector(selector) || svg.appendChild(make());
}

function circle(name, radius) {
  const made = document.createElementNS(SVG, "circle");
  if (name) made.setAttribute("class", name);
  made.setAttribute("r", radius);
  return made;
}

function draw(map, x, y, lat) {
  const svg = map.querySelector("svg");
  const kind = `map-kind--${map.dataset.kind}`;
  const round = piece(svg, ".map-precision", () => circle(`map-precision ${kind}`, 0));
  const perKm = map.dataset.scale / (KM_PER_DEGREE * Math.cos((lat * Math.PI) / 180));
  round.setAttribute("cx", x);
  round.setAttribute("cy", y);
  round.setAttribute("r", radiusInKm(map) * perKm);
  const mark = piece(svg, ".map-point", () => {
    const group = document.createElementNS(SVG, "g");
    group.setAttribute("class", `map-point ${kind}`);
    group.appendChild(circle("", 6));
    return group;
  });
  mark.setAttribute("transform", `translate(${x} ${y})`);
}

function ask(map, what) {
  const form = map.closest("form");
  htmx.ajax("POST", form.getAttribute("action"), {
    source: map, // and not the form, which would first have to be complete
    values: { place_do: what },
    target: "#place-map",
    select: "#place-map",
    swap: "outerHTML",
  });
}

function press(event) {
  const map = sheetOf();
  const svg = map && map.querySelector("svg");
  if (!svg || !event.target.closest(".place-map__press")) return;
  if (event.clientX === 0 && event.clientY === 0) return; // Enter in a field: an ordinary sending
  event.preventDefault();
  const box = svg.getBoundingClientRect();
  const view = svg.viewBox.baseVal;
  const x = ((event.clientX - box.left) / box.width) * view.width;
  const y = ((event.clientY - box.top) / box.height) * view.height;
  const lon = Number(map.dataset.west) + x / map.dataset.scale;
  const up = ((map.dataset.top - y / map.dataset.scale) * Math.PI) / 180;
  const lat = (Math.atan(Math.sinh(up)) * 180) / Math.PI;
  const turned = ((((lon + 180) % 360) + 360) % 360) - 180;
  field("coordinates").value = `${lat.toFixed(5)}, ${turned.toFixed(5)}`;
  draw(map, x, y, lat);
  ask(map, "point"); // for the warning, which only the server can give
}

function change(event) {
  const map = sheetOf();
  if (!map || !event.target.closest(".place")) return;
  const name = event.target.name;
  if (name === "country" || name === "admin1") ask(map, "named");
  if (name === "coordinates" || name === "precision" || name === "radius_km") ask(map, "point");
}

document.addEventListener("click", press);
document.addEventListener("change", change);
