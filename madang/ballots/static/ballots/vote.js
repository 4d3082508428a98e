/* The basket counts along and every tap is kept on the server. Without this the form works the same: the server counts and keeps. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-vote]");
  if (!form) return;
  var basket = form.querySelector("[data-vote-basket]"), most = +basket.dataset.most, least = +basket.dataset.least, budget = +basket.dataset.budget;
  var costs = JSON.parse(basket.dataset.kept || "{}"), timer = 0, waiting = false;

  // 6,400만원, 9억 8,400만원: the same words as on the server
  function won(n) {
    if (n < 10000 || n % 10000) return n.toLocaleString() + "원";
    var eok = Math.floor(n / 1e8), man = (n % 1e8) / 1e4;
    return (eok ? eok.toLocaleString() + "억" : "") + (eok && man ? " " : "") + (man ? man.toLocaleString() + "만" : "") + "원";
  }
  function boxes() { return Array.prototype.slice.call(form.querySelectorAll("input[name=pick]")); }
  function put(name, words) { var at = basket.querySelector("[data-" + name + "]"); if (at) at.textContent = words; }
  function rect(x, width, kind) {
    var one = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    one.setAttribute("class", kind); one.setAttribute("x", x); one.setAttribute("width", width); one.setAttribute("height", "100%");
    return one;
  }
  function draw() {
    var amounts = Object.keys(costs).map(function (k) { return +costs[k]; });
    boxes().forEach(function (box) { if (box.checked) amounts.push(+box.dataset.won); });
    var n = amounts.length, sum = amounts.reduce(function (a, b) { return a + b; }, 0), scale = Math.max(budget, sum, 1), x = 0;
    put("picked", n);
    put("sum", won(sum));
    put("words", n > most ? basket.dataset.over.replace("0", n - most) : n === most ? basket.dataset.full : n < least ? basket.dataset.few.replace("0", least - n) : basket.dataset.left.replace("0", most - n));
    basket.querySelector("[data-over-budget]").hidden = sum <= budget;
    Array.prototype.forEach.call(basket.querySelectorAll(".slots i"), function (slot, i) { slot.classList.toggle("is-on", i < n); });
    var bar = basket.querySelector("[data-bar]");
    while (bar.firstChild) bar.removeChild(bar.firstChild);
    amounts.forEach(function (amount) {
      var width = 100 * amount / scale;
      bar.appendChild(rect(x.toFixed(2) + "%", width.toFixed(2) + "%", "s1"));
      x += width;
      bar.appendChild(rect(x.toFixed(2) + "%", "2", "gap"));
    });
    return n;
  }
  function send(leaving) {
    waiting = false;
    var data = new FormData(form), state = basket.querySelector("[data-kept-state]");
    if (leaving && navigator.sendBeacon) { navigator.sendBeacon(basket.dataset.url, data); return; }
    fetch(basket.dataset.url, { method: "POST", body: data, redirect: "manual", keepalive: true })
      .then(function (answer) { if (!answer.ok) throw answer; state.textContent = state.dataset.saved; })
      .catch(function () { state.textContent = state.dataset.offline; });
  }
  form.addEventListener("change", function (e) {
    if (e.target.name !== "pick") return;
    if (draw() > most && e.target.checked) {
      e.target.checked = false;
      draw();
      if (window.madang) window.madang.say(basket.dataset.full);
      return;
    }
    waiting = true;
    clearTimeout(timer);
    timer = setTimeout(send, 300);
  });
  window.addEventListener("pagehide", function () { if (waiting) send(true); });
  // The back button may bring old ticks: what is ticked counts.
  window.addEventListener("pageshow", draw);
})();
