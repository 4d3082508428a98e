/* Small helps. Every page works without them. Events are caught at the document, so parts swapped in later are served too. */
(function () {
  "use strict";
  var d = document;
  d.documentElement.classList.add("js");

  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function say(words) {
    var live = d.getElementById("live");
    if (!live) return;
    var toast = d.createElement("p");
    toast.className = "toast";
    toast.textContent = words;
    live.appendChild(toast);
    setTimeout(function () { toast.remove(); }, 6000);
  }
  window.madang = { say: say, each: each };

  // A form is sent once; coming back with the back button frees it.
  d.addEventListener("submit", function (e) {
    var form = e.target, button = e.submitter;
    // Leaving: nothing typed stays on a shared device.
    if (form.hasAttribute("data-forget")) {
      try { each(Object.keys(localStorage), function (k) { if (/^madang/.test(k)) localStorage.removeItem(k); }); } catch (x) { /* private window */ }
    }
    if (form.method !== "post" || e.defaultPrevented || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { e.preventDefault(); return; }
    form.dataset.sent = "1";
    if (button) button.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", function () {
    each(d.querySelectorAll("form[data-sent]"), function (form) { delete form.dataset.sent; });
    each(d.querySelectorAll(".btn[aria-busy]"), function (b) { b.removeAttribute("aria-busy"); });
  });

  // Errors are read first.
  function focusErrors(root) {
    var box = root.querySelector && root.querySelector("[data-errors]");
    if (box) box.focus();
  }
  function counters(root) {
    each(root.querySelectorAll("[data-count]"), function (out) {
      var field = d.getElementById(out.dataset.count);
      if (!field) return;
      var unit = out.textContent.replace(/^[\d,.]+ \/ [\d,.]+/, "");
      function show() {
        var n = Array.from(field.value).length, most = +out.dataset.most;
        out.textContent = n.toLocaleString() + " / " + most.toLocaleString() + unit;
        out.classList.toggle("is-over", n > most);
      }
      field.addEventListener("input", show);
      show();
    });
  }
  d.addEventListener("DOMContentLoaded", function () { focusErrors(d); counters(d); });
  d.addEventListener("htmx:afterSwap", function (e) { focusErrors(e.target); counters(e.target); });

  d.addEventListener("click", function (e) {
    each(d.querySelectorAll("details[data-close-outside][open]"), function (one) {
      if (!one.contains(e.target)) one.open = false;
    });
    var share = e.target.closest("[data-share]");
    if (!share) return;
    e.preventDefault();
    var url = new URL(share.dataset.share || location.href, location.href).href;
    if (navigator.share && !share.dataset.copy) navigator.share({ title: d.title, url: url }).catch(function () {});
    else navigator.clipboard.writeText(url).then(function () { say(share.dataset.said); });
  });
  d.addEventListener("keydown", function (e) {
    if (e.key !== "Escape") return;
    each(d.querySelectorAll("details[data-close-outside][open]"), function (one) {
      one.open = false;
      one.querySelector("summary").focus();
    });
  });
  // One box that ticks the others of its name.
  d.addEventListener("change", function (e) {
    var all = e.target.closest("[data-select-all]");
    if (!all) return;
    each(d.getElementsByName(all.dataset.selectAll), function (box) { if (!box.disabled) box.checked = all.checked; });
  });
})();
