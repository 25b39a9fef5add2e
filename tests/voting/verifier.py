"""The verifier as somebody has it on a machine of their own: one file, without the site; and bundles to take apart."""

import hashlib
import importlib.util
import io
import json
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("verify", ROOT / "static" / "verify.py")
verifier = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(verifier)


def verify(content, *receipts):
    """What the verifier says of the bytes of a bundle: faults, and every line it printed."""
    lines = []
    return verifier.verify(io.BytesIO(content), receipts, say=lines.append), lines


def opened(content):
    """The files of a bundle by name, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files, *, with_new_manifest=True):
    """A bundle of these files; whoever alters one makes the manifest fit, as a forger would."""
    files = dict(files)
    if with_new_manifest:
        manifest = json.loads(files["manifest.json"])
        manifest["files"] = [
            {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for name, content in files.items()
            if name != "manifest.json"
        ]
        files["manifest.json"] = line(manifest)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def line(value):
    """One line of a file of a bundle."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def rows(content):
    """The lines of a file of a bundle."""
    return [json.loads(text) for text in content.splitlines()]


def written(values):
    """Lines as a file."""
    return b"".join(line(value) for value in values)
