/* A ballot's basket counts along while picking. The server counts again, so nothing depends on this. */
(function () {
  "use strict";
  // 6,400만원, 9억 8,400만원: the same words as on the server
  function won(n) {
    if (n < 10000 || n % 10000) return n.toLocaleString() + "원";
    var eok = Math.floor(n / 1e8), man = (n % 1e8) / 1e4;
    return (eok ? eok.toLocaleString() + "억" : "") + (eok && man ? " " : "") + (man ? man.toLocaleString() + "만" : "") + "원";
  }
  document.addEventListener("change", function (e) {
    var form = e.target.form, basket = form && form.querySelector("[data-basket]");
    if (!basket || e.target.dataset.won === undefined) return;
    var most = +basket.dataset.most;
    var picked = Array.prototype.filter.call(form.elements, function (f) { return f.dataset.won !== undefined && f.checked; });
    if (most && picked.length > most) {
      e.target.checked = false;
      if (window.madang) window.madang.say(basket.dataset.full);
      return;
    }
    function put(name, words) { var at = basket.querySelector("[data-" + name + "]"); if (at && words !== undefined) at.textContent = words; }
    var left = most - picked.length;
    put("picked", picked.length);
    if (most) put("words", left ? basket.dataset.wordsLeft.replace("0", left) : basket.dataset.full);
    put("sum", won(picked.reduce(function (sum, f) { return sum + Number(f.dataset.won); }, 0)));
    Array.prototype.forEach.call(basket.querySelectorAll(".slots i"), function (slot, i) { slot.classList.toggle("is-on", i < picked.length); });
  });
})();
