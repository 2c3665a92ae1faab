/* What was typed and not yet saved is forgotten once it is sent in, and when somebody signs out: the computer may be shared. */
(function () {
  "use strict";
  var START = "verleend-draft-";
  function forget(draft) {
    try {
      Object.keys(window.sessionStorage).forEach(function (key) {
        if (key === START + draft || (!draft && key.indexOf(START) === 0)) window.sessionStorage.removeItem(key);
      });
    } catch (e) { /* no storage: nothing was kept */ }
  }
  var sent = document.querySelector("[data-forget]");
  if (sent) forget(sent.dataset.forget);
  document.addEventListener("submit", function (event) {
    if (/\/uitloggen\/$/.test(event.target.action)) forget("");
  });
})();
