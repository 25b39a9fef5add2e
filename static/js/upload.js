/* Every file input gets a face in the site's own words: the browser would write its button in the browser's language.
   input[data-upload]: shows what was chosen and shrinks photos to 1,600 px where the browser can, so that a slow line suffices.
   Where it cannot, the file goes as it is and the server shrinks it. */
(function () {
  "use strict";
  var LONGEST_SIDE = 1600;

  function canReplace() {
    try { return Boolean(new DataTransfer().items.add); } catch (error) { return false; } // extra: without it files go unshrunk
  }

  function shrink(file) {
    return new Promise(function (resolve) {
      var url = URL.createObjectURL(file);
      var image = new Image();
      function done(result) { URL.revokeObjectURL(url); resolve(result); }
      image.onerror = function () { done(file); };
      image.onload = function () {
        var scale = LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight);
        if (scale >= 1) { done(file); return; }
        var canvas = document.createElement("canvas");
        canvas.width = Math.round(image.naturalWidth * scale);
        canvas.height = Math.round(image.naturalHeight * scale);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(function (blob) {
          var smaller = blob && blob.size < file.size;
          done(smaller ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file);
        }, "image/jpeg", 0.85);
      };
      image.src = url;
    });
  }

  function put(input, files) {
    var holder = new DataTransfer(); // extra: only called where canReplace() says so
    files.forEach(function (file) { holder.items.add(file); });
    input.files = holder.files;
  }

  function show(input) {
    var list = (input.closest(".field") || input.form).querySelector("[data-upload-list]");
    if (!list) { return; }
    list.textContent = "";
    Array.from(input.files).forEach(function (file, index) {
      var item = document.createElement("li");
      if (/^image\//.test(file.type)) {
        var image = document.createElement("img");
        image.alt = "已选的照片" + (index + 1);
        image.src = URL.createObjectURL(file);
        image.onload = function () { URL.revokeObjectURL(image.src); };
        item.append(image);
      } else {
        item.append(file.name);
      }
      if (canReplace()) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = "去掉第" + (index + 1) + "个";
        button.onclick = function () {
          put(input, Array.from(input.files).filter(function (other, at) { return at !== index; }));
          show(input);
          say(input);
          input.focus();
        };
        item.append(button);
      }
      list.append(item);
    });
  }

  function say(input) {
    var face = input.parentElement.querySelector(".pick-face");
    if (!face) { return; }
    var what = /^image/.test(input.accept) && !/pdf/.test(input.accept) ? "照片" : "文件";
    var count = input.files.length;
    var names = Array.from(input.files).map(function (file) { return file.name; }).join("、");
    if (!count) { face.textContent = "选" + what; return; }
    face.textContent = input.hasAttribute("data-upload") ? "已选" + count + (what === "照片" ? "张" : "个") + "，换一换" : names;
  }

  function dress(root) {
    root.querySelectorAll("input[type=file]:not(.pick-input)").forEach(function (input) {
      var box = document.createElement("div");
      var face = document.createElement("span");
      box.className = "pick";
      face.className = "pick-face";
      face.setAttribute("aria-hidden", "true");
      input.parentElement.insertBefore(box, input);
      input.classList.add("pick-input");
      box.append(input, face);
      say(input);
    });
  }

  function chosen(event) {
    var input = event.target;
    if (input.matches && input.matches(".pick-input")) { say(input); }
    if (!input.matches || !input.matches("input[data-upload]") || !input.files.length) { return; }
    var most = Number(input.dataset.max) || 99;
    var files = Array.from(input.files).slice(0, most);
    if (!canReplace()) { show(input); return; }
    Promise.all(files.map(function (file) { return /^image\/(?:jpeg|png|webp)$/.test(file.type) ? shrink(file) : file; })).then(function (smaller) {
      put(input, smaller);
      show(input);
      say(input);
    });
  }

  document.addEventListener("change", chosen);
  document.addEventListener("reset", function (event) {
    window.setTimeout(function () { event.target.querySelectorAll(".pick-input").forEach(say); });
  });
  document.addEventListener("htmx:afterSettle", function () { dress(document); });
  dress(document);
})();
