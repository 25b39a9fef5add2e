"""Whose number is whose within one file, and the people behind the offices."""

from django.utils.translation import gettext as _

from xieshang.accounts.models import Person
from xieshang.lib.text import mobile_number

from ...rules import CALLED, Role, surname_of
from .report import SetUpReport
from .tables import Row

_LONGEST = {"姓名": 40, "昵称": 20}


class Numbers:
    """One number, one name, through all sheets of a file."""

    def __init__(self, report: SetUpReport) -> None:
        """Tell this report."""
        self.report = report
        self._first: dict[str, Row] = {}

    def phone(self, row: Row) -> str | None:
        """The number of a row, empty when none is written, None when it cannot be right (which is told)."""
        if not row["手机号"]:
            return ""
        phone = mobile_number(row["手机号"])
        if phone is None:
            self.report.fault(row, "手机号", _("这不是手机号，请写11位数字，一格只写一个；没有就空着。"))
            return None
        first = self._first.setdefault(phone, row)
        if first["姓名"] == row["姓名"]:
            return phone
        sentence = _("这个号码在“%(sheet)s”第%(row)d行写在“%(name)s”名下。一个号码只写一个人，另一个人没有手机就空着。")
        words = {"sheet": first.sheet.value, "row": first.number, "name": first["姓名"]}
        self.report.fault(row, "手机号", sentence % words)
        return None

    def name(self, row: Row) -> str:
        """The name of a row, empty when there is none or it is too long (which is told)."""
        for column, most in _LONGEST.items():
            if len(row[column]) > most:
                self.report.fault(row, column, _("太长了，请不超过%(most)d个字。") % {"most": most})
                return ""
        if not row["姓名"]:
            self.report.fault(row, "姓名", _("没有写姓名，请补上。"))
        return row["姓名"]


class People:
    """Accounts by phone number; who has none gets one, to be signed into by a code."""

    def __init__(self, rows: list[Row], numbers: Numbers, report: SetUpReport) -> None:
        """Load the accounts of all numbers in these rows."""
        self.numbers = numbers
        self.report = report
        phones = {phone for row in rows if (phone := mobile_number(row["手机号"]))}
        known = Person.objects.filter(phone__in=phones, shares_phone=False)
        self._by_phone = {str(person.phone): person for person in known}
        self._changed: set[str] = set()

    @property
    def known_ids(self) -> list[int]:
        """Ids of the people who have an account already."""
        return [person.pk for person in self._by_phone.values() if person.pk]

    def meant(self, row: Row, role: Role | None) -> Person | None:
        """The person of a row, made in memory where the number is new; None when something is wrong (which is told)."""
        name, phone = self.numbers.name(row), self.numbers.phone(row)
        if phone == "":
            self.report.fault(row, "手机号", _("没有写手机号。任职的人要用手机号登录，请补上。"))
        if not name or not phone or role is None:
            return None
        person = self._by_phone.setdefault(phone, Person(phone=phone))
        if person.real_name not in ("", name):
            self.report.fault(row, "手机号", _("这个号码的账号登记的是另一个名字，请和本人核对号码和姓名。"))
            return None
        nickname = person.nickname or row["昵称"] or surname_of(name) + CALLED.get(role, _("同志"))
        if (person.real_name, person.nickname) != (name, nickname):
            person.real_name, person.nickname = name, nickname
            self._changed.add(phone)
        return person

    def has_changed(self, person: Person) -> bool:
        """Whether the file says something new of this person."""
        return person.phone in self._changed

    def save(self) -> None:
        """Store new people and filled-in names; a new person signs in by a code, which confirms the number."""
        for phone in sorted(self._changed):
            person = self._by_phone[phone]
            if person.pk is None:
                person.set_unusable_password()
            person.save()
