"""An officer at a counter, and the town's own list of residents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.ground import limits
from madang.ground.actor import Proof
from madang.ground.town import Town
from madang.ground.verdict import Refused, no
from madang.residents.hashes import person_key
from madang.residents.models import Resident, ResidentProof, RollEntry
from madang.residents.verifiers import Finding, Verifier, register

ROLL_TRIES_PER_DAY = 5
DAY = 86_400


class DeskCheck(Verifier):
    """answer: level, dong (for a residence), document (kind of paper seen), name, birth, is_namesake."""

    slug = "desk"
    level = Proof.RESIDENCE
    label = _("동주민센터 창구에서")
    how = _("신분증이나 주소가 적힌 종이를 들고 가까운 동주민센터로 오세요. 컴퓨터나 휴대전화가 없어도 돼요.")

    def find(self, resident: Resident, answer: Mapping[str, Any], *, at: datetime) -> Finding:
        level, dong = Proof(answer["level"]), answer.get("dong")
        if level == Proof.RESIDENCE and dong is None:
            raise Refused(no("not_in_town"))
        code = dong.code if dong and level == Proof.RESIDENCE else ""
        nth = 1
        if answer.get("is_namesake"):
            while self._taken(resident, person_key(answer["name"], answer["birth"], code, nth)):
                nth += 1
        return Finding(
            level,
            "desk",
            dong=dong if level == Proof.RESIDENCE else None,
            key_hash=person_key(answer["name"], answer["birth"], code, nth),
            birth_year=answer["birth"].year,
            document=str(answer.get("document", "")),
        )

    @staticmethod
    def _taken(resident: Resident, key: str) -> bool:
        return ResidentProof.objects.filter(~Q(resident=resident), key_hash=key, revoked_at__isnull=True).exists()


class RollMatch(Verifier):
    """answer: name, birth, dong."""

    slug = "roll"
    level = Proof.RESIDENCE
    label = _("주민 명부와 맞춰서")
    how = _("이름, 생년월일, 사는 동을 적으면 구청이 가진 명부와 맞춰 봐요. 적은 것은 저장하지 않아요.")
    url_name = "residents:roll"
    act = _("명부와 맞춰 보기")

    def is_ready(self, town: Town) -> bool:
        return RollEntry.objects.filter(place_id=town.pk).exists()

    def find(self, resident: Resident, answer: Mapping[str, Any], *, at: datetime) -> Finding:
        limits.hit(f"roll:{resident.pk}", limit=ROLL_TRIES_PER_DAY, seconds=DAY, at=at).or_raise()
        dong = answer["dong"]
        lines = RollEntry.objects.filter(place_id=resident.place_id, dong=dong)
        key = person_key(answer["name"], answer["birth"], dong.code)
        line = lines.filter(key_hash=key).first()
        if line is None:
            raise Refused(no("roll_none" if lines.exists() else "roll_empty"))
        if line.used_by_id not in (None, resident.pk):
            raise Refused(no("person_known"))
        return Finding(Proof.RESIDENCE, "roll", dong=dong, key_hash=key, birth_year=answer["birth"].year, spent=line)


register(DeskCheck())
register(RollMatch())
