/* One socket a page. Elements with data-live="matter.7" hear of what moves there as the events `live` and `live-<kind>`;
   after a lost connection `live` and `live-again`.
   The page is never moved and focus never taken: whoever listens re-reads with its own rights, or shows a button. */
(function () {
  "use strict";
  var PATIENCE = 5000;
  var LONGEST = 30000;
  /* A little longer than the site's own pause between two tellings of these kinds (xieshang/live/services.py). */
  var MOMENT = 450;
  var CROWDED = ["poll", "support", "attendance", "hands"];
  var crowded = {};
  var socket = null;
  var wait = 1000;
  var lostAt = null;
  var wasOpen = false;
  var alarm = 0;
  var again = 0;
  /* What this socket was asked for already. */
  var asked = {};
  var refused = {};
  var waiting = {};
  /* Words of this page's own on their way: the first news after them is no news here. */
  var own = 0;
  var OWN_MOMENT = 1500;

  function listeners(group) {
    var all = Array.from(document.querySelectorAll("[data-live]"));
    return group ? all.filter(function (element) { return element.dataset.live === group; }) : all;
  }

  function groups() {
    return Array.from(new Set(listeners().map(function (element) { return element.dataset.live; })));
  }

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  function say(words) {
    var line = document.querySelector("[data-stale]");
    if (line && line.textContent !== words) { line.textContent = words; }
  }

  function kept() {
    return document.querySelector("form[data-draft]") ? "您写的内容已保存。" : "";
  }

  function sayStale() {
    var since = two(lostAt.getHours()) + ":" + two(lostAt.getMinutes());
    say("连接断开，" + kept() + "这一页的数字停在" + since + "，连上后会自动更新。");
  }

  function fire(element, kind, detail) {
    element.dispatchEvent(new CustomEvent(kind, { bubbles: true, detail: detail }));
  }

  function showNews(element, kind) {
    element.querySelectorAll("[data-news]").forEach(function (box) {
      if ((box.dataset.news || "posts") !== kind) { return; }
      if (own) { own = 0; return; }
      waiting[kind] = (waiting[kind] || 0) + 1;
      var words = box.querySelector("[data-news-words]");
      if (words) { words.textContent = "有" + waiting[kind] + "条新意见，点此查看"; }
      box.hidden = false;
      box.onclick = function () { waiting[kind] = 0; box.hidden = true; };
    });
  }

  /* What a crowd moves is told seldom by the site, so it is read a little later, once for all that came meanwhile. */
  function soon(message) {
    var key = message.group + " " + message.kind;
    if (key in crowded) { crowded[key] = message; return; }
    crowded[key] = null;
    window.setTimeout(function () {
      var later = crowded[key];
      delete crowded[key];
      hand(message);
      if (later) { soon(later); }
    }, MOMENT * (1 + Math.random() / 4));
  }

  /* Pieces of the page that are the same for everybody who listens: put where they belong, without asking for them. */
  function show(message) {
    listeners(message.group).forEach(function (element) {
      var places = Array.from(element.querySelectorAll("[data-shown]")).concat(element.dataset.shown ? [element] : []);
      places.filter(function (place) { return place.dataset.shown in message.pieces; }).forEach(function (place) {
        place.innerHTML = message.pieces[place.dataset.shown];
        if (window.htmx) { window.htmx.process(place); }
      });
    });
  }

  function hear(message) {
    if (message.refused) { refused[message.refused] = true; return; }
    if (!message.group) { return; }
    if (message.pieces) { show(message); return; }
    if (CROWDED.indexOf(message.kind) >= 0) { soon(message); } else { hand(message); }
  }

  function hand(message) {
    listeners(message.group).forEach(function (element) {
      showNews(element, message.kind);
      fire(element, "live-" + message.kind, message);
      fire(element, "live", message);
    });
  }

  function join() {
    groups().forEach(function (group) {
      if (refused[group] || asked[group]) { return; }
      asked[group] = true;
      socket.send(JSON.stringify({ join: group }));
    });
  }

  function opened() {
    window.clearTimeout(alarm);
    wait = 1000;
    join();
    if (lostAt) {
      say("");
      lostAt = null;
      if (wasOpen) {
        listeners().forEach(function (element) {
          fire(element, "live", { kind: "reconnected" });
          fire(element, "live-again", { kind: "reconnected" });
        });
      }
    }
    wasOpen = true;
  }

  function closed() {
    socket = null;
    if (!lostAt) {
      lostAt = new Date();
      alarm = window.setTimeout(sayStale, PATIENCE);
    }
    again = window.setTimeout(connect, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LONGEST);
  }

  function connect() {
    window.clearTimeout(again);
    if (socket || !groups().length) { return; }
    var scheme = location.protocol === "https:" ? "wss://" : "ws://";
    asked = {};
    socket = new WebSocket(scheme + location.host + "/ws/");
    socket.onopen = opened;
    socket.onclose = closed;
    socket.onmessage = function (event) { hear(JSON.parse(event.data)); };
  }

  function wake() {
    if (document.visibilityState === "visible" && !socket) { wait = 1000; connect(); }
  }

  document.addEventListener("htmx:beforeRequest", function (event) { own = event.detail.elt.matches("form[data-draft]") ? 1 : own; });
  document.addEventListener("htmx:afterRequest", function () { window.setTimeout(function () { own = 0; }, OWN_MOMENT); });
  window.addEventListener("online", function () { if (!lostAt) { say(""); } wake(); });
  window.addEventListener("offline", function () { if (!lostAt) { say("没有网络。" + kept()); } });
  document.addEventListener("visibilitychange", wake);
  document.addEventListener("htmx:afterSettle", function () {
    if (socket && socket.readyState === WebSocket.OPEN) { join(); } else { connect(); }
  });
  window.addEventListener("pagehide", function () {
    if (socket) { socket.onclose = null; socket.close(); socket = null; }
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { connect(); } });
  if ("WebSocket" in window) { connect(); }
})();
