/* Sealing and opening of secret votes, byte for byte as in docs/secret-vote.md. WebCrypto only; nothing is sent from here. */
(function () {
  "use strict";
  var FORMAT = "xieshang-secret/1", PAIRS = ["12", "13", "23"], CHOICE_BYTES = 16;
  var ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", SHEET = 52, GUARD = 4;
  var CURVE = { name: "ECDH", namedCurve: "P-256" };
  // Every key encrypts one text and no other, so the nonce may stand still.
  var NONCE = new Uint8Array(12);
  var subtle = window.crypto && window.crypto.subtle;

  // Bytes ------------------------------------------------------------------------------------------------------------
  function joined(parts) {
    var whole = new Uint8Array(parts.reduce(function (sum, part) { return sum + part.length; }, 0)), at = 0;
    parts.forEach(function (part) { whole.set(part, at); at += part.length; });
    return whole;
  }
  function lines(words) { return new TextEncoder().encode([FORMAT].concat(words).join("\n")); }
  function packed(bytes) {
    var text = "";
    bytes.forEach(function (one) { text += String.fromCharCode(one); });
    return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function unpacked(text) {
    var raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(raw, function (sign) { return sign.charCodeAt(0); });
  }
  function hex(bytes) { return Array.from(bytes, function (one) { return ("0" + one.toString(16)).slice(-2); }).join(""); }
  function spelled(bytes, signs) {
    var bits = Array.from(bytes, function (one) { return ("0000000" + one.toString(2)).slice(-8); }).join("") + "0000";
    var text = "";
    for (var at = 0; at < signs; at += 1) { text += ALPHABET[parseInt(bits.substr(at * 5, 5), 2)]; }
    return text;
  }
  function unspelled(signs) {
    var bits = Array.from(signs, function (sign) { return ("0000" + ALPHABET.indexOf(sign).toString(2)).slice(-5); }).join("");
    return Uint8Array.from({ length: Math.floor(bits.length / 8) }, function (_none, at) { return parseInt(bits.substr(at * 8, 8), 2); });
  }
  function grouped(signs) { return signs.match(/.{1,4}/g).join("-"); }
  function random(size) { return window.crypto.getRandomValues(new Uint8Array(size)); }
  async function hashed(parts) { return new Uint8Array(await subtle.digest("SHA-256", joined(parts))); }
  async function derived(secret, salt, words) {
    var key = await subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
    return new Uint8Array(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: salt, info: lines(words) }, key, 256));
  }
  async function aes(key, verb, header, text) {
    var made = await subtle.importKey("raw", key, "AES-GCM", false, [verb]);
    return new Uint8Array(await subtle[verb]({ name: "AES-GCM", iv: NONCE, additionalData: header }, made, text));
  }

  // Points and keys --------------------------------------------------------------------------------------------------
  function rawOf(point) { return joined([new Uint8Array([4]), unpacked(point.x), unpacked(point.y)]); }
  function pointOf(raw) { return { x: packed(raw.slice(1, 33)), y: packed(raw.slice(33)) }; }
  function publicKey(point) { return subtle.importKey("jwk", { kty: "EC", crv: "P-256", x: point.x, y: point.y, ext: true }, CURVE, true, []); }
  async function agreed(own, point) { return new Uint8Array(await subtle.deriveBits({ name: "ECDH", public: await publicKey(point) }, own, 256)); }
  async function fingerprint(point) { return hex(await hashed([rawOf(point)])); }
  async function makeKey() {
    var pair = await subtle.generateKey(CURVE, true, ["deriveBits"]), jwk = await subtle.exportKey("jwk", pair.privateKey);
    return { key: pair.privateKey, point: { x: jwk.x, y: jwk.y }, secret: unpacked(jwk.d) };
  }
  async function guardOf(secret) { return spelled(await hashed([lines(["sheet", ""]), secret]), GUARD); }
  async function sheetOf(secret) { return grouped(spelled(secret, SHEET) + await guardOf(secret)); }
  /* The secret on a sheet as people type it; null where a sign is missing or wrong. */
  async function readSheet(text) {
    var signs = text.toUpperCase().replace(/[^0-9A-Z]/g, "");
    if (signs.length !== SHEET + GUARD || Array.from(signs).some(function (sign) { return ALPHABET.indexOf(sign) < 0; })) { return null; }
    var secret = unspelled(signs.slice(0, SHEET));
    return await guardOf(secret) === signs.slice(SHEET) ? secret : null;
  }
  /* The key of a sheet, if it belongs to this public key; else null. */
  async function keyFor(secret, point) {
    try {
      var own = await subtle.importKey("jwk", { kty: "EC", crv: "P-256", x: point.x, y: point.y, d: packed(secret), ext: true }, CURVE, false, ["deriveBits"]);
      var other = await makeKey();
      return hex(await agreed(own, other.point)) === hex(await agreed(other.key, point)) ? own : null;
    } catch (_wrong) { return null; }
  }

  // Envelopes --------------------------------------------------------------------------------------------------------
  function newTracker() { return grouped(spelled(random(10), 16)); }
  function header(one, vote) { return lines(["envelope", vote, one.tracker, one.point, one.commitment]); }
  function wrapping(first, second, vote, tracker, pair) { return derived(joined([first, second]), new Uint8Array(32), ["pair", vote, tracker, pair]); }
  async function commitment(key, vote, tracker) { return hex(await hashed([lines(["key", vote, tracker, ""]), key])); }
  /* A choice (places of the options ticked, from 1) for three trustees, any two of whom can open it. */
  async function seal(places, vote, trustees, tracker) {
    var own = await makeKey(), raw = rawOf(own.point), key = random(32), shares = {}, keys = {}, padded = new Uint8Array(CHOICE_BYTES);
    var one = { tracker: tracker, point: packed(raw), commitment: await commitment(key, vote, tracker) };
    padded.set(places.slice().sort(function (a, b) { return a - b; }));
    for (var seat of Object.keys(trustees)) {
      shares[seat] = await derived(await agreed(own.key, trustees[seat]), raw, ["share", vote, tracker, seat, await fingerprint(trustees[seat])]);
    }
    for (var pair of PAIRS) {
      keys[pair] = packed(await aes(await wrapping(shares[pair[0]], shares[pair[1]], vote, tracker, pair), "encrypt", header(one, vote), key));
    }
    one.keys = keys;
    one.choice = packed(await aes(key, "encrypt", header(one, vote), padded));
    return one;
  }
  /* What one trustee can say of an envelope: half of what opens it. */
  async function shareOf(own, point, seat, one, vote) {
    var raw = unpacked(one.point);
    return derived(await agreed(own, pointOf(raw)), raw, ["share", vote, one.tracker, seat, await fingerprint(point)]);
  }
  /* The envelope's key from the shares of two trustees; null where it does not open. */
  async function keyOf(one, vote, pair, first, second) {
    try {
      return await aes(await wrapping(first, second, vote, one.tracker, pair), "decrypt", header(one, vote), unpacked(one.keys[pair]));
    } catch (_shut) { return null; }
  }
  /* The places ticked; empty where inside is no choice; throws where the key is not this envelope's. */
  async function reopen(one, vote, key) {
    var padded, places;
    if (await commitment(key, vote, one.tracker) !== one.commitment) { throw new Error(one.tracker); }
    try { padded = await aes(key, "decrypt", header(one, vote), unpacked(one.choice)); } catch (_odd) { return []; }
    places = Array.from(padded);
    while (places.length && places[places.length - 1] === 0) { places.pop(); }
    return places.every(function (place, at) { return place > (at ? places[at - 1] : 0); }) ? places : [];
  }
  /* The check code of a list of envelopes. */
  async function listCode(envelopes) {
    var rows = envelopes.slice().sort(function (a, b) { return a.tracker < b.tracker ? -1 : 1; }).map(function (one) {
      var keys = {};
      PAIRS.forEach(function (pair) { keys[pair] = one.keys[pair]; });
      return { choice: one.choice, commitment: one.commitment, keys: keys, point: one.point, tracker: one.tracker };
    });
    return hex(await hashed([new TextEncoder().encode(JSON.stringify({ envelopes: rows }))]));
  }

  // For the pages ----------------------------------------------------------------------------------------------------
  function facts(id) { return JSON.parse(document.getElementById(id).textContent); }
  /* Offer a text as a file. */
  function save(name, text) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  window.xieshangSecret = {
    able: Boolean(subtle && window.TextEncoder), FORMAT: FORMAT, PAIRS: PAIRS, packed: packed, unpacked: unpacked, makeKey: makeKey, sheetOf: sheetOf,
    readSheet: readSheet, keyFor: keyFor, fingerprint: fingerprint, newTracker: newTracker, seal: seal, shareOf: shareOf,
    keyOf: keyOf, reopen: reopen, listCode: listCode, facts: facts, save: save
  };
})();
