/* [data-speak="id"]: reads that element aloud; the button shows itself only where the browser has a Chinese voice. */
(function () {
  "use strict";
  var speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) { return; }

  function voice() {
    return speech.getVoices().filter(function (one) { return /^(?:zh|cmn)/i.test(one.lang); })[0];
  }

  function offer() {
    if (!voice()) { return; }
    document.querySelectorAll("[data-speak]").forEach(function (button) { button.hidden = false; });
  }

  function word(button, words) {
    var label = button.querySelector("[data-speak-word]");
    if (label) { label.textContent = words; }
  }

  function read(button) {
    if (speech.speaking) { speech.cancel(); word(button, "读给我听"); return; }
    var source = document.getElementById(button.dataset.speak);
    if (!source) { return; }
    var pieces = source.innerText.split(/[。！？\n]+/).filter(function (piece) { return piece.trim(); });
    word(button, "停下");
    pieces.forEach(function (piece, index) {
      var saying = new SpeechSynthesisUtterance(piece);
      saying.voice = voice();
      saying.lang = "zh-CN";
      saying.rate = 0.9;
      if (index === pieces.length - 1) { saying.onend = function () { word(button, "读给我听"); }; }
      speech.speak(saying);
    });
  }

  offer();
  if (speech.addEventListener) { speech.addEventListener("voiceschanged", offer); }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-speak]");
    if (button) { read(button); }
  });
  window.addEventListener("pagehide", function () { speech.cancel(); });
})();
