/* A turn that runs: [data-turn-left="163"] holds the seconds left when the page was drawn; the clock goes on from there. */
(function () {
  "use strict";
  function two(number) { return (number < 10 ? "0" : "") + number; }

  function words(seconds) {
    var away = Math.abs(seconds);
    return (seconds < 0 ? "超时" : "") + Math.floor(away / 60) + ":" + two(away % 60);
  }

  function tick() {
    document.querySelectorAll("[data-turn-left]").forEach(function (element) {
      if (!element.turnSince) { element.turnSince = Date.now(); }
      var left = Number(element.dataset.turnLeft) - Math.floor((Date.now() - element.turnSince) / 1000);
      element.textContent = words(left);
      element.classList.toggle("over", left < 0);
    });
  }

  window.setInterval(tick, 500);
})();
