/* form[data-draft="key"]: what is typed outlives an error, a lost line, an expired session and the back button.
   Kept in this browser per key; data-draft-url also posts it to the server. Files and passwords are never kept. */
(function () {
  "use strict";
  var PREFIX = "draft:";
  var PAUSE = 800;
  var SERVER_PAUSE = 5000;

  function signedIn() {
    return document.body.hasAttribute("data-signed-in");
  }

  function read(key) {
    try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch (error) { return null; }
  }

  function forget(key) {
    try { localStorage.removeItem(PREFIX + key); } catch (error) { return; }
  }

  function keep(key, fields) {
    try { localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), fields: fields })); } catch (error) { return; }
  }

  function kept(element) {
    return element.name && !/^(?:hidden|file|password|submit|button)$/.test(element.type) && element.name !== "csrfmiddlewaretoken";
  }

  function fieldsOf(form) {
    return Array.from(form.elements).filter(kept).map(function (element) {
      var ticks = element.type === "checkbox" || element.type === "radio";
      return { name: element.name, value: element.value, on: ticks ? element.checked : null };
    });
  }

  function untouched(form) {
    return Array.from(form.elements).filter(kept).every(function (element) {
      if (element.type === "checkbox" || element.type === "radio") { return element.checked === element.defaultChecked; }
      return element.tagName === "SELECT" || element.value === "";
    });
  }

  function fill(form, fields) {
    fields.forEach(function (field) {
      Array.from(form.elements).forEach(function (element) {
        if (element.name !== field.name || !kept(element)) { return; }
        if (field.on === null) { element.value = field.value; return; }
        if (element.value === field.value) { element.checked = field.on; }
      });
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function note(form, key) {
    var line = document.createElement("p");
    line.className = "soft cluster";
    line.setAttribute("role", "status");
    var words = document.createElement("span");
    words.textContent = "已接着您上次没写完的内容。";
    var button = document.createElement("button");
    button.type = "button";
    button.className = "linkish";
    button.textContent = "重新写";
    button.onclick = function () { forget(key); form.reset(); line.remove(); };
    line.append(words, button);
    form.prepend(line);
  }

  function send(form) {
    var body = new FormData();
    fieldsOf(form).forEach(function (field) { if (field.on !== false) { body.append(field.name, field.value); } });
    var token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (token) { body.append(token.name, token.value); }
    fetch(form.dataset.draftUrl, { method: "POST", body: body, credentials: "same-origin" }).catch(function () { return null; });
  }

  function watch(form) {
    var key = form.dataset.draft;
    form.dataset.watched = "yes";
    var timer = 0;
    var sending = 0;
    var old = read(key);
    if (old && untouched(form)) { fill(form, old.fields); note(form, key); }
    form.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () { keep(key, fieldsOf(form)); }, PAUSE);
      if (form.dataset.draftUrl && !sending) {
        sending = window.setTimeout(function () { sending = 0; send(form); }, SERVER_PAUSE);
      }
    });
    window.addEventListener("pagehide", function () { if (!form.dataset.sent && !untouched(form)) { keep(key, fieldsOf(form)); } });
    form.addEventListener("submit", function () {
      window.clearTimeout(timer);
      window.clearTimeout(sending);
      keep(key, fieldsOf(form));
      form.dataset.sent = "yes";
      /* Sent by htmx, the answer says itself whether it arrived. */
      if (form.hasAttribute("hx-post")) { return; }
      try { sessionStorage.setItem("sent:" + key, signedIn() ? "in" : "out"); } catch (error) { return; }
    });
    form.addEventListener("htmx:afterRequest", function (event) {
      if (event.detail.successful && event.detail.elt === form) { forget(key); form.reset(); }
    });
  }

  /* A page reached by sending, without a word of failure, by a reader who is still signed in: it arrived. */
  function arrived(key, before) {
    var way = performance.getEntriesByType("navigation")[0];
    var own = 'form[data-draft="' + key + '"] ';
    var failed = document.querySelector("[data-error-summary], [data-failed], " + own + ".wrong, " + own + ".errorlist");
    return !failed && (!way || way.type === "navigate") && (before === "out" || signedIn());
  }

  function settle() {
    document.querySelectorAll("[data-draft-done]").forEach(function (mark) { forget(mark.dataset.draftDone); });
    try {
      Object.keys(sessionStorage).filter(function (name) { return name.indexOf("sent:") === 0; }).forEach(function (name) {
        var key = name.slice(5);
        if (arrived(key, sessionStorage.getItem(name))) { forget(key); }
        sessionStorage.removeItem(name);
      });
    } catch (error) { return; }
  }

  settle();
  document.querySelectorAll("form[data-draft]").forEach(watch);
  /* Forms that came later with a piece of a page; the piece says itself what has arrived. */
  document.addEventListener("htmx:afterSettle", function () {
    document.querySelectorAll("[data-draft-done]").forEach(function (mark) { forget(mark.dataset.draftDone); });
    document.querySelectorAll("form[data-draft]:not([data-watched])").forEach(watch);
  });
})();
