// The form of a step beside the case: where it opens, what has the focus, how it closes. Without it the form is a page.
"use strict";
(function () {
  const place = () => document.getElementById("beside");
  let from = null;
  function close() {
    const held = place();
    if (!held || !held.firstElementChild) return false;
    held.replaceChildren();
    if (from && from.isConnected) from.focus();
    return true;
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    from = event.detail.elt;
    const menu = document.getElementById("more");
    if (menu) menu.open = false;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const held = place();
    if (event.detail.target !== held) return;
    if (!held.firstElementChild) { window.location.assign(from.getAttribute("href")); return; }
    held.scrollTop = 0;
    const first = held.querySelector("form .field input:not([type=hidden]), form .field select, form .field textarea, [data-submit]");
    (first || held).focus();
  });
  document.addEventListener("htmx:sendError", () => { if (from) window.location.assign(from.getAttribute("href")); });
  document.addEventListener("click", (event) => {
    const menu = document.getElementById("more");
    if (menu && menu.open && !menu.contains(event.target)) menu.open = false;
    const out = event.target.closest("[data-close]");
    if (out && place() && place().contains(out) && close()) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.getElementById("more");
    if (menu && menu.open) { menu.open = false; return; }
    if (!event.target.closest("textarea")) close();
  });
})();
