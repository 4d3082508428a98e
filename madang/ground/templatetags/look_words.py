"""Words of the chrome and the plain meanings of hard words. Not a tag library: look.py reads it."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

TAB_HOME = _("마당")
TAB_PROPOSALS = _("제안")
TAB_BALLOTS = _("투표")
TAB_PROJECTS = _("사업")
TAB_MY = _("내 마당")

# url name, symbol, label; a row whose url name does not exist is not shown
RAIL = (
    (
        _("업무"),
        (
            ("site:desk", "desk", _("처리할 일")),
            ("proposals:desk_list", "idea", _("제안 검토")),
            ("proposals:desk_intake", "edit", _("대신 접수하기")),
            ("processes:desk_list", "calendar", _("과정")),
            ("ballots:desk_list", "vote", _("투표")),
            ("deliberation:desk_list", "help", _("의견 묻기")),
            ("projects:desk_list", "recount", _("사업 진행")),
            ("comments:desk_list", "talk", _("이야기 살피기")),
        ),
    ),
    (
        _("돈과 문서"),
        (
            ("budgets:desk_list", "won", _("예산 집행")),
            ("programmes:desk_list", "table", _("사업 나무")),
            ("reports:desk_list", "paper", _("공식 문서")),
        ),
    ),
    (
        _("사람과 기록"),
        (
            ("residents:desk_list", "people", _("사는 곳 확인")),
            ("notices:desk_list", "bell", _("알림 보내기")),
            ("site:audit", "lock", _("감사 기록")),
            ("site:desk_settings", "view", _("마을 설정")),
            ("site:clock", "clock", _("보기 날짜")),
        ),
    ),
    (_("바깥"), (("site:home", "yard", _("주민 화면 보기")),)),
)


class Gloss(NamedTuple):
    """A hard word as the reader's language has it, and what it means in a plain sentence."""

    name: Any
    meaning: Any


GLOSS = {
    "협치": Gloss(pgettext("풀이", "협치"), _("주민과 구청이 함께 정하고 함께 해 나가는 일이에요.")),
    "공론장": Gloss(pgettext("풀이", "공론장"), _("여럿이 모여 서로 듣고 이야기하며 생각을 모으는 자리예요.")),
    "의제": Gloss(pgettext("풀이", "의제"), _("함께 이야기해서 정할 거리예요. 주민총회에서는 투표에 올릴 일을 말합니다.")),
    "숙의": Gloss(pgettext("풀이", "숙의"), _("충분히 알아보고 깊이 이야기하는 일이에요.")),
    "주민총회": Gloss(pgettext("풀이", "주민총회"), _("동에 사는 사람이 모여 다음 해에 할 일을 투표로 정하는 자리예요.")),
    "주민자치회": Gloss(pgettext("풀이", "주민자치회"), _("동의 일을 함께 정하고 해 나가는 주민 모임이에요. 구청이 위촉합니다.")),
    "자치계획": Gloss(pgettext("풀이", "자치계획"), _("주민총회에서 정한 일을 모아 한 해 동안 어떻게 할지 적은 계획이에요.")),
    "주민참여예산": Gloss(pgettext("풀이", "주민참여예산"), _("구청 예산 가운데 어디에 쓸지를 주민이 제안하고 고르는 제도예요.")),
    "정족수": Gloss(pgettext("풀이", "정족수"), _("정한 것이 힘을 가지려면 참여해야 하는 가장 적은 사람 수예요.")),
    "적격 검토": Gloss(pgettext("풀이", "적격 검토"), _("구청이 할 수 있는 일인지, 법에 맞는지 담당 부서가 살피는 일이에요.")),
    "보완 요청": Gloss(pgettext("풀이", "보완 요청"), _("내용이 모자라서 더 적어 달라고 부탁하는 일이에요. 그동안 답변 기한은 멈춥니다.")),
    "이송": Gloss(pgettext("풀이", "이송"), _("그 일을 맡은 다른 기관으로 제안을 넘기는 일이에요.")),
    "예산현액": Gloss(pgettext("풀이", "예산현액"), _("올해 쓸 수 있는 돈 전부예요. 지난해에서 넘어온 돈도 들어 있어요.")),
    "원인행위": Gloss(pgettext("풀이", "원인행위"), _("계약처럼 돈을 쓰기로 약속한 일이에요. 아직 나가지는 않았어요.")),
    "집행률": Gloss(pgettext("풀이", "집행률"), _("쓸 수 있는 돈 가운데 실제로 쓴 돈의 비율이에요.")),
    "이월": Gloss(pgettext("풀이", "이월"), _("올해 다 못 쓴 돈을 내년에 이어서 쓰는 일이에요.")),
    "추경": Gloss(pgettext("풀이", "추경"), _("한 해 가운데 예산을 고쳐 다시 정하는 일이에요. 추가경정예산을 줄인 말입니다.")),
    "공고": Gloss(pgettext("풀이", "공고"), _("모두가 알 수 있게 구청이 알리는 글이에요.")),
    "선거인 명부": Gloss(pgettext("풀이", "선거인 명부"), _("투표할 수 있는 사람을 적은 목록이에요.")),
    "공청회": Gloss(pgettext("풀이", "공청회"), _("정하기 전에 여러 사람의 말을 공개로 듣는 자리예요.")),
    "리빙랩": Gloss(pgettext("풀이", "리빙랩"), _("사는 곳에서 주민이 직접 해 보며 방법을 찾는 일이에요.")),
    "분과": Gloss(pgettext("풀이", "분과"), _("같은 주제를 맡아 이야기하는 작은 모임이에요.")),
    "위촉": Gloss(pgettext("풀이", "위촉"), _("맡아 달라고 부탁하고 자리를 주는 일이에요.")),
    "비법정·정책참고": Gloss(
        pgettext("풀이", "비법정·정책참고"), _("주민투표법에 따른 투표가 아니라는 뜻이에요. 구청이 일을 정할 때 결과를 참고해요.")
    ),
    "성립 기준": Gloss(pgettext("풀이", "성립 기준"), _("투표한 결과가 힘을 가지려면 참여해야 하는 가장 적은 사람 수예요.")),
    "기준일": Gloss(pgettext("풀이", "기준일"), _("나이와 사는 곳을 따지는 날이에요.")),
    "명부": Gloss(
        pgettext("풀이", "명부"), _("투표할 수 있는 사람을 적은 목록이에요. 누가 투표했는지만 적고 무엇을 골랐는지는 적지 않아요.")
    ),
    "개표": Gloss(pgettext("풀이", "개표"), _("투표가 끝난 뒤 표를 세는 일이에요.")),
    "추첨 씨앗": Gloss(
        pgettext("풀이", "추첨 씨앗"),
        _("추첨 결과를 만드는 긴 수예요. 미리 잠가 두었다가 나중에 열어서, 아무도 결과를 고르지 않았음을 보여 줘요."),
    ),
    "확인값": Gloss(
        pgettext("풀이", "확인값"), _("파일의 내용으로 셈한 글자예요. 한 글자만 바뀌어도 확인값이 달라져서 그대로인지 알 수 있어요.")
    ),
    "공감": Gloss(pgettext("풀이", "공감"), _("이 제안이 필요하다고 이웃이 함께 말해 주는 일이에요. 한 사람이 한 번 해요.")),
    "공감 기준": Gloss(
        pgettext("풀이", "공감 기준"), _("공감이 이만큼 모이면 더 많은 사람이 바란다고 보는 수예요. 모자라도 답변은 꼭 드려요.")
    ),
    "부서 검토": Gloss(pgettext("풀이", "부서 검토"), _("제안한 일을 할 수 있는지, 돈이 얼마나 드는지 맡은 부서가 살피는 일이에요.")),
    "합치기": Gloss(pgettext("풀이", "합치기"), _("비슷한 제안을 하나로 모으는 일이에요. 공감과 이야기도 모은 제안에서 이어져요.")),
    "의견 수렴": Gloss(pgettext("풀이", "의견 수렴"), _("정하기 전에 여러 사람의 생각을 모아 듣는 일이에요.")),
    "사는 곳 확인": Gloss(pgettext("풀이", "사는 곳 확인"), _("이 동에 사는 사람인지 확인하는 일이에요. 동마다 하는 투표에 필요해요.")),
    "조례": Gloss(pgettext("풀이", "조례"), _("우리 구가 스스로 정한 규칙이에요. 구의회에서 정해요.")),
    "예산 심의": Gloss(pgettext("풀이", "예산 심의"), _("구의회가 예산을 하나하나 따져 보고 정하는 일이에요.")),
    "재원": Gloss(pgettext("풀이", "재원"), _("돈이 어디서 오는지를 말해요. 구 예산이나 서울시에서 받은 돈 같은 것이에요.")),
    "결재": Gloss(pgettext("풀이", "결재"), _("맡은 사람이 문서를 살펴보고 그대로 하기로 정하는 일이에요.")),
}
