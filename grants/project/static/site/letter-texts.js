/* The preview of a letter text follows what is typed. Without this script the button shows it. */
(function () {
  "use strict";
  var form = document.getElementById("text-form"), timer = null, running = null;
  if (!form || !window.fetch || !window.DOMParser) return;
  function refresh() {
    var data = new FormData(form);
    data.append("act", "preview");
    if (running) running.abort();
    running = new AbortController();
    fetch(form.getAttribute("action"), { method: "POST", body: data, credentials: "same-origin", signal: running.signal }).then(function (answer) {
      return answer.ok ? answer.text() : null;
    }).then(function (page) {
      var fresh = page && new DOMParser().parseFromString(page, "text/html");
      ["voorbeeld-brief", "oordeel"].forEach(function (id) {
        var now = document.getElementById(id), then = fresh && fresh.getElementById(id);
        if (now && then && !now.contains(document.activeElement)) now.replaceChildren.apply(now, Array.prototype.slice.call(then.childNodes));
      });
    }).catch(function () { /* the page stays as it is; the button still works */ });
  }
  form.addEventListener("input", function (event) {
    if (event.target.id === "note" || event.target.id === "case") return;  // a case is opened on asking, not while its number is typed
    clearTimeout(timer);
    timer = setTimeout(refresh, 700);
  });
}());
