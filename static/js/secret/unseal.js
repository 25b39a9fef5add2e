/* [data-unseal]: two trustees open the envelopes. Needs no network once the page is there; keys stay on this device. */
(function () {
  "use strict";
  var page = document.querySelector("[data-unseal]"), secret = window.xieshangSecret, file, shares = {}, HALF;
  if (!page) { return; }
  function part(name) { return page.querySelector("[data-" + name + "]"); }
  if (!secret.able) { part("unable").hidden = false; return; }
  file = secret.facts("secret-file");
  HALF = secret.FORMAT + " half";
  part("tools").hidden = false;

  function say(sentence) { part("said").textContent = sentence; }
  async function seatOf(own) {
    for (var seat of Object.keys(file.trustees)) {
      var key = await secret.keyFor(own, file.trustees[seat]);
      if (key) { return { seat: seat, key: key }; }
    }
    return null;
  }
  async function halve() {
    var own = await secret.readSheet(part("sheet").value), found, made = {}, at = 0;
    if (!own) { say("钥匙单没有输对：一共14组，每组4个字，请对照单子再看一遍。"); return; }
    found = await seatOf(own);
    if (!found) { say("这张钥匙单不是这次投票的保管人的。"); return; }
    part("sheet").value = "";
    for (var one of file.envelopes) {
      made[one.tracker] = secret.packed(await secret.shareOf(found.key, file.trustees[found.seat], found.seat, one, file.vote));
      at += 1;
      if (at % 20 === 0) { say("正在开第" + at + "个……"); }
    }
    shares[found.seat] = made;
    await goOn(found.seat);
  }
  async function goOn(seat) {
    var seats = Object.keys(shares).sort();
    part("half").hidden = seats.length > 1;
    part("half").dataset.seat = seat;
    if (seats.length < 2) { say("第" + seat + "位保管人的钥匙用好了。请第二位接着输入；不在一起的，存下半开文件交给第二位。"); return; }
    await open(seats);
  }
  async function open(seats) {
    var keys = {}, shut = 0, rows = part("rows"), pair = "";
    rows.textContent = "";
    for (var one of file.envelopes) {
      var key = null;
      for (var tried of secret.PAIRS) {
        if (key || !shares[tried[0]] || !shares[tried[1]]) { continue; }
        key = await secret.keyOf(one, file.vote, tried, secret.unpacked(shares[tried[0]][one.tracker]), secret.unpacked(shares[tried[1]][one.tracker]));
        pair = pair || tried;
      }
      keys[one.tracker] = key ? secret.packed(key) : "";
      shut += key ? 0 : 1;
      add(rows, one.tracker, key ? await said(one, key) : "没能打开");
    }
    part("openings").value = JSON.stringify({ format: secret.FORMAT + " openings", vote: file.vote, seats: pair, list: file.code, keys: keys });
    part("opened").hidden = false;
    say("打开了" + (file.envelopes.length - shut) + "个信封。" + (shut ? "有" + shut + "个没能打开，可以请第三位保管人也输入钥匙单再试；还打不开的算无效。" : ""));
    part("opened").focus();
  }
  async function said(one, key) {
    var places = await secret.reopen(one, file.vote, key);
    return places.length === 1 && file.options[places[0] - 1] || "里面的选择不对，算无效";
  }
  function add(rows, tracker, text) {
    var line = document.createElement("tr"), head = document.createElement("th"), cell = document.createElement("td");
    head.scope = "row";
    head.className = "voting-code";
    head.textContent = tracker;
    cell.textContent = text;
    line.append(head, cell);
    rows.append(line);
  }
  async function take(text) {
    var half;
    try { half = JSON.parse(text); } catch (_wrong) { half = {}; }
    var fits = half.format === HALF && half.vote === file.vote && half.list === file.code && file.trustees[half.seat];
    if (!fits || !file.envelopes.every(function (one) { return half.shares && half.shares[one.tracker]; })) { say("这不是这次投票的半开文件，或者没有复制完整。"); return; }
    shares[half.seat] = half.shares;
    await goOn(half.seat);
  }
  part("go").addEventListener("click", async function () {
    part("go").disabled = true;
    try { await halve(); } finally { part("go").disabled = false; }
  });
  part("save-half").addEventListener("click", function () {
    var seat = part("half").dataset.seat;
    secret.save("半开文件-" + seat + ".txt", JSON.stringify({ format: HALF, vote: file.vote, seat: seat, list: file.code, shares: shares[seat] }));
  });
  part("save-openings").addEventListener("click", function () { secret.save("开封文件.txt", part("openings").value); });
  part("file").addEventListener("change", function () {
    var reader = new FileReader();
    if (!part("file").files.length) { return; }
    reader.onload = function () { take(reader.result); };
    reader.readAsText(part("file").files[0]);
  });
})();
