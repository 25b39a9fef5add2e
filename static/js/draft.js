/* form[data-draft="key"]: what is typed outlives an error, a lost line, an expired session and the back button.
   Kept in this browser per key, for whoever typed it; data-draft-url also posts it to the server. Files and passwords are
   never kept. An empty form goes on by itself; where the page has words of its own, the others are offered. Gone when it
   was sent, when its writer signs out or closes the account, when another person signs in, and after two weeks. */
(function () {
  "use strict";
  var PREFIX = "draft:";
  var PAUSE = 800;
  var SERVER_PAUSE = 5000;
  var KEPT = 14 * 86400000;
  /* Goes with the words, so that what did arrive and is sent again is known; lib/once.py. */
  var MARK = "once";

  function who() {
    return document.body.dataset.signedIn || "";
  }

  function read(key) {
    try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch (error) { return null; }
  }

  function forget(key) {
    try { localStorage.removeItem(PREFIX + key); } catch (error) { return; }
  }

  function keep(form) {
    var words = { at: Date.now(), who: who(), base: wordsOf(form, true), fields: fieldsOf(form) };
    try { localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify(words)); } catch (error) { return; }
  }

  function forgetAll(which) {
    try {
      Object.keys(localStorage).filter(function (name) { return name.indexOf(PREFIX) === 0; }).forEach(function (name) {
        var key = name.slice(PREFIX.length);
        if (which(read(key) || {})) { forget(key); }
      });
    } catch (error) { return; }
  }

  function isStale(old) {
    return !(Date.now() - old.at < KEPT) || (who() && old.who !== who());
  }

  function kept(element) {
    return element.name === MARK || (element.name && !/^(?:hidden|file|password|submit|button)$/.test(element.type));
  }

  function ticks(element) {
    return element.type === "checkbox" || element.type === "radio";
  }

  function fieldsOf(form) {
    return Array.from(form.elements).filter(kept).map(function (element) {
      return { name: element.name, value: element.value, on: ticks(element) ? element.checked : null };
    });
  }

  /* The words alone, as they stand or as the page brought them: the editor sends the same ones as HTML. */
  function wordsOf(form, brought) {
    return Array.from(form.elements).filter(kept).filter(function (element) { return element.name !== MARK; }).map(function (element) {
      if (ticks(element)) { return String(brought ? element.defaultChecked : element.checked); }
      if (element.tagName !== "SELECT") { return bare(brought ? element.defaultValue : element.value); }
      return Array.from(element.options).filter(function (option) { return brought ? option.defaultSelected : option.selected; }).map(function (option) {
        return option.value;
      }).join();
    }).join("|");
  }

  function bare(text) {
    return text.replace(/<[^>]*>|&nbsp;|\s/g, "");
  }

  function untouched(form) {
    return Array.from(form.elements).filter(kept).every(function (element) {
      if (ticks(element)) { return element.checked === element.defaultChecked; }
      return element.tagName === "SELECT" || element.name === MARK || element.value === "";
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
    form.dispatchEvent(new Event("filled"));
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* A line above the form: words, and buttons with what each does before the line goes. */
  function say(form, words, acts) {
    var line = document.createElement("p");
    line.className = "card pale cluster";
    line.setAttribute("role", "status");
    line.textContent = words;
    Object.keys(acts).forEach(function (label) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "btn small";
      button.textContent = label;
      button.onclick = function () { line.remove(); acts[label](); };
      line.append(button);
    });
    form.insertBefore(line, form.querySelector(":scope > :not([type=hidden])"));
    return line;
  }

  function goneOn(form) {
    say(form, "已接着您上次没写完的内容。", { 重新写: function () { forget(form.dataset.draft); form.reset(); } });
  }

  function offer(form, old) {
    var later = old.base === wordsOf(form, true) ? "" : "这里后来改过，接着写会换成您上次写的。";
    var line = say(form, "上次没发出去的内容，要接着写吗？" + later, {
      接着写: function () { fill(form, old.fields); },
      不要了: function () { forget(form.dataset.draft); },
    });
    form.addEventListener("input", function () { line.remove(); });
  }

  /* What stands in a page that came back for a mistake was typed just now. */
  function failed(form) {
    return document.querySelector("[data-error-summary], [data-failed]") || (form && form.querySelector(".wrong, .errorlist"));
  }

  function restore(form) {
    var old = read(form.dataset.draft);
    if (!old || failed(form)) { return; }
    if (untouched(form)) {
      fill(form, old.fields);
      if (!untouched(form)) { goneOn(form); }
      return;
    }
    var now = wordsOf(form, false);
    var copy = form.cloneNode(true);
    fill(copy, old.fields);
    if (wordsOf(copy, false) !== now) { offer(form, old); }
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
    var typed = false;
    restore(form);
    form.addEventListener("input", function () {
      typed = true;
      window.clearTimeout(timer);
      timer = window.setTimeout(function () { keep(form); }, PAUSE);
      if (form.dataset.draftUrl && !sending) {
        sending = window.setTimeout(function () { sending = 0; send(form); }, SERVER_PAUSE);
      }
    });
    window.addEventListener("pagehide", function () { if (typed && !form.dataset.sent) { keep(form); } });
    form.addEventListener("submit", function () {
      window.clearTimeout(timer);
      window.clearTimeout(sending);
      keep(form);
      form.dataset.sent = "yes";
      /* Sent by htmx, the answer says itself whether it arrived. */
      if (form.hasAttribute("hx-post")) { return; }
      try { sessionStorage.setItem("sent:" + key, who() ? "in" : "out"); } catch (error) { return; }
    });
    form.addEventListener("htmx:afterRequest", function (event) {
      if (event.detail.successful && event.detail.elt === form) { forget(key); form.reset(); }
    });
  }

  /* A page reached by sending, without a word of failure, by a reader who is still signed in: it arrived. */
  function arrived(key, before) {
    var way = performance.getEntriesByType("navigation")[0];
    var form = document.querySelector('form[data-draft="' + key + '"]');
    return !failed(form) && (!way || way.type === "navigate") && (before === "out" || who());
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
  forgetAll(isStale);
  document.addEventListener("leaving", function () { forgetAll(function () { return true; }); });
  document.querySelectorAll("form[data-draft]").forEach(watch);
  /* Forms that came later with a piece of a page; the piece says itself what has arrived. */
  document.addEventListener("htmx:afterSettle", function () {
    document.querySelectorAll("[data-draft-done]").forEach(function (mark) { forget(mark.dataset.draftDone); });
    document.querySelectorAll("form[data-draft]:not([data-watched])").forEach(watch);
  });
})();
