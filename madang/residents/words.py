"""Sentences of this area: what its verbs tell, why its rules refuse."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.verdict import refusals

LEVELS = {0: _("방문자"), 1: _("연락처 확인"), 2: _("본인 확인"), 3: _("거주 확인")}
METHODS = {
    "code": _("전자우편·문자 인증번호"),
    "desk": _("창구 확인"),
    "roll": _("명부 대조"),
    "letter": _("우편 인증번호"),
    "provider": _("간편 로그인"),
    "national": _("본인확인 서비스"),
}

refusals(
    {
        "already_joined": _("이미 주민으로 등록되어 있어요."),
        "join_town_first": _("먼저 주민 등록을 해 주세요. 공개 이름과 사는 동만 적으면 돼요."),
        "name_taken": _("이 동네에 같은 공개 이름이 있어요. 다른 이름을 적어 주세요."),
        "not_in_town": _("이 구의 동을 골라 주세요."),
        "person_known": _("이 사람은 다른 이름으로 이미 확인되어 있어요. 한 사람은 한 번만 확인할 수 있어요. 동주민센터에 물어봐 주세요."),
        "contact_known": _("이 연락처는 다른 주민이 이미 쓰고 있어요. 다른 연락처를 쓰거나 동주민센터에서 확인해 주세요."),
        "code_wrong": _("번호가 맞지 않아요. %(left)s번 더 적을 수 있어요."),
        "code_dead": _("여러 번 틀렸거나 시간이 지나서 이 번호는 쓸 수 없어요. 새 번호를 받아 주세요."),
        "code_none": _("받은 번호가 없어요. 먼저 번호를 받아 주세요."),
        "letter_on_its_way": _("우편이 이미 가고 있어요. %(until)s까지 기다려 주세요."),
        "contact_first": _("먼저 연락처를 확인해 주세요."),
        "roll_none": _("명부에서 찾지 못했어요. 이름, 생년월일, 동을 다시 살펴봐 주세요. 동주민센터에서 확인받을 수도 있어요."),
        "roll_empty": _("이 동은 아직 명부가 없어요. 다른 방법으로 확인해 주세요."),
        "provider_unproven": _("이 서비스가 확인해 준 것이 없어요. 다른 방법으로 확인해 주세요."),
        "verifier_off": _("이 방법은 지금 쓸 수 없어요."),
        "import_gone": _("미리보기가 오래되어 지워졌습니다. 파일을 다시 올려 주십시오."),
        "factor_needed": _("업무 화면을 열려면 두 번째 인증(패스키 또는 인증 앱)을 먼저 등록해야 합니다."),
        "no_post": _("맡은 자리가 없습니다. 누리집 관리자에게 물어보십시오."),
        "desk_not_yours": _("본인이 연 업무 화면만 닫거나 늘릴 수 있습니다."),
        "desk_over": _("업무 화면이 이미 닫혔습니다. 다시 열어 주십시오."),
        "already_appointed": _("이미 이 자리를 맡고 있습니다."),
        "department_name_taken": _("같은 이름의 부서가 이미 있습니다."),
        "end_before_start": _("끝나는 날은 시작하는 날보다 뒤여야 합니다."),
        "already_erased": _("이미 지운 주민입니다."),
        "consent_unknown": _("모르는 동의 항목입니다."),
    }
)

# What a person agrees to, each for itself: code -> (label, what for, needed for the service).
CONSENT_VERSION = "2021-1"
CONSENTS = {
    "service": (
        _("주민 참여에 필요한 최소 정보"),
        _("공개 이름, 사는 동, 확인한 방법과 때를 참여 자격을 가리는 데 씁니다. 탈퇴하면 지웁니다."),
        True,
    ),
    "notice": (
        _("소식 받기"),
        _("내가 참여한 일의 결과와 다음 일정을 전자우편이나 문자로 보냅니다. 알림 설정에서 언제든 바꿀 수 있습니다."),
        False,
    ),
    "age_statistics": (
        _("나이대별 통계"),
        _("태어난 해를 참여 통계(10살 단위, 5명 미만은 숨김)에만 씁니다."),
        False,
    ),
    "invitation": (
        _("설문과 모임 초대"),
        _("동네의 설문이나 모임에 초대할 사람을 제비뽑기로 고를 때 넣습니다."),
        False,
    ),
}

_K = frozenset
verb("resident.joined", says=_("주민으로 등록했습니다."), keeps=_K({"home"}))
verb("resident.entered", says=_("계정 없는 주민을 대신 등록했습니다."), keeps=_K({"home"}))
verb("resident.changed", says=_("주민 정보를 바꿨습니다: %(fields)s"), keeps=_K({"fields"}))
verb("resident.account_linked", says=_("종이로 참여하던 주민에 계정을 이었습니다."), keeps=_K())
verb("resident.erased", says=_("주민의 개인정보를 지웠습니다."), keeps=_K({"removed"}))
verb("resident.closed", says=_("본인이 탈퇴했습니다. 개인정보를 지웠습니다."), keeps=_K({"removed"}))
verb(
    "proof.given",
    says=_("%(level)s: %(method)s"),
    keeps=_K({"level", "method", "dong", "document", "until"}),
    words={"level": LEVELS, "method": METHODS},
)
verb("proof.revoked", says=_("확인을 거두었습니다: %(level)s"), keeps=_K({"level", "method"}), words={"level": LEVELS, "method": METHODS})
verb("code.sent", says=_("인증번호를 보냈습니다: %(kind)s"), keeps=_K({"kind"}), words={"kind": {"mail": _("전자우편"), "text": _("문자")}})
verb("letter.asked", says=_("우편 인증번호를 신청했습니다."), keeps=_K({"dong"}))
verb("letters.printed", says=_("우편 인증번호 %(count)s통을 인쇄했습니다."), keeps=_K({"count"}))
verb("codes.dropped", says=_("때가 지난 인증번호 %(count)s개를 지웠습니다."), keeps=_K({"count"}))
verb("roll.read", says=_("주민 명부를 읽었습니다(저장 전): %(good)s줄, 읽지 못한 줄 %(bad)s개"), keeps=_K({"good", "bad", "as_of"}))
verb(
    "roll.imported",
    says=_("주민 명부를 넣었습니다(%(as_of)s 기준): 새 줄 %(added)s, 그대로 %(kept)s, 지움 %(removed)s"),
    keeps=_K({"as_of", "added", "kept", "removed"}),
)
verb("consent.given", says=_("동의했습니다: %(purpose)s"), keeps=_K({"purpose", "version"}))
verb("consent.withdrawn", says=_("동의를 거두었습니다: %(purpose)s"), keeps=_K({"purpose", "version"}))
verb("desk.opened", says=_("업무 화면을 열었습니다: %(reason)s"), keeps=_K({"reason", "until"}))
verb("desk.extended", says=_("업무 시간을 늘렸습니다(%(until)s까지)."), keeps=_K({"until"}))
verb("desk.closed", says=_("업무 화면을 닫았습니다."), keeps=_K())
verb("desk.ran_out", says=_("시간이 다 되어 업무 화면 %(count)s개가 닫혔습니다."), keeps=_K({"count"}))
verb("desk.looked_up", says=_("주민을 찾았습니다(찾은 사람 %(found)s명)."), keeps=_K({"found"}))
verb("department.made", says=_("부서를 만들었습니다: %(name)s(%(from_on)s부터)"), keeps=_K({"name", "from_on", "kind"}))
verb("department.renamed", says=_("부서 이름을 ‘%(name)s’(으)로 바꿨습니다(%(from_on)s부터)."), keeps=_K({"name", "from_on"}))
verb("departments.names_in_force", says=_("부서 이름 %(count)s개가 바뀌었습니다."), keeps=_K({"count"}))
verb("post.made", says=_("자리를 만들었습니다: %(title)s"), keeps=_K({"title", "role"}))
verb("post.appointed", says=_("자리를 맡겼습니다: %(title)s(%(from_on)s부터)"), keeps=_K({"title", "from_on"}))
verb("post.ended", says=_("자리에서 물러났습니다: %(title)s(%(to_on)s부터)"), keeps=_K({"title", "to_on"}))
verb("organisation.made", says=_("모임을 등록했습니다: %(name)s"), keeps=_K({"name", "kind"}))
verb("seat.given", says=_("%(organisation)s 위원이 되었습니다(%(term)s기)."), keeps=_K({"organisation", "role", "term", "from_on"}))
verb("seat.ended", says=_("%(organisation)s 자리를 마쳤습니다."), keeps=_K({"organisation", "to_on"}))
