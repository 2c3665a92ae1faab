/* Warns two minutes before a session ends. Only the server knows when that is: another window may have kept it alive.
   Nothing on the page is touched, so what was typed stays where it is. Without this script the line under the page says it. */
(function () {
  "use strict";
  var place = document.getElementById("session-limit"), box = document.getElementById("session-warning"), WARN = 120, timer;
  if (!place || !box || !window.fetch || !box.showModal) return;
  var token = place.querySelector("[name=csrfmiddlewaretoken]").value;

  function part(name) { return box.querySelector("[data-session=" + name + "]"); }
  function say(state) {
    ["soon", "ended", "unsure"].forEach(function (name) { part(name).hidden = name !== state; });
    part("stay").hidden = state === "ended";
    part("again").hidden = state !== "ended";
    if (!box.open) box.showModal();
    (state === "ended" ? part("again") : part("stay")).focus();
  }
  function later(seconds, what) { window.clearTimeout(timer); timer = window.setTimeout(what, Math.max(1, seconds) * 1000); }
  function ask(address, options) {
    return window.fetch(address, options).then(function (answer) { return answer.ok ? answer.json() : { seconds: answer.status === 401 ? 0 : null }; });
  }
  function plan(left) {
    if (left === null) { later(30, look); return; }
    if (left <= 0) { say("ended"); return; }
    if (left > WARN) { if (box.open) box.close(); later(left - WARN, look); return; }
    if (!box.open) say("soon");
    later(left + 1, look);
  }
  function look() {
    ask(place.dataset.time, { headers: { Accept: "application/json" } }).then(function (found) { plan(found.seconds); }).catch(function () { later(30, look); });
  }
  part("stay").addEventListener("click", function () {
    ask(place.dataset.stay, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token } })
      .then(function (found) { if (found.seconds === null) { say("unsure"); } else { plan(found.seconds); } })
      .catch(function () { say("unsure"); });
  });
  part("close").addEventListener("click", function () { box.close(); });
  document.addEventListener("visibilitychange", function () { if (!document.hidden) look(); });
  look();
})();
