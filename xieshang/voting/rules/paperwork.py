"""States of papers and proxies, and ways of delivery. Pure."""

from enum import StrEnum


class PaperState(StrEnum):
    """Where a printed ballot is."""

    ISSUED = "issued"
    RECEIVED = "received"
    KEYED = "keyed"
    VOID = "void"


class ProxyState(StrEnum):
    """Where a written proxy stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    USED = "used"


class DeliveryWay(StrEnum):
    """How a notice and a ballot reached a voter."""

    HAND = "hand"
    DOOR = "door"
    MAIL = "mail"
    ONLINE = "online"
    PHONE = "phone"
    BOARD = "board"


class TakenBy(StrEnum):
    """Who took it; a tenant is not the owner."""

    OWNER = "owner"
    FAMILY = "family"
    TENANT = "tenant"
    NOBODY = "nobody"
