/* Counts a vote again in the reader's own browser, from the published papers: a second program beside recount.py, in whole numbers only.
   Without it the result page loses nothing but this button. */
(function () {
  "use strict";
  var box = document.querySelector("[data-recount]");
  if (!box || typeof BigInt !== "function" || !window.crypto || !crypto.subtle || !window.fetch) return;
  var button = box.querySelector("button"), said = box.querySelector("[data-said]");
  box.hidden = false;

  /* Fractions of BigInt: [top, bottom], bottom above 0. */
  function less(a, b) { return a[0] * b[1] < b[0] * a[1]; }
  function equal(a, b) { return a[0] * b[1] === b[0] * a[1]; }
  function plus(a, b) { return reduced(a[0] * b[1] + b[0] * a[1], a[1] * b[1]); }
  function reduced(top, bottom) { var d = gcd(top, bottom); return [top / d, bottom / d]; }
  function gcd(a, b) { while (b) { var r = a % b; a = b; b = r; } return a || 1n; }
  function sum(list) { return list.reduce(function (a, b) { return a + b; }, 0n); }

  async function sha256(text) { return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))); }
  function hex(bytes) { return Array.from(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join(""); }

  /* The order of the lot (docs/methods/lots.md). */
  async function shuffled(keys, seed) {
    var order = keys.slice().sort(), k = 0, span = 1n << 256n;
    for (var i = order.length - 1; i > 0; i--) {
      var m = BigInt(i + 1), x;
      do { x = BigInt("0x" + hex(await sha256(seed + "|tie|" + k++))); } while (x >= span - span % m);
      var j = Number(x % m), kept = order[i];
      order[i] = order[j]; order[j] = kept;
    }
    return order;
  }

  async function read(file) {
    var v = { rule: file.rule, budget: BigInt(file.budget_won), cost: {}, votes: {}, papers: [], of: {}, tie: {} }, papers = new Map();
    file.items.forEach(function (i) { v.cost[i.number] = BigInt(i.cost_won); v.votes[i.number] = 0n; });
    var ids = Object.keys(v.cost);
    file.papers.forEach(function (paper) {
      var picks = paper.picks.map(String), distinct = new Set(picks);
      if (picks.length < file.picks_min || picks.length > file.picks_max || distinct.size !== picks.length) return;
      if (!picks.every(function (one) { return one in v.cost; })) return;
      var name = picks.sort().join(" ");
      papers.set(name, (papers.get(name) || 0n) + 1n);
    });
    papers.forEach(function (n, name) {
      var picks = name.split(" ");
      picks.forEach(function (one) { v.votes[one] += n; });
      v.papers.push({ picks: new Set(picks), n: n });
    });
    v.voters = sum(v.papers.map(function (p) { return p.n; }));
    var lot = await shuffled(ids, file.seed);
    var keys = {
      cost: function (one) { return v.cost[one]; }, votes: function (one) { return -v.votes[one]; }, name: function (one) { return one; },
      lot: function (one) { return lot.indexOf(one); }
    };
    var order = ids.slice().sort(function (a, b) {
      for (var k = 0; k < v.rule.ties.length; k++) {
        var x = keys[v.rule.ties[k]](a), y = keys[v.rule.ties[k]](b);
        if (x !== y) return x < y ? -1 : 1;
      }
      return 0;
    });
    order.forEach(function (one, place) { v.tie[one] = place; });
    var threshold = BigInt(Math.max(1, v.rule.limits.threshold));
    v.able = order.filter(function (one) { return v.votes[one] >= threshold; });
    v.able.forEach(function (one) { v.of[one] = v.papers.map(function (p, k) { return p.picks.has(one) ? k : -1; }).filter(function (k) { return k >= 0; }); });
    return v;
  }

  function spent(v, chosen) { return sum(chosen.map(function (one) { return v.cost[one]; })); }

  function greedy(v, utility, skips, before) {
    var left = v.budget - spent(v, before), funded = [], going = true;
    function worth(one) {
      if (utility === "cost") return [v.votes[one], 1n];
      return v.cost[one] ? [v.votes[one], v.cost[one]] : [10n ** 30n, 1n];
    }
    v.able.filter(function (one) { return before.indexOf(one) < 0; }).sort(function (a, b) {
      return less(worth(b), worth(a)) ? -1 : less(worth(a), worth(b)) ? 1 : v.tie[a] - v.tie[b];
    }).forEach(function (one) {
      if (!going) return;
      if (v.cost[one] <= left) { funded.push(one); left -= v.cost[one]; } else if (!skips) going = false;
    });
    return funded;
  }

  /* Everybody holds `share`; money is whole numbers of one 1/parts of a won. */
  function sharesOnce(v, share, utility) {
    var money = v.papers.map(function () { return share[0]; }), parts = share[1];
    var bought = v.able.filter(function (one) { return !v.cost[one]; }), rest = v.able.filter(function (one) { return v.cost[one]; });
    for (;;) {
      var best = null, still = [];
      rest.forEach(function (one) {
        var due = v.cost[one] * parts, left = 0n, have = 0n;
        v.of[one].forEach(function (k) { have += money[k] * v.papers[k].n; left += v.papers[k].n; });
        if (have < due) return;
        still.push(one);
        v.of[one].slice().sort(function (a, b) { return money[a] < money[b] ? -1 : money[a] > money[b] ? 1 : 0; }).some(function (k) {
          if (money[k] * left >= due) return true;
          due -= money[k] * v.papers[k].n; left -= v.papers[k].n;
          return false;
        });
        var rho = [due, left * (utility === "cost" ? v.cost[one] : 1n)];
        if (!best || less(rho, best.rho) || (equal(rho, best.rho) && v.tie[one] < v.tie[best.one])) best = { rho: rho, one: one, due: due, left: left };
      });
      if (!best) return bought;
      var pay = reduced(best.due, best.left);
      money = money.map(function (m) { return m * pay[1]; });
      parts *= pay[1];
      v.of[best.one].forEach(function (k) { money[k] = money[k] > pay[0] ? money[k] - pay[0] : 0n; });
      bought.push(best.one);
      rest = still.filter(function (one) { return one !== best.one; });
    }
  }

  function fraction(text) {
    var parts = text.split("."), digits = (parts[1] || "").length;
    return reduced(BigInt(parts[0] + (parts[1] || "")), 10n ** BigInt(digits));
  }

  async function equalShares(v) {
    var rule = v.rule, share = reduced(v.budget, v.voters), bought = sharesOnce(v, share, rule.utility), runs = 0;
    if (rule.completion === "add1" || rule.completion === "add1u") {
      var text = rule.step.trim(), step = fraction(text.replace("%", ""));
      if (text.slice(-1) === "%") step = reduced(share[0] * step[0], share[1] * step[1] * 100n);
      var ceiling = sum(Object.values(v.cost)) + 1n;
      while (bought.length < v.able.length && share[0] <= ceiling * share[1]) {
        var left = v.budget - spent(v, bought);
        if (rule.exhaustive_stop && !v.able.some(function (one) { return bought.indexOf(one) < 0 && v.cost[one] <= left; })) break;
        share = plus(share, step);
        var more = sharesOnce(v, share, rule.utility);
        if (spent(v, more) > v.budget) break;
        bought = more;
        // A long count leaves the page to its reader between the steps.
        if (++runs % 20 === 0) await new Promise(function (go) { setTimeout(go, 0); });
      }
    }
    if (rule.completion === "greedy" || rule.completion === "add1u") bought = bought.concat(greedy(v, rule.utility, true, bought));
    return bought;
  }

  function phragmen(v) {
    var load = v.papers.map(function () { return [0n, 1n]; }), funded = [], left = v.budget;
    for (;;) {
      var least = null, equals = [];
      v.able.forEach(function (one) {
        if (funded.indexOf(one) >= 0) return;
        var total = [v.cost[one], 1n];
        v.of[one].forEach(function (k) { total = plus(total, [load[k][0] * v.papers[k].n, load[k][1]]); });
        total = reduced(total[0], total[1] * v.votes[one]);
        if (!least || less(total, least)) { least = total; equals = [one]; } else if (equal(total, least)) equals.push(one);
      });
      if (!least || equals.some(function (one) { return v.cost[one] > left; })) return funded;
      var next = equals.sort(function (a, b) { return v.tie[a] - v.tie[b]; })[0];
      funded.push(next);
      left -= v.cost[next];
      v.of[next].forEach(function (k) { load[k] = least; });
    }
  }

  function bestTotal(v) {
    var items = v.able.filter(function (one) { return v.cost[one] <= v.budget; }), least = new Map([[0n, 0n]]), took = [];
    items.slice().reverse().forEach(function (one) {
      var now = new Map(least), chosen = new Set();
      least.forEach(function (money, votes) {
        var reached = votes + v.votes[one], with_it = money + v.cost[one], known = now.get(reached);
        if (with_it <= (known === undefined ? v.budget : known)) { now.set(reached, with_it); chosen.add(reached); }
      });
      least = now;
      took.unshift(chosen);
    });
    var votes = 0n, funded = [];
    least.forEach(function (_money, total) { if (total > votes) votes = total; });
    items.forEach(function (one, k) { if (took[k].has(votes)) { funded.push(one); votes -= v.votes[one]; } });
    return funded;
  }

  async function count(v) {
    if (!v.voters) return [];
    if (v.rule.name === "greedy") return greedy(v, v.rule.utility, v.rule.skip, []);
    if (v.rule.name === "equal_shares") return equalShares(v);
    return v.rule.name === "phragmen" ? phragmen(v) : bestTotal(v);
  }

  button.addEventListener("click", async function () {
    button.disabled = true;
    said.textContent = box.dataset.counting;
    try {
      var answer = await fetch(box.dataset.recount), file = await answer.json(), v = await read(file), funded = await count(v);
      var mine = funded.map(Number).sort(function (a, b) { return a - b; }).join(), theirs = file.funded.slice().sort(function (a, b) { return a - b; }).join();
      var kept = hex(await sha256(file.seed)) === file.seed_commitment;
      said.textContent = mine !== theirs ? box.dataset.different : kept ? box.dataset.same : box.dataset.seed;
      box.dataset.outcome = mine === theirs && kept ? "same" : "different";
      box.dataset.funded = funded.join(" ");
    } catch (_error) {
      said.textContent = box.dataset.failed;
      box.dataset.outcome = "failed";
    }
    button.disabled = false;
  });
})();
