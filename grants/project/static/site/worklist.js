/* Shortcuts on the work list. Everything works without them; they can be switched off (WCAG 2.1.4), and that is remembered. */
(function () {
  "use strict";
  var bar = document.getElementById("shortcuts"), help = document.getElementById("shortcuts-help"), search = document.getElementById("id_q");
  if (!bar || !help || !search) return;
  var box = bar.querySelector("[data-shortcuts=on]"), KEY = "worklist-shortcuts", row = -1;
  function kept() { try { return window.localStorage.getItem(KEY); } catch (e) { return null; } }
  function keep(value) { try { window.localStorage.setItem(KEY, value); } catch (e) { /* no storage: as long as the page is open */ } }
  bar.hidden = false;
  box.checked = kept() !== "off";
  box.addEventListener("change", function () { keep(box.checked ? "on" : "off"); });
  bar.querySelector("[data-shortcuts=help]").addEventListener("click", function () { help.showModal(); });

  function rows() { return document.querySelectorAll(".worklist tbody tr"); }
  function go(step) {
    var all = rows(), links;
    if (!all.length) return;
    row = Math.max(0, Math.min(all.length - 1, row + step));
    links = all[row].querySelector("th a");
    if (links) { links.focus(); links.scrollIntoView({ block: "nearest" }); }
  }
  function typing(element) { return element.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null; }

  document.addEventListener("focusin", function (event) {
    var inside = event.target.closest(".worklist tbody tr");
    if (inside) row = Array.prototype.indexOf.call(rows(), inside);
  });
  document.addEventListener("keydown", function (event) {
    if (!box.checked || help.open || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    var mark;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "x") {
      mark = row >= 0 && rows()[row] ? rows()[row].querySelector("input[type=checkbox]") : null;
      if (mark) mark.checked = !mark.checked;
    } else if (event.key === "/") search.focus();
    else if (event.key === "?") help.showModal();
    else return;
    event.preventDefault();
  });
})();
