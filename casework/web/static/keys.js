/* "/" goes to the search box, as in many programs; never while something is being typed. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  if (at && (at.isContentEditable || /^(input|select|textarea)$/i.test(at.tagName))) return;
  const box = document.querySelector("[data-find], .search__main input");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

/* A strip of links that runs on past a narrow window shows what has the focus whole. */
document.addEventListener("focusin", (event) => {
  if (event.target.closest(".masthead__nav, .tabs")) {
    event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
});
