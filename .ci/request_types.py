"""For mypy: what our middleware adds to every request, so that views are checked without a request class of our own."""

from collections.abc import Callable

from mypy.nodes import MypyFile
from mypy.plugin import ClassDefContext, Plugin
from mypy.plugins.common import add_attribute_to_class
from mypy.types import AnyType, Instance, Type, TypeOfAny

REQUEST = "django.http.request.HttpRequest"
ADDED = {"actor": "xieshang.lib.actor.Actor", "htmx": "django_htmx.middleware.HtmxDetails", "frame": ""}


def _type(context: ClassDefContext, name: str) -> Type:
    """Type of an added attribute; whatever it may be, where the name is not known."""
    found = context.api.lookup_fully_qualified_or_none(name) if name else None
    node = found.node if found else None
    return Instance(node, []) if node is not None and hasattr(node, "mro") else AnyType(TypeOfAny.explicit)


def _add(context: ClassDefContext) -> None:
    """Add the attributes."""
    for name, type_name in ADDED.items():
        add_attribute_to_class(context.api, context.cls, name, _type(context, type_name))


class RequestTypes(Plugin):
    """Adds the attributes of our middleware to Django's request."""

    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        """Called for every class."""
        return _add if fullname == REQUEST else None

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        """Have the types read before the request."""
        if file.fullname != "django.http.request":
            return []
        return [(10, name.rpartition(".")[0], -1) for name in ADDED.values() if name]


def plugin(version: str) -> type[Plugin]:
    """What mypy asks for."""
    return RequestTypes
