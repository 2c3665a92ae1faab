/* Questions that hang on another answer, areas of the chosen municipality, and one more row: at once, without loading the page again. */
(function () {
  "use strict";
  var shared = window.verleend = window.verleend || {}, form = document.querySelector("form[data-draft]");
  if (!form) return;

  function question(key) { return form.querySelector("[data-question='" + key + "']"); }
  function given(key) {
    return Array.prototype.filter.call(form.querySelectorAll("[name='" + key + "']"), function (field) {
      return field.tagName === "SELECT" ? field.value : field.checked;
    }).map(function (field) { return field.value; });
  }
  function ask() {
    form.querySelectorAll("[data-when]").forEach(function (one) {
      var on = question(one.dataset.when), values = on && !on.hidden ? given(one.dataset.when) : [], meets;
      if (!on) return; /* it stands in another section: the server knows */
      meets = values.length > 0 && ("not" in one.dataset
        ? values.indexOf(one.dataset.not) < 0
        : one.dataset.any.split("|").some(function (value) { return values.indexOf(value) >= 0; }));
      one.hidden = !meets;
    });
  }
  function narrow() {
    var place = form.querySelector("[data-target='municipality'] select"), list = form.querySelector("[data-areas]"), chosen, all;
    if (!place || !list) return;
    chosen = list.value;
    all = list.parentNode.querySelector("template[data-all-areas]");
    while (list.options.length > 1) list.remove(1);
    all.content.querySelectorAll("option").forEach(function (option) {
      if (!place.value || option.dataset.municipality === place.value || option.value === chosen) list.appendChild(option.cloneNode(true));
    });
    list.value = chosen;
  }
  function addRow(table) {
    var body = table.tBodies[0], last = body.rows[body.rows.length - 1], row = last.cloneNode(true), number = body.rows.length;
    row.querySelectorAll("input, select").forEach(function (field) {
      field.name = field.name.replace(/-\d+-([a-z]+)$/, "-" + number + "-$1");
      if (field.id) field.id = field.id.replace(/_\d+$/, "") + "_" + number;
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+/, String(number + 1)));
      field.value = "";
    });
    body.appendChild(row);
    return row;
  }
  shared.addRow = addRow;
  shared.refresh = function () { ask(); narrow(); if (shared.count) shared.count(); };
  form.querySelectorAll("[data-without-script]").forEach(function (one) { one.hidden = true; });
  form.addEventListener("change", function () { ask(); narrow(); });
  form.addEventListener("click", function (event) {
    var more = event.target.closest("[data-more]");
    if (!more) return;
    event.preventDefault();
    addRow(more.closest("[data-question]").querySelector("[data-table]")).querySelector("input").focus();
  });
  ask(); narrow();
})();
