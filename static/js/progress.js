/* form[data-progress=URL]: while its answer is awaited, asks the URL how far it is and says so; sends once. */
(function () {
  "use strict";
  var timer = 0;

  function reset(form) {
    clearInterval(timer);
    form.querySelector("[data-progress-line]").hidden = true;
    form.querySelector("button").disabled = false;
  }

  function ask(form, line) {
    fetch(form.getAttribute("data-progress"), { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(function (told) {
      if (told.percent > 0) { line.textContent = "已处理" + told.percent + "%，请不要关闭页面。"; }
    }).catch(function () { return null; });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-progress")) { return; }
    var line = form.querySelector("[data-progress-line]");
    line.hidden = false;
    line.textContent = "正在读表格，请不要关闭页面。";
    setTimeout(function () { form.querySelector("button").disabled = true; }, 0);
    timer = setInterval(function () { ask(form, line); }, 1000);
  });
  window.addEventListener("pageshow", function () {
    Array.from(document.querySelectorAll("form[data-progress]")).forEach(reset);
  });
})();
