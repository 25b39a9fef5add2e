"""Who is signed in, which every page asks: the library's way in, the person read by a query that is built once."""

from allauth.account.auth_backends import AuthenticationBackend

from xieshang.lib.often import Often

from .models import Person


class SignedIn(AuthenticationBackend):
    """What settings.py names."""

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session; none where the account was closed."""
        person = next(iter(_person(user_id)), None)
        return person if person and self.user_can_authenticate(person) else None


_person: Often[Person] = Often(lambda pk: Person.objects.filter(pk=pk))
