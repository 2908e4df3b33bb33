// The person and the teeth to click on, and "add another" at once. All of it is a shortcut:
// without this file the selects, the text field and the submit buttons do the same.
"use strict";
(() => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const SVG = "http://www.w3.org/2000/svg";
  const drawn = (name, attributes, text = "") => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // One stop of the Tab key for all options; arrows, Home, End and first letters go on from there.
  const walk = (root, options, choose) => {
    let typed = "";
    let since = 0;
    const name = (each) => plain(each.getAttribute("aria-label") || each.textContent);
    const stop = (at) => {
      options.forEach((each, number) => each.setAttribute("tabindex", number === at ? 0 : -1));
      return options[at];
    };
    stop(0);
    root.addEventListener("focusin", (event) => {
      const at = options.indexOf(event.target);
      if (at >= 0) stop(at);
    });
    root.addEventListener("click", (event) => {
      const option = event.target.closest("[data-place], [data-tooth]");
      if (option && root.contains(option)) choose(option, false);
    });
    root.addEventListener("keydown", (event) => {
      const at = options.indexOf(event.target);
      if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
      const last = options.length - 1;
      const to = {
        ArrowDown: Math.min(at + 1, last), ArrowRight: Math.min(at + 1, last),
        ArrowUp: Math.max(at - 1, 0), ArrowLeft: Math.max(at - 1, 0), Home: 0, End: last,
      }[event.key];
      const goesOn = event.timeStamp - since < 800; // a space within words being typed is no choice
      if (event.key === "Enter" || (event.key === " " && !goesOn)) choose(event.target, true);
      else if (to !== undefined) stop(to).focus();
      else if (event.key.length === 1) {
        typed = goesOn ? typed + plain(event.key) : plain(event.key);
        since = event.timeStamp;
        const order = [...options.slice(at + (typed.length > 1 ? 0 : 1)), ...options.slice(0, at + 1)];
        const found = order.find((each) => name(each).startsWith(typed));
        if (found) stop(options.indexOf(found)).focus();
      } else return;
      event.preventDefault();
    });
    return stop;
  };

  // Marks ---------------------------------------------------------------------------------

  const marks = (root) => {
    const rows = () => all(root, "[data-mark]");
    // Named `mark_site` where rows are counted, `marks.3f2a.site` where entries have numbers.
    const field = (row, name) => row.querySelector(`[name="mark_${name}"], [name$=".${name}"]`);
    const picker = root.querySelector("[data-body-picker]");
    const said = picker.querySelector("[data-body-said]");
    const options = all(picker, "[data-place]");
    let pointed = null;
    let current = null;

    const legend = (row) =>
      row.dataset.named || row.querySelector("legend, summary").textContent;
    const isPlaceless = (row) => !field(row, "site").value;
    const isBlank = (row) => ["kind", "site", "side", "words"].every((name) => {
      const each = field(row, name);
      return !each || !each.value;
    });
    // The mark being entered: the one pointed from, the one last touched, a blank one, any without a place.
    const target = () =>
      pointed ||
      (current && current.isConnected && isPlaceless(current) && current) ||
      rows().find(isBlank) ||
      rows().find(isPlaceless);
    const tell = () => {
      const row = target();
      said.textContent = row ? `${said.dataset.for} ${legend(row)}` : "";
      for (const each of rows()) each.classList.toggle("is-pointed", each === row);
    };

    const spot = (path) => {
      const box = path.getBBox();
      return [box.x + box.width / 2, box.y + box.height / 2];
    };
    const number = (group, text, [x, y], size) => {
      const made = drawn("g", { class: "body-number" });
      made.append(
        drawn("circle", { cx: x, cy: y, r: size }),
        drawn("text", { x, y: y + size * 0.42, "font-size": size * 1.25 }, text),
      );
      group.append(made);
    };
    // The same places as the server finds: the side that was said, or both where none was.
    const placesOf = (site, side) => {
      const sides = side === "both" ? ["left", "right"] : [side];
      const there = options.filter((each) => each.dataset.place.split(":")[0] === site);
      const exact = there.filter((each) => sides.includes(each.dataset.place.split(":")[1]));
      const found = exact.length ? exact : there;
      const view = found[0] && found[0].closest("[data-view]");
      return { exact, found: found.filter((each) => each.closest("[data-view]") === view) };
    };
    const draw = () => {
      for (const each of all(picker, "[data-body-numbers]")) each.replaceChildren();
      for (const each of options) each.setAttribute("aria-selected", "false");
      rows().forEach((row, at) => {
        const site = field(row, "site").value;
        if (!site) return;
        const { exact, found } = placesOf(site, field(row, "side").value);
        for (const each of exact) each.setAttribute("aria-selected", "true");
        const svg = found[0] && found[0].ownerSVGElement;
        if (!svg) return;
        const group = svg.querySelector("[data-body-numbers]");
        const size = svg.viewBox.baseVal.height > 300 ? 8 : 5.5;
        const spots = found.map(spot);
        const middle = [0, 1].map((axis) => spots.reduce((sum, each) => sum + each[axis], 0) / spots.length);
        for (const each of exact.length ? spots.slice(0, exact.length) : [middle]) {
          const taken = group.childElementCount;
          number(group, at + 1, [each[0] + (taken % 2) * size, each[1] + (taken % 3) * size], size);
        }
      });
      tell();
    };

    const add = () => {
      if (!root.querySelector("[data-add-mark]")) return null;
      const last = rows().at(-1);
      const made = last.cloneNode(true);
      const at = rows().length;
      for (const each of all(made, "[id]")) each.id = each.id.replace(/\d+$/, at);
      if (made.id) made.id = made.id.replace(/\d+$/, at);
      for (const each of all(made, "[for]")) each.htmlFor = each.htmlFor.replace(/\d+$/, at);
      for (const each of all(made, "select, input")) each.value = "";
      made.querySelector("[data-number]").textContent = at + 1;
      made.classList.remove("is-pointed");
      last.after(made);
      return made;
    };
    const choose = (option, byKey) => {
      const row = target() || add();
      if (!row) return;
      const [site, side] = option.dataset.place.split(":");
      field(row, "site").value = site;
      field(row, "side").value = side;
      pointed = null;
      current = row;
      if (row.matches("details")) row.open = true;
      // Pages that save by themselves hear of it.
      field(row, "site").dispatchEvent(new Event("change", { bubbles: true }));
      draw();
      said.textContent = `${legend(row)}: ${option.getAttribute("aria-label")}`;
      const next = ["kind", "words"].map((name) => field(row, name)).find((each) => each && !each.value);
      if (next && (byKey || window.innerWidth > 900)) next.focus({ preventScroll: !byKey });
    };

    for (const each of options) {
      each.setAttribute("role", "option");
      each.setAttribute("aria-selected", "false");
      each.classList.add("body-area");
    }
    // The words of a place are those of the selects, so that they stand in the page only once.
    const words = (name, value) => {
      const found = all(field(rows()[0], name), "option").find((each) => each.value === value);
      return found ? found.textContent : "";
    };
    for (const each of options) {
      const [site, side] = each.dataset.place.split(":");
      const said = side === "middle" ? words("site", site) : `${words("site", site)}, ${words("side", side)}`;
      each.setAttribute("aria-label", said);
    }
    const views = all(picker, "[data-view]");
    const heights = new Map();
    const order = (one, other) => {
      const apart = views.indexOf(one.closest("[data-view]")) - views.indexOf(other.closest("[data-view]"));
      const [[x, y], [u, v]] = [heights.get(one), heights.get(other)];
      return apart || Math.round((y - v) / 6) || x - u;
    };
    picker.hidden = false;
    for (const each of options) heights.set(each, each.getBBox ? spot(each) : [0, 0]);
    walk(picker, [...options].sort(order), choose);

    root.addEventListener("focusin", (event) => {
      const row = event.target.closest("[data-mark]");
      if (!row || row === current) return;
      current = row;
      tell();
    });
    root.addEventListener("change", (event) => {
      if (event.target.closest("[data-mark]")) draw();
    });
    root.addEventListener("click", (event) => {
      const row = event.target.closest("[data-mark]");
      if (event.target.closest("[data-add-mark]")) {
        event.preventDefault();
        const empty = rows().find(isBlank) || add();
        field(empty, "kind").focus();
      } else if (event.target.closest("[data-point]")) {
        pointed = row;
        const site = field(row, "site").value;
        const { found } = site ? placesOf(site, field(row, "side").value) : { found: [] };
        (found[0] || picker.querySelector("[tabindex='0']")).focus();
      } else if (event.target.closest("[data-clear]")) {
        for (const each of all(row, "select, input")) each.value = "";
        if (pointed === row) pointed = null;
        field(row, "kind").focus();
      } else return;
      draw();
    });
    for (const each of all(root, "[data-with-script]")) each.hidden = false;
    draw();
  };

  // Teeth ---------------------------------------------------------------------------------

  const teeth = (chart) => {
    const options = all(chart, "[data-tooth]");
    const form = chart.closest("form");
    const show = () => {
      for (const each of options) {
        each.setAttribute("aria-selected", each.dataset.tooth === form.elements.tooth_number.value);
      }
    };
    chart.setAttribute("role", "listbox");
    for (const each of options) each.setAttribute("role", "option");
    for (const each of all(chart, "[data-half]")) each.setAttribute("role", "group");
    walk(chart, options, (option) => {
      form.elements.tooth_number.value = option.dataset.tooth;
      show();
      form.elements.tooth_state.focus({ preventScroll: true });
    });
    show();
  };

  // What a swap of htmx brings anew is started as well; nothing is started twice.
  const start = () => {
    for (const [name, begin] of [["[data-marks]", marks], ["[data-teeth]", teeth]]) {
      for (const each of all(document, `${name}:not([data-started])`)) {
        each.dataset.started = "";
        begin(each);
      }
    }
  };
  start();
  document.addEventListener("htmx:afterSettle", start);
})();
