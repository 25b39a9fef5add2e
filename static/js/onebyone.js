/* 大字版: form[data-one-by-one] shows one question a screen, what is wrong first; without a script, all of them at once.
   What stands between two questions belongs to the one before it, the button that sends (and what follows it) to the last. */
(function () {
  "use strict";

  function make(tag, name, words) {
    var made = document.createElement(tag);
    made.className = name;
    made.textContent = words || "";
    return made;
  }

  function isQuestion(element) {
    return element.classList.contains("field");
  }

  function isEnd(element) {
    return element.matches("button, .btn-row, .only-desk") || element.querySelector("button:not([type=button])") !== null;
  }

  // The questions, each with what belongs to it, and the end of the form.
  function parts(form) {
    var found = { steps: [], end: [] };
    Array.from(form.children).forEach(function (element) {
      if (element.matches("input[type=hidden], .one-by-one")) { return; }
      if (isQuestion(element)) {
        found.steps.push([element]);
      } else if (found.end.length || isEnd(element)) {
        found.end.push(element);
      } else if (found.steps.length) {
        found.steps[found.steps.length - 1].push(element);
      }
    });
    var away = form.id ? Array.from(document.querySelectorAll("button[form='" + form.id + "']")) : [];
    found.end = found.end.concat(away.map(function (button) { return button.closest(".actions") || button; }));
    return found;
  }

  function show(elements, wanted) {
    elements.forEach(function (element) { element.hidden = !wanted; });
  }

  function isAnswered(step) {
    var wrong = Array.from(step[0].querySelectorAll("input, select, textarea")).find(function (control) {
      return !control.checkValidity();
    });
    if (wrong) { wrong.reportValidity(); }
    return !wrong;
  }

  function walk(form) {
    var found = parts(form);
    if (form.oneByOne || found.steps.length < 2) { return; }
    var steps = found.steps;
    var at = Math.max(steps.findIndex(function (step) { return step[0].classList.contains("wrong"); }), 0);
    var bar = make("div", "one-by-one");
    var words = make("p", "soft one-at");
    var row = make("div", "btn-row");
    var next = make("button", "btn main", "下一项");
    var back = make("button", "btn", "上一项");
    next.type = back.type = "button";
    row.append(next, back);
    bar.append(row);
    form.insertBefore(words, form.firstElementChild);
    form.insertBefore(bar, steps[steps.length - 1].slice(-1)[0].nextSibling);

    function turn(moved) {
      steps.forEach(function (step, number) { show(step, number === at); });
      show(found.end, at === steps.length - 1);
      next.hidden = at === steps.length - 1;
      back.hidden = at === 0;
      words.textContent = "第" + (at + 1) + "项，共" + steps.length + "项";
      if (!moved) { return; }
      steps[at][0].tabIndex = -1;
      steps[at][0].focus({ preventScroll: true });
      words.scrollIntoView({ block: "start" });
    }

    form.oneByOne = {
      // Whether there was a question more to go to.
      goOn: function () {
        if (at === steps.length - 1) { return false; }
        if (isAnswered(steps[at])) {
          at += 1;
          turn(true);
        }
        return true;
      }
    };
    next.addEventListener("click", form.oneByOne.goOn);
    back.addEventListener("click", function () {
      at -= 1;
      turn(true);
    });
    turn(false);
  }

  function begin() {
    if (!document.documentElement.classList.contains("elder")) { return; }
    document.querySelectorAll("form[data-one-by-one]").forEach(walk);
  }

  // Enter in a field goes on, too, before it sends.
  document.addEventListener("submit", function (event) {
    if (event.target.oneByOne && event.target.oneByOne.goOn()) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  document.addEventListener("htmx:afterSettle", begin);
  begin();
})();
