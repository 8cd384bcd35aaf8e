"""Let a unit issue certificates, or give it a new seal or title."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from certification.services import establish_issuer
from core import commands
from schools.models import Unit


class Command(commands.Command):
    help = "Sets up who issues certificates; harmless to repeat, a new seal is a new version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", required=True, metavar="CODE")
        parser.add_argument("--name", required=True)
        parser.add_argument("--prefix", required=True, help="信教体培证字")
        parser.add_argument("--title", default="培训结业证书")
        parser.add_argument("--seal", type=Path, help="PNG with alpha; drawn where missing")
        parser.add_argument("--validity-years", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            raise commands.Refused("not_found", _("没有这个单位代码。"))
        template = establish_issuer(
            actor=None,
            unit=unit,
            name=options["name"],
            number_prefix=options["prefix"],
            title=options["title"],
            seal=options["seal"].read_bytes() if options["seal"] else None,
            validity_years=options["validity_years"],
        )
        words = _("%(issuer)s 可以签发证书，模板第 %(version)s 版。")
        self.stdout.write(words % {"issuer": template.issuer_name, "version": template.version})
