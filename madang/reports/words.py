"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.verdict import refusals

refusals(
    {
        "paper_role_needed": _("이 문서를 맡은 담당만 할 수 있습니다. 총괄부서, 또는 이 동의 동주민센터 담당입니다."),
        "paper_signer_needed": _("결재는 총괄부서나 구청장실에서 합니다. 동주민센터 담당은 자기 동의 문서를 확인할 수 있습니다."),
        "paper_kind_unknown": _("이런 종류의 문서는 없습니다."),
        "paper_subject_unknown": _("이 문서를 쓸 기록이 없습니다. 개표를 마쳤는지 살펴보십시오."),
        "paper_exists": _("같은 문서가 이미 있습니다(%(number)s). 그 문서를 열어 다시 쓰십시오."),
        "paper_own": _("자기가 쓴 문서에는 결재할 수 없습니다. 다른 사람이 결재해야 합니다."),
        "paper_signed_already": _("이미 이 문서에 서명했습니다."),
        "paper_not_signed": _("결재가 끝난 문서만 공개할 수 있습니다."),
        "paper_not_as_signed": _("결재한 뒤 내용이 바뀌었습니다. 공개하지 않고 다시 써야 합니다."),
        "paper_has_newer": _("이 문서를 고친 새 문서가 있습니다(%(number)s)."),
        "paper_is_withdrawn": _("거둔 문서입니다."),
        "paper_is_published": _("공개한 문서는 거둘 수 없습니다. 다시 쓰면 새 문서가 이 문서를 대신합니다."),
        "paper_unchanged": _("숫자도 적은 말도 그대로입니다. 다시 쓸 것이 없습니다."),
        "paper_needs_why": _("까닭을 적어 주십시오."),
        "paper_cannot_print": _("이 문서를 인쇄할 수 없습니다: %(what)s"),
    }
)

verb("paper.drawn_up", says=_("문서를 썼습니다: %(number)s"), keeps={"number", "kind", "sha256", "replaces"})
verb("paper.checked", says=_("문서를 확인했습니다: %(as)s"), keeps={"as", "sha256"})
verb("paper.signed", says=_("문서에 결재했습니다: %(as)s"), keeps={"from", "to", "as", "sha256"})
verb("paper.withdrawn", says=_("문서를 거두었습니다."), keeps={"from", "to"})
verb("paper.published", says=_("결과 문서를 공개했습니다: %(number)s"), keeps={"from", "to", "number", "record"}, public=True)
verb("paper.told", says=_("결과 문서가 나왔습니다: %(number)s %(title)s"), keeps={"number", "title", "paper"}, public=True)
