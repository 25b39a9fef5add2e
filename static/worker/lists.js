/* The worker of work lists: keeps the pages that somebody told it to keep, nothing else, and gives them out when there
   is no signal. Its scope is /votes/; js/offline.js starts it, tells it what to keep, and clears it at signing out. */
"use strict";
var STORE = "work-lists";
var PATIENCE = 6000;
var LIST = /^\/votes\/\d+\/(deliveries|door)\/$/;
var NOTHING = "<!doctype html><html lang=\"zh-Hans\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>没有信号</title><h1>没有信号</h1><p>这一页还没有存在这部手机里。请到有信号的地方打开一次，以后没有信号也能打开。</p>";

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

function fresh(address) {
  return fetch(address, { credentials: "same-origin" }).then(function (answer) {
    return { answer: answer, isGood: answer.ok && !answer.redirected };
  });
}

function keep(address) {
  return caches.open(STORE).then(function (store) {
    return fresh(address).then(function (got) {
      // What this person may not open any more does not stay on the telephone.
      return got.isGood ? store.put(address, got.answer) : store.delete(address);
    });
  });
}

self.addEventListener("message", function (event) {
  var wanted = event.data.keep;
  if (!wanted || !LIST.test(new URL(wanted[0]).pathname)) { return; }
  var port = event.ports[0];
  event.waitUntil(Promise.all(wanted.map(keep)).then(function () { if (port) { port.postMessage("kept"); } }, function () { return null; }));
});

function hurried(request) {
  return new Promise(function (resolve, reject) {
    setTimeout(reject, PATIENCE);
    fetch(request).then(resolve, reject);
  });
}

function page(request) {
  return caches.match(request.url).then(function (kept) {
    return (kept ? hurried(request) : fetch(request)).catch(function () {
      return kept || new Response(NOTHING, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
    });
  });
}

function piece(request) {
  return fetch(request).catch(function () {
    return caches.match(request.url).then(function (kept) { return kept || Response.error(); });
  });
}

self.addEventListener("fetch", function (event) {
  var request = event.request;
  var address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) { return; }
  if (request.mode === "navigate") {
    if (LIST.test(address.pathname)) { event.respondWith(page(request)); }
    return;
  }
  if (/^(style|script|image)$/.test(request.destination)) { event.respondWith(piece(request)); }
});
