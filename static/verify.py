"""Checks the record of a vote (xieshang-vote/1): python3 verify.py BUNDLE.zip [RECEIPT.txt …]

Python 3.9+, no network; signatures need the package `cryptography`. Ends with 0: it holds, 1: not, 2: unreadable."""

import base64
import hashlib
import json
import sys
import zipfile
from datetime import datetime
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature, InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
except ImportError:
    Ed25519PublicKey = AESGCM = None
UNSURE = "" if AESGCM else "（没有装cryptography，签名和信封里的选择没有核对）"

PUBLIC = ("rules.json", "roll.jsonl", "ledger.jsonl", "heads.jsonl", "result.json", "key.json")
OWNERS = (*PUBLIC, "rights.jsonl", "ballots.jsonl")
FILES = {"public": PUBLIC, "owners": OWNERS, "named": (*OWNERS, "names.jsonl")}
ADDED = {"kind", "at", "vote"}
CANNOT = {
    "public": "公开版只有选票的密封码，看不到每一票选了什么，所以不能重新计票；名册也只有密封码，看不到是哪一户。",
    "owners": "业主版能按人数和面积重新计票，但不写姓名和房号：哪个表决权是哪一户的，要由监票人或者街道查看。",
    "named": "监票版连姓名和房号也核对了。名册是不是符合实际（产权、面积、共有人），要和不动产登记比对。",
}


def need(holds, sentence):
    if not holds:
        raise AssertionError(sentence)


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def words(figures):
    return f"{figures[0]:,}人、{figures[1] / 100:,.2f}㎡"


def digest(content):
    return hashlib.sha256(content if isinstance(content, bytes) else canonical(content).encode()).hexdigest()


def some(row, names):
    return {name: row[name] for name in names.split()}


class Bundle:  # JSON objects, one a line, each exactly in canonical form and with exactly these keys
    result, last, deemed_to, opened_ballots = None, None, None, None

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        (self.manifest,) = self.lines("manifest.json", "format depth vote files")
        self.depth, self.vote = str(self.manifest["depth"]), self.manifest["vote"]

    def lines(self, name, keys=""):
        with self.zip.open(name) as file:
            for number, raw in enumerate(file, start=1):
                value = json.loads(raw)
                sound = isinstance(value, dict) and (canonical(value) + "\n").encode() == raw
                need(sound, f"{name}第{number}行不是规定的写法。")
                need(not keys or set(value) == set(keys.split()), f"{name}第{number}行的项目不对。")
                yield value

    def roots(self, sizes):  # of the tree (RFC 6962) over the first so many leaves, for every size wanted, in one pass
        stack, found = [], {}
        for size, leaf in enumerate(self.leaves, start=1):
            stack.append((1, bytes.fromhex(leaf)))
            while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
                (weight, right), (_, left) = stack.pop(), stack.pop()
                stack.append((weight * 2, hashlib.sha256(b"\x01" + left + right).digest()))
            if size in sizes:
                root = stack[-1][1]
                for _, left in reversed(stack[:-1]):
                    root = hashlib.sha256(b"\x01" + left + root).digest()
                found[size] = root.hex()
        return found

    def is_signed(self, signature, text):
        try:
            key = Ed25519PublicKey and Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key))
            return signature == signature.lower() and not (key and key.verify(bytes.fromhex(signature), text.encode()))
        except (InvalidSignature, ValueError):
            return False

    def unsealed(self, one):  # the places ticked in an envelope, by its published key: docs/secret-vote.md
        key, choice = (base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) for text in (one["key"], one["choice"]))
        own = digest("\n".join(["xieshang-secret/1", "key", self.vote, one["tracker"], ""]).encode() + key)
        need(not key or own == one["commitment"], f"查询码{one['tracker']}公布的钥匙不是这个信封的。")
        head = ["xieshang-secret/1", "envelope", self.vote, *(one[name] for name in ("tracker", "point", "commitment"))]
        try:
            open_one = AESGCM(key).decrypt if AESGCM else lambda *_given: bytes(one["places"])
            places = list(open_one(bytes(12), choice, "\n".join(head).encode()).rstrip(b"\0"))
        except (InvalidTag, ValueError):
            return []
        return places if places == sorted(set(places)) and 0 not in places else []

    def check_files(self):
        need(self.manifest["format"] == "xieshang-vote/1" and self.depth in FILES, "不认识这种记录。")
        names = [info.filename for info in self.zip.infolist()]
        listed = [name for name in names if name != "envelopes.jsonl"]
        need(listed == [*FILES[self.depth], "manifest.json"], f"文件多了、少了或者换了位置：{'、'.join(names)}。")
        need([row["name"] for row in self.manifest["files"]] == names[:-1], "清单列的文件和压缩包里的不一样。")
        for row in self.manifest["files"]:
            content = self.zip.read(row["name"])
            own = {"name": row["name"], "sha256": digest(content), "size": len(content)}
            need(row == own, f"{row['name']}和清单上的校验码不符。")
        return f"文件：{len(names)}个，和清单一致"

    def check_ledger(self):
        before, found = "0" * 64, []
        for at, row in enumerate(self.lines("ledger.jsonl", "position content before value leaf"), start=1):
            where, content = f"账本第{at}条", row["content"].encode()
            need(row["position"] == at, f"{where}的序号不对，中间少了或者多了。")
            entry = json.loads(content)
            sound = canonical(entry).encode() == content and set(entry) >= ADDED and entry["vote"] == self.vote
            need(sound, f"{where}不是规定的写法，或者不是这次表决的。")
            need(row["before"] == before, f"{where}和上一条接不上：上一条被改过，或者中间少了。")
            need(row["value"] == digest(before.encode() + b"\n" + content), f"{where}和链上的值不符：这一条被改过。")
            need(row["leaf"] == digest(b"\x00" + content), f"{where}的叶子值不对。")
            found.append((entry, before := row["value"], row["leaf"]))
        entries, values, leaves = zip(*found)
        kinds = [entry["kind"] for entry in entries]
        early = [kind for kind in kinds if kind not in ("proxy_granted", "proxy_withdrawn", "succeeded")]
        need(early[:1] == ["opened"] and kinds.count("opened") == 1, "开始投票应当只记一条，它前面只能有委托和换人投。")
        self.entries, self.values, self.leaves, self.opened = entries, values, leaves, entries[kinds.index("opened")]
        return f"账本：{len(entries)}条，一条接一条，没有断开"

    def check_heads(self):
        (key,), before = self.lines("key.json", "algorithm public_key key_code"), 0
        self.key = key["public_key"]
        code = digest(bytes.fromhex(self.key))
        same = code == key["key_code"] == self.opened["key"] and self.key == self.key.lower()
        need(same and key["algorithm"] == "ed25519", "公钥和公告上的公钥校验码不符。")
        heads = list(self.lines("heads.jsonl", "size root chain at before algorithm key_code signature"))
        found = self.roots({head["size"] for head in heads})
        for at, head in enumerate(heads, start=1):
            where, size = f"第{at}个树头", head["size"]
            need(head["before"] == before < size <= len(self.leaves), f"{where}的条数和前后接不上。")
            need(head["root"] == found[size], f"{where}的树根和账本不符：前{size}条里有改动。")
            need(head["chain"] == self.values[size - 1], f"{where}的链值和账本不符。")
            need((head["algorithm"], head["key_code"]) == ("ed25519", code), f"{where}不是公告上那把钥匙签的。")
            content = canonical({**some(head, "size root chain at before"), "vote": self.vote})
            need(self.is_signed(head["signature"], content), f"{where}的签名不对。")
            before = size
        need(before == len(self.leaves), "最后一个树头没有盖住整本账，后面的条目没有签名。")
        self.heads, self.last = {head["size"]: head for head in heads}, heads[-1]
        return f"树头：{len(heads)}个，签名都对{UNSURE}，最后一个盖住{before}条"

    def check_rules(self):
        opened = {name: value for name, value in self.opened.items() if name not in ADDED}
        (rules,) = self.lines("rules.json")
        other = [name for name in {*opened, *rules} if canonical(rules.get(name)) != canonical(opened.get(name))]
        need(not other, f"现在的问题、选项、规则、名册或者时间和开始时记下的不一样（{sorted(other)}）。")
        return f"规则：问题、{len(opened['options'])}个选项、规则、时间和开始时记下的一样"

    def check_roll(self):
        roll, rows = self.opened["roll"], list(self.lines("roll.jsonl", "number commitment"))
        need([row["number"] for row in rows] == list(range(1, roll["rights"] + 1)), "名册上的表决权和开始时不一样多。")
        self.commitments = [row["commitment"] for row in rows]
        fields = {"area_centi": roll["area"], "heads": roll["heads"], "rows": rows, "format": "xieshang-roll/1"}
        if roll["algorithm"] not in hashlib.algorithms_available:
            return f"名册：{len(rows)}个表决权（这台电脑没有{roll['algorithm']}算法，名册校验码没有核对）"
        own = hashlib.new(roll["algorithm"], canonical({**fields, "vote": self.vote}).encode()).hexdigest()
        need(own == roll["code"], "名册和公告上的名册校验码不符：名册被改过。")
        return f"名册：{len(rows)}个表决权，和公告上的校验码{own[:12]}…相符"

    def check_course(self):
        self.standing, self.slots, self.seen, self.disputed, self.closed = {}, {}, set(), set(), None
        self.closes = datetime.fromisoformat(self.opened["closes_at"])
        for at, entry in enumerate(self.entries, start=1):
            where, kind = f"账本第{at}条", entry["kind"]
            if kind in ("cast", "replaced", "confirmed"):
                receipt, slot = entry["receipt"], entry["slot"]
                need(receipt not in self.seen, f"{where}的回执号用过了。")
                self.seen.add(receipt)
                late = self.closed or datetime.fromisoformat(entry["at"]) >= self.closes
                need(not late or entry["channel"] not in ("online", "proxy"), f"{where}是截止后的票。")
                if entry["kind"] == "replaced" or "before" in entry:
                    need(self.slots.get(slot) == entry["before"], f"{where}要替换的票不在，或者是别人的。")
                    del self.standing[entry["before"]]
                else:
                    need(slot not in self.slots, f"{where}：同一个表决权有两票。")
                self.standing[receipt], self.slots[slot] = entry, receipt
            elif kind == "voided" and entry["receipt"]:
                del self.slots[self.standing.pop(entry["receipt"])["slot"]]
            elif kind == "disputed":
                (self.disputed.add if entry["upheld"] else self.disputed.discard)(entry["receipt"])
            elif kind == "extended":
                self.closes = datetime.fromisoformat(entry["closes_at"])
            elif kind == "closed":
                number, noted = len(self.standing) + len(entry.get("used", ())), entry["ballots"]
                need(not self.closed and noted == number, f"{where}：截止时记的是{noted}票，账本里是{number}票。")
                self.closed = entry
        self.used = (self.closed or {}).get("used", [])  # of a secret vote: which rights, in an order that says nothing
        self.number, end = len(self.standing) + len(self.used), "" if self.closed else "（还没有记截止）"
        sound = len(set(self.used)) == len(self.used) and self.number <= self.opened["roll"]["rights"]
        need(sound, "票比名册上的表决权还多。")
        return f"经过：{self.number}张票，没有一个表决权投两次，没有截止以后的票{end}"

    def check_result(self):
        (result,) = self.lines("result.json", "counts buildings")
        noted = [{k: v for k, v in e.items() if k not in ADDED} for e in self.entries if e["kind"] == "result"]
        need(canonical(result["counts"]) == canonical(noted), "公布的计票数字和账本里记下的不一样。")
        self.result = last = noted[-1] if noted else None
        table, roll = result["buildings"], self.opened["roll"]
        own = digest({"buildings": table}) if table else ""
        need(own == (last["buildings"] if last else ""), "分楼栋的数和账本里记下的不一样。")
        need(all(row[2] >= 5 for row in table), "分楼栋的数里有不到5票的格子，不应当公开。")
        if not last:
            return "结果：还没有计票"
        part, invalid = last["rows"]["part"], last["rows"]["invalid"]
        need(last["whole"] == [roll["heads"], roll["area"]], "结果里的总数和名册不一样。")
        need(part[0] + invalid[0] <= self.number, "结果里参加的人比账本里的票还多。")
        return f"结果：第{last['number']}次计票，投票的{words(part)}，全体{words(last['whole'])}，和账本里记下的一样"

    def check_envelopes(self):
        result, sealed = self.result, "choice commitment keys point tracker"
        if self.opened["terms"]["kind"] != "secret" or not self.closed:
            return "信封：不是无记名投票，或者还没有截止，没有信封"
        rows = list(self.lines("envelopes.jsonl", f"{sealed} key places"))
        code = digest({"envelopes": [some(row, sealed) for row in rows]})
        same = (len(rows), code) == (self.closed["envelopes"], self.closed["code"])
        need(same, "信封和截止时记进账本的不一样：换过、多了或者少了。")
        if not result:
            return f"信封：{len(rows)}个，和截止时记下的一样，还没有开封计票"
        wrong = [row["tracker"] for row in rows if self.unsealed(row) != row["places"]]
        need(not wrong, f"查询码{'、'.join(wrong)}的信封里不是公布的选择。")
        shown = [result["rows"]["invalid"][0], *(figures[0] for figures in result["options"])]
        places = [sum(row["places"]) if row["places"] in [[at] for at in range(1, len(shown))] else 0 for row in rows]
        paper, part = [number - places.count(at) for at, number in enumerate(shown)], result["rows"]["part"][0]
        sound = min(paper) >= 0 and sum(paper) <= len(self.used) - len(rows) and sum(shown[1:]) == part
        need(sound, "公布的票数和信封、发出的纸质票对不上。")
        return f"信封：{len(rows)}个逐个打开，和公布的选择、票数相符{UNSURE}，另有纸质票{sum(paper)}张"

    def check_rights(self):
        rows = list(self.lines("rights.jsonl", "number head area identity salt served"))
        need(len(rows) == len(self.commitments), "表决权明细和名册不一样多。")
        own = [[row["number"], digest(some(row, "number head area identity salt"))] for row in rows]
        wrong = [str(at) for at, one in enumerate(own, start=1) if one != [at, self.commitments[at - 1]]]
        need(not wrong, f"第{'、'.join(wrong)}号表决权的人数或者面积和名册的密封码不符。")
        total, roll = [sum(row[name] for row in rows) for name in ("head", "area")], self.opened["roll"]
        need(total == [roll["heads"], roll["area"]], "各表决权加起来和名册的总数不一样。")
        self.rights = {row["number"]: row for row in rows}
        return f"表决权：{len(rows)}个逐个核对，合计{words(total)}"

    def check_ballots(self):
        opened, wrong, keys = {}, [], "receipt right channel at mark counted choice nonce commitment"
        for row in self.lines("ballots.jsonl", keys):
            try:
                receipt, sealed = row["receipt"], digest(some(row, "choice mark nonce receipt right"))
                need(receipt in self.standing and receipt not in opened, "账本里没有，或者列了两次。")
                opened[receipt] = row
                entry, right = self.standing[receipt], self.rights.get(row["right"])
                need(right and digest({"slot": right["salt"]}) == entry["slot"], f"不是第{row['right']}号表决权的。")
                need(sealed == row["commitment"] == entry["commitment"], "和账本里的密封码不符：这一票被改过。")
                need(some(row, "channel at") == some(entry, "channel at"), "方式或者时间和账本不一样。")
                need(row["counted"] == ("disputed" if receipt in self.disputed else row["mark"]), "计得和账本不一样。")
            except (AssertionError, TypeError) as fault:
                wrong.append(f"选票{row['receipt']}：{fault}")
        wrong += [f"选票{receipt}：账本里有，这里没有。" for receipt in self.standing if receipt not in opened]
        need(not wrong, "\n".join(wrong))
        need(sorted(opened.values(), key=lambda row: row["right"]) == list(opened.values()), "选票没有按名册的次序排。")
        self.opened_ballots = opened
        return f"选票：{len(opened)}张逐张打开，和账本里的密封码相符"

    def recount(self):
        terms, options, rights = self.opened["terms"], self.opened["options"], self.rights
        settings, voted, most = terms.get("settings", {}), set(), terms.get("seats") or terms["most_choices"]
        sums = {name: [0, 0] for name in ("part", "invalid", "deemed", *range(1, len(options) + 1))}

        def add(row, right, times=1):
            sums[row] = [sums[row][0] + right["head"] * times, sums[row][1] + right["area"] * times]

        for ballot in self.opened_ballots.values():
            right, mark, choice = rights[ballot["right"]], ballot["counted"], ballot["choice"]
            voted.add(ballot["right"])
            if mark == "blank" and settings.get("blank_is_abstain"):
                mark, choice = "valid", [at for at, (kind, _) in enumerate(options, start=1) if kind == "abstain"]
            mark = "invalid" if mark == "valid" and not 0 < len(choice) <= most else mark
            if mark != "disputed":
                add("part" if mark == "valid" else "invalid", right)
            for rank, option in enumerate(choice if mark == "valid" else []):
                add(option, right, terms["most_choices"] - rank if terms["kind"] == "priorities" else 1)
        joins = settings.get("deemed") == "majority" and terms["kind"] != "election"
        joins = joins and (terms["item"] not in (6, 7, 8) or settings["deemed_for_special"])
        silent = [right for right in rights.values() if right["served"] is not False]
        sound = all(joins and right["served"] is True and right["number"] not in voted for right in silent)
        need(sound, "列为“送达而没有投票”的表决权不对。")
        real = {at: sums[at] for at, (kind, _) in enumerate(options, start=1) if kind != "abstain" and joins}
        for at, own in real.items():
            if all(a > b for other in real if other != at for a, b in zip(own, real[other])) and min(own):
                self.deemed_to = at
        for right in silent if self.deemed_to else []:
            add("deemed", right)
        return sums

    def outcome(self, sums):
        def met(over, under, enough, part, whole):
            return all(a * under >= b * over if enough else a * under > b * over for a, b in zip(part, whole))

        terms, whole = self.opened["terms"], self.result["whole"]
        counted = ["part", "deemed", *(["invalid"] if terms["settings"]["invalid_participates"] else [])]
        part = [sum(sums[row][base] for row in counted) for base in (0, 1)]
        old, passed = terms["law"] == "property_law_2007", []
        special = terms["item"] in ((5, 6, 7) if old else (6, 7, 8))
        share = (1, 2, False) if not special else (2, 3, True) if old else (3, 4, True)
        if not old and not met(2, 3, True, part, whole):
            return "QUORUM_NOT_MET", None, [], []
        for at, (kind, _) in enumerate(self.opened["options"], start=1):
            behind = [own + (at == self.deemed_to) * more for own, more in zip(sums[at], sums["deemed"])]
            if kind in ("agree", "choice") and met(*share, behind, whole if old else part):
                passed.append((behind, at))
        if terms["kind"] == "election":
            ranked, seats = sorted(passed, key=lambda one: [-number for number in one[0]]), terms["seats"]
            tie = ranked[seats][0] if len(ranked) > seats and ranked[seats][0] == ranked[seats - 1][0] else None
            names, elected = [at for _, at in ranked], [at for behind, at in ranked[:seats] if behind != tie]
            return "PASSED" if len(elected) == seats else "SEATS_UNFILLED", None, elected, names[len(elected) :]
        missed = "NOT_PASSED" if terms["kind"] == "motion" else "NO_EFFECTIVE_DECISION"
        return "PASSED" if passed else missed, passed[0][1] if passed and terms["kind"] == "plans" else None, [], []

    def check_recount(self):
        last, options = self.result, self.opened["options"]
        if last is None or self.opened["terms"]["kind"] == "secret":
            return "重新计票：还没有计票，没有公布的数可以比" if last is None else "重新计票：无记名投票按信封核对"
        sums, names = self.recount(), {"part": "投票的", "invalid": "无效的", "deemed": "计入多数的"}
        shown = {**last["rows"], **dict(enumerate(last["options"], start=1))}
        for row, own in sums.items():
            name = names.get(row) or options[row - 1][1]
            need(own == shown[row], f"“{name}”重新计票是{words(own)}，公布的是{words(shown[row])}。")
        decided = tuple(last["decision"][name] for name in ("outcome", "choice", "elected", "reserve"))
        own = self.outcome(sums) if decided[0] else decided
        need(own == decided, f"按法律算出来是{own}，公布的是{decided}。")
        return f"重新计票：{len(options)}个选项，人数和面积都和公布的一样"

    def check_names(self):
        names = list(self.lines("names.jsonl", "number owners units salt"))
        need([row["number"] for row in names] == list(self.rights), "姓名和表决权不一样多。")
        identities = [digest(some(row, "owners salt units")) for row in names]
        wrong = [str(at) for at, right in self.rights.items() if right["identity"] != identities[at - 1]]
        need(not wrong, f"第{'、'.join(wrong)}号表决权的业主或者房号和名册的密封码不符。")
        return f"姓名：{len(names)}个表决权的业主和房号和名册相符"

    def check_receipt(self, path):
        lines = [line for line in Path(path).read_text("utf-8").splitlines() if line.startswith("xieshang-receipt/1 ")]
        need(lines, f"{path}不是回执文件。")
        (_, signature, content), receipt = lines[0].split(" ", 2), json.loads(lines[0].split(" ", 2)[2])
        need(receipt["vote"] == self.vote, "这张回执是另一次表决的。")
        need(self.is_signed(signature, content), "回执的签名不对。")
        need(receipt["leaf"] in self.leaves, f"回执{receipt['receipt']}在账本里没有。")
        ballot, head = (self.opened_ballots or {}).get(receipt["receipt"]), receipt["head"]
        need(not ballot or digest({"nonce": ballot["nonce"]}) == receipt["nonce"], "回执的随机数和选票的不符。")
        same = not head or some(self.heads.get(head["size"], head), " ".join(head)) == head
        need(same and (not head or head["size"] in self.heads), "回执上的树头账本里没有：账本在投票以后被改写过。")
        how = "算数" if receipt["receipt"] in self.standing else "后来改投或者作废了"
        return f"回执{receipt['receipt']}：在，{how}"


CHECKS = "files ledger heads rules roll course result envelopes rights ballots recount names".split()
ODD = (KeyError, TypeError, ValueError, IndexError, AttributeError, OSError, zipfile.BadZipFile, RecursionError)


def verify(path, receipts=(), say=print):
    """Check a bundle; says every line, gives the list of faults (empty when everything holds)."""
    faults = []
    try:
        bundle = Bundle(path)
    except (AssertionError, *ODD) as wrong:
        say(f"[错] 清单看不懂：{wrong}")
        return [str(wrong)]
    say(f"表决记录核验 · {bundle.vote} · {CANNOT.get(bundle.depth, bundle.depth)[:3]}")
    wanted = CHECKS[: {"owners": -1, "named": None}.get(bundle.depth, -4)]
    checks = [*zip(wanted), *(("receipt", path) for path in receipts)]
    for check, *given in checks:
        try:
            say(f"[对] {getattr(bundle, f'check_{check}')(*given)}。")
        except AssertionError as wrong:
            faults += str(wrong).split("\n")
        except ODD as wrong:
            if not (faults and isinstance(wrong, (KeyError, AttributeError))):  # else: what an earlier check lacked
                faults.append(f"{check}：内容看不懂（{wrong!r}）。")
    for fault in faults:
        say(f"[错] {fault}")
    if bundle.last:
        say("最后的树头：{size}条，{root}。请和网页上、邻居手里的比一比，一样才是同一本账。".format(**bundle.last))
    say(f"这一版看不出来的：{CANNOT.get(bundle.depth, '')}")
    say(f"结论：有{len(faults)}处不对。" if faults else f"结论：核对了{len(checks)}项，没有发现问题。")
    return faults


if __name__ == "__main__":
    if len(sys.argv) < 2 or not zipfile.is_zipfile(sys.argv[1]):
        sys.stderr.write(f"{__doc__}\n打不开这个文件，请给出下载的.zip文件。\n")
        sys.exit(2)
    sys.exit(1 if verify(sys.argv[1], sys.argv[2:]) else 0)
