/* #posts[data-posts=url]: when something already said has changed (edited, hidden, thanked), read the page of posts anew
   and put in only those that read differently. Where somebody is typing or has the focus, nothing is touched. */
(function () {
  "use strict";
  var SOON = 400;
  var timer = 0;

  function isBusy(post) {
    return post.contains(document.activeElement) || post.querySelector("form[data-draft]") !== null;
  }

  function words(element) {
    return element.textContent.replace(/\s+/g, " ");
  }

  function renew(old, fresh) {
    if (!fresh || words(old) === words(fresh) || isBusy(old)) { return; }
    var copy = document.importNode(fresh, true);
    old.parentNode.replaceChild(copy, old);
    if (window.htmx) { window.htmx.process(copy); }
  }

  // What came while the line was broken: shown behind the same button as other news.
  function tellMissed(page) {
    var box = document.querySelector("[data-news]");
    var missed = Array.from(page.querySelectorAll("#posts [id^='post-']")).some(function (fresh) {
      return !document.getElementById(fresh.id);
    });
    if (!box || !missed) { return; }
    box.hidden = false;
    box.onclick = function () { box.hidden = true; };
  }

  function take(posts, html) {
    var page = new DOMParser().parseFromString(html, "text/html");
    posts.querySelectorAll("[id^='post-']").forEach(function (old) { renew(old, page.getElementById(old.id)); });
    tellMissed(page);
    var count = document.getElementById("discussion-count");
    var counted = page.getElementById("discussion-count");
    if (count && counted) { count.textContent = counted.textContent; }
  }

  function read() {
    var posts = document.querySelector("[data-posts]");
    if (!posts) { return; }
    window.fetch(posts.dataset.posts, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) { if (html) { take(posts, html); } })
      .catch(function () { return null; });
  }

  function soon(event) {
    if (event.type === "live" && event.detail && event.detail.kind !== "reconnected") { return; }
    window.clearTimeout(timer);
    timer = window.setTimeout(read, SOON * (1 + Math.random()));
  }

  document.addEventListener("live-thread", soon);
  document.addEventListener("live", soon);
})();
