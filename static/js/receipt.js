/* A receipt as one picture with its words, drawn in the browser: to press and keep. Without this script the words and
   the code stand on the page. */
(function () {
  "use strict";
  var code = document.querySelector("img[data-receipt]");
  if (!code || !document.createElement("canvas").getContext) { return; }
  var words = JSON.parse(code.getAttribute("data-receipt"));
  var WIDTH = 720, EDGE = 48, FONT = getComputedStyle(document.body).fontFamily;

  function lines(pen, text, room) {
    var found = [], line = "";
    Array.from(text).forEach(function (sign) {
      if (line && pen.measureText(line + sign).width > room && "，。、；：？！）".indexOf(sign) < 0) { found.push(line); line = ""; }
      line += sign;
    });
    return found.concat(line);
  }

  function draw() {
    var paper = document.createElement("canvas"), pen = paper.getContext("2d"), rows = [];
    words.forEach(function (word) {
      pen.font = word.weight + " " + word.size + "px " + FONT;
      lines(pen, word.text, WIDTH - 2 * EDGE).forEach(function (text) { rows.push({ text: text, word: word }); });
    });
    var top = rows.reduce(function (sum, row) { return sum + row.word.size * 1.6; }, EDGE);
    paper.width = WIDTH;
    paper.height = top + 360 + 2 * EDGE;
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, WIDTH, paper.height);
    pen.fillStyle = "#17201d";
    pen.textBaseline = "top";
    var y = EDGE;
    rows.forEach(function (row) {
      pen.font = row.word.weight + " " + row.word.size + "px " + FONT;
      pen.fillText(row.text, EDGE, y);
      y += row.word.size * 1.6;
    });
    pen.imageSmoothingEnabled = false;
    pen.drawImage(code, (WIDTH - 360) / 2, y + EDGE / 2, 360, 360);
    var picture = paper.toDataURL("image/png");
    code.removeAttribute("data-receipt");
    code.className = "voting-picture";
    code.width = 320;
    code.height = Math.round(320 * paper.height / WIDTH);
    code.src = picture;
  }

  if (code.complete && code.naturalWidth) { draw(); } else { code.addEventListener("load", draw, { once: true }); }
})();
