"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.verdict import refusals
from madang.notices.kinds import message

refusals(
    {
        "thread_closed": _("이야기가 닫혔어요. 읽을 수는 있어요."),
        "contact_needed_to_talk": _("이야기를 쓰려면 먼저 전자우편이나 전화번호를 확인해 주세요."),
        "profile_needed_to_talk": _("이야기를 쓰려면 먼저 공개 이름을 정해 주세요."),
        "comment_empty": _("할 말을 적어 주세요."),
        "not_your_comment": _("내가 쓴 이야기만 고치거나 지울 수 있어요."),
        "edit_window_over": _("쓴 지 %(minutes)s분이 지나 고칠 수 없어요. 지우거나 답글로 이어 주세요."),
        "own_comment_report": _("내가 쓴 이야기는 신고할 수 없어요. 지우고 싶으면 ‘지우기’를 눌러 주세요."),
        "already_reported": _("이미 신고했어요. 돌봄이가 살펴보고 있어요."),
        "comment_not_there": _("이미 가려졌거나 지워진 이야기예요."),
        "reason_needed_to_moderate": _("까닭을 적어 주십시오. 쓴 사람과 모두에게 보입니다."),
    }
)
# Why a comment is hidden, as moderators mostly put it: these words are shown in the reader's language, all others as they were written.
USUAL = {"광고": _("광고"), "비방": _("비방"), "다툼": _("다툼"), "해침 예고": _("해침 예고")}
verb("thread.opened", says=_("이야기 자리를 열었습니다."))
verb("thread.closed", says=_("이야기 자리를 닫았습니다."), public=True)
verb("comment.written", says=_("이야기를 썼습니다."))
verb("comment.edited", says=_("이야기를 고쳤습니다."))
verb("comment.withdrawn", says=_("쓴 사람이 이야기를 지웠습니다."), keeps={"from", "to"})
verb("comment.reported", says=_("이야기를 신고했습니다."))
verb("comment.hidden", says=_("이야기를 가렸습니다: %(why)s"), keeps={"from", "to", "why"}, public=True)
verb("comment.restored", says=_("가렸던 이야기를 다시 보이게 했습니다: %(why)s"), keeps={"from", "to", "why"}, public=True)
verb("comment.report_dismissed", says=_("신고된 이야기를 그대로 두었습니다: %(why)s"), keeps={"why"}, public=True)

message("comment.replied", family="comments", title=_("‘%(title)s’의 내 이야기에 답글이 달렸어요"), body=_("%(name)s 님이 답했어요."))
message(
    "comment.hidden", family="comments", is_service=True,
    title=_("‘%(title)s’에 쓴 이야기를 가렸습니다"),
    body=_("까닭: %(why)s. 잘못 가려졌다고 생각하면 이 알림의 주소에서 다시 살펴봐 달라고 해 주십시오."),
)  # fmt: skip
