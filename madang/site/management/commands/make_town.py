"""Sets up a town on an empty installation: its places from a CSV, its first settings, and an account for the site administrator."""

import getpass
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.text import slugify

from madang.ground import clock
from madang.ground.actor import SYSTEM, Role
from madang.ground.models import Account, Place
from madang.ground.town import change_settings, make_place
from madang.methods.tables import TableError, read_table
from madang.residents.actions import appoint, make_department, make_post

COLUMNS = ("code", "slug", "name", "name_en", "order")
MOST_ROWS = 400
MOST_BYTES = 200_000
Level = Place.Level


@dataclass(frozen=True)
class Line:
    """One place of the file. The official code tells the level: ten digits, zeros from the third for a metropolitan government, from
    the sixth for a district."""

    code: str
    slug: str
    name: str
    name_en: str
    order: int

    @property
    def level(self) -> str:
        return Level.METROPOLITAN if self.code.endswith("0" * 8) else Level.DISTRICT if self.code.endswith("0" * 5) else Level.DONG


def read_lines(data: bytes) -> list[Line]:
    """The places of a CSV (code, slug, name, name_en, order), from above to below. Raises CommandError that names the row."""
    table = read_table(data, max_rows=MOST_ROWS, max_bytes=MOST_BYTES)
    if isinstance(table, TableError):
        where = f" in row {table.row}" if table.row else ""
        raise CommandError(f"The file cannot be read{where}: {table.code} {table.params or ''}".rstrip())
    missing = [name for name in COLUMNS if name not in table.header]
    if missing:
        raise CommandError(f"Columns missing: {', '.join(missing)}. Wanted: {', '.join(COLUMNS)}")
    lines = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        cells = dict(zip(table.header, row, strict=True))
        if len(cells["code"]) != 10 or not cells["code"].isdecimal():
            raise CommandError(f"Row {number}: the code has ten digits, not {cells['code']!r}")
        if slugify(cells["slug"]) != cells["slug"] or not cells["slug"]:
            raise CommandError(f"Row {number}: {cells['slug']!r} cannot stand in an address; use small letters, digits and hyphens")
        if not cells["name"] or not cells["name_en"] or not (cells["order"] or "0").isdecimal():
            raise CommandError(f"Row {number}: name and name_en are needed, order is a number")
        lines.append(Line(cells["code"], cells["slug"], cells["name"], cells["name_en"], int(cells["order"] or 0)))
    return sorted(
        lines, key=lambda line: ((Level.METROPOLITAN, Level.DISTRICT, Level.DONG).index(Level(line.level)), line.order, line.code)
    )


def checked(lines: list[Line]) -> list[Line]:
    """One district, its dong, at most one government above, all under the same code. Raises CommandError."""
    districts = [line for line in lines if line.level == Level.DISTRICT]
    dongs = [line for line in lines if line.level == Level.DONG]
    if len(districts) != 1 or not dongs or len(lines) - len(dongs) > 2:
        raise CommandError(
            f"The file holds {len(districts)} districts and {len(dongs)} dong; wanted: one district, its dong, at most one above."
        )
    for line in lines:
        whole = districts[0].code[:5] if line.level == Level.DONG else districts[0].code[:2]
        if not line.code.startswith(whole):
            raise CommandError(f"{line.code} {line.name} does not belong to {districts[0].name}")
    for column in ("code", "slug"):
        values = [getattr(line, column) for line in lines]
        if twice := {v for v in values if values.count(v) > 1}:
            raise CommandError(f"{column} twice: {', '.join(sorted(twice))}")
    return lines


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=f"CSV with {', '.join(COLUMNS)}; UTF-8 or CP949")
        parser.add_argument("--admin", required=True, help="sign-in word of the first site administrator")
        parser.add_argument("--email", required=True, help="their mail address")
        parser.add_argument("--host", default="", help="host names of the town, comma between; needed when there are several towns")
        parser.add_argument("--site-name", default="마당")
        parser.add_argument("--organ", default="", help="e.g. 금천구청 (the district's name and 청 when left out)")
        parser.add_argument("--phone", default="")
        parser.add_argument("--department", default="누리집 운영", help="department of the site administrator")

    def handle(self, *args: Any, **given: Any) -> None:
        at = clock.now()
        try:
            lines = checked(read_lines(given["file"].read_bytes()))
        except OSError as problem:
            raise CommandError(str(problem)) from None
        if Account.objects.filter(username=given["admin"]).exists():
            raise CommandError(f"The account {given['admin']} is there already.")
        word = self.password(given["admin"], given["email"])
        try:
            with transaction.atomic():
                town = found(lines, given, at=at)
                first_administrator(town, given, word, at=at)
        except ValidationError as problem:
            raise CommandError("; ".join(problem.messages)) from None
        self.stdout.write(f"{town.name}: {len(lines)} places, site administrator {given['admin']}.")
        self.stdout.write("Next: sign in, register a passkey or an authenticator app, open the desk.")

    @staticmethod
    def password(username: str, email: str) -> str:
        """MADANG_ADMIN_PASSWORD, or asked for twice. Raises CommandError when it is too weak or the two differ."""
        word = os.environ.get("MADANG_ADMIN_PASSWORD", "")
        if not word:
            word = getpass.getpass("Password: ")
            if word != getpass.getpass("Again: "):
                raise CommandError("The two differ.")
        try:
            validate_password(word, Account(username=username, email=email))
        except ValidationError as problem:
            raise CommandError("; ".join(problem.messages)) from None
        return word


def found(lines: list[Line], given: dict[str, Any], *, at: datetime) -> Place:
    """The places and the first settings. A government above that another town has already brought is used again."""
    on: date = clock.today(at)
    above: Place | None = None
    town: Place | None = None
    for line in lines:
        if line.level == Level.METROPOLITAN and (known := Place.objects.filter(code=line.code, level=line.level).first()):
            above = known
            continue
        row = make_place(
            parent=town if line.level == Level.DONG else above if line.level == Level.DISTRICT else None, level=line.level,
            code=line.code, slug=line.slug, name=line.name, name_en=line.name_en, order=line.order,
            hosts=given["host"] if line.level == Level.DISTRICT else "", from_on=on, actor=SYSTEM, at=at,
        )  # fmt: skip
        if line.level == Level.METROPOLITAN:
            above = row
        elif line.level == Level.DISTRICT:
            town = row
    if town is None:
        raise CommandError("The file names no district.")
    data = {
        "site_name": given["site_name"], "organ": given["organ"] or f"{town.name}청", "organ_en": f"{town.name_en} Office",
        "phone": given["phone"], "department": given["department"],
    }  # fmt: skip
    change_settings(place=town, from_on=on, data=data, reason="마당을 엶", actor=SYSTEM, at=at)
    return town


def first_administrator(town: Place, given: dict[str, Any], word: str, *, at: datetime) -> Account:
    """An account with the post that lets it appoint everybody else. It acts, like every official, only with the desk open."""
    account = Account.objects.create_user(given["admin"], given["email"], word)
    on = clock.today(at)
    department = make_department(place=town, name=given["department"], from_on=on, actor=SYSTEM, at=at)
    post = make_post(department=department, place=town, role=Role.SITE_ADMIN, title="누리집 관리자", actor=SYSTEM, at=at)
    appoint(post=post, account=account, from_on=on, actor=SYSTEM, at=at)
    return account
