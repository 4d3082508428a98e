/* Warns before the session ends and offers to go on. Without it the session simply ends; a form sent later gets its words back. */
(function () {
  "use strict";
  var WARN = 120, box, end = 0, timer = 0;

  function tick() {
    var left = Math.round((end - Date.now()) / 1000);
    if (left > WARN) { timer = setTimeout(tick, Math.min((left - WARN) * 1000, 3600000)); return; }
    if (left <= 0 && !written()) { location.reload(); return; }
    if (!box.open) box.showModal();
    if (left <= 0) { box.querySelector("[data-left]").textContent = "0:00"; return; }
    if (left % 15 === 0 || left <= 10) box.querySelector("[data-left]").textContent = Math.floor(left / 60) + ":" + ("0" + (left % 60)).slice(-2);
    timer = setTimeout(tick, 1000);
  }
  // Somebody who has written stays on the page: the words are worth more than a fresh picture of it.
  function written() {
    return Array.prototype.some.call(document.querySelectorAll("main textarea, main input[type=text]"), function (field) {
      return field.value !== field.defaultValue;
    });
  }
  function begin() { clearTimeout(timer); end = Date.now() + Number(box.dataset.seconds) * 1000; tick(); }

  document.addEventListener("DOMContentLoaded", function () {
    box = document.getElementById("session-warning");
    if (!box || !box.showModal || !(Number(box.dataset.seconds) > WARN)) return;
    var form = box.querySelector("[data-extend]");
    form.addEventListener("submit", function (e) {
      e.preventDefault();
      delete form.dataset.sent;
      fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" }, redirect: "manual" }).then(function (answer) {
        if (!answer.ok) { location.reload(); return; }
        box.close();
        begin();
      });
    });
    box.querySelector("[data-close]").addEventListener("click", function () { box.close(); });
    box.addEventListener("close", function () { if (end - Date.now() < WARN * 1000) clearTimeout(timer); });
    begin();
  });
})();
