// Keys for lists and what needs a script at all; every page works without it.
// j k move through rows, Enter opens, u goes back up to the list, / goes to the search, n is the next page;
// o goes to the page's primary button.
"use strict";
(function () {
  const rows = () => Array.from(document.querySelectorAll("[data-row]"));
  const typing = (at) => at.closest("input, select, textarea, [contenteditable]") !== null;
  let at = -1;
  const here = document.querySelector(".bar nav [aria-current]");
  if (here) here.scrollIntoView({ block: "nearest", inline: "nearest" });
  function mark(index) {
    const all = rows();
    if (!all.length) return;
    at = Math.max(0, Math.min(all.length - 1, index));
    all.forEach((row, number) => row.classList.toggle("at", number === at));
    const link = all[at].querySelector("a.open");
    if (link) link.focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target)) return;
    const acts = {
      j: () => mark(at + 1),
      k: () => mark(at - 1),
      "/": () => { const box = document.querySelector("[data-search]"); if (box) { box.focus(); box.select(); } },
      n: () => { const next = document.querySelector("a[rel=next]"); if (next) next.click(); },
      u: () => { const back = document.querySelector("a[data-back]"); if (back) back.click(); },
      o: () => { const first = document.querySelector("[data-primary]"); if (first) first.focus(); },
    };
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
  });
  document.addEventListener("click", (event) => {
    // The whole row is a link, but a chosen word or a button in it is not.
    const row = event.target.closest("[data-row]");
    if (!row || event.target.closest("a, button, input, label, summary") || String(window.getSelection())) return;
    const link = row.querySelector("a.open");
    if (link) link.click();
  });
  function tooMuch(form) {
    // Said before it is sent: the office ends what is larger than it takes, and the browser may lose what was typed.
    const files = Array.from(form.querySelectorAll("input[type=file]")).filter((one) => one.files.length);
    const bytes = files.reduce((sum, one) => sum + Array.from(one.files).reduce((all, file) => all + file.size, 0), 0);
    if (!files.length || !form.dataset.most || bytes <= Number(form.dataset.most)) return false;
    files[0].setCustomValidity(form.dataset.over);
    files[0].reportValidity();
    setTimeout(() => files[0].setCustomValidity(""), 5000);
    return true;
  }
  document.addEventListener("submit", (event) => {
    // One click, one act: a second one while the first is on its way does nothing.
    const form = event.target;
    if (tooMuch(form)) { event.preventDefault(); return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.method === "post") form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });
})();
