/* form[data-autosave="url"]: what is typed is sent as a draft while typing, and kept on this device until the server has it.
   form[data-keep="key"] alone: kept on this device only. Passwords, files and tokens are never kept.
   What the server keeps nowhere (422, {"refused": {field: reason}}) is told beside its field and kept on this device no longer either. */
(function () {
  "use strict";
  var WAIT = 1200, SENT = "madang-sent";

  function keyOf(form) { return "madang:" + (form.dataset.keep || form.dataset.autosave + "@" + location.pathname); }
  function kept(name, field) {
    return name && name !== "csrfmiddlewaretoken" && !/^(password|file|hidden|submit)$/.test(field.type);
  }
  function read(form) {
    var out = {};
    Array.prototype.forEach.call(form.elements, function (f) {
      if (!kept(f.name, f)) return;
      var one = /^(checkbox|radio)$/.test(f.type) ? (f.checked ? f.value : null) : f.value;
      if (one !== null) (out[f.name] = out[f.name] || []).push(one);
    });
    return out;
  }
  function write(form, data) {
    Array.prototype.forEach.call(form.elements, function (f) {
      if (!kept(f.name, f)) return;
      var had = data[f.name] || [];
      if (/^(checkbox|radio)$/.test(f.type)) f.checked = had.indexOf(f.value) >= 0;
      else if (had.length) f.value = had.shift();
      f.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  function store(key, value) {
    try { if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value); } catch (e) { /* private window */ }
  }
  function load(key) { try { return localStorage.getItem(key); } catch (e) { return null; } }

  function start(form) {
    var key = keyOf(form), url = form.dataset.autosave, timer = 0, state = form.querySelector("[data-autosave-state]");
    var before = JSON.stringify(read(form)), found = load(key);
    function tell(which) { if (state) state.textContent = state.dataset[which] || ""; }
    if (found && found !== before) { write(form, JSON.parse(found)); tell("restored"); }

    function beside(refused) {
      Array.prototype.forEach.call(form.querySelectorAll("[data-autosave-refused]"), function (told) {
        var field = document.getElementById(told.dataset.autosaveRefused);
        if (field) { field.removeAttribute("aria-invalid"); field.removeAttribute("aria-errormessage"); }
        told.remove();
      });
      Object.keys(refused).forEach(function (name) {
        var field = form.elements[name], told = document.createElement("p");
        if (!field || !field.id) return;
        told.id = field.id + "_refused";
        told.className = "field__error";
        told.dataset.autosaveRefused = field.id;
        told.setAttribute("role", "alert");
        told.textContent = refused[name];
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-errormessage", told.id);
        field.before(told);
      });
    }
    function send() {
      var now = JSON.stringify(read(form));
      if (!url) { tell("saved"); return; }
      fetch(url, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "autosave" }, redirect: "manual" })
        .then(function (answer) {
          if (answer.status === 422) {
            return answer.json().then(function (said) {
              store(key, null);
              beside(said.refused || {});
              tell("");
            });
          }
          if (!answer.ok) throw answer;
          if (load(key) === now) store(key, null);
          beside({});
          tell("saved");
        })
        .catch(function () { tell("offline"); });
    }
    function typed() {
      store(key, JSON.stringify(read(form)));
      clearTimeout(timer);
      timer = setTimeout(send, WAIT);
    }
    form.addEventListener("input", function (e) { if (e.isTrusted) typed(); });
    form.addEventListener("change", function (e) { if (e.isTrusted) typed(); });
    window.addEventListener("online", function () { if (load(key)) send(); });
    // Kept until the next page shows that it arrived: a lost connection or a login in between loses nothing.
    form.addEventListener("submit", function () { clearTimeout(timer); store(SENT, key); });
  }
  document.addEventListener("DOMContentLoaded", function () {
    var forms = Array.prototype.slice.call(document.querySelectorAll("form[data-autosave], form[data-keep]")), sent = load(SENT);
    if (sent && !document.querySelector("input[type=password]")) {
      if (!forms.some(function (form) { return keyOf(form) === sent; })) store(sent, null);
      store(SENT, null);
    }
    forms.forEach(start);
  });
})();
