"""Asking the permission predicates: one function, in the framework's stead, that no superuser slips past."""

import rules

from .actor import Actor


def has_perm(name: str, actor: Actor, thing: object = None) -> bool:
    """Whether this actor, in this office, may do the named verb to the thing; unknown names are an error."""
    if not rules.perm_exists(name):
        raise LookupError(f"no permission named {name}")
    return rules.has_perm(name, actor, thing)
