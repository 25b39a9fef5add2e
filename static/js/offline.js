/* form[data-offline="key"]: a record made without a signal waits in this browser, photos too, and is sent when the
   signal is back. Each record carries its own key ([data-offline-key]), so that sending it twice makes it once.
   [data-offline-now] is set to the time of day when a record is made. [data-offline-list="key"] says what waits.
   [data-offline-worker="address"]: the worker that lets this page open without a signal. Signing out clears all of it. */
(function () {
  "use strict";
  var STORE = "records";
  var PAGES = "work-lists";
  var AGAIN = 20000;

  // What waits: one small database of this browser. -------------------------------------------------------------------

  function open() {
    return new Promise(function (resolve, reject) {
      var asked = indexedDB.open("offline", 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore(STORE, { keyPath: "key" }); };
      asked.onsuccess = function () { resolve(asked.result); };
      asked.onerror = reject;
    });
  }

  function within(mode, act) {
    return open().then(function (base) {
      return new Promise(function (resolve, reject) {
        var change = base.transaction(STORE, mode);
        var asked = act(change.objectStore(STORE));
        change.oncomplete = function () { base.close(); resolve(asked.result); };
        change.onerror = change.onabort = reject;
      });
    });
  }

  function put(record) { return within("readwrite", function (store) { return store.put(record); }); }
  function drop(key) { return within("readwrite", function (store) { return store.delete(key); }); }

  function waiting(name) {
    return within("readonly", function (store) { return store.getAll(); }).then(function (records) {
      return records.filter(function (record) { return !name || record.name === name; });
    });
  }

  function newKey() {
    var bytes = new Uint8Array(10);
    crypto.getRandomValues(bytes);
    return Array.from(bytes).map(function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }

  function fields(form) {
    return Array.from(new FormData(form).entries()).filter(function (pair) {
      return pair[0] !== "csrfmiddlewaretoken" && (typeof pair[1] === "string" || pair[1].size);
    });
  }

  // What the page says. ------------------------------------------------------------------------------------------------

  function show(name) {
    var line = document.querySelector('[data-offline-list="' + name + '"]');
    if (!line) { return Promise.resolve(); }
    return waiting(name).then(function (records) {
      var refused = records.filter(function (record) { return record.why; });
      line.hidden = !records.length;
      line.textContent = "手机里有" + records.length + "条还没交上" + (refused.length ? "，其中" + refused.length + "条没有收下：" + refused[0].why : "，有信号时会自动交。");
      if (refused.length) { line.appendChild(dismiss(name, refused)); }
    });
  }

  function dismiss(name, refused) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn small";
    button.textContent = "去掉没收下的，我重新登记";
    button.addEventListener("click", function () {
      Promise.all(refused.map(function (record) { return drop(record.key); })).then(function () { show(name); });
    });
    return button;
  }

  // Sending. -----------------------------------------------------------------------------------------------------------

  function send(form, record) {
    var body = new FormData();
    record.fields.forEach(function (pair) { body.append(pair[0], pair[1]); });
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return fetch(form.action, { method: "POST", body: body, credentials: "same-origin", headers: { Accept: "application/json" } }).then(function (answer) {
      if (answer.ok && !answer.redirected) { return drop(record.key); }
      if (answer.status !== 409 && answer.status !== 422) { return null; }
      return answer.json().then(function (said) { return put(Object.assign({}, record, { why: said.why })); });
    });
  }

  function unsent(records) { return records.filter(function (record) { return !record.why; }); }

  function sendAll(form) {
    var name = form.dataset.offline;
    if (form.dataset.offlineBusy) { return Promise.resolve(); }
    form.dataset.offlineBusy = "yes";
    return waiting(name).then(function (records) {
      return unsent(records).reduce(function (before, record) {
        return before.then(function () { return send(form, record); });
      }, Promise.resolve()).catch(function () { return null; }).then(function () { return show(name); }).then(function () {
        return waiting(name);
      }).then(function (left) {
        if (records.length && !left.length) { done(form); }
      });
    }).catch(function () { return null; }).then(function () { delete form.dataset.offlineBusy; });
  }

  function done(form) {
    if (form.hasAttribute("data-offline-reload")) { location.reload(); return; }
    var line = document.querySelector('[data-offline-list="' + form.dataset.offline + '"]');
    if (line) { line.hidden = false; line.textContent = "刚才记的都交上了。"; }
  }

  function clear(form) {
    form.reset();
    form.querySelectorAll('input[type="file"]').forEach(function (input) { input.dispatchEvent(new Event("change", { bubbles: true })); });
    form.querySelector("[data-offline-key]").value = newKey();
  }

  function stamp(form) {
    var field = form.querySelector("[data-offline-now]");
    if (!field || field.value !== field.defaultValue) { return; }
    // The site's own time of day, wherever the telephone thinks it is.
    field.value = field.defaultValue = new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 16);
  }

  function plainly(form) { HTMLFormElement.prototype.submit.call(form); }

  function take(form) {
    var key = form.querySelector("[data-offline-key]").value;
    var record = { key: key, name: form.dataset.offline, fields: fields(form) };
    put(record).then(function () {
      clear(form);
      return show(record.name).then(function () { return sendAll(form); });
    }, function () { plainly(form); });
  }

  function watch(form) {
    if (form.querySelector("[data-offline-key]").value === "") { form.querySelector("[data-offline-key]").value = newKey(); }
    form.addEventListener("submit", function (event) {
      stamp(form);
      event.preventDefault();
      take(form);
    });
    window.addEventListener("online", function () { sendAll(form); });
    document.addEventListener("visibilitychange", function () { sendAll(form); });
    setInterval(function () { sendAll(form); }, AGAIN);
    sendAll(form);
  }

  // The page itself without a signal. ----------------------------------------------------------------------------------

  function pieces() {
    var found = document.querySelectorAll('link[rel="stylesheet"], script[src], img[src]');
    var here = Array.from(found).map(function (element) { return element.href || element.src; });
    return [location.href.split("#")[0]].concat(here.filter(function (address) { return address.indexOf(location.origin + "/static/") === 0; }));
  }

  function keepPage(address) {
    navigator.serviceWorker.register(address).then(function () { return navigator.serviceWorker.ready; }).then(function (registration) {
      var channel = new MessageChannel();
      channel.port1.onmessage = function () { document.documentElement.dataset.kept = "yes"; };
      if (registration.active && navigator.onLine) { registration.active.postMessage({ keep: pieces() }, [channel.port2]); }
    }, function () { return null; });
  }

  function forgetPages() {
    if (!("serviceWorker" in navigator) || !window.caches) { return Promise.resolve(); }
    return navigator.serviceWorker.getRegistrations().then(function (all) {
      return Promise.all(all.map(function (one) { return one.unregister(); }));
    }).then(function () { return caches.delete(PAGES); }).catch(function () { return null; });
  }

  function leave(form) {
    document.dispatchEvent(new Event("leaving"));
    plainly(form);
  }

  function leaving(form) {
    if (form.dataset.offlineAsked) { return; }
    waiting("").then(function (records) {
      if (!records.length) { return; }
      form.dataset.confirm = "手机里还有" + records.length + "条没交上，退出就没有了。要退出吗？";
      form.dataset.confirmYes = "不要了，退出";
    }, function () { return null; });
    form.addEventListener("submit", function (event) {
      if (event.defaultPrevented || form.dataset.offlineAsked) { return; }
      event.preventDefault();
      form.dataset.offlineAsked = "yes";
      Promise.all([forgetPages(), new Promise(function (resolve) {
        var asked = indexedDB.deleteDatabase("offline");
        asked.onsuccess = asked.onerror = asked.onblocked = resolve;
      })]).then(function () { leave(form); }, function () { leave(form); });
    });
  }

  if (window.indexedDB) {
    document.querySelectorAll("form[data-offline]").forEach(watch);
    document.querySelectorAll("form[data-offline-leave]").forEach(leaving);
    document.querySelectorAll("[data-offline-open]").forEach(function (one) { one.hidden = false; one.open = !navigator.onLine; });
  }
  var worker = document.querySelector("[data-offline-worker]");
  if (worker && "serviceWorker" in navigator) { keepPage(worker.dataset.offlineWorker); }
  if (document.body.hasAttribute("data-signed-out")) { forgetPages(); }
})();
