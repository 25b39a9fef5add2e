/* form[data-offline="key"]: a record made without a signal waits in this browser and is sent when the signal is back.
   Each record carries its own key ([data-offline-key]), so that sending it twice makes it once; files do not wait.
   [data-offline-now] is set to the time of day when a record is made. [data-offline-list="key"] says what waits and what was refused. */
(function () {
  "use strict";
  var PREFIX = "offline:";

  function waiting(name) {
    try { return JSON.parse(localStorage.getItem(PREFIX + name)) || []; } catch (error) { return []; }
  }

  function keep(name, records) {
    try { localStorage.setItem(PREFIX + name, JSON.stringify(records)); return true; } catch (error) { return false; }
  }

  function newKey() {
    var bytes = new Uint8Array(10);
    crypto.getRandomValues(bytes);
    return Array.from(bytes).map(function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }

  function fields(form) {
    return Array.from(new FormData(form).entries()).filter(function (pair) {
      return typeof pair[1] === "string" && pair[0] !== "csrfmiddlewaretoken";
    });
  }

  function show(name) {
    var line = document.querySelector('[data-offline-list="' + name + '"]');
    if (!line) { return; }
    var records = waiting(name);
    var refused = records.filter(function (record) { return record.why; });
    line.hidden = !records.length;
    line.textContent = "手机里有" + records.length + "条还没交上" + (refused.length ? "，其中" + refused.length + "条没有收下：" + refused[0].why : "，有信号时会自动交。");
    if (refused.length) { line.appendChild(dismiss(name)); }
  }

  function dismiss(name) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn small";
    button.textContent = "去掉没收下的，我重新登记";
    button.addEventListener("click", function () {
      keep(name, waiting(name).filter(function (record) { return !record.why; }));
      show(name);
    });
    return button;
  }

  function drop(name, key) {
    keep(name, waiting(name).filter(function (record) { return record.key !== key; }));
  }

  function refuse(name, key, why) {
    keep(name, waiting(name).map(function (record) {
      return record.key === key ? Object.assign({}, record, { why: why }) : record;
    }));
  }

  function send(form, record) {
    var body = new FormData();
    record.fields.forEach(function (pair) { body.append(pair[0], pair[1]); });
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return fetch(form.action, { method: "POST", body: body, credentials: "same-origin", headers: { Accept: "application/json" } }).then(function (answer) {
      if (answer.ok && !answer.redirected) { drop(form.dataset.offline, record.key); return null; }
      if (answer.status !== 409 && answer.status !== 422) { return null; }
      return answer.json().then(function (said) { refuse(form.dataset.offline, record.key, said.why); });
    });
  }

  function sendAll(form, afterwards) {
    var name = form.dataset.offline;
    waiting(name).filter(function (record) { return !record.why; }).reduce(function (before, record) {
      return before.then(function () { return send(form, record); });
    }, Promise.resolve()).catch(function () { return null; }).then(function () {
      show(name);
      if (afterwards && !waiting(name).length) { location.reload(); }
    });
  }

  function clear(form) {
    form.querySelectorAll('input[type="checkbox"]').forEach(function (box) { box.checked = false; });
    form.querySelector("[data-offline-key]").value = newKey();
  }

  function stamp(form) {
    var field = form.querySelector("[data-offline-now]");
    if (!field || field.value !== field.defaultValue) { return; }
    // The site's own time of day, wherever the telephone thinks it is.
    field.value = field.defaultValue = new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 16);
  }

  function hasFile(form) {
    return Array.from(form.querySelectorAll('input[type="file"]')).some(function (input) { return input.files.length; });
  }

  document.querySelectorAll("form[data-offline]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      stamp(form);
      // A file cannot wait in the browser's small store: with one the form goes the ordinary way.
      if (hasFile(form) && navigator.onLine) { return; }
      var key = form.querySelector("[data-offline-key]").value;
      var records = waiting(form.dataset.offline).concat([{ key: key, fields: fields(form) }]);
      if (!keep(form.dataset.offline, records)) { return; }
      event.preventDefault();
      clear(form);
      show(form.dataset.offline);
      sendAll(form, true);
    });
    window.addEventListener("online", function () { sendAll(form, true); });
    sendAll(form, false);
  });
})();
