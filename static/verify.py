"""Checks the record of a vote (xieshang-vote/1): python3 verify.py BUNDLE.zip [RECEIPT.txt …]

Python 3.9+, no network; signatures need the package `cryptography`. Ends with 0: it holds, 1: not, 2: unreadable."""

import hashlib
import json
import sys
import zipfile
from datetime import datetime
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None

PUBLIC = ("rules.json", "roll.jsonl", "ledger.jsonl", "heads.jsonl", "result.json", "key.json")
OWNERS = (*PUBLIC, "rights.jsonl", "ballots.jsonl")
FILES = {"public": PUBLIC, "owners": OWNERS, "named": (*OWNERS, "names.jsonl")}
TITLES = {"public": "公开版", "owners": "业主版", "named": "监票版"}
ADDED = {"kind", "at", "vote"}
CANNOT = {
    "public": "公开版只有选票的密封码，看不到每一票选了什么，所以不能重新计票；名册也只有密封码，看不到是哪一户。",
    "owners": "业主版能按人数和面积重新计票，但不写姓名和房号：哪个表决权是哪一户的，要由监票人或者街道查看。",
    "named": "这一版连姓名和房号也核对了。名册是不是符合实际（产权、面积、共有人），要和不动产登记比对。",
}


class Fault(Exception): ...


def need(holds, sentence):
    if not holds:
        raise Fault(sentence)


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def words(figures):
    return f"{figures[0]}人、{figures[1] / 100:.2f}㎡"


def digest(content):
    content = content if isinstance(content, bytes) else canonical(content).encode()
    return hashlib.sha256(content).hexdigest()


def some(row, names):
    return {name: row[name] for name in names.split()}


class Bundle:  # JSON objects, one a line, each exactly in canonical form and with exactly these keys
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        self.manifest = self.one("manifest.json", "format depth vote files")
        self.depth, self.vote = str(self.manifest["depth"]), self.manifest["vote"]

    def one(self, name, keys=""):
        found = list(self.lines(name, keys))
        need(len(found) == 1, f"{name}应当只有一行。")
        return found[0]

    def lines(self, name, keys=""):
        with self.zip.open(name) as file:
            for number, raw in enumerate(file, start=1):
                value = json.loads(raw)
                sound = isinstance(value, dict) and (canonical(value) + "\n").encode() == raw
                need(sound, f"{name}第{number}行不是规定的写法。")
                need(not keys or set(value) == set(keys.split()), f"{name}第{number}行的项目不对。")
                yield value


def check_files(bundle, state):
    need(bundle.manifest["format"] == "xieshang-vote/1", "格式不是xieshang-vote/1。")
    need(bundle.depth in FILES, "不认识这个版本（depth）。")
    names = [info.filename for info in bundle.zip.infolist()]
    need(names == [*FILES[bundle.depth], "manifest.json"], f"文件多了、少了或者换了位置：{'、'.join(names)}。")
    need([row["name"] for row in bundle.manifest["files"]] == names[:-1], "清单列的文件和压缩包里的不一样。")
    for row in bundle.manifest["files"]:
        content = bundle.zip.read(row["name"])
        own = {"name": row["name"], "sha256": digest(content), "size": len(content)}
        need(row == own, f"{row['name']}和清单上的校验码不符。")
    return f"文件：{len(names)}个，和清单一致"


def check_ledger(bundle, state):
    before, found = "0" * 64, []
    for at, row in enumerate(bundle.lines("ledger.jsonl", "position content before value leaf"), start=1):
        where, content = f"账本第{at}条", row["content"].encode()
        need(row["position"] == at, f"{where}的序号不对，中间少了或者多了。")
        entry = json.loads(content)
        need(canonical(entry).encode() == content and set(entry) >= ADDED, f"{where}不是规定的写法。")
        need(entry["vote"] == bundle.vote, f"{where}不是这次表决的。")
        need(row["before"] == before, f"{where}和上一条接不上：上一条被改过，或者中间少了。")
        need(row["value"] == digest(before.encode() + b"\n" + content), f"{where}和链上的值不符：这一条被改过。")
        need(row["leaf"] == digest(b"\x00" + content), f"{where}的叶子值不对。")
        found.append((entry, before := row["value"], row["leaf"]))
    entries, values, leaves = zip(*found)
    kinds = [entry["kind"] for entry in entries]
    early = [kind for kind in kinds if kind not in ("proxy_granted", "proxy_withdrawn", "succeeded")]
    need(early[:1] == ["opened"] and kinds.count("opened") == 1, "开始投票应当只记一条，它前面只能有委托和换人投。")
    state.update(entries=entries, values=values, leaves=leaves, opened=entries[kinds.index("opened")])
    return f"账本：{len(entries)}条，一条接一条，没有断开"


def roots(leaves, sizes):
    """Roots of the tree (RFC 6962) over the first so many leaves, for every size wanted, in one pass."""
    stack, found = [], {}
    for size, leaf in enumerate(leaves, start=1):
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


def is_signed(key, signature, content):
    try:
        if Ed25519PublicKey:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), content.encode())
    except (InvalidSignature, ValueError):
        return False
    return signature == signature.lower()


def check_heads(bundle, state):
    key, before = bundle.one("key.json", "algorithm public_key key_code"), 0
    code = digest(bytes.fromhex(key["public_key"]))
    same = code == key["key_code"] == state["opened"]["key"] and key["public_key"] == key["public_key"].lower()
    need(same and key["algorithm"] == "ed25519", "公钥和公告上的公钥校验码不符。")
    heads = list(bundle.lines("heads.jsonl", "size root chain at before algorithm key_code signature"))
    found = roots(state["leaves"], {head["size"] for head in heads})
    for at, head in enumerate(heads, start=1):
        where, size = f"第{at}个树头", head["size"]
        need(head["before"] == before < size <= len(state["leaves"]), f"{where}的条数和前后接不上。")
        need(head["root"] == found[size], f"{where}的树根和账本不符：前{size}条里有改动。")
        need(head["chain"] == state["values"][size - 1], f"{where}的链值和账本不符。")
        need((head["algorithm"], head["key_code"]) == ("ed25519", code), f"{where}不是公告上那把钥匙签的。")
        content = canonical({**some(head, "size root chain at before"), "vote": bundle.vote})
        need(is_signed(key["public_key"], head["signature"], content), f"{where}的签名不对。")
        before = size
    need(before == len(state["leaves"]), "最后一个树头没有盖住整本账，后面的条目没有签名。")
    state.update(heads={head["size"]: head for head in heads}, key=key["public_key"], last=heads[-1])
    how = "签名都对" if Ed25519PublicKey else "没有装cryptography，签名没有核对"
    return f"树头：{len(heads)}个，{how}，最后一个盖住{before}条"


def check_rules(bundle, state):
    opened = {name: value for name, value in state["opened"].items() if name not in ADDED}
    rules = bundle.one("rules.json")
    other = [name for name in sorted({*opened, *rules}) if canonical(rules.get(name)) != canonical(opened.get(name))]
    need(not other, f"现在的问题、选项、规则、名册或者时间和开始时记下的不一样（{other}）。")
    return f"规则：问题、{len(opened['options'])}个选项、规则、时间和开始时记下的一样"


def check_roll(bundle, state):
    roll, rows = state["opened"]["roll"], list(bundle.lines("roll.jsonl", "number commitment"))
    need([row["number"] for row in rows] == list(range(1, roll["rights"] + 1)), "名册上的表决权和开始时不一样多。")
    state["commitments"] = [row["commitment"] for row in rows]
    fields = {"area_centi": roll["area"], "heads": roll["heads"], "rows": rows}
    text = canonical({**fields, "format": "xieshang-roll/1", "vote": bundle.vote})
    if roll["algorithm"] not in hashlib.algorithms_available:
        return f"名册：{len(rows)}个表决权（这台电脑没有{roll['algorithm']}算法，名册校验码没有核对）"
    own = hashlib.new(roll["algorithm"], text.encode()).hexdigest()
    need(own == roll["code"], "名册和公告上的名册校验码不符：名册被改过。")
    return f"名册：{len(rows)}个表决权，和公告上的校验码{own[:12]}…相符"


def take_ballot(entry, where, state):
    receipt, slot = entry["receipt"], entry["slot"]
    need(receipt not in state["seen"], f"{where}的回执号用过了。")
    state["seen"].add(receipt)
    if entry["channel"] in ("online", "proxy"):
        need(not (state["closed"] or datetime.fromisoformat(entry["at"]) >= state["closes"]), f"{where}是截止后的票。")
    if entry["kind"] == "replaced" or "before" in entry:
        need(state["slots"].get(slot) == entry["before"], f"{where}要替换的票不在，或者是别人的。")
        del state["standing"][entry["before"]]
    else:
        need(slot not in state["slots"], f"{where}：同一个表决权有两票。")
    state["standing"][receipt], state["slots"][slot] = entry, receipt


def check_course(bundle, state):
    state.update(standing={}, slots={}, seen=set(), disputed=set(), closed=False)
    state["closes"] = datetime.fromisoformat(state["opened"]["closes_at"])
    for at, entry in enumerate(state["entries"], start=1):
        where, kind = f"账本第{at}条", entry["kind"]
        if kind in ("cast", "replaced", "confirmed"):
            take_ballot(entry, where, state)
        elif kind == "voided" and entry["receipt"]:
            del state["slots"][state["standing"].pop(entry["receipt"])["slot"]]
        elif kind == "disputed":
            (state["disputed"].add if entry["upheld"] else state["disputed"].discard)(entry["receipt"])
        elif kind == "extended":
            state["closes"] = datetime.fromisoformat(entry["closes_at"])
        elif kind == "closed":
            state["standing"].update(dict.fromkeys(entry.get("used", ())))  # of a secret vote: the rights used
            number, noted = len(state["standing"]), entry["ballots"]
            need(not state["closed"] and noted == number, f"{where}：截止时记的是{noted}票，账本里是{number}票。")
            state["closed"] = True
    number, end = len(state["standing"]), "" if state["closed"] else "（还没有记截止）"
    need(number <= state["opened"]["roll"]["rights"], "票比名册上的表决权还多。")
    return f"经过：{number}张票，没有一个表决权投两次，没有截止以后的票{end}"


def check_result(bundle, state):
    result = bundle.one("result.json", "counts buildings")
    noted = [{k: v for k, v in e.items() if k not in ADDED} for e in state["entries"] if e["kind"] == "result"]
    need(canonical(result["counts"]) == canonical(noted), "公布的计票数字和账本里记下的不一样。")
    state["result"], table = noted[-1] if noted else None, result["buildings"]
    own = digest({"buildings": table}) if table else ""
    need(own == (noted[-1]["buildings"] if noted else ""), "分楼栋的数和账本里记下的不一样。")
    need(all(row[2] >= 5 for row in table), "分楼栋的数里有不到5票的格子，不应当公开。")
    if not noted:
        return "结果：还没有计票"
    last, roll = noted[-1], state["opened"]["roll"]
    part, invalid = last["rows"]["part"], last["rows"]["invalid"]
    need(last["whole"] == [roll["heads"], roll["area"]], "结果里的总数和名册不一样。")
    need(part[0] + invalid[0] <= len(state["standing"]), "结果里参加的人比账本里的票还多。")
    return f"结果：第{last['number']}次计票，投票的{words(part)}，全体{words(last['whole'])}，和账本里记下的一样"


def check_rights(bundle, state):
    rows = list(bundle.lines("rights.jsonl", "number head area identity salt served"))
    need(len(rows) == len(state["commitments"]), "表决权明细和名册不一样多。")
    for number, row in enumerate(rows, start=1):
        same = row["number"] == number and digest(some(row, "number head area identity salt"))
        need(same == state["commitments"][number - 1], f"第{number}号表决权的人数或者面积和名册的密封码不符。")
    total, roll = [sum(row[name] for row in rows) for name in ("head", "area")], state["opened"]["roll"]
    need(total == [roll["heads"], roll["area"]], "各表决权加起来和名册的总数不一样。")
    state["rights"] = {row["number"]: row for row in rows}
    return f"表决权：{len(rows)}个逐个核对，合计{words(total)}"


def check_ballots(bundle, state):
    opened, keys = {}, "receipt right channel at mark counted choice nonce commitment"
    for row in bundle.lines("ballots.jsonl", keys):
        receipt, where = row["receipt"], f"选票{row['receipt']}"
        entry, right = state["standing"].get(receipt), state["rights"].get(row["right"])
        need(entry and receipt not in opened, f"{where}在账本里没有，或者列了两次。")
        need(right and digest({"slot": right["salt"]}) == entry["slot"], f"{where}不是第{row['right']}号表决权的。")
        sealed = digest(some(row, "choice mark nonce receipt right"))
        need(sealed == row["commitment"] == entry["commitment"], f"{where}和账本里的密封码不符：这一票被改过。")
        need(some(row, "channel at") == some(entry, "channel at"), f"{where}的方式或者时间和账本不一样。")
        counted = "disputed" if receipt in state["disputed"] else row["mark"]
        need(row["counted"] == counted, f"{where}按“{row['counted']}”计，按账本应当是“{counted}”。")
        opened[receipt] = row
    need(len(opened) == len(state["standing"]), f"账本里有{len(state['standing'])}张票，这里有{len(opened)}张。")
    need(sorted(opened.values(), key=lambda row: row["right"]) == list(opened.values()), "选票没有按名册的次序排。")
    state["opened_ballots"] = opened
    return f"选票：{len(opened)}张逐张打开，和账本里的密封码相符"


def recount(state):
    terms, options, rights = state["opened"]["terms"], state["opened"]["options"], state["rights"]
    settings, voted, most = terms.get("settings", {}), set(), terms.get("seats") or terms["most_choices"]
    sums = {name: [0, 0] for name in ("part", "invalid", "deemed", *range(1, len(options) + 1))}

    def add(row, right, times=1):
        sums[row] = [sums[row][0] + right["head"] * times, sums[row][1] + right["area"] * times]

    for ballot in state["opened_ballots"].values():
        right, mark, choice = rights[ballot["right"]], ballot["counted"], ballot["choice"]
        voted.add(ballot["right"])
        if mark == "blank" and settings.get("blank_is_abstain"):
            mark, choice = "valid", [at for at, (kind, _) in enumerate(options, start=1) if kind == "abstain"]
        if mark == "valid" and not 0 < len(choice) <= most:
            mark = "invalid"
        if mark != "disputed":
            add("part" if mark == "valid" else "invalid", right)
        for rank, option in enumerate(choice if mark == "valid" else []):
            add(option, right, terms["most_choices"] - rank if terms["kind"] == "priorities" else 1)
    joins = settings.get("deemed") == "majority" and terms["kind"] != "election"
    joins = joins and (terms["item"] not in (6, 7, 8) or settings["deemed_for_special"])
    silent = [right for right in rights.values() if right["served"] is not False]
    sound = all(joins and right["served"] is True and right["number"] not in voted for right in silent)
    need(sound, "列为“送达而没有投票”的表决权不对。")
    real = [at for at, (kind, _) in enumerate(options, start=1) if kind != "abstain"]
    for at in real if joins else []:
        others = [sums[other] for other in real if other != at] + [[0, 0]]
        if all(sums[at][0] > other[0] and sums[at][1] > other[1] for other in others):
            state["deemed_to"] = at
    for right in silent if "deemed_to" in state else []:
        add("deemed", right)
    return sums


def outcome(state, sums):
    def met(over, under, enough, part, whole):
        return all(a * under >= b * over if enough else a * under > b * over for a, b in zip(part, whole))

    terms, whole = state["opened"]["terms"], state["result"]["whole"]
    counted = ["part", "deemed", *(["invalid"] if terms["settings"]["invalid_participates"] else [])]
    part = [sum(sums[row][base] for row in counted) for base in (0, 1)]
    old, share, passed = terms["law"] == "property_law_2007", (1, 2, False), []
    if terms["item"] in ((5, 6, 7) if old else (6, 7, 8)):
        share = (2, 3, True) if old else (3, 4, True)
    if not old and not met(2, 3, True, part, whole):
        return "QUORUM_NOT_MET", None, [], []
    for at, (kind, _) in enumerate(state["opened"]["options"], start=1):
        joined = sums["deemed"] if state.get("deemed_to") == at else [0, 0]
        behind = [own + more for own, more in zip(sums[at], joined)]
        if kind in ("agree", "choice") and met(*share, behind, whole if old else part):
            passed.append((behind, at))
    if terms["kind"] == "election":
        ranked, seats = sorted(passed, key=lambda one: [-number for number in one[0]]), terms["seats"]
        tie = ranked[seats][0] if len(ranked) > seats and ranked[seats][0] == ranked[seats - 1][0] else None
        names, elected = [at for _, at in ranked], [at for behind, at in ranked[:seats] if behind != tie]
        return "PASSED" if len(elected) == seats else "SEATS_UNFILLED", None, elected, names[len(elected) :]
    missed = "NOT_PASSED" if terms["kind"] == "motion" else "NO_EFFECTIVE_DECISION"
    return "PASSED" if passed else missed, passed[0][1] if passed and terms["kind"] == "plans" else None, [], []


def check_recount(bundle, state):
    last, options = state["result"], state["opened"]["options"]
    need(last is not None, "逐张的选票给出来了，却没有公布的结果可比。")
    sums, names = recount(state), {"part": "投票的", "invalid": "无效的", "deemed": "计入多数的"}
    shown = {**last["rows"], **dict(enumerate(last["options"], start=1))}
    for row, own in sums.items():
        name = names.get(row) or options[row - 1][1]
        need(own == shown[row], f"“{name}”重新计票是{words(own)}，公布的是{words(shown[row])}。")
    decided = tuple(last["decision"][name] for name in ("outcome", "choice", "elected", "reserve"))
    if decided[0]:
        own = outcome(state, sums)
        need(own == decided, f"按法律算出来是{own}，公布的是{decided}。")
    return f"重新计票：{len(options)}个选项，人数和面积都和公布的一样"


def check_names(bundle, state):
    names = list(bundle.lines("names.jsonl", "number owners units salt"))
    need([row["number"] for row in names] == list(state["rights"]), "姓名和表决权不一样多。")
    for row in names:
        same = digest(some(row, "owners salt units")) == state["rights"][row["number"]]["identity"]
        need(same, f"第{row['number']}号表决权的业主或者房号和名册的密封码不符。")
    return f"姓名：{len(names)}个表决权的业主和房号和名册相符"


def check_receipt(path, bundle, state):
    lines = [line for line in Path(path).read_text("utf-8").splitlines() if line.startswith("xieshang-receipt/1 ")]
    need(lines, f"{path}不是回执文件。")
    _, signature, content = lines[0].split(" ", 2)
    receipt = json.loads(content)
    need(receipt["vote"] == bundle.vote, "这张回执是另一次表决的。")
    need(is_signed(state["key"], signature, content), "回执的签名不对。")
    need(receipt["leaf"] in state["leaves"], f"回执{receipt['receipt']}在账本里没有。")
    ballot, head = state.get("opened_ballots", {}).get(receipt["receipt"]), receipt["head"]
    need(not ballot or digest({"nonce": ballot["nonce"]}) == receipt["nonce"], "回执的随机数和选票的不符。")
    same = not head or some(state["heads"].get(head["size"], head), " ".join(head)) == head
    need(same and (not head or head["size"] in state["heads"]), "回执上的树头账本里没有：账本在投票以后被改写过。")
    return f"回执{receipt['receipt']}：在，" + (
        "算数" if receipt["receipt"] in state["standing"] else "后来改投或者作废了"
    )


CHECKS = [check_files, check_ledger, check_heads, check_rules, check_roll, check_course, check_result]
DEEPER = [check_rights, check_ballots, check_recount, check_names]
ODD = (KeyError, TypeError, ValueError, IndexError, AttributeError, OSError, zipfile.BadZipFile, RecursionError)


def verify(path, receipts=(), say=print):
    """Check a bundle; says every line, gives the list of faults (empty when everything holds)."""
    state, faults, done = {}, [], 0
    try:
        bundle = Bundle(path)
    except (Fault, *ODD) as wrong:
        say(f"[错] 清单看不懂：{wrong}")
        return [str(wrong)]
    say(f"表决记录核验 · {bundle.vote} · {TITLES.get(bundle.depth, bundle.depth)}")
    own = [lambda bundle, state, path=path: check_receipt(path, bundle, state) for path in receipts]
    for check in [*CHECKS, *DEEPER[: {"owners": 3, "named": 4}.get(bundle.depth, 0)], *own]:
        try:
            say(f"[对] {check(bundle, state)}。")
            done += 1
        except Fault as wrong:
            faults.append(str(wrong))
        except ODD as wrong:
            if not (faults and isinstance(wrong, KeyError)):  # else: it needs what an earlier check did not reach
                faults.append(f"{check.__name__}：内容看不懂（{wrong!r}）。")
    for fault in faults:
        say(f"[错] {fault}")
    if "last" in state:
        say("最后的树头：{size}条，{root}。请和网页上、邻居手里的比一比，一样才是同一本账。".format(**state["last"]))
    say(f"这一版看不出来的：{CANNOT.get(bundle.depth, '')}")
    say(f"结论：有{len(faults)}处不对。" if faults else f"结论：核对了{done}项，没有发现问题。")
    return faults


if __name__ == "__main__":
    if len(sys.argv) < 2 or not zipfile.is_zipfile(sys.argv[1]):
        sys.stderr.write(f"{__doc__}\n打不开这个文件，请给出下载的.zip文件。\n")
        sys.exit(2)
    sys.exit(1 if verify(sys.argv[1], sys.argv[2:]) else 0)
