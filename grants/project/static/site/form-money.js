/* Sums while typing. The server counts again: what stands here only helps. */
(function () {
  "use strict";
  var shared = window.verleend = window.verleend || {};
  var DUTCH = /^(\d{1,3}(\.\d{3})+|\d+)(,(\d{1,2}|-{1,2}))?$/, PLAIN = /^\d+\.\d{1,2}$/;

  /* Cents of `2.500`, `2.500,00`, `2500.00` or `€ 2.500,-`; 0 for what is no amount. */
  function cents(text) {
    var typed = text.replace(/[\s\u00a0\u202f]|€|euro|eur/gi, ""), plain;
    if (DUTCH.test(typed)) plain = typed.replace(/\./g, "").replace(",", ".").replace(/-+$/, "").replace(/\.$/, "");
    else if (PLAIN.test(typed)) plain = typed;
    else return 0;
    return plain.length > 14 ? 0 : Math.round(Number(plain) * 100);
  }
  function euro(value) {
    var parts = (Math.abs(value) / 100).toFixed(2).split(".");
    return (value < 0 ? "-" : "") + "€\u00a0" + parts[0].replace(/\B(?=(\d{3})+$)/g, ".") + "," + parts[1];
  }
  function shown(question) { return question && !question.hidden; }
  function rows(question) {
    return Array.prototype.map.call(question.querySelectorAll("tbody tr"), function (row) {
      var status = row.querySelector("select");
      return { cents: cents(row.querySelector("[name$='-amount']").value), status: status ? status.value || "asked" : "" };
    });
  }
  function sum(list, statuses) {
    return list.reduce(function (total, row) { return statuses.indexOf(row.status) < 0 ? total : total + row.cents; }, 0);
  }
  function count() {
    var form = document.querySelector("form[data-draft]"), box = document.querySelector("[data-balance]");
    if (!form) return;
    form.querySelectorAll("[data-table]").forEach(function (table) {
      var question = table.closest("[data-question]"), output = question.querySelector("[data-total]");
      if (output) output.textContent = euro(sum(rows(question), ["", "asked", "granted", "own"]));
    });
    if (!box) return;
    function target(name) { var found = form.querySelector("[data-target='" + name + "']"); return shown(found) ? found : null; }
    function single(name) { var found = target(name); return found ? cents(found.querySelector("input[type=text]").value) : 0; }
    var costs = target("costs"), money = target("financing") ? rows(target("financing")) : [];
    var sums = {
      costs: costs ? sum(rows(costs), [""]) : 0, requested: single("requested_amount"),
      own: single("own_share") + sum(money, ["own"]), others: sum(money, ["asked", "granted"])
    };
    var gap = sums.costs - sums.requested - sums.own - sums.others, says = box.dataset, verdict = box.querySelector("[data-verdict]"), text;
    Object.keys(sums).forEach(function (name) { box.querySelector("[data-sum='" + name + "']").textContent = euro(sums[name]); });
    text = !sums.costs ? says.saysEmpty : gap > 0 ? says.saysShort : gap < 0 ? says.saysOver : says.saysEven;
    text = text.replace("{bedrag}", euro(Math.abs(gap)));
    if (verdict.textContent !== text) verdict.textContent = text;
  }
  shared.count = count;
  document.addEventListener("input", count);
  document.addEventListener("change", count);
})();
