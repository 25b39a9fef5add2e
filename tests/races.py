"""Acts of several people at the same instant, for tests on a real PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections

from xieshang.lib.refusals import RuleViolation


def all_at_once(*calls):
    """Run these in threads that start together; gives what each returned or the code of its refusal."""
    gate = threading.Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            gate.wait(20)
            return call()
        except RuleViolation as refused:
            return refused.refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
