/* form[data-recount]: counts a file of the format xieshang-count/1 in this browser, in whole numbers of any length; nothing is sent. */
(function () {
  "use strict";
  var form = document.querySelector("[data-recount]");
  if (!form || typeof BigInt === "undefined") { return; }
  var ZERO = BigInt(0), NONE = { h: ZERO, a: ZERO }, SPECIAL = [6, 7, 8];
  var AREA = /^\d+(\.\d{1,2})?$/, FIGURE = /^\d+(\.\d+)?$/;

  function fail(words) { throw new Error(words); }
  function plus(x, y) { return { h: x.h + y.h, a: x.a + y.a }; }
  function centi(text, places) {
    var parts = String(text).split(".");
    return BigInt(parts[0] + ((parts[1] || "") + "0".repeat(places)).slice(0, places));
  }
  function metres(number, places) {
    var digits = number.toString().padStart(places + 1, "0");
    var rest = digits.slice(-places).replace(/0+$/, "").padEnd(2, "0");
    return digits.slice(0, -places) + "." + rest;
  }
  function share(n, d, enough) { return { n: BigInt(n), d: BigInt(d), enough: enough }; }
  function met(number, whole, mark) {
    return mark.enough ? number * mark.d >= whole * mark.n : number * mark.d > whole * mark.n;
  }
  function meets(part, whole, mark) {
    return met(part.h, whole.h, mark) && (met(part.a, whole.a, mark) || (!mark.enough && whole.a === ZERO));
  }

  /* What the law asks for. */
  function lawOf(doc) {
    var item = doc.item, old = doc.rule_set === "property_law_2007";
    if (doc.format !== "xieshang-count/1") { fail("只认识格式xieshang-count/1"); }
    if (typeof item !== "number" || Math.floor(item) !== item || item < 1 || item > 9) { fail("item要填1到9"); }
    var special = (old ? [5, 6, 7] : SPECIAL).indexOf(item) >= 0;
    var mark = special ? (old ? share(2, 3, true) : share(3, 4, true)) : share(1, 2, false);
    return { quorum: old ? null : share(2, 3, true), mark: mark, ofAll: old, item: item };
  }
  function slateOf(doc) {
    var election = !!doc.candidates, plans = !!doc.options;
    var decidable = election ? doc.candidates : plans ? doc.options : ["agree"];
    return { kind: election ? "election" : plans ? "plans" : "motion", decidable: decidable, seats: doc.seats || 1,
      options: election ? decidable : decidable.concat(["against"]) };
  }

  /* Form A: units to voters, ballots to figures. */
  function votersOf(doc) {
    var byKey = {}, ofUnit = {}, seen = {}, parking = doc.parking || "exclude";
    doc.units.forEach(function (unit) {
      if (Object.prototype.hasOwnProperty.call(seen, "u" + unit.unit)) { fail("“" + unit.unit + "”写了两次"); }
      seen["u" + unit.unit] = true;
      if (unit.kind === "common" || (unit.kind === "parking" && parking === "exclude")) { return; }
      if (typeof unit.area !== "string" || !AREA.test(unit.area) || centi(unit.area, 2) === ZERO) { fail("“" + unit.unit + "”的面积不对"); }
      var sold = (unit.sale || "sold") === "sold";
      if (sold && !(unit.owners || []).length) { fail("“" + unit.unit + "”没有写业主"); }
      var owners = sold ? Array.from(new Set(unit.owners)).sort() : null, key = JSON.stringify(owners);
      var voter = byKey[key] = byKey[key] || { h: ZERO, a: ZERO };
      voter.a += centi(unit.area, 2);
      if (!(unit.kind === "parking" && parking === "area_only")) { voter.h = BigInt(1); }
      ofUnit["u" + unit.unit] = voter;
    });
    return { list: Object.keys(byKey).map(function (key) { return byKey[key]; }), ofUnit: ofUnit, seen: seen };
  }
  function markOf(choice, slate) {
    if (["invalid", "blank", "disputed"].indexOf(choice) >= 0) { return { mark: choice, chosen: [] }; }
    if (choice === "abstain") { return { mark: "valid", chosen: ["abstain"] }; }
    if (slate.kind !== "election") {
      if (slate.options.indexOf(choice) < 0) { fail("没有“" + choice + "”这个选择"); }
      return { mark: "valid", chosen: [choice] };
    }
    if (!Array.isArray(choice)) { fail("选举的票要写候选人的列表"); }
    choice.forEach(function (name) { if (slate.decidable.indexOf(name) < 0) { fail("“" + name + "”不是候选人"); } });
    if (!choice.length) { return { mark: "blank", chosen: [] }; }
    var sound = choice.length <= slate.seats && new Set(choice).size === choice.length;
    return { mark: sound ? "valid" : "invalid", chosen: choice };
  }
  function countA(doc, slate) {
    var voters = votersOf(doc), used = new Map(), sums = {}, valid = NONE, invalid = NONE;
    slate.options.concat(["abstain"]).forEach(function (name) { sums["c" + name] = NONE; });
    (doc.ballots || []).forEach(function (ballot) {
      var voter = voters.ofUnit["u" + ballot.unit], read = markOf(ballot.choice, slate);
      if (!voter) { fail("名册里没有能投票的“" + ballot.unit + "”"); }
      if (used.has(voter)) { fail("“" + used.get(voter) + "”和“" + ballot.unit + "”是同一个表决权"); }
      used.set(voter, ballot.unit);
      if (read.mark === "blank" && doc.blank_is_abstain) { read = { mark: "valid", chosen: ["abstain"] }; }
      if (read.mark === "disputed") { return; }
      if (read.mark !== "valid") { invalid = plus(invalid, voter); return; }
      valid = plus(valid, voter);
      read.chosen.forEach(function (name) { sums["c" + name] = plus(sums["c" + name], voter); });
    });
    var whole = voters.list.reduce(plus, NONE);
    if (whole.h === ZERO || whole.a === ZERO) { fail("总数是0，无法计算"); }
    var counted = { whole: whole, valid: valid, invalid: invalid, sums: sums, deemed: NONE, deemedTo: null, split: false };
    return withSilent(doc, slate, voters, used, counted);
  }
  function withSilent(doc, slate, voters, used, counted) {
    var counts = doc.deemed === "majority" && slate.kind !== "election" && (doc.deemed_for_special || SPECIAL.indexOf(doc.item) < 0);
    var silent = new Set();
    (doc.delivered || []).forEach(function (unit) {
      if (!voters.seen["u" + unit]) { fail("名册里没有“" + unit + "”"); }
      var voter = voters.ofUnit["u" + unit];
      if (voter && !used.has(voter)) { silent.add(voter); }
    });
    if (!counts || !silent.size) { return counted; }
    var leading = slate.options.filter(function (name) {
      var own = counted.sums["c" + name];
      return own.h > ZERO && own.a > ZERO && slate.options.every(function (other) {
        var sum = counted.sums["c" + other];
        return other === name || (own.h > sum.h && own.a > sum.a);
      });
    });
    if (!leading.length) { counted.split = true; return counted; }
    counted.deemedTo = leading[0];
    counted.deemed = Array.from(silent).reduce(plus, NONE);
    return counted;
  }
  function support(counted, name) {
    var own = counted.sums["c" + name];
    return counted.deemedTo === name ? plus(own, counted.deemed) : own;
  }
  function partOf(counted, invalidTakesPart) {
    var part = plus(counted.valid, counted.deemed);
    return invalidTakesPart ? plus(part, counted.invalid) : part;
  }
  function decide(counted, slate, law, invalidTakesPart) {
    var part = partOf(counted, invalidTakesPart), base = law.ofAll ? counted.whole : part;
    var end = { outcome: "QUORUM_NOT_MET", choice: null, elected: [], reserve: [], tied: false };
    if (law.quorum && !meets(part, counted.whole, law.quorum)) { return end; }
    var passed = slate.decidable.filter(function (name) { return meets(support(counted, name), base, law.mark); });
    if (slate.kind === "election") { return seat(end, passed, counted, slate.seats); }
    end.outcome = passed.length ? "PASSED" : slate.kind === "motion" ? "NOT_PASSED" : "NO_EFFECTIVE_DECISION";
    end.choice = passed.length && slate.kind === "plans" ? passed[0] : null;
    return end;
  }
  function seat(end, passed, counted, seats) {
    function of(name) { return support(counted, name); }
    function same(x, y) { return of(x).h === of(y).h && of(x).a === of(y).a; }
    var ranked = passed.map(function (name, at) { return { name: name, at: at }; }).sort(function (x, y) {
      var p = of(x.name), q = of(y.name);
      return p.h !== q.h ? (p.h > q.h ? -1 : 1) : p.a !== q.a ? (p.a > q.a ? -1 : 1) : x.at - y.at;
    }).map(function (one) { return one.name; });
    var taken = ranked.slice(0, seats), next = ranked[seats];
    if (taken.length && next !== undefined && same(taken[taken.length - 1], next)) {
      end.tied = true;
      taken = taken.filter(function (name) { return !same(name, next); });
    }
    end.elected = taken;
    end.reserve = ranked.slice(taken.length);
    end.outcome = taken.length === seats ? "PASSED" : "SEATS_UNFILLED";
    return end;
  }
  function pair(tally) { return { heads: Number(tally.h), area: (tally.a / BigInt(100)).toString() + "." + (tally.a % BigInt(100)).toString().padStart(2, "0") }; }
  function resultA(doc) {
    var law = lawOf(doc), slate = slateOf(doc), counted = countA(doc, slate), rule = !!doc.invalid_counts_as_participating;
    var end = decide(counted, slate, law, rule), other = decide(counted, slate, law, !rule), flags = [];
    if (JSON.stringify([end.outcome, end.choice, end.elected]) !== JSON.stringify([other.outcome, other.choice, other.elected])) { flags.push("OUTCOME_DEPENDS_ON_INVALID_RULE"); }
    if (counted.split) { flags.push("SPLIT_MAJORITY"); }
    if (end.tied) { flags.push("TIE_AT_LAST_SEAT"); }
    var page = { outcome: end.outcome, choice: end.choice, total: pair(counted.whole), participating: pair(partOf(counted, rule)), choices: {}, invalid: pair(counted.invalid), deemed: pair(counted.deemed), flags: flags };
    if (slate.kind === "election") { page.elected = end.elected; page.reserve = end.reserve; }
    slate.options.concat(["abstain"]).forEach(function (name) { page.choices[name] = pair(counted.sums["c" + name]); });
    if (counted.deemedTo) { page.deemed_to = counted.deemedTo; }
    return page;
  }

  /* Form B: figures of a notice; null where they are not printed. */
  function figures(value, places) {
    if (!value) { return [null, null]; }
    return ["heads", "area"].map(function (name) {
      var one = value[name];
      if (one === null || one === undefined) { return null; }
      if (name === "area" && (typeof one !== "string" || !FIGURE.test(one))) { fail("“" + one + "”不是面积"); }
      return name === "heads" ? BigInt(one) : centi(one, places);
    });
  }
  function sum(rows) {
    return [0, 1].map(function (base) {
      return rows.reduce(function (total, row) { return total === null || row[base] === null ? null : total + row[base]; }, ZERO);
    });
  }
  function tests(rows, whole, mark) {
    return [0, 1].map(function (base) { return rows[base] === null || whole[base] === null ? null : met(rows[base], whole[base], mark); });
  }
  function placesOf(totals) {
    var found = JSON.stringify(totals).match(/"area":"\d+\.\d+"/g) || [];
    return found.reduce(function (most, text) { return Math.max(most, text.split(".")[1].length - 1); }, 2);
  }
  function readB(doc, slate) {
    var given = doc.totals, places = placesOf(given), rows = slate.options.concat(["abstain"]), none = [ZERO, ZERO];
    if (slate.kind === "election") { fail("合计数的形式不能用于选举"); }
    var t = { places: places, rule: !!doc.invalid_counts_as_participating, rows: rows, choices: {} };
    t.all = figures(given.all, places);
    if (t.all[0] === ZERO || t.all[1] === ZERO) { fail("总数是0，无法计算"); }
    rows.forEach(function (name) { t.choices["c" + name] = figures((given.choices || {})[name], places); });
    t.printed = figures(given.participating, places);
    t.invalid = "invalid" in given ? figures(given.invalid, places) : none;
    t.deemed = "deemed" in given ? figures(given.deemed, places) : none;
    t.to = given.deemed && given.deemed.to ? given.deemed.to : null;
    t.parts = sum(rows.map(function (name) { return t.choices["c" + name]; }).concat([t.deemed], t.rule ? [t.invalid] : []));
    t.part = [0, 1].map(function (base) { return t.printed[base] === null ? t.parts[base] : t.printed[base]; });
    return t;
  }
  function supportB(t, name) {
    var own = t.choices["c" + name];
    return name === "abstain" || (t.to !== null && t.to !== name) ? own : sum([own, t.deemed]);
  }
  function endB(t, slate, law) {
    var quorum = law.quorum ? tests(t.part, t.all, law.quorum) : [true], base = law.ofAll ? t.all : t.part;
    if (quorum.indexOf(false) >= 0) { return { outcome: "QUORUM_NOT_MET", choice: null }; }
    var shares = slate.decidable.map(function (name) { return tests(supportB(t, name), base, law.mark); });
    if (shares.every(function (one) { return one.indexOf(false) >= 0; })) { return { outcome: slate.kind === "motion" ? "NOT_PASSED" : "NO_EFFECTIVE_DECISION", choice: null }; }
    var passed = slate.decidable.filter(function (name, at) { return shares[at][0] && shares[at][1]; });
    var sure = passed.length && quorum.every(Boolean);
    return { outcome: sure ? "PASSED" : "INSUFFICIENT_DATA", choice: sure && slate.kind === "plans" ? passed[0] : null };
  }
  function misprinted(t, one) {
    var rows = one.of === "participating" ? t.part : supportB(t, one.of), whole = one.base === "all" ? t.all : t.part;
    return ["heads_percent", "area_percent"].some(function (name, base) {
      var text = one[name];
      if (text === null || text === undefined || rows[base] === null || !whole[base]) { return false; }
      var exact = (rows[base] * BigInt(20000) + whole[base]) / (whole[base] * BigInt(2));
      var places = Math.max(2, (String(text).split(".")[1] || "").length), unit = BigInt("1" + "0".repeat(places - 2));
      var off = centi(text, places) - exact * unit;
      return (off < ZERO ? -off : off) >= unit;
    });
  }
  function impossible(t) {
    var pairs = [[t.part, t.all]];
    t.rows.forEach(function (name) { pairs.push([t.choices["c" + name], t.part], [supportB(t, name), t.part]); });
    return pairs.some(function (one) {
      return [0, 1].some(function (base) { return one[0][base] !== null && one[1][base] !== null && one[0][base] > one[1][base]; });
    });
  }
  function resultB(doc) {
    var law = lawOf(doc), slate = slateOf(doc), t = readB(doc, slate), end = endB(t, slate, law), flags = [];
    if (impossible(t)) { flags.push("IMPOSSIBLE"); }
    if ((doc.printed || []).some(function (one) { return misprinted(t, one); })) { flags.push("PERCENT_MISMATCH"); }
    if (doc.published_outcome && end.outcome !== "INSUFFICIENT_DATA" && doc.published_outcome !== end.outcome) { flags.push("PUBLISHED_OUTCOME_DIFFERS"); }
    if ([0, 1].some(function (base) { return t.parts[base] !== null && t.printed[base] !== null && t.parts[base] !== t.printed[base]; })) { flags.push("SUM_MISMATCH"); }
    var printed = doc.totals.participating && doc.totals.participating.area;
    var area = printed ? printed : t.part[1] === null ? null : metres(t.part[1], t.places);
    return { outcome: end.outcome, choice: end.choice, participating: { heads: t.part[0] === null ? null : Number(t.part[0]), area: area }, flags: flags };
  }

  window.xieshangRecount = function (text) {
    var doc = JSON.parse(text);
    if (!doc || (!doc.units && !doc.totals)) { fail("缺少units（逐票）或totals（合计数）"); }
    return doc.units ? resultA(doc) : resultB(doc);
  };
})();
