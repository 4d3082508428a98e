"""Sentences of the ground floor."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.verdict import refusals

refusals(
    {
        "sign_in_first": _("먼저 들어와 주세요. 로그인하면 바로 이어서 할 수 있어요."),
        "officials_only": _("이 화면은 담당 공무원만 볼 수 있습니다."),
        "desk_closed": _("업무 화면을 먼저 열어 주세요. 여는 때와 까닭이 기록됩니다."),
        "role_needed": _("이 일을 맡은 사람만 할 수 있습니다."),
        "no_such_move": _("지금은 ‘%(now)s’ 상태라서 ‘%(to)s’ 상태로 바꿀 수 없습니다."),
        "moved_meanwhile": _(
            "그 사이에 다른 사람이 먼저 처리했습니다. 지금 상태는 ‘%(now)s’입니다. 적던 것은 그대로 두었으니 다시 살펴봐 주세요."
        ),
        "too_often": _("짧은 시간에 너무 여러 번 했어요. %(minutes)s분 뒤에 다시 해 주세요."),
        "preview_reads_only": _("다른 날짜로 보는 중에는 아무것도 바꿀 수 없습니다. 보기를 끝내고 다시 해 주세요."),
        "file_too_large": _("파일이 너무 커요. %(limit)s까지 올릴 수 있어요."),
        "file_kind": _("이 파일은 올릴 수 없어요. 올릴 수 있는 것: %(kinds)s"),
        "file_broken": _("그림을 읽을 수 없어요. 사진 파일이 맞는지 살펴봐 주세요."),
        "file_resident_number": _("파일 안에 주민등록번호처럼 보이는 숫자가 있어요. 지운 다음 다시 올려 주세요."),
        "file_name_resident_number": _("파일 이름에 주민등록번호처럼 보이는 숫자가 있어요. 이름을 바꾼 다음 다시 올려 주세요."),
        "file_unreadable": _("파일 안을 살펴볼 수 없어요. 암호를 풀거나 작게 나눠 저장한 다음 다시 올려 주세요."),
        "file_empty": _("빈 파일이에요."),
    }
)

verb("place.made", says=_("고장을 만들었습니다: %(name)s"), keeps={"name", "code", "level"})
verb("place.settings_changed", says=_("동네 설정을 바꿨습니다(%(from_on)s부터): %(reason)s"), keeps={"from_on", "reason", "fields"})
verb("clock.shifted", says=_("시범 동네의 시계를 옮겼습니다: %(to)s"), keeps={"to"})
verb("file.stored", says=_("파일을 올렸습니다: %(mime)s"), keeps={"mime", "size"})
