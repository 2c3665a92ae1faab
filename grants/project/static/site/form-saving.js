/* Saves each changed answer by itself and says so. What could not be saved yet stays on the screen and, for a reload, in the
   storage of this one tab. Two people at one answer: neither is overwritten, both are shown. Without this script the form
   saves when a button is pressed. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-draft]"), shared = window.verleend = window.verleend || {};
  if (!form || !window.fetch || !window.URLSearchParams) return;
  var says = form.dataset, line = form.querySelector("[data-saved]"), KEY = "verleend-draft-" + says.draft;
  var QUIET = 700, FIRST = 1000, LONGEST = 30000;
  var dirty = {}, elsewhere = {}, clashes = {}, running = null, timer = null, wait = FIRST, over = false;

  function question(key) { return form.querySelector("[data-question='" + key + "']"); }
  function pairs(key) {
    var found = [];
    question(key).querySelectorAll("[name]").forEach(function (field) {
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) return;
      if (field.tagName !== "BUTTON") found.push([field.name, field.value]);
    });
    return found;
  }
  function same(a, b) { return JSON.stringify(a) === JSON.stringify(b); }
  function body(list) {
    return list.filter(function (pair) { return pair[0].indexOf("versie-") !== 0; });
  }

  /* --- what is not saved yet, for a reload of this tab ------------------------------------------------------ */
  function keep() {
    var all = {};
    Object.keys(elsewhere).forEach(function (key) { all[key] = elsewhere[key]; });
    Object.keys(dirty).concat(Object.keys(clashes)).forEach(function (key) { all[key] = pairs(key); });
    try {
      if (over || !Object.keys(all).length) window.sessionStorage.removeItem(KEY);
      else window.sessionStorage.setItem(KEY, JSON.stringify({ person: says.person, answers: all }));
    } catch (e) { /* no storage: the screen still has it */ }
  }
  function kept() {
    try {
      var found = JSON.parse(window.sessionStorage.getItem(KEY) || "null");
      if (found && found.person === says.person) return found.answers;
      window.sessionStorage.removeItem(KEY);
    } catch (e) { /* unreadable: nothing was kept */ }
    return {};
  }
  function put(key, list) {
    var place = question(key), table = place.querySelector("[data-table]");
    place.querySelectorAll("input[type=checkbox], input[type=radio]").forEach(function (field) { field.checked = false; });
    if (table) table.querySelectorAll("input, select").forEach(function (field) { field.value = ""; });
    list.forEach(function (pair) {
      var fields = place.querySelectorAll("[name='" + pair[0] + "']");
      while (table && !fields.length && /-\d+-[a-z]+$/.test(pair[0])) {
        shared.addRow(table);
        fields = place.querySelectorAll("[name='" + pair[0] + "']");
      }
      fields.forEach(function (field) {
        if (field.type === "checkbox" || field.type === "radio") { if (field.value === pair[1]) field.checked = true; }
        else field.value = pair[1];
      });
    });
    if (shared.refresh) shared.refresh();
  }

  /* --- saying how it goes ------------------------------------------------------------------------------------ */
  function tell(text, trouble) {
    line.classList.toggle("saved-trouble", Boolean(trouble));
    if (line.textContent !== text) line.textContent = text;
  }
  function tellEnded() {
    var link;
    if (line.querySelector("a")) return;
    tell(says.saysEnded + " ", true);
    link = document.createElement("a");
    link.href = says.signIn; link.target = "_blank"; link.rel = "opener"; link.textContent = says.saysSignIn;
    line.appendChild(link);
  }
  function tellRemarks(key, texts) {
    var place = document.getElementById("id_" + key + "_remarks");
    if (!place) return;
    place.textContent = "";
    texts.forEach(function (text) {
      var remark = document.createElement("p");
      remark.className = "field-warning"; remark.textContent = text;
      place.appendChild(remark);
    });
  }

  /* --- two people at one answer ------------------------------------------------------------------------------ */
  function button(text, act) {
    var found = document.createElement("button");
    found.type = "button"; found.className = "button second"; found.textContent = text;
    found.addEventListener("click", act);
    return found;
  }
  function clash(key, theirs) {
    var place = question(key), old = document.getElementById("botsing-" + key), box = document.createElement("div"), quote = document.createElement("blockquote");
    if (old) old.remove();
    clashes[key] = theirs;
    box.id = "botsing-" + key; box.className = "notice notice-warning clash"; box.setAttribute("role", "alert");
    function paragraph(text) { var p = document.createElement("p"); p.textContent = text; box.appendChild(p); }
    paragraph(says.saysClash);
    if (theirs.who) paragraph(says.saysBy.replace("{wie}", theirs.who).replace("{tijd}", theirs.at));
    paragraph(says.saysTheirs);
    quote.textContent = theirs.words || says.saysNothing;
    box.appendChild(quote);
    function done(add) {
      box.remove();
      place.querySelector("[name='versie-" + key + "']").value = theirs.token;
      delete clashes[key];
      if (add) { dirty[key] = true; }
      keep(); plan(0);
      var first = place.querySelector("input:not([type=hidden]), select, textarea");
      if (first) first.focus();
    }
    box.appendChild(button(says.saysKeepMine, function () { done(true); }));
    box.appendChild(document.createTextNode(" "));
    box.appendChild(button(says.saysKeepTheirs, function () { put(key, theirsAsPairs(key, theirs.value)); done(false); }));
    place.parentNode.insertBefore(box, place);
  }
  function theirsAsPairs(key, value) {
    if (!Array.isArray(value)) return [[key, value]];
    return value.reduce(function (found, item, number) {
      if (typeof item === "string") return found.concat([[key, item]]);
      return found.concat(Object.keys(item).map(function (name) { return [key + "-" + number + "-" + name, item[name]]; }));
    }, []);
  }

  /* --- saving ------------------------------------------------------------------------------------------------ */
  function plan(after) {
    window.clearTimeout(timer);
    timer = window.setTimeout(flush, after);
  }
  function later(text) {
    tell(text, true);
    plan(wait);
    wait = Math.min(wait * 2, LONGEST);
  }
  function data(sent) {
    var found = new URLSearchParams();
    found.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    Object.keys(sent).forEach(function (key) { sent[key].forEach(function (pair) { found.append(pair[0], pair[1]); }); });
    return found;
  }
  function unsaved() {
    var sent = {};
    Object.keys(elsewhere).forEach(function (key) { sent[key] = elsewhere[key]; });
    Object.keys(dirty).forEach(function (key) { if (!clashes[key]) sent[key] = pairs(key); });
    return sent;
  }
  function post(sent, lastly) {
    return window.fetch(says.save, {
      method: "POST", body: data(sent), credentials: "same-origin", keepalive: Boolean(lastly), redirect: "error", headers: { Accept: "application/json" }
    });
  }
  /* After signing in again in another window the form needs a new token: take it from a fresh copy of this page, if it comes. */
  function freshToken() {
    return window.fetch(window.location.href, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      var found = new DOMParser().parseFromString(text, "text/html").querySelector("form[data-draft] [name=csrfmiddlewaretoken]");
      if (found) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = found.value; });
      return Boolean(found);
    });
  }
  function ended() {
    tellEnded();
    plan(LONGEST);
    return "ended";
  }
  function took(sent, answer) {
    Object.keys(answer.tokens).forEach(function (key) {
      var place = question(key);
      if (elsewhere[key] && same(elsewhere[key], sent[key])) delete elsewhere[key];
      if (!place) return;
      place.querySelector("[name='versie-" + key + "']").value = answer.tokens[key];
      if (dirty[key] && same(body(pairs(key)), body(sent[key]))) delete dirty[key];
      tellRemarks(key, answer.remarks[key] || []);
    });
    Object.keys(answer.conflicts).forEach(function (key) {
      if (question(key)) { delete dirty[key]; delete elsewhere[key]; clash(key, answer.conflicts[key]); }
    });
    wait = FIRST;
    tell(says.saysSaved.replace("{tijd}", answer.at), false);
    keep();
    if (Object.keys(dirty).length) plan(QUIET);
  }
  /* Resolves to "saved", "conflict", "ended", "sent_in" or "offline". */
  function flush() {
    var sent = unsaved(), again = true;
    window.clearTimeout(timer);
    if (running) return running.then(flush);
    if (over || !Object.keys(sent).length) return Promise.resolve(Object.keys(clashes).length ? "conflict" : "saved");
    if (!line.classList.contains("saved-trouble")) tell(says.saysBusy, false);
    function attempt() {
      return post(sent).then(function (answer) {
        if (answer.status === 403 && again) {
          again = false;
          return freshToken().then(function (found) { return found ? attempt() : ended(); });
        }
        if (answer.status === 401 || answer.status === 403) return ended();
        return answer.json().then(function (found) {
          if (found.status === "sent_in") { over = true; keep(); tell(says.saysSent, true); return "sent_in"; }
          if (!found.tokens) throw new Error("unknown answer");
          took(sent, found);
          return Object.keys(clashes).length ? "conflict" : "saved";
        });
      });
    }
    running = attempt().catch(function () {
      later(window.navigator.onLine === false ? says.saysOffline : says.saysFailed);
      return "offline";
    });
    return running.then(function (result) { running = null; return result; });
  }

  /* --- when -------------------------------------------------------------------------------------------------- */
  function changed(event) {
    var place = event.target.closest("[data-question]");
    if (!place || over || place.dataset.kind === "file") return; /* files go by themselves: files.js, or with the button */
    dirty[place.dataset.question] = true;
    keep();
    plan(event.type === "change" ? 50 : QUIET);
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  window.addEventListener("online", function () { wait = FIRST; plan(0); });
  window.addEventListener("offline", function () { if (Object.keys(dirty).length) tell(says.saysOffline, true); });
  window.addEventListener("focus", function () { if (Object.keys(dirty).length) plan(0); });
  window.addEventListener("pagehide", function () {
    var sent = unsaved();
    if (!over && !running && Object.keys(sent).length) post(sent, true).catch(function () { /* it is kept for the next page */ });
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) window.location.reload(); });

  var leaving = false;
  form.addEventListener("submit", function (event) {
    var by = event.submitter;
    if (leaving || (!running && !Object.keys(unsaved()).length)) return;
    event.preventDefault();
    flush().then(function (result) {
      if (result === "offline" || result === "conflict" || result === "sent_in") return;
      leaving = true;
      form.requestSubmit(by);
      window.setTimeout(function () { leaving = false; }, 2000);
    });
  });
  document.addEventListener("submit", function (event) {
    if (/\/uitloggen\/$/.test(event.target.action)) { over = true; keep(); }
  });

  /* A page that one comes back to shows what the server has, and over it what was not saved yet. */
  var entry = window.performance && window.performance.getEntriesByType ? window.performance.getEntriesByType("navigation")[0] : null;
  if (entry && entry.type === "back_forward") { form.reset(); if (shared.refresh) shared.refresh(); }
  var found = kept();
  Object.keys(found).forEach(function (key) {
    if (question(key)) { put(key, found[key]); dirty[key] = true; } else elsewhere[key] = found[key];
  });
  if (Object.keys(found).length) plan(0);
})();
