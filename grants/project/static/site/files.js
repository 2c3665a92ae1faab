/* Sends files in parts, so that a lost connection costs one part and not the file. Without this script the form sends them whole. */
(function () {
  "use strict";
  if (!window.fetch || !window.crypto || !crypto.subtle || !File.prototype.arrayBuffer) return;
  var LONGEST_PAUSE = 15000, BUSY = 0;

  function hex(buffer) {
    return Array.prototype.map.call(new Uint8Array(buffer), function (b) { return b.toString(16).padStart(2, "0"); }).join("");
  }

  /* Waits for the connection to come back, or for a while that grows; whichever is first. */
  function pause(tries) {
    return new Promise(function (go) {
      var timer = setTimeout(done, Math.min(LONGEST_PAUSE, 500 * Math.pow(2, tries)));
      function done() { clearTimeout(timer); window.removeEventListener("online", done); go(); }
      window.addEventListener("online", done);
    });
  }

  function Refused(words) { this.words = words; }

  function setUp(place) {
    var input = place.querySelector("input[type=file]"), list = place.querySelector(".files"), status = place.querySelector(".files-status");
    var words = status.dataset, form = input.form, queue = Promise.resolve();
    function token() { return form.querySelector("input[name=csrfmiddlewaretoken]").value; }
    function say(text) { status.textContent = text; }

    /* One request, again and again until the server answers; what it answers is for the caller. */
    async function ask(address, options) {
      for (var tries = 0; ; tries += 1) {
        try {
          var answer = await fetch(address, Object.assign({ credentials: "same-origin", redirect: "error" }, options));
          if (answer.status < 500 && answer.status !== 400) {
            if (answer.status === 401 || answer.status === 403) throw new Refused(words.ended);
            if (answer.status === 404) throw new Refused(words.failed);
            return { status: answer.status, data: await answer.json() };
          }
        } catch (error) {
          if (error instanceof Refused) throw error;
        }
        if (tries > 0) say(words.waiting);
        await pause(tries);
      }
    }

    async function send(file, bar) {
      var body = new FormData(), digest = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())), headers, answer, offset, rest;
      body.append("key", place.dataset.key);
      body.append("filename", file.name);
      body.append("size", file.size);
      body.append("digest", digest);
      headers = { "X-CSRFToken": token() };
      answer = await ask(place.dataset.begin, { method: "POST", headers: headers, body: body });
      if (!answer.data.to) throw new Refused(answer.data.problem || words.failed);
      var to = answer.data.to, finish = answer.data.finish, size = answer.data.part;
      offset = answer.data.offset;
      for (;;) {
        while (offset < file.size) {
          bar.value = offset;
          rest = file.slice(offset, offset + size);
          answer = await ask(to, {
            method: "POST", body: rest,
            headers: { "X-CSRFToken": token(), "Upload-Offset": String(offset), "Content-Type": "application/octet-stream" }
          });
          if (typeof answer.data.offset !== "number") throw new Refused(answer.data.problem || words.failed);
          offset = answer.data.offset;
          say(words.sending + ": " + file.name);
        }
        answer = await ask(finish, { method: "POST", headers: headers });
        if (answer.data.html) return answer.data;
        if (typeof answer.data.offset !== "number" || answer.data.offset >= file.size) throw new Refused(answer.data.problem || words.failed);
        offset = answer.data.offset;
      }
    }

    async function take(file) {
      var item = document.createElement("li"), bar = document.createElement("progress");
      item.textContent = file.name;
      bar.max = file.size;
      bar.value = 0;
      bar.setAttribute("aria-label", words.sending + ": " + file.name);
      item.appendChild(bar);
      list.appendChild(item);
      BUSY += 1;
      try {
        if (file.size > Number(words.limit) * 1024 * 1024) throw new Refused(words.large);
        say(words.sending + ": " + file.name);
        var done = await send(file, bar);
        item.outerHTML = done.html;
        say(done.name + " " + words.done);
      } catch (error) {
        var problem = error instanceof Refused ? error.words : words.failed;
        bar.remove();
        item.className = "field-warning";
        item.textContent = file.name + ": " + problem;
        say(item.textContent);
      } finally {
        BUSY -= 1;
      }
    }

    input.addEventListener("change", function () {
      var chosen = Array.prototype.slice.call(input.files);
      input.value = "";
      place.querySelectorAll(".files > .field-warning").forEach(function (old) { old.remove(); });
      chosen.forEach(function (file) { queue = queue.then(function () { return take(file); }); });
    });
  }

  document.querySelectorAll(".file-question").forEach(setUp);
  window.addEventListener("beforeunload", function (event) { if (BUSY) event.preventDefault(); });
})();
