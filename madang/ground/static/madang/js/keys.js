/* Desk lists: in [data-keys] j and k move, o or Enter opens, x ticks; a row's [data-key="r"] link or button is pressed by r. / searches, ? shows help.
   Keys do nothing while typing, or with Ctrl, Alt or Meta, and can be switched off: <body data-keys-off>. */
(function () {
  "use strict";
  var d = document;

  function rows() { return Array.prototype.slice.call(d.querySelectorAll("[data-keys] tbody tr, [data-keys] > li")); }
  function chosen(all) { return all.findIndex(function (row) { return row.getAttribute("aria-selected") === "true"; }); }
  function choose(all, at) {
    all.forEach(function (row, i) { row.setAttribute("aria-selected", i === at ? "true" : "false"); });
    var link = all[at].querySelector("th a, h3 a, a");
    if (link) link.focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  }
  function press(row, key) {
    var name = key.length === 1 ? key.toLowerCase() : "";
    var target = name && /^[a-z]$/.test(name) ? (row && row.querySelector('[data-key="' + name + '"]')) || d.querySelector('main [data-page-key="' + name + '"]') : null;
    if (target) target.click();
    return !!target;
  }
  d.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.altKey || e.metaKey || e.isComposing || d.body.hasAttribute("data-keys-off")) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) || e.target.isContentEditable || d.querySelector("dialog[open]")) {
      if (e.key === "Escape" && e.target.blur) e.target.blur();
      if (!(e.target.type === "checkbox" && /^[jkxo]$/.test(e.key))) return;
    }
    var all = rows(), at = chosen(all), row = all[at], done = true;
    if (e.key === "j" && all.length) choose(all, Math.min(at + 1, all.length - 1));
    else if (e.key === "k" && all.length) choose(all, Math.max(at - 1, 0));
    else if (e.key === "o" && row && row.querySelector("a")) row.querySelector("th a, h3 a, a").click();
    else if (e.key === "x" && row && row.querySelector("input[type=checkbox]")) row.querySelector("input[type=checkbox]").click();
    else if (e.key === "/") { var q = d.querySelector("[data-key-search]"); if (q) q.focus(); else done = false; }
    else if (e.key === "?") { var help = d.getElementById("keys-help"); if (help && help.showPopover) help.togglePopover(); else done = false; }
    else done = press(row, e.key);
    if (done) e.preventDefault();
  });
})();
